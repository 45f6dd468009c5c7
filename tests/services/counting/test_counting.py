"""Figures of a case whose truth is known, person by person; as it stands, and as it was."""

import pytest

from reviewer.domain import acts, coverage_intents, intents
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger import Draft
from reviewer.domain.reading import Answer, Certainty, Finding
from reviewer.domain.shared_acts import DUPLICATES_GROUPED, PHOTOS_CATEGORISED, STATEMENT_MADE
from reviewer.services.counting.run import count
from reviewer.services.jobs import JobControl
from reviewer.services.moment import moment_of
from tests.support.counting import BRUISE, completes_with_nothing, finds, photos_of
from tests.support.shared import statement

MARK = "neck.ligature_mark"


def counted(case, desk, query="", entries=None):
    with moment_of(case, JobControl(), entries) as moment:
        return count(moment, query, [desk.examiner.id], JobControl())


def the_bruise(found):
    return found.table("findings").of(f"findings/{BRUISE}")


def test_present_absent_conflict_and_cannot_tell_are_told_person_by_person(case, desk, people):
    one, two, three, four, _five = people
    mark = {"term": MARK, "regions": ("neck.front",)}
    finds(desk, one[0], **mark)
    finds(desk, one[1], **mark)
    finds(desk, two[0], certainty=Certainty.POSSIBLE, **mark)
    finds(desk, three[0], **mark)
    finds(desk, three[1], answer=Answer.ABSENT, **mark)
    shown = {region: "assessable" for region in ("neck.front", "neck.side.L", "neck.side.R", "nape")}
    desk.do(Draft(acts.COVERAGE_SET, four[0], {"regions": shown})).result()
    completes_with_nothing(desk, four[0])
    found = counted(case, desk).table("findings").of(f"findings/{MARK}")
    assert found.present == ("person 0",)
    assert found.conflict == ("person 2",)
    assert found.absent == ("person 3",)
    assert found.cannot_tell == ("person 1", "person 4")
    assert found.behind == (one[0], one[1])
    assert (found.of_all.hits, found.of_all.of) == (1, 5)
    assert (found.of_assessable.hits, found.of_assessable.of) == (1, 2)


def test_regions_are_told_by_individuals_too(case, desk, people):
    one, two, *_rest = people
    finds(desk, one[0])
    desk.do(coverage_intents.toggle_view(desk.reading(two[0]), front(case))).result()
    completes_with_nothing(desk, two[0])
    table = counted(case, desk).table("regions")
    chest = table.of("regions/chest.L")
    assert (chest.present, chest.behind) == (("person 0",), (one[0],))
    assert chest.absent == ("person 1",)
    assert len(chest.cannot_tell) == 3
    assert all(figure.all == 5 for figure in table.figures)


def front(case):
    return next(view for view in case.vocabulary.views if view.key == "front")


def test_what_occurs_together(case, desk, people):
    one, two, *_rest = people
    for photo in (one[0], two[1]):
        finds(desk, photo)
        finds(desk, photo, term="elec.mark")
    finds(desk, two[0], term="neck.ligature_mark", regions=("neck.front",))
    table = counted(case, desk).table("together")
    first = table.figures[0]
    assert (first.label, first.present) == ("bruise and electrical mark", ("person 0", "person 1"))
    assert set(table.figures[0].behind) == {one[0], two[1]}
    assert len(table.figures) == 3


def test_what_is_stated_and_what_is_contradicted_or_unreadable(case, desk, people):
    said = [("person 0", "male"), ("person 1", "female"), ("person 2", "male"), ("person 2", "female")]
    for number, (who, sex) in enumerate(said):
        body = {**statement(f"s{number}"), "value": sex}
        desk.share(Draft(STATEMENT_MADE, who, body)).result()
    for number, (who, branch) in enumerate([("person 0", "215"), ("person 1", "21?")]):
        body = {**statement(f"b{number}"), "fact": "number.branch", "value": branch}
        desk.share(Draft(STATEMENT_MADE, who, body)).result()
    found = counted(case, desk)
    male = found.table("sex").of("sex/male")
    assert (male.present, male.absent) == (("person 0",), ("person 1",))
    assert male.cannot_tell == ("person 2", "person 3", "person 4")
    (branch,) = found.table("branch").figures
    assert (branch.label, branch.present, len(branch.cannot_tell)) == ("215", ("person 0",), 4)
    assert found.table("age") is None, "where nothing is told of anybody there is no table of noughts"


