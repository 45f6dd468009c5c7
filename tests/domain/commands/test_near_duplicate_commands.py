"""Groups, parting, and what carrying a judgement over does and never does."""

from dataclasses import replace

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands, near_duplicate_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.reading.reading import Conclusion, Finding, Reading, ReadingState
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer

FINDING = Finding(
    "f1",
    "neck.ligature_mark",
    "1",
    certainty=Certainty.DEFINITE,
    certainty_stated=True,
    regions=("neck.front",),
    marks=(Mark("m", MarkShape.LINE, ((1, 2), (3, 4))),),
)
SOURCE = Reading(
    "e",
    "a" * 64,
    state=ReadingState.COMPLETE,
    findings=(FINDING,),
    note="a note",
    coverage=(("neck.front", "assessable"), ("nape", "not")),
)
TARGET = Reading("e", "b" * 64)


def ids():
    return iter("xyz").__next__


def carried(source=SOURCE, target=TARGET):
    draft = near_duplicate_commands.carry_over_reading(source, target, ids())
    return acts.apply_to_reading(target, draft.act, draft.body, "now")


def test_what_is_carried_over_says_so_and_claims_nothing():
    reading = carried()
    assert (reading.state, reading.carried_from) == (ReadingState.COMPLETE, SOURCE.photo)
    (finding,) = reading.findings
    assert (finding.id, finding.copied_from) == ("x", SOURCE.photo)
    assert (finding.term, finding.regions, finding.certainty) == (
        FINDING.term,
        FINDING.regions,
        Certainty.DEFINITE,
    )
    assert (finding.certainty_stated, finding.seen_as_is, finding.marks) == (False, False, ())
    assert (dict(reading.coverage), reading.note) == (dict(SOURCE.coverage), "")


def test_a_conclusion_is_carried_over():
    dark = replace(SOURCE, findings=(), conclusion=Conclusion.NOT_ASSESSABLE, reason="dark")
    reading = carried(dark)
    assert (reading.conclusion, reading.reason) == (Conclusion.NOT_ASSESSABLE, "dark")


@pytest.mark.parametrize(
    "said",
    [
        {"findings": (FINDING,)},
        {"note": "seen"},
        {"conclusion": Conclusion.NOTHING_VISIBLE},
        {"state": ReadingState.SET_ASIDE},
        {"coverage": (("nape", "not"),)},
        {"carried_from": "c" * 64, "state": ReadingState.COMPLETE},
    ],
)
def test_never_onto_a_reading_that_says_something_already(said):
    with pytest.raises(NotAllowed, match="of its own"):
        near_duplicate_commands.carry_over_reading(SOURCE, replace(TARGET, **said), ids())


def test_acts_taken_back_leave_a_photo_free():
    assert near_duplicate_commands.is_blank(replace(TARGET, changed_at="now"))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"state": ReadingState.OPEN}, "complete it first"),
        ({"carried_from": "c" * 64}, "itself carried over"),
        ({"findings": (replace(FINDING, confirmed=False),)}, "confirmed"),
    ],
)
def test_only_a_complete_look_of_ones_own_is_carried_over(said, why):
    with pytest.raises(NotAllowed, match=why):
        near_duplicate_commands.carry_over_reading(replace(SOURCE, **said), TARGET, ids())


def test_completing_makes_it_ones_own_look():
    reading = carried()
    with pytest.raises(NotAllowed, match="Nobody stated"):
        finding_commands.complete_reading(reading)
    stated = finding_commands.state_certainty(reading, Certainty.DEFINITE)
    reading = acts.apply_to_reading(reading, stated.act, stated.body, "now")
    draft = finding_commands.complete_reading(reading)
    own = acts.apply_to_reading(reading, draft.act, draft.body, "later")
    assert (own.state, own.carried_from) == (ReadingState.COMPLETE, "")
    with pytest.raises(NotAllowed, match="complete already"):
        finding_commands.complete_reading(own)


def test_what_is_changed_on_it_stays_carried_over_until_it_is_completed():
    reading = carried()
    draft = finding_commands.set_answer(reading, reading.findings[0], FindingAnswer.ABSENT)
    changed = acts.apply_to_reading(reading, draft.act, draft.body, "later")
    assert (changed.state, changed.carried_from) == (ReadingState.OPEN, SOURCE.photo)


# groups


def test_only_what_is_new_or_different_is_recorded():
    known = {"a": "a", "b": "a", "c": "c", "d": "c"}
    found = [("a", "b"), ("c", "d", "e"), ("f", "g")]
    assert near_duplicate_commands.find_new_groups(found, known) == (("c", "d", "e"), ("f", "g"))
    with pytest.raises(NotAllowed):
        near_duplicate_commands.group_duplicates([], "m", 1, {})


def test_parting_one_of_two_leaves_no_group():
    assert near_duplicate_commands.part_from_group("a", ["a", "b"]).body == {
        "photos": ["a", "b"],
        "from": ["b"],
    }
    assert near_duplicate_commands.part_from_group("b", ["a", "b", "c"]).body == {
        "photos": ["b"],
        "from": ["a", "c"],
    }
    for members in ([], ["b", "c"], ["a"]):
        with pytest.raises(NotAllowed):
            near_duplicate_commands.part_from_group("a", members)
