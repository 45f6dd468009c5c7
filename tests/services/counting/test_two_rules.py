"""A figure that was counted by the first rule is explained: what changed, for whom, and why."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.acts.shared_acts import PHOTOS_CATEGORISED
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.summary.summary import TermDecision, TermResult, UndecidedCause
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.counting.two_rules import compare_rules, load_first_rule
from reviewer.services.jobs import JobControl
from tests.domain.summary.test_summary import MARK, NECK, absent, finding, seen
from tests.support.counting import BRUISE, ends, finds


def compared(case, desk):
    with open_snapshot(case, JobControl()) as moment:
        return compare_rules(moment, "", [desk.examiner.id], JobControl())


def test_each_change_names_the_individual_both_results_and_the_reasons(case, desk, people):
    one, two, three, *_rest = people
    finds(desk, one[0], stated=False)
    finds(desk, two[0])
    shown = {region: "assessable" for region in NECK}
    desk.submit(Draft(acts.COVERAGE_SET, three[0], {"regions": shown})).result()
    finds(desk, three[0], term="burn.scald", regions=("chest.L",))
    ends(desk, [*one, *two, *three])
    found = compared(case, desk)
    assert (found.people, found.whole) == (5, 3)
    told = {(each.term, each.individual): each for each in found.changes}
    bruise = told[BRUISE, "person 0"]
    assert (bruise.before, bruise.now, bruise.whole) == (TermResult.PRESENT, TermResult.UNSTATED, True)
    assert (BRUISE, "person 1") not in told, "what is the same is no change"
    mark = told[MARK, "person 2"]
    assert (mark.before, mark.now) == (TermResult.ABSENT, TermResult.CANNOT_TELL)
    assert UndecidedCause.NOT_MENTIONED in mark.reasons
    assert (TermResult.PRESENT, TermResult.UNSTATED, 1) in found.count_changes_of(BRUISE)
    assert found.before[BRUISE][TermResult.PRESENT] == 2
    assert found.now[BRUISE][TermResult.PRESENT] == 1


def test_who_is_left_out_since_sorted_as_no_detainee_is_among_the_changes(case, desk, people):
    finds(desk, people[0][0])
    ends(desk, people[0])
    body = {"photos": people[0], "category": "soldier"}
    desk.submit(Draft(PHOTOS_CATEGORISED, "", body)).result()
    found = compared(case, desk)
    assert (found.people, found.whole) == (5, 0)
    (bruise,) = [each for each in found.changes if each.term == BRUISE]
    assert (bruise.before, bruise.now, bruise.whole) == (TermResult.PRESENT, TermResult.CANNOT_TELL, False)


@pytest.mark.parametrize(
    ("readings", "result"),
    [
        ([seen("a", finding(stated=False), complete=False)], TermResult.PRESENT),
        ([seen("a", finding(certainty=Certainty.POSSIBLE), covers=NECK)], TermResult.CANNOT_TELL),
        ([seen("a", finding()), seen("b", absent())], TermResult.CONFLICT),
        ([seen("a", finding()), seen("b", absent(), examiner="hansen")], TermResult.PRESENT),
        ([seen("a", covers=NECK)], TermResult.ABSENT),
        ([seen("a", covers=NECK[:3])], TermResult.CANNOT_TELL),
        ([seen("a", covers=NECK, complete=False)], TermResult.CANNOT_TELL),
        ([seen("a", absent(regions=NECK))], TermResult.ABSENT),
        ([seen("a", finding()), seen("b", covers=NECK, nothing=True, looked_for=())], TermResult.CONFLICT),
        ([seen("a", covers=NECK, carried_from="z")], TermResult.CANNOT_TELL),
    ],
)
def test_the_first_rule_says_what_it_said(readings, result):
    """The examples that were its tests."""
    assert load_first_rule().results(readings)[MARK] is result


def test_grades_and_sides_of_regions_as_the_first_rule_saw_them():
    graded = finding("nutr.grade", regions=("generalised",), qualifiers=(("grade_e", ("E0",)),))
    assert load_first_rule().results([seen("a", graded)])["nutr.grade"] is TermResult.ABSENT
    wrists = seen("a", covers=["wrist.L/front", "wrist.R/back"])
    assert load_first_rule().results([wrists])["restr.wrist"] is TermResult.ABSENT
    thin = finding("nutr.grade", regions=("generalised",), qualifiers=(("grade_e", ("E1",)),))
    assert load_first_rule().results([seen("a", thin)])["nutr.grade"] is TermResult.PRESENT


def test_what_was_decided_by_a_person_stands_in_the_first_rule_too():
    readings = [seen("a", finding()), seen("b", absent())]
    decision = TermDecision("okoye", TermResult.ABSENT, "a shadow", ("a", "b"), "1")
    assert load_first_rule().results(readings, {MARK: decision})[MARK] is TermResult.ABSENT
    other = TermDecision("okoye", TermResult.ABSENT, "a shadow", ("a",), "1")
    assert load_first_rule().results(readings, {MARK: other})[MARK] is TermResult.CONFLICT