def test_grades_of_emaciation(case, desk, people):
    grades = [(people[0][0], "E2"), (people[0][1], "E2"), (people[1][0], "E1"), (people[1][1], "E3")]
    for photo, grade in (*grades, (people[2][0], "EX")):
        graded = Finding(f"g {photo}", "nutr.grade", "1", qualifiers=(("grade_e", (grade,)),))
        desk.do(intents.add_finding(desk.reading(photo), graded)).result()
    table = counted(case, desk).table("nutrition")
    assert table.of("nutrition/E2").present == ("person 0",)
    assert table.of("nutrition/E2").cannot_tell == ("person 1", "person 2", "person 3", "person 4")


def test_soldiers_strays_and_copies_are_left_out_and_said(case, desk, people):
    photos = photos_of(case)
    soldier, stray = photos[10], photos[11]
    desk.share(Draft(PHOTOS_CATEGORISED, "", {"photos": [soldier], "category": "soldier"})).result()
    desk.share(Draft(DUPLICATES_GROUPED, "", {"groups": [people[0]], "method": "m"})).result()
    found = counted(case, desk)
    excluded = {each.why: each.ids for each in found.excluded}
    assert excluded["sorted as soldier, not as a detainee"] == (soldier,)
    assert excluded["near-duplicates of a photograph that is counted"] == (people[0][1],)
    loose = excluded["of no individual that somebody accepted"]
    assert stray in loose
    assert soldier not in loose
    assert found.photos == len(photos) - 2
    sizes = found.table("photos")
    assert sizes.of("photos/1").present == ("person 0",)
    assert len(sizes.of("photos/2").present) == 4
    assert found.table("category").of("category/soldier").present == (soldier,)


def test_a_query_chooses_individuals_by_one_of_their_photographs(case, desk, people):
    finds(desk, people[0][1])
    found = counted(case, desk, f"term:{BRUISE}")
    assert list(found.photos_of) == ["person 0"]
    assert found.photos_of["person 0"] == tuple(people[0])
    assert found.basis.query


def test_how_far_the_reading_is(case, desk, people):
    completes_with_nothing(desk, people[0][0])
    finds(desk, people[0][1])
    found = counted(case, desk)
    progress = found.table(f"progress/{desk.examiner.id}")
    counts = {figure.label: len(figure.present) for figure in progress.figures}
    assert (counts["complete"], counts["open"]) == (1, 1)
    assert sum(counts.values()) == found.photos
    (day,) = found.table(f"days/{desk.examiner.id}").figures
    assert day.present == (people[0][0],)


def test_a_moment_is_counted_again_however_the_case_went_on(case, desk, people):
    finds(desk, people[0][0])
    before = counted(case, desk)
    finds(desk, people[1][0])
    desk.share(Draft(PHOTOS_CATEGORISED, "", {"photos": people[0], "category": "soldier"})).result()
    for _act in range(3):
        desk.undo()
        case.writer.settle()
    after = counted(case, desk)
    assert the_bruise(after).present == ()
    again = counted(case, desk, entries=before.basis.entries)
    assert again == before
    with pytest.raises(KnownError, match="entries"), moment_of(case, JobControl(), 10_000):
        pass


def test_before_anything_was_read_or_accepted_nothing_is_claimed(case, desk):
    found = counted(case, desk)
    assert found.individuals == 0
    assert found.table("findings") is None
    assert [each.why for each in found.excluded] == ["of no individual that somebody accepted"]
    with moment_of(case, JobControl()) as moment, pytest.raises(KnownError, match="readings"):
        count(moment, "", [], JobControl())


def test_a_term_of_another_version_is_counted_under_its_key(case, desk, people):
    finds(desk, people[0][0], term="old.retired", regions=())
    found = counted(case, desk).table("findings").of("findings/old.retired")
    assert (found.label, found.present) == ("old.retired", ("person 0",))
