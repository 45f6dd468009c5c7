"""Reports of a case: what they say, where they may be written, and honest when little is known."""

import hashlib
import io

import pytest
from pypdf import PdfReader

from reviewer import __version__
from reviewer.domain.acts import acts
from reviewer.domain.acts.shared_acts import LIST_SAVED, STATEMENT_MADE
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import KnownError
from reviewer.domain.figures.document import BulletList, DocumentHeading, DocumentTable, KeyValues, Paragraph
from reviewer.domain.ledger.entry import Draft, to_canonical_json
from reviewer.domain.photos.redaction import REDACTION_DRAWN
from reviewer.domain.reading.enhancement import EnhancementChain, make_default_step
from reviewer.domain.reading.reading import Finding
from reviewer.domain.reading.view_settings import ViewSettings
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.services.case.history import load_last_entries
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.services.report import front, run, wording
from reviewer.services.report.run import ReportRequest, SheetPhotographs
from reviewer.services.search import sampling
from reviewer.system.identity import find_identity
from tests.support.counting import completes_with_nothing, ends, finds
from tests.support.shared import statement


def wish(desk, **more):
    return ReportRequest(more.pop("query", ""), (desk.examiner.id,), **more)


def texts(page):
    """Every text on a page, without its order."""
    found = []
    for block in page.blocks:
        if isinstance(block, (DocumentHeading, Paragraph)):
            found.append(block.text)
        elif isinstance(block, BulletList):
            found += block.items
        elif isinstance(block, DocumentTable):
            found += [" | ".join(row) for row in block.rows]
    return found


def test_the_collection_report_says_limits_first_and_every_sign(case, desk, people):
    finds(desk, people[0][0])
    ends(desk, [photo for person in people for photo in person])
    page = run.make_collection_report(case, wish(desk), JobControl())
    headings = [block.text for block in page.blocks if isinstance(block, DocumentHeading)]
    assert headings[:4] == [
        "Examination",
        "Files that could not be opened",
        "Mandate, and its limits",
        "Limits",
    ]
    limits = page.blocks.index(DocumentHeading("Limits"))
    assert page.blocks[limits + 1] == BulletList(wording.sentences("limits"))
    rows = [row for block in page.blocks if isinstance(block, DocumentTable) for row in block.rows]
    assert ("bruise", "1", "0", "4", "0", "0", "20.0 %", "not sayable") in rows
    found = texts(page)
    assert any(text.startswith("Of 5 individuals all photographs of 5 were read") for text in found)
    assert "These individuals are no sample that was drawn: shares have no interval." in found
    assert wording.sentence("one_reader") in found
    names = {row[0] for row in rows}
    assert {term.name for term in case.vocabulary.terms if not term.retired} <= names, (
        "also those that nobody has"
    )
    assert page.date == load_last_entries(case, 1)[0].at[:10]


def test_nobody_is_absent_from_a_month_and_no_share_is_printed_that_could_be_no_other(case, desk, people):
    finds(desk, people[0][0])
    page = run.make_collection_report(case, wish(desk), JobControl())
    grids = [block for block in page.blocks if isinstance(block, DocumentTable)]
    of_signs = [each for each in grids if "absent" in each.head]
    assert not of_signs, "nobody's photographs were all read: every table is of classes"
    rows = {row[0]: row for each in grids for row in each.rows}
    assert rows["unread"] == ("unread", "12", "0", "92.3 %", "")
    assert rows["2"] == ("2", "5", "0", "100.0 %", "")
    (day,) = [row for each in grids for row in each.rows if len(row[0]) == len("2026-01-02")]
    assert day[1:] == ("1", "0", "", ""), "the one day there is"


def test_a_report_of_a_query_says_so_first_and_warns_where_it_speaks_of_what_is_counted(case, desk, people):
    finds(desk, people[0][0])
    ends(desk, people[0])
    page = run.make_collection_report(case, wish(desk, query="term:bruise"), JobControl())
    assert page.title == f"Report of a selection: {case.name}"
    assert page.blocks[0] == DocumentHeading("A selection")
    query, left_out, warning = page.blocks[1].items
    assert query.endswith("found by the query term:bruise")
    assert left_out == (
        "Not chosen and in no figure: 4 of 5 individuals that somebody accepted, and 11 of 13 photographs of "
        "the case."
    )
    assert warning.startswith("Warning: the query speaks of what is counted (term:bruise).")
    page = run.make_collection_report(case, wish(desk, query="individual:none"), JobControl())
    assert len(page.blocks[1].items) == 2, "nothing is warned of"
    page = run.make_collection_report(case, wish(desk), JobControl())
    assert page.title == f"Collection report: {case.name}"
    with io.BytesIO(
        run.RENDERERS[".pdf"](run.make_collection_report(case, wish(desk, query="term:bruise"), JobControl()))
    ) as made:
        first = " ".join(PdfReader(made).pages[0].extract_text().split())
    assert "Report of a selection" in first
    assert "4 of 5 individuals" in first
    assert "Warning: the query speaks of what is counted" in first


