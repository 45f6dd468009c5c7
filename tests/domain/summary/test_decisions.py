"""A person decides where readings contradict each other; what is found later asks again."""

from dataclasses import replace

import pytest

from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Entry
from reviewer.domain.summary import decisions
from reviewer.domain.summary.decisions import TermDecisions, decide_contradiction, find_standing_decisions
from reviewer.domain.summary.summary import TermDecision, TermResult
from tests.domain.summary.test_summary import MARK, RULES, absent, finding, seen
from tests.support.vocabulary import load_vocabulary

CONFLICT = (seen("a", finding()), seen("b", absent()))


def of(*readings, **more):
    return RULES.summary(readings, **more).of(MARK)


def made(term, result, examiner="okoye", at="1", why="seen again in daylight"):
    body = decide_contradiction("one", term, result, why).body
    return TermDecision(examiner, TermResult(body["result"]), body["why"], tuple(body["photos"]), at)


@pytest.mark.parametrize(
    ("result", "photos"),
    [(TermResult.PRESENT, ["a"]), (TermResult.ABSENT, ["b"]), (TermResult.CANNOT_TELL, ["a"])],
)
def test_a_decision_stands_in_the_place_of_the_conflict(result, photos):
    conflict = of(*CONFLICT)
    assert conflict.result is TermResult.CONFLICT
    found = of(*CONFLICT, decisions={MARK: made(conflict, result)})
    assert found.result is result
    assert [ground.photo for ground in found.grounds] == photos
    assert found.contradictions == conflict.contradictions, "they stay to be read"
    assert found.decided.why == "seen again in daylight"
    assert RULES.summary(CONFLICT, decisions={MARK: found.decided}).contradictions == ()


def test_the_better_photograph_can_be_named():
    conflict = of(*CONFLICT)
    body = decide_contradiction("one", conflict, TermResult.ABSENT, "sharper", "b").body
    assert body["better"] == "b"
    with pytest.raises(NotAllowed, match="one of those"):
        decide_contradiction("one", conflict, TermResult.ABSENT, "sharper", "z")


def test_words_say_that_it_was_decided_and_why():
    vocabulary = load_vocabulary()
    for result in decisions.DECIDABLE_RESULTS:
        decided = of(*CONFLICT, decisions={MARK: made(of(*CONFLICT), result)})
        words = decided.in_words(vocabulary)
        said = "looked for and not seen" if result is TermResult.ABSENT else str(result)
        assert said in words
        assert "decided: seen again in daylight" in words


def test_a_contradiction_on_another_photo_asks_again():
    decision = made(of(*CONFLICT), TermResult.PRESENT)
    again = of(*CONFLICT, seen("c", absent()), decisions={MARK: decision})
    assert (again.result, again.decided) == (TermResult.CONFLICT, None)


def test_a_contradiction_that_went_leaves_the_decision_standing_for_the_others():
    three = (*CONFLICT, seen("c", absent()))
    decision = made(of(*three), TermResult.ABSENT)
    fewer = of(*CONFLICT, decisions={MARK: decision})
    assert (fewer.result, fewer.decided) == (TermResult.ABSENT, decision)


def test_without_a_contradiction_a_decision_says_nothing():
    decision = made(of(*CONFLICT), TermResult.ABSENT)
    found = of(CONFLICT[0], decisions={MARK: decision})
    assert (found.result, found.decided) == (TermResult.PRESENT, None)


def test_a_finding_that_nothing_contradicts_is_not_decided_away():
    other = finding(regions=("nape",), id="other")
    term = of(seen("a", finding(), other), seen("b", absent()))
    assert term.result is TermResult.PRESENT
    assert term.stands
    for result in (TermResult.ABSENT, TermResult.CANNOT_TELL):
        with pytest.raises(NotAllowed, match="nothing contradicts"):
            decide_contradiction("one", term, result, "why")
    kept = of(
        seen("a", finding(), other),
        seen("b", absent()),
        decisions={MARK: made(term, TermResult.PRESENT)},
    )
    assert kept.decided is not None
    assert kept.grounds == term.grounds


def test_a_decision_can_be_changed():
    decided = of(*CONFLICT, decisions={MARK: made(of(*CONFLICT), TermResult.PRESENT)})
    assert decide_contradiction("one", decided, TermResult.ABSENT, "why").body["result"] == "absent"


def test_what_cannot_be_decided_is_refused():
    with pytest.raises(NotAllowed, match="Nothing contradicts"):
        decide_contradiction("one", of(CONFLICT[0]), TermResult.PRESENT, "why")
    with pytest.raises(NotAllowed, match="few words"):
        decide_contradiction("one", of(*CONFLICT), TermResult.PRESENT, "  ")
    with pytest.raises(NotAllowed, match="cannot be told"):
        decide_contradiction("one", of(*CONFLICT), TermResult.CONFLICT, "why")


def test_of_one_examiner_the_later_decision_stands_and_the_other_keeps_theirs():
    conflict = of(*CONFLICT)
    state = TermDecisions(decisions.make_decision_id("one", MARK))
    for author, result, at in (("a", "present", "1"), ("b", "absent", "2"), ("a", "cannot tell", "3")):
        draft = decide_contradiction("one", conflict, TermResult(result), "why")
        entry = Entry(author, "s", 1, "0" * 64, 1, at, draft.act, draft.subject, draft.body, "", "0" * 64)
        state = decisions.apply_to_term_decisions(state, entry.body, entry)
    assert [(each.examiner, each.result) for each in state.by] == [
        ("a", TermResult.CANNOT_TELL),
        ("b", TermResult.ABSENT),
    ]
    assert find_standing_decisions([state]) == {}, "examiners who differ have decided nothing together"
    assert find_standing_decisions([replace(state, by=state.by[:1])])[MARK].result is TermResult.CANNOT_TELL


def test_after_a_merge_the_later_of_two_decisions_stands():
    conflict = of(*CONFLICT)
    two = [
        TermDecisions("one", "one", MARK, (made(conflict, TermResult.PRESENT, at="1"),)),
        TermDecisions("two", "two", MARK, (made(conflict, TermResult.ABSENT, at="2"),)),
    ]
    assert find_standing_decisions(two)[MARK].result is TermResult.ABSENT
