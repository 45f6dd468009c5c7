"""Three files of one picture are read once; what is carried over says so; a mirror image is left alone."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from reviewer.domain.acts.shared_acts import INDIVIDUALS_MADE
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.conflicts import ConflictKind
from reviewer.domain.reading.reading import ReadingState
from reviewer.media.demo.demo_photo import draw_photograph
from reviewer.services.demo.plan import plan_photos
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.export.run import export
from reviewer.services.jobs import JobControl
from reviewer.services.people.individuals import load_individuals
from reviewer.services.pictures import near_duplicates
from reviewer.storage.photos.photos import iterate_photos
from tests.support.alterations import ALTERATIONS
from tests.support.cases import ingested, made_case, opened
from tests.support.photos import encoded
from tests.support.shared import made_individual
from tests.support.tables import rows
from tests.support.waiting import until


@pytest.fixture
def files_case(tmp_path):
    """One individual: a photograph; a brighter, a darker and a mirrored copy of it; another photograph."""
    folder = tmp_path / "body"
    folder.mkdir()
    shots = [replace(each.shot, size=(800, 600), orientation=1) for each in plan_photos(2, 5)]
    drawn = [Image.open(io.BytesIO(draw_photograph(shot))).convert("RGB") for shot in shots]
    files = [
        drawn[0],
        *(ALTERATIONS[name](drawn[0]) for name in ("brighter", "darker", "mirrored")),
        drawn[1],
    ]
    for number, picture in enumerate(files):
        (folder / f"IMG_{number}.jpg").write_bytes(encoded(picture, "JPEG", quality=90))
    case = made_case(tmp_path)
    ingested(case, folder)
    case.close()
    return case.folder


@pytest.fixture
def alike_case(files_case):
    """The same with its near-duplicates found."""
    with opened(files_case) as case:
        case.record(
            near_duplicates.find_near_duplicates(case, JobControl()).make_draft(), case.examiners()[0].id
        )
    return files_case


def carried(reader):
    return reader.reader.reading.carried_from


def test_one_judgement_for_all_of_a_group(desk, alike_case, tmp_path):
    reader = desk().opens(alike_case).sees_photo(0)
    assert reader.reading.header.place.text().endswith("4 alike")
    reader.presses("Shift+C")
    assert "No near-duplicate of this photo has a complete reading" in reader.said
    reader.presses("1", "Q").places("neck f").presses("Shift+B", "3", "Esc")
    reader.presses("Shift+C")
    assert "Only a complete reading can be carried over" in reader.said
    reader.presses("Shift+Enter", "Shift+C")
    assert reader.reading.box.texts() == ["Carry over to 2 near-duplicates"]
    reader.presses("Enter").is_saved()
    assert (reader.reader.reading.state, carried(reader)) == (ReadingState.COMPLETE, "")
    assert "1 of 5 complete, 2 carried over" in reader.reading.header.counts.text()

    source = reader.reader.sha256
    reader.presses("Right").sees_photo(1)
    (finding,) = reader.reader.reading.findings
    assert (finding.term, finding.copied_from) == ("neck.ligature_mark", source)
    assert (finding.certainty_stated, finding.seen_as_is) == (False, False)
    assert "Carried over from photo 1" in reader.reading.side.state.text()
    reader.presses("Enter", "Q").is_saved()
    assert carried(reader) == "", "photo 3 was carried over and is not offered; the mirrored one is"
    assert reader.reader.position == 3
    reader.presses("Shift+C")
    assert "Left and right are exchanged" in reader.said
    reader.presses("Left", "Left").sees_photo(1)
    assert (carried(reader), reader.reader.reading.state) == ("", ReadingState.COMPLETE)
    reader.presses("Right").sees_photo(2)
    assert carried(reader) == source
    reader.is_saved().leaves()

    with opened(alike_case) as case:
        assert verify_case(case, JobControl()).sound
        export(case, case.examiners()[0].id, "csv", tmp_path / "out", JobControl())
    told = rows(tmp_path / "out" / "readings.csv")
    assert [row["carried_from"] for row in told] == ["", "", source]
    assert {row["copied_from"] for row in rows(tmp_path / "out" / "findings.csv")} == {"", source}
    shown = rows(tmp_path / "out" / "coverage.csv")
    assert len(shown) == 3 * 19
    assert {row["level"] for row in shown} == {"assessable"}


def accept(case_folder, *groups):
    """Somebody says whose the photographs are: places in the order of ingest."""
    with opened(case_folder) as case:
        with case.store.read() as connection:
            photos = [each.sha256 for each in iterate_photos(connection)]
        made = [
            made_individual(f"person {number}", [photos[place] for place in places])
            for number, places in enumerate(groups)
        ]
        case.record(Draft(INDIVIDUALS_MADE, "", {"individuals": made}), case.examiners()[0].id)


def test_nothing_is_carried_to_another_person_however_alike_it_looks(desk, alike_case):
    accept(alike_case, [0, 4], [1, 2, 3])
    reader = desk().opens(alike_case).sees_photo(0).presses("1", "Q").places("neck f")
    reader.presses("Shift+Enter", "Shift+C")
    assert "another person's" in reader.said
    assert "nothing is carried over" in reader.said
    reader.is_saved().leaves()
    with opened(alike_case) as case:
        people = load_individuals(case, case.examiners()[0].id)
        (conflict,) = [each for each in people.conflicts if each.kind is ConflictKind.ALIKE_IN_TWO]
        assert "4 near-duplicates lie in 2 individuals" in conflict.sentence
        assert case.counts().complete == 1


def test_the_pictures_it_is_carried_between_are_shown_with_whose_they_are(desk, alike_case):
    accept(alike_case, [0, 1, 4])
    reader = desk().opens(alike_case).sees_photo(0).presses("2", "Shift+Enter", "W", "Shift+C")
    strip = reader.reading.carry.strip
    assert strip.isVisible()
    shown = [strip.rows.data(strip.rows.index(row)) for row in range(strip.rows.rowCount())]
    assert len(shown) == 3, "the photograph itself and two of the three others; the third is a mirror image"
    assert all("Individual" in words for words in shown[:2])
    assert "of no accepted individual" in shown[2]
    reader.presses("Esc")
    assert not strip.isVisible()


def test_a_judgement_is_fetched_from_a_near_duplicate_and_undone(desk, alike_case):
    reader = desk().opens(alike_case).sees_photo(0).presses("2", "Enter", "Q").sees_photo(1)
    reader.presses("Shift+C")
    assert reader.reading.box.texts() == ["Carry over from photo 1 to this one"]
    reader.presses("Esc")
    assert reader.reader.reading.findings == ()
    reader.presses("Shift+C", "Enter").is_saved()
    assert reader.terms == ["blunt.bruise"]
    reader.presses("Ctrl+Z").is_saved()
    assert (reader.terms, carried(reader)) == ([], "")
    reader.presses("Ctrl+Y").is_saved()
    assert reader.terms == ["blunt.bruise"]


def test_a_photo_is_parted_from_its_group(desk, alike_case):
    reader = desk().opens(alike_case).sees_photo(0).presses("Shift+G").is_saved()
    assert "alike" not in reader.reading.header.place.text()
    reader.presses("Right").sees_photo(1)
    assert reader.reading.header.place.text().endswith("3 alike")
    reader.presses("Ctrl+Z").is_saved()
    assert reader.reading.header.place.text().endswith("4 alike")
    reader.presses("End").sees_photo(4).presses("Shift+G")
    assert "no group" in reader.said


def test_near_duplicates_are_looked_for_beside_the_reading(desk, files_case):
    reader = desk().opens(files_case).sees_photo(0)
    assert "alike" not in reader.reading.header.place.text()
    reader.presses("Ctrl+Shift+D", "2")
    until(lambda: reader.reading.header.place.text().endswith("4 alike"), "the group is recorded and shown")
    assert reader.terms == ["blunt.bruise"]
    assert reader.said == "1 group of near-duplicates, 4 photos."
    reader.presses("Ctrl+Shift+D")
    until(lambda: "No new near-duplicates; 1 group known." in reader.said, "nothing new")
