"""What is left out is in no figure, near-duplicates count once with all that was found, and sums close."""

import random
from collections import Counter

import pytest

from reviewer.domain.acts.shared_acts import DUPLICATES_GROUPED, PHOTOS_CATEGORISED
from reviewer.domain.figures.figures import NOT_CHOSEN, CountedUnit
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.summary.decisions import decide_contradiction
from reviewer.domain.summary.summary import TermResult
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.counting.cohort import NONE_FOR_READING
from reviewer.services.counting.run import NOT_ALL_READ, count_case
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.people.person_card import load_person_card
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.summary.summaries import Summariser
from tests.support import drawn
from tests.support.counting import BRUISE, ends, finds, photos_of

MARK = "neck.ligature_mark"
CATEGORIES = ("detainee", "soldier", "scene", "document", "other", "cannot tell")


def counted(case, desk, query="", examiners=()):
    with open_snapshot(case, JobControl()) as moment:
        return count_case(moment, query, list(examiners) or [desk.examiner.id], JobControl())


def sorts(desk, photos, category):
    desk.submit(Draft(PHOTOS_CATEGORISED, "", {"photos": list(photos), "category": category})).result()


def alike(desk, *groups):
    desk.submit(Draft(DUPLICATES_GROUPED, "", {"groups": list(map(list, groups)), "method": "m"})).result()


def bruise(found):
    return found.table("findings").of(f"findings/{BRUISE}")


@pytest.mark.parametrize("category", ["soldier", "scene", "document", "other"])
def test_what_was_read_on_a_photograph_sorted_as_something_else_counts_nowhere(case, desk, people, category):
    one, two, *_rest = people
    finds(desk, one[0])
    finds(desk, two[0])
    ends(desk, [*one, *two])
    assert bruise(counted(case, desk)).present == ("person 0", "person 1")
    sorts(desk, [one[0]], category)
    found = counted(case, desk)
    assert (bruise(found).present, bruise(found).cannot_tell) == (("person 1",), ("person 0",))
    figures = [
        each for table in found.tables if table.unit is CountedUnit.INDIVIDUAL for each in table.figures
    ]
    assert all(one[0] not in each.behind for each in figures), "it stands behind no figure of people"
    (left_out,) = [each for each in found.excluded if each.why.startswith(f"sorted as {category}")]
    assert left_out.ids == (one[0],)
    summary = Summariser(case, [desk.examiner.id]).summarise_photos(one, ["person 0"])
    assert (summary.not_for_reading, summary.read_for_nothing) == ((one[0],), (one[0],))
    card = load_person_card(case, desk.examiner.id, "person 0", ())
    assert card.summary[-1] == (
        "Left out of this summary, since sorted as soldier, scene, document or other: photo 1; readings of "
        "these that count nowhere: 1"
    )


def test_what_is_covered_and_denied_on_it_counts_nowhere_either(case, desk, people):
    one, *_rest = people
    mark = {"term": MARK, "regions": ("neck.front",)}
    finds(desk, one[0], **mark)
    finds(desk, one[1], answer=FindingAnswer.ABSENT, **mark)

    def result():
        return (
            Summariser(case, [desk.examiner.id]).summarise_photos(one, ["person 0"]).of(mark["term"]).result
        )

    assert result() is TermResult.CONFLICT
    sorts(desk, [one[1]], "scene")
    assert result() is TermResult.PRESENT, "what contradicted it is left out"
    sorts(desk, [one[1]], "detainee")
    assert result() is TermResult.CONFLICT, "sorted anew it counts again"


def test_an_individual_without_a_photograph_for_reading_is_in_no_figure(case, desk, people):
    finds(desk, people[0][0])
    ends(desk, people[0])
    sorts(desk, people[0], "soldier")
    found = counted(case, desk)
    assert found.individuals == 4
    assert found.table("findings") is None
    left_out = {each.why: each.ids for each in found.excluded}
    assert left_out[NONE_FOR_READING] == ("person 0",)
    figures = [
        each for table in found.tables if table.unit is CountedUnit.INDIVIDUAL for each in table.figures
    ]
    assert all("person 0" not in (*each.present, *each.absent, *each.cannot_tell) for each in figures)
    assert {each.all for each in figures} == {4}


