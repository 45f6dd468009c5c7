"""The drawn order in a real case: stable while one reads, the same for everybody, set by the lead alone."""

import hashlib

import pytest

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.acts.shared_bodies import transcription_to_body
from reviewer.domain.commands import coverage_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.domain.photos.case import Examiner
from reviewer.domain.reading.reading import Reading
from reviewer.domain.worklist.reading_order import ReadingOrder
from reviewer.services.case.reading_rules import load_lead, load_rules, make_masking_act, make_order_act
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.counting.run import count_case
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.own_list import STATISTICS_CLOSED, require_finished_list
from reviewer.services.reading.sorting import Sorter
from reviewer.services.worklist.neutral_labels import NeutralLabels
from reviewer.services.worklist.worklist import Worklist, sort_in_reading_order
from tests.support.cases import ingested, made_case, opened_copy
from tests.support.photos import drive, jpeg
from tests.support.shared import made_individual


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")
    made = made_case(folder, by_folders=False)
    ingested(made, drive(folder / "drive", photos=9))
    made.close()
    return made.folder


@pytest.fixture
def case(made_once, tmp_path):
    with opened_copy(made_once, tmp_path) as made:
        yield made


def names(worklist):
    return [item.name for item in worklist.items]


def loaded(case, **options):
    return Worklist(case, case.examiners()[0].id, **options).load()


def share(case, act, subject, body):
    return case.record(Draft(act, subject, body), case.examiners()[0].id)


def test_a_new_case_is_read_in_an_order_that_follows_from_its_seed(case):
    rules = load_rules(case)
    assert (rules.order, rules.masked, len(rules.seed)) == (ReadingOrder.DRAWN, True, 16)
    worklist = loaded(case)
    groups = [[worklist.items[place].sha256 for place in group.positions] for group in worklist.groups]
    ranks = [hashlib.sha256(f"{rules.seed}:{min(photos)}".encode()).hexdigest() for photos in groups]
    assert len(groups) == 3 and ranks == sorted(ranks)
    assert [group.positions for group in worklist.groups] == [(0, 1, 2), (3, 4, 5), (6, 7, 8)]
    assert names(loaded(case)) == names(worklist), "the same each time"
    assert [worklist.items[place].name for place in worklist.in_folder_order] == names(
        loaded(case, by_folders=True)
    )
    assert [worklist.find_folder_rank(place) for place in worklist.in_folder_order] == list(range(9))


def test_what_is_found_is_read_in_the_drawn_order_too_and_a_list_that_was_drawn_stays(case):
    worklist = loaded(case)
    photos = [item.sha256 for item in worklist.items]
    assert list(sort_in_reading_order(case, sorted(photos))) == photos
    assert [item.sha256 for item in worklist.make_sublist(sorted(photos), "a sample", "").items] == sorted(
        photos
    )


def test_whole_bodies_come_first_and_cards_last(case):
    worklist = loaded(case)
    first, second, third = (item.sha256 for item in worklist.items[:3])
    examiner = case.examiners()[0].id
    front = max(case.vocabulary.views, key=lambda view: len(view.regions))
    body = coverage_commands.toggle_view(Reading(examiner, third), front, case.vocabulary.views)
    case.record(body, examiner)
    card = Transcription(TranscriptionPass.FIRST, detainee="1", box=(0, 0, 40, 40))
    share(case, shared_acts.CARD_TRANSCRIBED, first, transcription_to_body(card))
    assert [item.sha256 for item in loaded(case).items[:3]] == [third, second, first]
    assert [item.sha256 for item in worklist.items[:3]] == [first, second, third], "not while one reads"


def test_new_photographs_come_at_the_end_and_no_position_moves(case, tmp_path):
    worklist = loaded(case)
    before = [item.sha256 for item in worklist.items]
    more = tmp_path / "more"
    for number in range(4):
        (more / f"body {number}").mkdir(parents=True)
        (more / f"body {number}" / "a.jpg").write_bytes(jpeg(seed=100 + number))
    ingested(case, more)
    assert worklist.extend() == 4
    assert [item.sha256 for item in worklist.items[:9]] == before
    ranks = [
        hashlib.sha256(f"{worklist.rules.seed}:{item.sha256}".encode()).hexdigest()
        for item in worklist.items[9:]
    ]
    assert ranks == sorted(ranks)
    assert sorted(worklist.in_folder_order) == list(range(13))


def test_the_lead_draws_and_masks_and_nobody_else(case):
    lead = case.examiners()[0]
    assert load_lead(case) == lead.id
    other = Examiner("0" * 16, "Dr Lindqvist")
    for wish in (lambda: make_order_act(case, other), lambda: make_masking_act(case, other, False)):
        with pytest.raises(NotAllowed, match="set by Dr Okoye, who made this case"):
            wish()
    case.record(make_order_act(case, lead, "seed2026"), lead.id)
    case.record(make_masking_act(case, lead, False), lead.id)
    assert (load_rules(case).seed, load_rules(case).masked) == ("seed2026", False)