def keep(desk, name, query, *, details="", photos=()):
    body = {"name": name, "query": query, "sorting": "", "details": details, "photos": list(photos)}
    desk.submit(Draft(LIST_SAVED, name, body)).result()


def test_a_report_of_a_saved_list_warns_by_what_the_list_asks(case, desk, people):
    finds(desk, people[0][0])
    ends(desk, people[0])
    keep(desk, "bruised", "term:bruise")
    keep(desk, "again", "list:bruised")
    keep(desk, "by hand", "", photos=people[1])
    drawn = sampling.draw_sample(case, desk.examiner.id, sampling.SampleRequest("", size=4, seed=2))
    desk.submit(drawn.make_draft(case, "drawn")).result()
    of_bruised = sampling.draw_sample(
        case, desk.examiner.id, sampling.SampleRequest("list:bruised", size=1, seed=2)
    )
    desk.submit(of_bruised.make_draft(case, "drawn bruised")).result()

    def warned(query):
        page = run.make_collection_report(case, wish(desk, query=query), JobControl())
        return page.blocks[1].items[2:]

    for query in ("list:bruised", "list:again", 'list:"drawn bruised"'):
        (warning,) = warned(query)
        assert warning.startswith(
            "Warning: the query speaks of what is counted (term:bruise in list:bruised). "
        )
    assert warned("list:drawn") == ()
    assert warned('list:"by hand"') == (
        'Warning: how list:"by hand" was made is not kept in the case, so it cannot be said whether '
        "individuals were chosen by what is counted.",
    )
    html = run.RENDERERS[".html"](
        run.make_collection_report(case, wish(desk, query="list:again"), JobControl())
    )
    assert b"term:bruise in list:bruised" in html


def test_a_case_of_which_nothing_is_known_says_so(case, desk):
    page = run.make_collection_report(case, wish(desk), JobControl())
    assert wording.sentence("no_individual") in texts(page)
    assert any("of no individual" in text for text in texts(page))
    assert run.RENDERERS[".pdf"](page).startswith(b"%PDF")


def test_a_sheet_tells_what_was_seen_on_which_photograph_and_inference_apart(case, desk, people):
    one = people[0]
    finds(desk, one[1])
    reading = desk.reading(one[1])
    desk.submit(finding_commands.set_certainty(reading, reading.findings[0], Certainty.DEFINITE)).result()
    reading = desk.reading(one[1])
    named = finding_commands.set_degree(
        reading, reading.findings[0], "blunt", "consistent", "a blow", "witness"
    )
    desk.submit(named).result()
    ((_name, page),) = run.make_sheets(case, wish(desk), JobControl(), "person 0")
    assert "bruise, photo 2: Its reading is not complete." in texts(page)
    assert not any("the finding is consistent" in text for text in texts(page))
    desk.submit(Draft(acts.COMPLETED, one[1])).result()
    completes_with_nothing(desk, one[0])
    told = {**statement("x"), "fact": "name", "value": "اسم ٢"}
    desk.submit(Draft(STATEMENT_MADE, "person 0", told)).result()
    ((name, page),) = run.make_sheets(case, wish(desk), JobControl(), "person 0")
    assert name == "00001"
    found = texts(page)
    assert "bruise | chest, left | present | definite | size, shape, colour, edges: not stated | 2" in found
    headings = [block.text for block in page.blocks if isinstance(block, DocumentHeading)]
    assert headings.index("What was observed") < headings.index("Opinion")
    assert headings[headings.index("Opinion") :] == [
        "Opinion",
        "Inference: degrees of consistency",
        "Overall evaluation",
        "Signature",
    ]
    degree = next(text for text in found if "a blow" in text)
    assert degree.startswith("bruise, photo 2: the finding is consistent with a blow, as a witness says.")
    assert case.vocabulary.degree("consistent").wording in degree
    assert any(text.startswith("Name: اسم ٢") for text in found)
    assert any(f"| {one[0]}" in text for text in found), "every photograph with its hash"


