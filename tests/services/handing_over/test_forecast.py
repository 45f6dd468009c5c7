"""What will be in it is counted before it is made, and is what is made then."""

import pytest

from reviewer.domain.errors import KnownError
from reviewer.domain.figures.figures import CountedUnit
from reviewer.domain.search.tokens import QueryError
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.counting.run import count_case
from reviewer.services.handing_over.forecast import HandedKind, HandedWish, forecast
from reviewer.services.jobs import JobControl
from tests.support.counting import finds, photos_of


def report(case, desk, query="", **more):
    me = desk.examiner.id
    return forecast(case, HandedWish(HandedKind.REPORT, query, (me,), me, **more), JobControl())


@pytest.mark.parametrize("query", ["", "term:bruise", "individual:none"])
def test_a_report_holds_what_was_foretold(case, desk, people, query):
    finds(desk, people[0][0])
    finds(desk, people[1][1])
    told = report(case, desk, query)
    with open_snapshot(case, JobControl()) as moment:
        counted = count_case(moment, query, (desk.examiner.id,), JobControl())
    assert (told.individuals, told.photos) == (counted.individuals, counted.photos)
    assert (told.all_individuals, told.all_photos) == (counted.all_individuals, counted.all_photos)
    assert told.entries == counted.basis.entries
    not_read = {"photographs not all read"}
    foretold = {(why, unit, number) for why, unit, number in told.left_out}
    assert foretold == {
        (left.why, left.unit, len(left.ids))
        for left in counted.excluded
        if not any(left.why.startswith(begin) for begin in not_read)
    }


def test_everybody_is_counted_with_what_was_read(case, desk, people):
    finds(desk, people[0][0])
    finds(desk, people[1][1], complete=False)
    told = report(case, desk)
    assert (told.individuals, told.photos, told.all_photos) == (5, 10, len(photos_of(case)))
    assert (told.findings, told.complete) == (2, 1)
    assert told.canonical == ""
    assert told.choice.conditions == ()
    assert [unit for _why, unit, _number in told.left_out] == [CountedUnit.PHOTO]


def test_a_search_by_what_is_counted_says_so(case, desk, people):
    finds(desk, people[0][0])
    told = report(case, desk, "term:bruise")
    assert (told.hits, told.individuals, told.photos) == (1, 1, 2), "all photographs of who is chosen count"
    assert told.choice.conditions == ("term:bruise",)


def test_one_individual_is_counted_alone(case, desk, people):
    finds(desk, people[1][0])
    told = report(case, desk, individual="person 1")
    assert (told.individuals, told.photos, told.findings) == (1, 2, 1)
    assert report(case, desk, individual="nobody").individuals == 0


def test_photographs_are_chosen_by_themselves_elsewhere(case, desk, people):
    finds(desk, people[0][0])
    told = forecast(case, HandedWish(HandedKind.EXPORT, "term:bruise"), JobControl())
    assert (told.photos, told.individuals, told.all_individuals, told.findings) == (1, 1, 5, 1)
    assert told.size > 0
    none = forecast(case, HandedWish(HandedKind.PACK, None), JobControl())
    assert (none.photos, none.individuals, none.all_photos) == (0, 0, len(photos_of(case)))


def test_as_of_an_entry_and_what_makes_no_sense(case, desk, people):
    before = case.counts().entries
    finds(desk, people[0][0])
    assert report(case, desk, entries=before).findings == 0
    with pytest.raises(KnownError, match="The ledger has"):
        report(case, desk, entries=99_999)
    with pytest.raises(QueryError):
        report(case, desk, "colour:red")
