"""What an Examiner may want, what becomes of it, and the sentences that say why not."""

from dataclasses import replace

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Conclusion, Finding, Reading, ReadingState
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer, NotAssessableReason

AT = "2026-01-01T00:00:00+00:00"


def after(reading, *drafts):
    for draft in drafts:
        reading = acts.apply_to_reading(reading, draft.act, draft.body, AT)
    return reading


@pytest.fixture
def empty():
    return Reading("e", "p" * 64)


@pytest.fixture
def tagged(empty):
    return after(empty, finding_commands.add_finding(empty, Finding("f1", "blunt.bruise", "1.0.0")))


def test_a_toggle_adds_and_takes_away(empty, tagged):
    finding = Finding("f2", "blunt.bruise", "1.0.0")
    assert finding_commands.toggle_term(empty, finding).act == acts.FINDING_ADDED
    assert after(tagged, finding_commands.toggle_term(tagged, finding)).findings == ()


def test_a_changed_reading_is_open_again(tagged):
    stated = after(tagged, finding_commands.state_certainty(tagged, Certainty.PROBABLE))
    complete = after(stated, finding_commands.complete_reading(stated))
    assert complete.state is ReadingState.COMPLETE
    assert (
        after(
            complete, finding_commands.set_certainty(complete, complete.findings[0], Certainty.DEFINITE)
        ).state
        is ReadingState.OPEN
    )


def test_a_reading_is_not_complete_before_every_certainty_is_stated(tagged):
    with pytest.raises(NotAllowed, match="one finding is: Q definite, W probable, E possible"):
        finding_commands.complete_reading(tagged)
    finding_commands.check_completable(tagged)
    more = after(tagged, finding_commands.add_finding(tagged, Finding("f2", "elec.mark", "1.0.0")))
    with pytest.raises(NotAllowed, match="2 findings are"):
        finding_commands.complete_reading(more)
    absent = replace(tagged, findings=(replace(tagged.findings[0], answer=FindingAnswer.ABSENT),))
    assert finding_commands.complete_reading(absent).act == acts.COMPLETED
    first = after(more, finding_commands.set_certainty(more, more.findings[0], Certainty.POSSIBLE))
    second = after(first, finding_commands.state_certainty(first, Certainty.DEFINITE))
    assert [f.certainty_told for f in second.findings] == ["possible", "definite"]
    assert finding_commands.complete_reading(second).act == acts.COMPLETED


def test_a_complete_reading_of_before_stays_complete_though_nobody_stated_how_sure(tagged):
    earlier = after(tagged, Draft(acts.COMPLETED, tagged.photo))
    assert earlier.state is ReadingState.COMPLETE
    assert [f.certainty_told for f in earlier.findings] == ["not stated"]
    assert earlier.surest == 0


def test_nothing_visible_is_refused_beside_findings_and_withdrawn_by_one(empty, tagged):
    with pytest.raises(NotAllowed, match="something is visible"):
        finding_commands.conclude_nothing_visible(tagged)
    clear = after(empty, finding_commands.conclude_nothing_visible(empty))
    assert clear.conclusion is Conclusion.NOTHING_VISIBLE
    assert after(clear, finding_commands.conclude_nothing_visible(clear)).conclusion is Conclusion.NONE
    assert (
        after(clear, finding_commands.add_finding(clear, Finding("f", "elec.mark", "1"))).conclusion
        is Conclusion.NONE
    )


def test_not_assessable_has_a_reason(empty, tagged):
    assert (
        after(empty, finding_commands.conclude_not_assessable(empty, NotAssessableReason.DARK)).reason
        == "dark"
    )
    with pytest.raises(NotAllowed):
        finding_commands.conclude_not_assessable(tagged, NotAssessableReason.DARK)
    with pytest.raises(NotAllowed, match="reason"):
        finding_commands.set_answer(tagged, tagged.findings[0], FindingAnswer.NOT_ASSESSABLE)


def test_a_reading_of_nothing_is_not_complete(empty):
    with pytest.raises(NotAllowed, match="Nothing is recorded"):
        finding_commands.complete_reading(empty)


def test_copied_findings_wait_to_be_confirmed(empty, tagged):
    other = Reading("e", "q" * 64)
    copied = after(other, finding_commands.copy_findings(other, tagged, lambda: "new"))
    assert copied.findings[0].copied_from == tagged.photo
    assert not copied.says_something
    with pytest.raises(NotAllowed, match="confirmed"):
        finding_commands.complete_reading(copied)
    assert after(copied, finding_commands.confirm_findings(copied)).says_something
    with pytest.raises(NotAllowed, match="no further finding"):
        finding_commands.copy_findings(tagged, tagged, lambda: "x")


def test_a_degree_names_its_mechanism(tagged):
    sure = after(tagged, finding_commands.set_certainty(tagged, tagged.findings[0], Certainty.PROBABLE))
    with pytest.raises(NotAllowed, match="mechanism"):
        finding_commands.set_degree(sure, sure.findings[0], "blunt", "typical", "  ", "witness")
    named = after(
        sure, finding_commands.set_degree(sure, sure.findings[0], "blunt", "typical", "a rod", "witness")
    )
    assert (named.findings[0].degree, named.findings[0].mechanism) == ("typical", "a rod")
    cleared = after(named, finding_commands.set_degree(named, named.findings[0], "blunt", "", "", ""))
    assert (cleared.findings[0].degree, cleared.findings[0].mechanism) == ("", "")


@pytest.mark.parametrize(
    ("shape", "points"),
    [
        (MarkShape.RECTANGLE, [(1, 1)]),
        (MarkShape.POLYGON, [(1, 1), (2, 2)]),
        (MarkShape.POINT, [(1, 1), (2, 2)]),
        (MarkShape.LINE, []),
    ],
)
def test_a_mark_has_the_points_its_shape_needs(tagged, shape, points):
    with pytest.raises(NotAllowed):
        finding_commands.add_mark(tagged, tagged.findings[0], Mark("m", shape, tuple(points)))


def test_a_mark_that_is_gone_is_said_to_be_gone(tagged):
    with pytest.raises(NotAllowed, match="no longer there"):
        finding_commands.remove_mark(tagged, "m9")


def test_notes_keep_what_can_be_kept(empty):
    assert after(empty, finding_commands.write_note(empty, "a\0b\ud800")).note == "ab?"
    with pytest.raises(NotAllowed, match="characters"):
        finding_commands.write_note(empty, "x" * 20_001)


def test_set_aside_twice_opens_again(empty):
    aside = after(empty, finding_commands.set_reading_aside(empty))
    assert aside.state is ReadingState.SET_ASIDE
    assert after(aside, finding_commands.set_reading_aside(aside)).state is ReadingState.OPEN


def test_an_act_on_a_finding_whose_making_was_taken_back_does_nothing(empty, tagged):
    draft = finding_commands.set_certainty(tagged, tagged.findings[0], Certainty.DEFINITE)
    assert after(empty, draft).findings == ()