@pytest.mark.parametrize(
    ("tool", "told"),
    [
        ("clahe", "seen only through steps that are for exploration only: Local contrast (CLAHE)"),
        ("gamma", "seen only through display steps"),
    ],
)
def test_a_sheet_says_what_was_never_seen_in_the_photograph_as_it_is(case, desk, people, tool, told):
    photo = people[0][1]
    recipe = ViewSettings(1, 0, 0, 0, (1, 1), (1, 1), 1000, EnhancementChain((make_default_step(tool),)))
    written = to_canonical_json(recipe.as_body()).decode("utf-8")
    made = Finding("f", "blunt.bruise", case.vocabulary.version, recipe=written, seen_as_is=False)
    desk.submit(finding_commands.add_finding(desk.reading(photo), made)).result()
    ((_name, page),) = run.make_sheets(case, wish(desk), JobControl(), "person 0")
    (row,) = [text for text in texts(page) if text.startswith("bruise | ")]
    assert f"; {told} |" in row


def test_a_degree_that_is_none_is_told_apart_with_its_reason(case, desk, people):
    """An older program let it be given of anything; and a certainty may have been lowered since."""
    one = people[0]
    finds(desk, one[1], stated=False, complete=False)
    finding = desk.reading(one[1]).findings[0]
    desk.submit(
        Draft(
            acts.DEGREE_SET,
            one[1],
            {"finding": finding.id, "degree": "diagnostic", "mechanism": "torture by cigarettes"},
        )
    ).result()
    desk.submit(Draft(acts.COMPLETED, one[1])).result()
    ((_name, page),) = run.make_sheets(case, wish(desk), JobControl(), "person 0")
    found = texts(page)
    assert not any("torture" in text for text in found)
    assert "Degrees that stand in the readings and are not told here, and why:" in found
    assert any(text.startswith("bruise, photo 2: State the certainty first") for text in found)


def test_a_degree_of_which_nobody_was_asked_whose_account_it_measures_is_told_apart(case, desk, people):
    one = people[0]
    finds(desk, one[1])
    reading = desk.reading(one[1])
    desk.submit(finding_commands.set_certainty(reading, reading.findings[0], Certainty.DEFINITE)).result()
    old = {"finding": reading.findings[0].id, "degree": "consistent", "mechanism": "a blow"}
    desk.submit(Draft(acts.DEGREE_SET, one[1], old)).result()
    desk.submit(Draft(acts.COMPLETED, one[1])).result()
    ((_name, page),) = run.make_sheets(case, wish(desk), JobControl(), "person 0")
    found = texts(page)
    assert any(text.startswith("bruise, photo 2: Whose account the degree measures") for text in found)
    assert not any("the finding is consistent" in text for text in found)


def test_a_sheet_of_a_person_nobody_has_looked_at_is_honest(case, desk, people):
    ((_name, page),) = run.make_sheets(case, wish(desk), JobControl(), "person 3")
    assert wording.sentence("nothing_read") in texts(page)
    assert "No degree was given." in texts(page)


def test_small_photographs_only_if_asked_for(case, desk, people):
    def pictures(**more):
        ((_name, page),) = run.make_sheets(case, wish(desk, **more), JobControl(), "person 0")
        return len(PdfReader(io.BytesIO(run.RENDERERS[".pdf"](page))).pages[0].images)

    assert pictures() == 0
    assert pictures(photographs=SheetPhotographs.MASKED) == 0, "nobody drew an area: it is not known"
    body = {"id": "a", "shape": "rectangle", "points": [[1, 1], [20, 20]], "purpose": "face"}
    desk.submit(Draft(REDACTION_DRAWN, people[0][0], body)).result()
    assert pictures(photographs=SheetPhotographs.MASKED) == 1
    assert pictures(photographs=SheetPhotographs.SMALL) == 2


def test_page_1_says_what_installed_the_program_where_an_installer_says_so(case, desk, people, monkeypatch):
    def program():
        page = run.make_collection_report(case, wish(desk), JobControl())
        rows = dict(next(block for block in page.blocks if isinstance(block, KeyValues)).rows)
        return rows["Program"]

    version = f"vocabulary {case.vocabulary.version}"
    assert program() == f"reviewer {__version__}, {version}", "a clone has no mark"
    monkeypatch.setattr(front, "read_installer_mark", lambda: "Setup 0.3.0")
    assert program() == f"reviewer {__version__} (installed by Setup 0.3.0), {version}"


