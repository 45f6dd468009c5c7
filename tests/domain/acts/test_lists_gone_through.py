"""Acts of case format 1.5: what was looked for, one certainty for all, a description, what was uncovered."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft, Entry
from reviewer.domain.people import evaluations
from reviewer.domain.reading.reading import Finding, Reading, ReadingState
from reviewer.domain.vocabulary.scales import Certainty

LIST = ("skin", "2.0.0")
SHOWN = Reading("e", "p", coverage=(("nape", "assessable"),))


def after(reading, *drafts):
    for draft in drafts:
        reading = acts.apply_to_reading(reading, draft.act, draft.body, "t")
    return reading


def test_a_list_that_was_gone_through_stands_in_the_reading_and_can_be_taken_back():
    looked = after(SHOWN, finding_commands.record_lists_looked_for(SHOWN, [LIST]))
    assert looked.looked_for == (LIST,)
    assert after(looked, finding_commands.record_lists_looked_for(looked, [])).looked_for == ()
    with pytest.raises(NotAllowed, match="shows"):
        finding_commands.record_lists_looked_for(SHOWN, [])


@pytest.mark.parametrize(
    ("draft", "stays"),
    [
        (Draft(acts.COVERAGE_SET, "p", {"regions": {"chest.L": "assessable"}}), False),
        (Draft(acts.COVERAGE_SET, "p", {"regions": {"nape": "limited"}}), True),
        (Draft(acts.FINDINGS_REMOVED, "p", {"ids": ["f"]}), False),
        (finding_commands.add_finding(SHOWN, Finding("g", "blunt.bruise", "2.0.0")), True),
        (Draft(acts.COMPLETED, "p"), True),
        (Draft(acts.CONCLUSION_WITHDRAWN, "p"), False),
        (Draft(acts.NOT_ASSESSABLE, "p", {"reason": "dark"}), False),
    ],
)
def test_what_was_looked_for_ends_where_more_is_shown_or_a_finding_goes(draft, stays):
    began = after(SHOWN, finding_commands.add_finding(SHOWN, Finding("f", "burn.scald", "2.0.0")))
    looked = after(began, finding_commands.record_lists_looked_for(began, [LIST]))
    assert bool(after(looked, draft).looked_for) is stays


def test_nothing_visible_names_the_lists_that_were_gone_through():
    assert after(SHOWN, finding_commands.conclude_nothing_visible(SHOWN, [LIST])).looked_for == (LIST,)
    assert after(SHOWN, Draft(acts.NOTHING_VISIBLE, "p")).looked_for == ()


def test_one_certainty_is_stated_for_all_that_have_none():
    stated = Finding("a", "x", "1", certainty=Certainty.POSSIBLE, certainty_stated=True)
    began = Reading("e", "p", findings=(stated, Finding("b", "y", "1", seen_as_is=False)))
    made = after(began, finding_commands.state_certainty(began, Certainty.DEFINITE))
    assert [(f.certainty, f.certainty_stated, f.seen_as_is) for f in made.findings] == [
        (Certainty.POSSIBLE, True, True),
        (Certainty.DEFINITE, True, True),
    ]
    with pytest.raises(NotAllowed, match="every finding"):
        finding_commands.state_certainty(made, Certainty.DEFINITE)


def test_a_description_holds_the_latest_values_of_each_key():
    made = after(
        SHOWN,
        finding_commands.set_description(SHOWN, "stage", ["early"]),
        finding_commands.set_description(SHOWN, "card", ["chest"]),
    )
    assert made.description == (("card", ("chest",)), ("stage", ("early",)))
    assert after(made, finding_commands.set_description(made, "stage", [])).description == (
        ("card", ("chest",)),
    )


def test_a_finding_made_after_something_was_uncovered_says_so():
    seen = Draft(acts.CONTEXT_SEEN, "p", {"what": "card"})
    before, later = (finding_commands.add_finding(SHOWN, Finding(id_, "x", "1")) for id_ in "ab")
    made = after(SHOWN, before, Draft(acts.COMPLETED, "p"), seen)
    assert (made.state, made.context_seen) == (ReadingState.COMPLETE, ("card",))
    assert [f.in_context for f in after(made, later).findings] == [False, True]


def entry(draft, author):
    return Entry(author, "s", 1, "", 1, "2026-01-01", draft.act, draft.subject, draft.body, "", "")


def test_an_overall_evaluation_is_of_its_examiner_and_the_later_stands():
    first = evaluations.evaluate_individual("one", "consistent", "witness", " Several bruises of both arms. ")
    state = evaluations.IndividualEvaluations("one")
    for author in ("b", "a"):
        state = evaluations.apply_to_evaluations(state, first.body, entry(first, author))
    assert [(each.examiner, each.text) for each in state.by] == [
        ("a", "Several bruises of both arms."),
        ("b", "Several bruises of both arms."),
    ]
    gone = evaluations.evaluate_individual("one", "", "", "")
    left = evaluations.apply_to_evaluations(state, gone.body, entry(gone, "a"))
    assert [each.examiner for each in left.by] == ["b"]
    assert evaluations.apply_to_evaluations(left, gone.body, entry(gone, "b")) is None


@pytest.mark.parametrize(
    ("degree", "alleged_by", "text", "why"),
    [
        ("diagnostic", "witness", "bruises", "not given of what is seen"),
        ("typical", "", "bruises", "whose account"),
        ("typical", "witness", "", "in words"),
        ("", "", "he was tortured", "what the law calls it"),
        ("", "", "x" * 30_000, "characters"),
    ],
)
def test_what_cannot_be_an_evaluation(degree, alleged_by, text, why):
    with pytest.raises(NotAllowed, match=why):
        evaluations.evaluate_individual("one", degree, alleged_by, text)
