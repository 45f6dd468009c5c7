"""Figures of a case whose truth is known, person by person; as it stands, and as it was."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.acts.shared_acts import DUPLICATES_GROUPED, PHOTOS_CATEGORISED, STATEMENT_MADE
from reviewer.domain.commands import coverage_commands, finding_commands
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from reviewer.domain.worklist.reading_order import begin_case
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.counting.run import count_case
from reviewer.services.jobs import JobControl
from reviewer.services.search import sampling
from tests.support.counting import BRUISE, completes_with_nothing, ends, finds, photos_of
from tests.support.shared import statement

MARK = "neck.ligature_mark"


def counted(case, desk, query="", entries=None):
    with open_snapshot(case, JobControl(), entries) as moment:
        return count_case(moment, query, [desk.examiner.id], JobControl())


def the_bruise(found):
    return found.table("findings").of(f"findings/{BRUISE}")


def test_present_absent_conflict_and_cannot_tell_are_told_person_by_person(case, desk, people):
    one, two, three, four, _five = people
    mark = {"term": MARK, "regions": ("neck.front",)}
    finds(desk, one[0], **mark)
    finds(desk, one[1], **mark)
    finds(desk, two[0], certainty=Certainty.POSSIBLE, **mark)
    finds(desk, three[0], **mark)
    finds(desk, three[1], answer=FindingAnswer.ABSENT, **mark)
    shown = {region: "assessable" for region in ("neck.front", "neck.side.L", "neck.side.R", "nape")}
    desk.submit(Draft(acts.COVERAGE_SET, four[0], {"regions": shown})).result()
    completes_with_nothing(desk, four[0])
    ends(desk, [photo for person in people for photo in person])
    found = counted(case, desk).table("findings").of(f"findings/{MARK}")
    assert found.present == ("person 0",)
    assert found.conflict == ("person 2",)
    assert found.absent == ("person 3",)
    notes = counted(case, desk).table("findings").notes
    assert any(
        note.startswith("List \u201cNeck\u201d, vocabulary ") and "ligature mark" in note for note in notes
    )
    assert found.cannot_tell == ("person 1", "person 4")
    assert found.behind == (one[0], one[1])
    assert (found.of_all.hits, found.of_all.of) == (1, 5)
    assert (found.of_assessable.hits, found.of_assessable.of) == (1, 2)


def test_regions_are_told_by_individuals_too(case, desk, people):
    one, two, *_rest = people
    finds(desk, one[0])
    desk.submit(coverage_commands.toggle_view(desk.reading(two[0]), front(case))).result()
    completes_with_nothing(desk, two[0])
    finds(desk, two[1], term="mark.tattoo", regions=("abdomen.upper",))
    ends(desk, [photo for person in people for photo in person])
    table = counted(case, desk).table("regions")
    assert table.of("regions/abdomen.upper").absent == ("person 1",), "a tattoo is no finding of a region"
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
        finds(desk, photo, complete=False)
        finds(desk, photo, term="elec.mark")
    finds(desk, two[0], term="neck.ligature_mark", regions=("neck.front",))
    ends(desk, [*one, *two])
    table = counted(case, desk).table("together")
    first = table.figures[0]
    assert (first.label, first.present) == ("bruise and electrical mark", ("person 0", "person 1"))
    assert set(table.figures[0].behind) == {one[0], two[1]}
    assert len(table.figures) == 3


def test_what_is_stated_and_what_is_contradicted_or_unreadable(case, desk, people):
    said = [("person 0", "male"), ("person 1", "female"), ("person 2", "male"), ("person 2", "female")]
    for number, (who, sex) in enumerate(said):
        body = {**statement(f"s{number}"), "value": sex}
        desk.submit(Draft(STATEMENT_MADE, who, body)).result()
    for number, (who, branch) in enumerate([("person 0", "215"), ("person 1", "21?")]):
        body = {**statement(f"b{number}"), "fact": "number.branch", "value": branch}
        desk.submit(Draft(STATEMENT_MADE, who, body)).result()
    found = counted(case, desk)
    male = found.table("sex").of("sex/male")
    assert (male.present, male.absent) == (("person 0",), ("person 1",))
    assert male.cannot_tell == ("person 2", "person 3", "person 4")
    (branch,) = found.table("branch").figures
    assert (branch.label, branch.present, len(branch.cannot_tell)) == ("215", ("person 0",), 4)
    assert found.table("age") is None, "where nothing is told of anybody there is no table of noughts"


def test_wasting_in_three_words_with_grades_of_earlier_cases(case, desk, people):
    grades = [(people[0][0], "E2"), (people[0][1], "E3"), (people[1][0], "E1"), (people[2][0], "EX")]
    for photo, grade in grades:
        finds(desk, photo, term="nutr.grade", qualifiers=(("grade_e", (grade,)),))
    ends(desk, [photo for person in people for photo in person])
    table = counted(case, desk).table("nutrition")
    assert table.of("nutrition/wasting visible").present == ("person 0",), "E3 on one photograph"
    assert table.of("nutrition/extreme wasting visible").present == ()
    assert len(table.of("nutrition/wasting visible").cannot_tell) == 4


def test_headings_and_parts_of_the_body(case, desk, people):
    one, two, *_rest = people
    finds(desk, one[0])
    finds(desk, two[0], term="mark.scar")
    ends(desk, [*one, *two])
    found = counted(case, desk)
    blunt = found.table("headings").of("headings/blunt")
    assert (blunt.present, blunt.behind) == (("person 0",), (one[0],))
    chest = found.table("parts").of(f"parts/{BRUISE}@chest")
    assert (chest.label, chest.present) == ("bruise, chest", ("person 0",))
    assert all("mark.scar" not in each.key for each in found.table("parts").figures)


def test_what_held_while_photographs_were_read(case, desk, people):
    def held():
        basis = counted(case, desk).basis
        return basis.order, basis.masking

    assert held() == ("folders", "no"), "as in every case made before the rules were"
    case.record(begin_case("abcd1234"), desk.examiner.id)
    assert held() == ("drawn", "yes")
    finds(desk, people[0][0])
    case.record(Draft(acts.READING_RULES_SET, "", {"masked": "no"}), desk.examiner.id)
    assert held() == ("drawn", "changed")


def test_apparent_ages_in_classes_without_a_line_at_eighteen(case, desk, people):
    said = [
        ("0", "18-29"),
        ("1", "12-17"),
        ("2", "25-40"),
        ("3", "30-50"),
        ("3", "35-44"),
        ("4", "61 and over"),
    ]
    for number, (who, value) in enumerate(said):
        body = {**statement(f"a{number}"), "fact": "age_band", "value": value}
        desk.submit(Draft(STATEMENT_MADE, f"person {who}", body)).result()
    table = counted(case, desk).table("age")
    assert table.of("age/12 to 29").present == ("person 0", "person 1")
    assert table.of("age/30 to 44").present == ("person 3",), "where the two ranges meet"
    assert table.of("age/60 and over").present == ("person 4",)
    assert table.of("age/30 to 44").cannot_tell == ("person 2",)
    assert "no share of children" in table.notes[0]


def test_what_photographs_were_described_as(case, desk, people):
    one, two, *_rest = people
    desk.submit(finding_commands.set_description(desk.reading(one[0]), "place", ["courtyard"])).result()
    desk.submit(finding_commands.set_description(desk.reading(two[0]), "place", ["room"])).result()
    ends(desk, [*one, *two])
    desk.submit(finding_commands.set_description(desk.reading(people[2][0]), "place", ["room"])).result()
    table = counted(case, desk).table("described/place")
    yard = table.of("described/place/courtyard")
    assert (yard.present, yard.absent, yard.behind) == (("person 0",), ("person 1",), (one[0],))
    assert yard.cannot_tell == ("person 2", "person 3", "person 4"), "not complete, or nobody was asked"
    assert counted(case, desk).table("described/dress") is None


def test_what_was_not_read_to_the_end_or_not_stated_is_in_no_figure_and_said(case, desk, people):
    one, two, three, *_rest = people
    finds(desk, one[0])
    finds(desk, two[0], stated=False)
    finds(desk, three[0])
    ends(desk, [*one, *two])
    found = counted(case, desk)
    bruise = the_bruise(found)
    assert (bruise.present, bruise.unstated, bruise.all) == (("person 0",), ("person 1",), 2)
    assert not bruise.is_assessable_share_meaningful, "nobody could be shown to be without"
    left_out = {each.why.partition(":")[0]: each.ids for each in found.excluded}
    assert left_out["photographs not all read"] == ("person 2", "person 3", "person 4")
    assert (found.readings.whole, found.readings.counted, found.readings.unstated) == (2, 1, 1)


def test_only_a_drawn_sample_has_intervals(case, desk, people):
    finds(desk, people[0][0])
    ends(desk, [photo for person in people for photo in person])
    assert the_bruise(counted(case, desk)).of_all.interval is None
    sample = sampling.draw_sample(case, desk.examiner.id, sampling.SampleRequest("", size=4, seed=2))
    desk.submit(sample.make_draft(case, "drawn")).result()
    found = counted(case, desk, "list:drawn")
    assert found.basis.sample.startswith("4 of 5 individuals, drawn by the seed 2")
    assert the_bruise(found).of_all.interval is not None
    assert counted(case, desk, f"list:drawn term:{BRUISE}").basis.sample == "", "chosen by what is counted"


def test_soldiers_strays_and_copies_are_left_out_and_said(case, desk, people):
    photos = photos_of(case)
    soldier, stray = photos[10], photos[11]
    desk.submit(Draft(PHOTOS_CATEGORISED, "", {"photos": [soldier], "category": "soldier"})).result()
    desk.submit(Draft(DUPLICATES_GROUPED, "", {"groups": [people[0]], "method": "m"})).result()
    found = counted(case, desk)
    excluded = {each.why: each.ids for each in found.excluded}
    (copies,) = [each for each in found.excluded if each.why.startswith("near-duplicates of a photograph")]
    assert copies.ids == (people[0][1],)
    assert "; 0 of them have findings of their own" in copies.why
    assert excluded["sorted as soldier, not as a detainee: what was read on them counts nowhere"] == (
        soldier,
    )
    loose = excluded["of no individual that somebody accepted"]
    assert stray in loose
    assert soldier not in loose
    assert found.photos == 9, "ten of people, of which two are near-duplicates"
    assert found.all_photos == len(photos)
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
    finds(desk, people[0][1], complete=False)
    found = counted(case, desk)
    progress = found.table(f"progress/{desk.examiner.id}")
    counts = {figure.label: len(figure.present) for figure in progress.figures}
    assert (counts["complete"], counts["open"]) == (1, 1)
    assert sum(counts.values()) == found.all_photos, "also those of nobody are to be read"
    (day,) = found.table(f"days/{desk.examiner.id}").figures
    assert day.present == (people[0][0],)


def test_a_moment_is_counted_again_however_the_case_went_on(case, desk, people):
    finds(desk, people[0][0])
    ends(desk, people[0])
    before = counted(case, desk)
    finds(desk, people[1][0])
    desk.submit(Draft(PHOTOS_CATEGORISED, "", {"photos": people[0], "category": "soldier"})).result()
    for _act in range(5):
        desk.undo()
        case.writer.drain()
    after = counted(case, desk)
    assert after.table("findings") is None, "nobody's photographs are all read any more"
    again = counted(case, desk, entries=before.basis.entries)
    assert again == before
    with pytest.raises(KnownError, match="entries"), open_snapshot(case, JobControl(), 10_000):
        pass


def test_before_anything_was_read_or_accepted_nothing_is_claimed(case, desk):
    found = counted(case, desk)
    assert found.individuals == 0
    assert found.table("findings") is None
    assert [each.why for each in found.excluded] == ["of no individual that somebody accepted"]
    with open_snapshot(case, JobControl()) as moment, pytest.raises(KnownError, match="readings"):
        count_case(moment, "", [], JobControl())


def test_a_term_of_another_version_is_counted_under_its_key(case, desk, people):
    finds(desk, people[0][0], term="old.retired")
    ends(desk, people[0])
    found = counted(case, desk).table("findings").of("findings/old.retired")
    assert (found.label, found.present) == ("old.retired", ("person 0",))
