"""The sheet of an individual holds all that was recorded, in the order in which injuries are described."""

import io
import shutil

import pytest
from PIL import Image

from reviewer.domain.acts import acts
from reviewer.domain.acts.reading_bodies import scale_to_body
from reviewer.domain.commands import finding_commands
from reviewer.domain.commands.mandate import write_mandate
from reviewer.domain.figures.document import (
    BulletList,
    DocumentHeading,
    DocumentPicture,
    DocumentPictureRow,
    DocumentTable,
    KeyValues,
    PageBreak,
    Paragraph,
)
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.geometry.measuring import Scale
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from reviewer.media.pictures.marked import NumberedOutline, draw_outlines
from reviewer.services.case.mandate import load_mandate
from reviewer.services.jobs import JobControl
from reviewer.services.report import run, wording
from reviewer.services.report.front import LEAD_ROLE
from reviewer.services.report.lesion import describe_finding
from reviewer.services.report.run import ReportRequest, SheetPhotographs
from tests.services.report.test_layout import outside, words_of
from tests.support.counting import completes_with_nothing, ends


def sheet(case, desk, who="person 0", **more):
    ((_name, page),) = run.make_sheets(
        case, ReportRequest("", (desk.examiner.id,), **more), JobControl(), who
    )
    return page


def below(page, heading):
    """The blocks between a heading and the next one."""
    start = next(
        place
        for place, block in enumerate(page.blocks)
        if isinstance(block, DocumentHeading) and block.text == heading
    )
    found = []
    for block in page.blocks[start + 1 :]:
        if isinstance(block, DocumentHeading):
            break
        found.append(block)
    return found


def lines(page, heading):
    found = []
    for block in below(page, heading):
        if isinstance(block, BulletList):
            found += block.items
        elif isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, DocumentTable | KeyValues):
            found += [" | ".join(row) for row in block.rows]
    return found


BRUISE = Finding(
    "f",
    "blunt.bruise",
    "2.0.0",
    certainty=Certainty.DEFINITE,
    certainty_stated=True,
    regions=("chest.L",),
    qualifiers=(
        ("bruise_shape", ("round",)),
        ("colour", ("red", "purple")),
        ("count", ("1",)),
        ("margin", ("blurred",)),
    ),
)


@pytest.fixture
def full(case, desk, people):
    """The first individual, with everything that can be recorded of a photograph."""
    one, other = people[0]
    vocabulary = case.vocabulary
    for key, values in BRUISE.qualifiers:
        assert set(values) <= {choice.key for choice in vocabulary.qualifier(key).choices}, key
    scale = Scale("s", ((2, 2), (42, 2)), (50_000,), "ruler", tilt=5, known_by="printed", off_plane=20)
    made = [
        Draft(acts.SCALE_MARKED, one, scale_to_body(scale)),
        Draft(
            acts.MEASUREMENT_TAKEN,
            one,
            {
                "id": "m",
                "quantity": "length",
                "points": [[5, 5], [25, 5]],
                "hand": 100,
                "scale": "s",
                "finding": "f",
            },
        ),
        Draft(acts.COVERAGE_SET, one, {"regions": {"chest.L": "assessable", "chest.R": "not"}}),
        finding_commands.write_note(desk.reading(one), "A fold beside it.\nملاحظة"),
    ]
    desk.submit(finding_commands.add_finding(desk.reading(one), BRUISE)).result()
    mark = Mark("k", MarkShape.RECTANGLE, ((4, 4), (30, 24)))
    desk.submit(finding_commands.add_mark(desk.reading(one), desk.reading(one).finding("f"), mark)).result()
    for draft in made:
        desk.submit(draft).result()
    covered = Finding(
        "g", "neck.ligature_mark", "2.0.0", answer=FindingAnswer.NOT_ASSESSABLE, reason="covered"
    )
    desk.submit(finding_commands.add_finding(desk.reading(other), covered)).result()
    return one, other


def test_a_lesion_is_described_in_the_order_of_the_outlines(case, desk, full):
    (row,) = [line for line in lines(sheet(case, desk), "What was observed") if line.startswith("bruise | ")]
    told = row.split(" | ")
    assert told[1] == "chest, left"
    said = told[4]
    order = ["size: length 25.0 ± ", "shape: round", "colour: red, purple", "edges: blurred", "count: 1"]
    assert [said.index(each) for each in order] == sorted(said.index(each) for each in order)
    assert " mm (tilt 5°, scale up to 2 % out of the plane)" in said
    assert "not stated" not in said


def test_what_was_not_said_of_a_lesion_is_said_and_only_where_it_was_asked(case, desk):
    reading = desk.reading("0" * 64)
    bare = Finding("a", "blunt.bruise", "2.0.0")
    assert describe_finding(bare, reading, case.vocabulary) == "size, shape, colour, edges: not stated"
    absent = Finding("a", "blunt.bruise", "2.0.0", answer=FindingAnswer.ABSENT)
    assert describe_finding(absent, reading, case.vocabulary) == ""
    tattoo = Finding("a", "old.retired", "0.9", qualifiers=(("colour", ("red",)), ("old", ("x",))))
    assert describe_finding(tattoo, reading, case.vocabulary).startswith("colour: red; old: x")


def test_all_that_was_recorded_stands_on_the_sheet(case, desk, full):
    page = sheet(case, desk)
    (measured,) = lines(page, "Measurements")
    assert measured.startswith("1 | bruise | length 25.0 ± ")
    assert "ruler; size printed on it; " in measured
    assert lines(page, "Notes") == ["Of photo 1:", "A fold beside it.", "ملاحظة"]
    assert lines(page, "What could not be assessed") == ["Photo 2: ligature mark: covered."]
    assert "1 | chest, left |  | chest, right" in lines(page, "Shown well enough, in the reader's words")


