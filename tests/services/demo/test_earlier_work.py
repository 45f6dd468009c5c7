"""The demonstration as it is opened: what two examiners did in it, by the acts of the program."""

import io
from collections import Counter

import pytest
from PIL import Image

from reviewer.domain.commands.card_commands import CardState
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.media.demo.demo_photo import draw_photograph
from reviewer.services.cards.transcription import count_by_state
from reviewer.services.case.opening import open_case
from reviewer.services.demo.demonstration import (
    DRAWING,
    WORKING,
    DemonstrationFiles,
    make_demonstration,
)
from reviewer.services.demo.plan import plan_photos
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.services.people.individuals import load_individuals
from reviewer.services.pictures.near_duplicates import load_groups
from reviewer.services.records.load import list_loaded_files
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.reading import readings
from reviewer.storage.reading_order import load_card_boxes

PHOTOS, SEED = 36, 2


def make_in(folder, photos=PHOTOS):
    files = DemonstrationFiles(folder)
    make_demonstration(files, lambda _name: JobControl(), photos, SEED)
    return files


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return make_in(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture
def case(files):
    opened = open_case(files.case, read_only=True)
    yield opened
    opened.close()


def readings_of(case, examiner):
    photos = [item.sha256 for item in Worklist(case, "").load().items]
    with case.store.read() as connection:
        found = [readings.load(connection, examiner.id, photo) for photo in photos]
    return [reading for reading in found if reading is not None]


def test_a_third_is_read_with_marks_coverage_and_certainty_and_the_rest_is_as_it_came(case):
    first, second = case.examiners()
    by_first, by_second = readings_of(case, first), readings_of(case, second)
    complete = [reading for reading in by_first if reading.is_complete_by_own_look]
    assert PHOTOS // 3 - 2 <= len(complete) <= PHOTOS // 3 + 5
    assert len(complete) < len(by_first) <= len(complete) + 2, "one is begun and not complete"
    assert 0 < len(by_second) < len(by_first)
    found = [finding for reading in by_first for finding in reading.findings]
    assert any(reading.coverage for reading in by_first)
    assert any(finding.marks for finding in found)
    assert all(finding.regions for finding in found)
    assert all(finding.certainty_stated for finding in found)
    assert {finding.answer for finding in found} >= {FindingAnswer.PRESENT}


def test_individuals_cards_records_a_conflict_and_near_duplicates_are_there(case):
    found = load_individuals(case, case.examiners()[0].id)
    assert sum(person.is_accepted for person in found.persons) > 5
    assert any(conflict.is_doubt for conflict in found.open_conflicts)
    states = count_by_state(case)
    assert states[CardState.MISMATCH] == 1
    assert states[CardState.AGREED] >= 1
    assert [file.rows > 5 for file in list_loaded_files(case)] == [True]
    assert [len(photos) > 1 for photos in load_groups(case).values()] == [True]


def test_the_first_photograph_to_read_is_whole_and_odd_files_come_later(case):
    worklist = Worklist(case, case.examiners()[0].id).load()
    first = worklist.next_unread(-1)
    names = [item.name for item in worklist.items]
    assert names[first].startswith("DSC")
    assert names.index("cut short.jpg") > first
    assert names.index("cut short.jpg") >= len(names) // 3


def test_the_cards_of_photographs_that_are_to_be_read_are_framed_where_they_lie(case):
    worklist = Worklist(case, case.examiners()[0].id).load()
    planned = {photo.path[-1]: photo for photo in plan_photos(PHOTOS, SEED)}
    with case.store.read() as connection:
        boxes = load_card_boxes(connection)
    turned = 0
    for item in worklist.items:
        if item.sha256 not in boxes or item.name not in planned:
            continue
        shot = planned[item.name].shot
        turned += shot.orientation != 1
        (left, top, wide, tall), *_more = boxes[item.sha256]
        stored = Image.open(io.BytesIO(draw_photograph(shot))).convert("RGB")
        inside = stored.getpixel((left + wide // 2, top + tall // 8 if wide > tall else top + tall // 2))
        assert min(inside) > 200, item.name
        for beside in ((left - 12, top + tall // 2), (left + wide // 2, top + tall + 12)):
            if 0 <= beside[0] < stored.width and 0 <= beside[1] < stored.height:
                assert min(stored.getpixel(beside)) < 200, item.name
    assert turned, "one is stored turned"
    first = worklist.next_unread(-1)
    assert worklist.items[first].sha256 in boxes


def test_every_act_is_signed_by_one_of_the_two_and_the_ledger_is_sound(case):
    assert [examiner.name for examiner in case.examiners()] == ["Demonstration examiner", "Second examiner"]
    assert verify_case(case, JobControl()).sound


def what_was_said(case):
    return Counter(
        (finding.term, finding.regions, finding.answer, finding.certainty, len(finding.marks))
        for examiner in case.examiners()
        for reading in readings_of(case, examiner)
        for finding in reading.findings
    )


def test_one_seed_gives_one_work(tmp_path):
    said = []
    for name in ("one", "other"):
        made = open_case(make_in(tmp_path / name, 12).case, read_only=True)
        said.append(what_was_said(made))
        made.close()
    assert said[0]
    assert said[0] == said[1]


def test_whoever_stops_half_way_begins_anew(tmp_path):
    files, begun = DemonstrationFiles(tmp_path), []

    def cancel_the_work(name):
        begun.append(name)
        control = JobControl()
        if name == WORKING:
            control.cancel()
        return control

    with pytest.raises(Cancelled):
        make_demonstration(files, cancel_the_work, 12, SEED)
    assert begun[0] == DRAWING
    assert not files.is_made
    make_demonstration(files, lambda _name: JobControl(), 12, SEED)
    assert files.is_made
    assert not files.unfinished.exists()
    make_demonstration(files, cancel_the_work, 12, SEED)
    assert begun.count(DRAWING) == 1, "what is made is not made again"