def test_a_case_of_before_keeps_the_order_of_its_folders_until_one_is_drawn(tmp_path):
    case = made_case(tmp_path)
    ingested(case, drive(tmp_path / "drive"))
    lead = case.examiners()[0]
    assert (load_rules(case).order, load_rules(case).masked) == (ReadingOrder.FOLDERS, False)
    assert names(loaded(case)) == [f"IMG_000{number}.JPG" for number in range(6)]
    photos = [item.sha256 for item in loaded(case).items]
    assert list(sort_in_reading_order(case, photos)) == photos
    case.record(make_order_act(case, lead), lead.id)
    with open_snapshot(case, JobControl()) as moment:
        assert count_case(moment, "", [lead.id], JobControl()).basis.order == "drawn"
    with open_snapshot(case, JobControl(), case.counts().entries - 1) as moment:
        assert count_case(moment, "", [lead.id], JobControl()).basis.order == "folders"
    case.close()


# labels


def label_of(case, photos, individual=""):
    with case.store.read() as connection:
        return NeutralLabels.load(connection).label_of(photos, individual)


def test_a_label_stays_from_proposal_to_individual_through_new_photographs_and_mergers(case, tmp_path):
    worklist = loaded(case)
    groups = [[worklist.items[place].sha256 for place in group.positions] for group in worklist.groups]
    labels = [worklist.label(group.positions[0]) for group in worklist.groups]
    assert len(set(labels)) == 3
    made = [made_individual(f"i{number}", photos) for number, photos in enumerate(groups)]
    share(case, shared_acts.INDIVIDUALS_MADE, "", {"individuals": made})
    worklist.note_shared({photo for photos in groups for photo in photos})
    assert [worklist.label(group.positions[0]) for group in worklist.groups] == labels
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.jpg").write_bytes(jpeg(seed=77))
    ingested(case, tmp_path / "more")
    assert [label_of(case, photos, f"i{number}") for number, photos in enumerate(groups)] == labels
    merge = {"merged": ["i0"], "photos": groups[0], "reason": "same"}
    share(case, shared_acts.INDIVIDUALS_MERGED, "i1", merge)
    worklist.note_shared(groups[0])
    assert worklist.label(worklist.position_of(groups[0][0])) == labels[1], "that of the one that stays"
    lead = case.examiners()[0]
    case.record(make_order_act(case, lead), lead.id)
    assert label_of(case, groups[2], "i2") == labels[2], "another order is no other label"


def test_two_people_never_share_a_label_where_photographs_go_from_one_to_the_other(case):
    worklist = loaded(case, by_folders=True)
    photos = [item.sha256 for item in worklist.items[:3]]
    share(case, shared_acts.INDIVIDUALS_MADE, "", {"individuals": [made_individual("one", photos)]})
    share(case, shared_acts.INDIVIDUALS_MADE, "", {"individuals": [made_individual("two", photos[:1])]})
    share(case, shared_acts.INDIVIDUALS_MADE, "", {"individuals": [made_individual("three", photos[:2])]})
    found = [label_of(case, photos, each) for each in ("one", "two", "three")]
    assert len(set(found)) == 3
    assert label_of(case, photos[:1]) not in found, "nor with one that is only proposed"


def test_the_label_is_the_same_in_a_list_that_has_only_some_of_a_persons_photographs(case):
    worklist = loaded(case)
    last = worklist.items[worklist.groups[0].positions[-1]].sha256
    assert worklist.make_sublist([last], "found", "").label(0) == worklist.label(0)


def test_sorting_goes_folder_by_folder_whatever_the_order_of_reading(case):
    worklist = loaded(case)
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    sorter = Sorter(desk, worklist, post_at_once)
    sorter.begin()
    seen = []
    for _step in range(len(worklist)):
        seen.append(worklist.items[sorter.position].name)
        sorter.step(1)
    assert seen == names(loaded(case, by_folders=True))
    sorter.go(worklist.in_folder_order[4])
    whole, rest = sorter.find_runs()
    assert [worklist.items[place].name for place in whole.positions] == ["IMG_0004.JPG", "IMG_0005.JPG"]
    assert len(rest.positions) == 5
    assert sorter.find_next_unsorted(worklist.in_folder_order[8]) == worklist.in_folder_order[0]
    desk.detach()


# statistics


def test_statistics_are_closed_to_a_reader_until_her_list_is_finished(case):
    lead = case.examiners()[0].id
    require_finished_list(case, lead)
    case.record(Draft(acts.EXAMINER_ENROLLED, "2" * 16, {"name": "Dr Lindqvist"}), lead)
    photos = [item.sha256 for item in loaded(case).items]
    categorised = {"photos": photos[:1], "category": "soldier"}
    share(case, shared_acts.PHOTOS_CATEGORISED, "", categorised)
    with case.store.write() as connection:
        from reviewer.storage.store import record_draft
        from tests.support.cases import pen

        for photo in photos[2:]:
            record_draft(
                connection, Draft(acts.SET_ASIDE, photo), pen("2" * 16), "2026-01-01T00:00:00.000+00:00"
            )
    with pytest.raises(NotAllowed, match="7 of 8 photographs") as refused:
        require_finished_list(case, "2" * 16)
    assert refused.value.code == STATISTICS_CLOSED
    with case.store.write() as connection:
        record_draft(
            connection, Draft(acts.SET_ASIDE, photos[1]), pen("2" * 16), "2026-01-01T00:00:00.000+00:00"
        )
    require_finished_list(case, "2" * 16)