def test_a_report_is_new_outside_the_case_and_noted(case, desk, people, tmp_path):
    page = run.make_collection_report(case, wish(desk), JobControl())
    run.write_report(case, desk.examiner.id, tmp_path / "report.pdf", page)
    entry = load_last_entries(case, 1)[0]
    assert (entry.act, entry.body["format"], list(entry.body["files"])) == (
        acts.EXPORT_MADE,
        "report",
        ["report.pdf"],
    )
    out = tmp_path / "report.docx"
    run.write_report(case, desk.examiner.id, out, page)
    noted = load_last_entries(case, 1)[0].body["files"]
    assert noted == {"report.docx": hashlib.sha256(out.read_bytes()).hexdigest()}, "the editable form too"
    for wrong, why in (
        (tmp_path / "report.pdf", "exists"),
        (case.folder / "report.pdf", "inside the case"),
        (tmp_path / "report.doc", "PDF, HTML or Word"),
        (tmp_path / "no" / "such" / ("x" * 300 + ".pdf"), "cannot be written"),
    ):
        with pytest.raises(KnownError, match=why):
            run.write_report(case, desk.examiner.id, wrong, page)


def test_a_moment_gives_the_same_report_later(case, desk, people, tmp_path):
    finds(desk, people[0][0])
    before = run.make_collection_report(case, wish(desk), JobControl())
    entries = case.counts().entries
    finds(desk, people[1][0])
    run.write_report(case, desk.examiner.id, tmp_path / "one.pdf", before)
    again = run.make_collection_report(case, wish(desk, entries=entries), JobControl())
    assert run.RENDERERS[".pdf"](again) == run.RENDERERS[".pdf"](before)
    ((_name, then),) = run.make_sheets(case, wish(desk, entries=entries), JobControl(), "person 1")
    assert wording.sentence("nothing_read") in texts(then), "nothing was read of this person by then"


def test_a_batch_can_be_cancelled_and_what_is_there_is_noted(case, desk, people, tmp_path):
    control = JobControl()

    def pages():
        for number, each in enumerate(run.make_sheets(case, wish(desk), control)):
            yield each
            if number == 1:
                control.cancel()

    with pytest.raises(Cancelled):
        run.write_reports(case, desk.examiner.id, tmp_path / "sheets", pages(), ".html", control)
    made = sorted(each.name for each in (tmp_path / "sheets").iterdir())
    assert made == ["00001.html", "00002.html"]
    assert sorted(load_last_entries(case, 1)[0].body["files"]) == made


def test_an_individual_is_named_by_its_number(case, desk, people):
    for who, value in (("person 0", "1234"), ("person 1", "12345"), ("person 2", "77"), ("person 3", "77")):
        body = {**statement(f"n {who}"), "fact": "number.examination", "value": value}
        desk.submit(Draft(STATEMENT_MADE, who, body)).result()
    assert run.find_individual(case, "1234") == "person 0"
    assert run.find_individual(case, "person 4") == "person 4"
    for number, why in (("77", "are 2 individuals"), ("9", "is no individual")):
        with pytest.raises(KnownError, match=why):
            run.find_individual(case, number)


@pytest.fixture
def no_originals(thirteen, tmp_path):
    """The folder of the originals is there and empty, until the test ends."""
    drive = thirteen.parent / "drive"
    kept = drive.rename(tmp_path / "kept")
    drive.mkdir()
    yield
    drive.rmdir()
    kept.rename(drive)


def test_a_retired_term_and_an_original_that_is_gone_are_told_as_they_are(case, desk, people, no_originals):
    found = Finding("old", "old.retired", "0.9")
    desk.submit(finding_commands.add_finding(desk.reading(people[0][0]), found)).result()
    ((_name, page),) = run.make_sheets(case, wish(desk), JobControl(), "person 0")
    assert any(text.startswith("old.retired | no region named") for text in texts(page))


def test_the_basis_says_which_copy_of_the_program_made_the_report(case, desk, people):
    page = run.make_collection_report(case, wish(desk), JobControl())
    told = dict(row for block in page.blocks if isinstance(block, KeyValues) for row in block.rows)
    who = find_identity()
    assert told["Files of the program"].replace(" ", "") == who.program
    assert told["Libraries"].replace(" ", "") in (who.libraries, "notknown")
    assert told["System"] == who.place
    assert "run from a clone" in told["System"]