def test_findings_on_near_duplicates_count_and_how_many_is_said(case, desk, people):
    one, *_rest = people
    finds(desk, one[1])
    ends(desk, one)
    alike(desk, one)
    found = counted(case, desk)
    assert bruise(found).present == ("person 0",)
    (copies,) = [each for each in found.excluded if each.why.startswith("near-duplicates")]
    assert copies.ids == (one[1],)
    assert "; 1 of them have findings of their own, which count for their individual" in copies.why
    assert found.table("photos").of("photos/1").present == ("person 0",), "one photograph with it"


def test_what_a_query_does_not_choose_is_left_out_and_said(case, desk, people):
    finds(desk, people[0][0])
    ends(desk, people[0])
    found = counted(case, desk, f"term:{BRUISE}")
    left_out = {(each.unit, each.why): len(each.ids) for each in found.excluded}
    assert left_out == {(CountedUnit.INDIVIDUAL, NOT_CHOSEN): 4, (CountedUnit.PHOTO, NOT_CHOSEN): 11}
    assert (found.photos, found.all_photos, found.all_individuals) == (2, 13, 5)


@pytest.mark.drawn
@pytest.mark.parametrize("seed", range(drawn.count(6, 12)))
def test_sums_close_and_nothing_is_left_out_twice(case, desk, people, seed):
    rng = random.Random(seed)
    photos = photos_of(case)
    for photo in photos:
        if rng.random() < 0.5:
            sorts(desk, [photo], rng.choice(CATEGORIES))
    mixed = rng.sample(photos, len(photos))
    alike(desk, *(mixed[start : start + 2] for start in range(0, rng.choice((2, 4, 6, 8)), 2)))
    for photo in rng.sample(photos, 8):
        finds(
            desk,
            photo,
            answer=rng.choice((FindingAnswer.PRESENT, FindingAnswer.ABSENT)),
            stated=rng.random() < 0.8,
        )
    ends(desk, rng.sample(photos, rng.choice((8, 12, 13))))
    second = ActQueue(case, enrol(case, "Dr Two"), post_at_once)
    for photo in rng.sample(photos, 6):
        finds(
            second,
            photo,
            rng.choice((FindingAnswer.PRESENT, FindingAnswer.ABSENT)),
            term=MARK,
            regions=("neck.front",),
        )
    second.detach()
    _decides(case, desk, people, rng)
    both = [desk.examiner.id, second.examiner.id]
    for query, who in (("", both[:1]), ("", both), (f"term:{BRUISE}", both[:1]), ("category:detainee", both)):
        found = counted(case, desk, query, who)
        by_unit = {unit: [e for e in found.excluded if e.unit is unit] for unit in CountedUnit}
        for unit in (CountedUnit.INDIVIDUAL, CountedUnit.PHOTO):
            twice = Counter(id_ for each in by_unit[unit] for id_ in each.ids)
            assert not [id_ for id_, often in twice.items() if often > 1], (query, unit)
        out = {unit: sum(len(e.ids) for e in some) for unit, some in by_unit.items()}
        assert found.photos + out[CountedUnit.PHOTO] == found.all_photos == len(photos)
        assert found.readings.whole + out[CountedUnit.INDIVIDUAL] == found.all_individuals == len(people)
        partly = next((len(e.ids) for e in found.excluded if e.why == NOT_ALL_READ), 0)
        assert found.readings.whole + partly == found.individuals
        for table in found.tables:
            if table.key in {"findings", "headings", "regions", "nutrition"}:
                assert {figure.all for figure in table.figures} == {found.readings.whole}


def _decides(case, desk, people, rng):
    """Whatever contradicts by now is decided, one way or another."""
    for number, photos in enumerate(people):
        for term in Summariser(case, [desk.examiner.id]).summarise_photos(photos, [f"person {number}"]).terms:
            if term.contradictions and not term.stands:
                result = rng.choice((TermResult.PRESENT, TermResult.ABSENT, TermResult.CANNOT_TELL))
                case.record(
                    decide_contradiction(f"person {number}", term, result, "seen better there"),
                    desk.examiner.id,
                )
