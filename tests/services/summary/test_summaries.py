"""Summaries come from the Readings of the examiner at work, for one individual or for all in one pass."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.acts.shared_acts import DUPLICATES_GROUPED
from reviewer.domain.commands import coverage_commands, finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding
from reviewer.domain.summary.summary import TermResult
from reviewer.domain.vocabulary.coverage_gaps import compute_body_extents
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.summary.summaries import Summariser, load_assessable_regions
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import opened_copy

MARK = "neck.ligature_mark"


@pytest.fixture
def case(drive_case, tmp_path):
    with opened_copy(drive_case, tmp_path) as made:
        yield made


@pytest.fixture
def desk(case):
    made = ActQueue(case, case.examiners()[0], post_at_once)
    yield made
    made.detach()


def photos_of(case):
    return [item.sha256 for item in Worklist(case, "").load().items]


def view(case, key):
    return next(each for each in case.vocabulary.views if each.key == key)


def read(case, desk):
    """A ligature mark on two near-duplicates; nothing on the third photo, which shows the face."""
    first, second, third, *_rest = photos_of(case)
    for photo in (first, second):
        finding = Finding(
            f"f {photo}",
            MARK,
            "1",
            certainty=Certainty.DEFINITE,
            certainty_stated=True,
            regions=("neck.front",),
        )
        desk.submit(finding_commands.add_finding(desk.reading(photo), finding)).result()
        desk.submit(finding_commands.complete_reading(desk.reading(photo))).result()
    for draft in (
        lambda reading: coverage_commands.toggle_view(reading, view(case, "face")),
        finding_commands.conclude_nothing_visible,
        finding_commands.complete_reading,
    ):
        desk.submit(draft(desk.reading(third))).result()
    desk.submit(Draft(DUPLICATES_GROUPED, "", {"groups": [[first, second]]})).result()
    return first, second, third


def test_of_one_individual(case, desk):
    first, second, third = read(case, desk)
    summaries = Summariser(case, [desk.examiner.id])
    summary = summaries.summarise_photos([first, second, third])
    mark = summary.of(MARK)
    assert (mark.result, mark.pictures, len(mark.grounds)) == (TermResult.PRESENT, 1, 2)
    assert summary.looked == (first, second, third)
    extents = compute_body_extents(case.vocabulary, summary.covered)
    face = next(view for view in extents.views if view.key == "face")
    assert face.missing == ()
    assert "back" in extents.in_words()
    shown = load_assessable_regions(case, desk.examiner.id, [first, second, third])
    assert shown == {third: frozenset(view(case, "face").regions)}


def test_of_all_in_one_pass_is_the_same_as_of_each(case, desk):
    read(case, desk)
    worklist = Worklist(case, desk.examiner.id).load()
    summaries = Summariser(case, [desk.examiner.id])
    found = list(summaries.summarise_all(worklist, JobControl()))
    assert len(found) == len(worklist.groups) == 2
    for group, summary in found:
        photos = [worklist.items[place].sha256 for place in group.positions]
        assert summary == summaries.summarise_photos(photos)
    assert found[1][1].unread == found[1][1].photos


def test_who_was_not_all_read_is_known_without_a_summary(case, desk):
    read(case, desk)
    worklist = Worklist(case, desk.examiner.id).load()
    one, other = worklist.groups
    for examiner, expected in ((desk.examiner.id, (other.id,)), ("somebody else", (one.id, other.id))):
        summaries = Summariser(case, [examiner])
        every = summaries.summarise_all(worklist, JobControl())
        assert tuple(group.id for group, summary in every if not summary.all_read) == expected
        assert summaries.find_not_all_read(worklist, lambda _group: True) == expected
        assert summaries.find_not_all_read(worklist, lambda group: group is other) == (other.id,)


def test_what_another_examiner_read_is_not_looked_at(case, desk):
    photos = read(case, desk)
    summary = Summariser(case, ["somebody else"]).summarise_photos(photos)
    assert summary.unread == photos
    assert {each.result for each in summary.terms} == {TermResult.CANNOT_TELL}


def test_what_was_carried_over_is_told_apart(case, desk):
    first, second, _third = read(case, desk)
    fourth = photos_of(case)[3]
    body = {"from": first, "conclusion": "", "reason": "", "findings": [], "coverage": {"nape": "assessable"}}
    desk.submit(Draft(acts.CARRIED_OVER, fourth, body)).result()
    summary = Summariser(case, [desk.examiner.id]).summarise_photos([first, second, fourth])
    assert summary.carried == (fourth,)
    assert "nape" not in summary.covered
    assert load_assessable_regions(case, desk.examiner.id, [first, second, fourth]) == {}