def test_where_nothing_was_recorded_no_part_is_empty(case, desk, people):
    shown = Draft(acts.COVERAGE_SET, people[1][0], {"regions": {"neck.front": "assessable"}})
    desk.submit(shown).result()
    completes_with_nothing(desk, people[1][0])
    page = sheet(case, desk, "person 1")
    headings = [block.text for block in page.blocks if isinstance(block, DocumentHeading)]
    assert not {"Measurements", "Notes"} & set(headings)
    assert lines(page, "What could not be assessed") == [
        "Of nothing was it said that it could not be assessed."
    ]
    (looked,) = lines(page, "What was looked for")
    assert looked.startswith("Photo 1: Nothing was visible of these lists: ")


def test_opinion_is_last_apart_and_to_be_signed(case, desk, full):
    blocks = sheet(case, desk).blocks
    start = blocks.index(DocumentHeading("Opinion"))
    assert blocks[start - 1] == PageBreak()
    rest = [block.text for block in blocks[start:] if isinstance(block, DocumentHeading) and block.level == 1]
    assert rest == ["Opinion"], "nothing comes after it"
    assert isinstance(blocks[-1], KeyValues)
    assert blocks[-1].rows[0][0] == desk.examiner.name


@pytest.mark.parametrize("of", ["sheet", "collection"])
def test_page_one_says_who_when_by_what_mandate_and_where_to_sign(case, desk, people, of):
    def page():
        if of == "sheet":
            return sheet(case, desk)
        return run.make_collection_report(case, ReportRequest("", (desk.examiner.id,)), JobControl())

    before = page()
    assert lines(before, "Mandate, and its limits")[0] == wording.sentence("no_mandate")
    assert "Period of examination | No reading was made." in lines(before, "Examination")
    ends(desk, people[0])
    draft = write_mandate(load_mandate(case), "By order of the court.\nAll of it.", "Photographs only.")
    case.record(draft, desk.examiner.id)
    made = page()
    told = dict(line.split(" | ") for line in lines(made, "Examination"))
    assert told["Photographs read by"] == f"{desk.examiner.name} ({LEAD_ROLE})"
    assert told["Made by"] == desk.examiner.name
    assert told["Date of this report"].startswith(f"{made.date}, the day of entry ")
    assert told["Program"].startswith("reviewer ")
    with case.store.read() as connection:
        times = connection.exec_driver_sql(
            "SELECT min(at), max(at) FROM ledger WHERE subject IN (?, ?) AND act NOT LIKE 'photos%'",
            tuple(people[0]),
        ).one()
    first, last = (each[:16].replace("T", " ") for each in times)
    assert told["Period of examination"].startswith(f"{first} to {last} UTC")
    mandate = lines(made, "Mandate, and its limits")
    assert mandate[:3] == ["By order of the court.", "All of it.", "Photographs only."]
    assert mandate[3].startswith(f"Written by {desk.examiner.name} on ")
    assert mandate[4].startswith(f"{desk.examiner.name} | Place, date, signature:\n\n___")


def test_marks_are_drawn_on_the_small_photograph_and_named(case, desk, full):
    (pictures,) = [
        block
        for block in sheet(case, desk, photographs=SheetPhotographs.SMALL).blocks
        if isinstance(block, DocumentPictureRow)
    ]
    first, second = pictures.items
    assert first.caption.endswith("; marked: 1 bruise")
    assert "marked" not in second.caption
    assert second == DocumentPicture(case.previews.get(full[1]), second.caption)
    assert different(first.jpeg, case.previews.get(full[0])) > 20


def different(one, other):
    """How many pixels of two pictures of one size are clearly not the same."""
    pair = [Image.open(io.BytesIO(each)).convert("L") for each in (one, other)]
    assert pair[0].size == pair[1].size
    return sum(
        abs(a - b) > 60
        for a, b in zip(pair[0].get_flattened_data(), pair[1].get_flattened_data(), strict=True)
    )


def test_an_outline_lies_where_it_was_drawn():
    grey = io.BytesIO()
    Image.new("RGB", (200, 100), (128, 128, 128)).save(grey, "JPEG")
    square = NumberedOutline(((200, 100), (600, 100), (600, 300), (200, 300)), True, "1")
    dot = NumberedOutline(((900, 450),), False, "2")
    drawn = Image.open(io.BytesIO(draw_outlines(grey.getvalue(), (1000, 500), [square, dot]))).convert("L")
    for point in ((40, 40), (80, 20), (120, 40), (80, 60)):
        assert drawn.getpixel(point) < 70, point
    assert abs(drawn.getpixel((80, 40)) - 128) < 12, "what it encloses is left as it is"
    ring = [drawn.getpixel((180 + x, 90 + y)) for x, y in ((3, 0), (-3, 0), (0, 3), (0, -3))]
    assert min(ring) < 70


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
def test_nothing_of_a_sheet_leaves_the_page(case, desk, full, tmp_path):
    page = sheet(case, desk, photographs=SheetPhotographs.SMALL)
    words, sizes = words_of(run.RENDERERS[".pdf"](page), tmp_path)
    assert outside(words, sizes) == []
    assert {full[0], full[1]} <= {each.text for each in words}, "hashes are whole, on one line"
    assert next(each.text for each in words if each.page == len(sizes)) == "Opinion"
