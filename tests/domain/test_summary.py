"""The rule of the Summary, sentence by sentence, and what must hold whatever is read."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.reading import Answer, Certainty, Conclusion, Finding, Reading, State
from reviewer.domain.region_words import in_words
from reviewer.domain.summary import Cause, Result
from reviewer.domain.summary_rules import SummaryRules
from reviewer.services.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
RULES = SummaryRules(VOCABULARY)
MARK, BRUISE, GRADE = "neck.ligature_mark", "blunt.bruise", "nutr.grade"
NECK = ("neck.front", "neck.side.L", "neck.side.R", "nape")
FRONT = next(view.regions for view in VOCABULARY.views if view.key == "front")
BODY = tuple(region.key for region in VOCABULARY.regions if not region.pseudo)


def seen(photo, *findings, covers=(), levels=(), examiner="okoye", complete=True, nothing=False, **more):
    coverage = tuple(sorted([*((region, "assessable") for region in covers), *levels]))
    return Reading(
        examiner,
        photo,
        state=State.COMPLETE if complete else State.OPEN,
        conclusion=Conclusion.NOTHING_VISIBLE if nothing else Conclusion.NONE,
        findings=findings,
        coverage=coverage,
        **more,
    )


def finding(term=MARK, certainty=Certainty.DEFINITE, regions=("neck.front",), answer=Answer.PRESENT, **more):
    id_ = more.pop("id", f"{term} {certainty} {answer}")
    return Finding(id_, term, "1", answer=answer, certainty=certainty, regions=regions, **more)


def absent(term=MARK, regions=("neck.front",)):
    return finding(term, regions=regions, answer=Answer.ABSENT)


def of(term, *readings, **more):
    return RULES.summary(readings, **more).of(term)


def causes(result):
    return {why.cause for why in result.reasons}


# present


@pytest.mark.parametrize("certainty", [Certainty.DEFINITE, Certainty.PROBABLE])
def test_present_needs_one_definite_or_probable_finding(certainty):
    found = of(MARK, seen("a", finding(certainty=certainty)))
    assert found.result is Result.PRESENT
    assert found.regions == ("neck.front",)
    assert [(g.photo, g.finding) for g in found.grounds] == [("a", f"{MARK} {certainty} present")]


def test_possible_alone_cannot_tell_and_says_so():
    found = of(MARK, seen("a", finding(certainty=Certainty.POSSIBLE), covers=NECK))
    assert found.result is Result.CANNOT_TELL
    assert causes(found) == {Cause.ONLY_POSSIBLE}
    assert found.reasons[0].grounds[0].photo == "a"


def test_non_specific_cannot_tell():
    found = of(MARK, seen("a", finding(answer=Answer.NON_SPECIFIC), covers=NECK))
    assert (found.result, causes(found)) == (Result.CANNOT_TELL, {Cause.NON_SPECIFIC})


def test_a_copied_finding_counts_only_once_it_is_confirmed():
    waiting = seen("a", finding(confirmed=False, copied_from="b"), covers=NECK)
    assert causes(of(MARK, waiting)) == {Cause.NOT_CONFIRMED}


def test_findings_on_an_open_reading_are_findings():
    assert of(MARK, seen("a", finding(), complete=False)).result is Result.PRESENT


def test_a_grade_of_no_sign_is_no_presence():
    graded = finding(GRADE, regions=("generalised",), qualifiers=(("grade_e", ("E0",)),))
    assert of(GRADE, seen("a", graded)).result is Result.ABSENT
    unknown = replace(graded, qualifiers=(("grade_e", ("EX",)),))
    found = of(GRADE, seen("a", unknown, covers=FRONT))
    assert (found.result, Cause.NOT_ASSESSABLE in causes(found)) == (Result.CANNOT_TELL, True)
    real = replace(graded, qualifiers=(("grade_e", ("E2",)),))
    assert of(GRADE, seen("a", real)).result is Result.PRESENT


# conflict


def test_the_same_examiner_saying_absent_of_the_region_elsewhere_is_a_conflict():
    found = of(MARK, seen("a", finding()), seen("b", absent()))
    assert found.result is Result.CONFLICT
    (contradiction,) = found.contradictions
    assert (contradiction.present.photo, contradiction.against.photo) == ("a", "b")
    assert (contradiction.regions, contradiction.how) == (("neck.front",), "absent")


def test_nothing_visible_on_a_photo_that_covers_the_region_is_a_conflict():
    found = of(MARK, seen("a", finding()), seen("b", nothing=True, covers=["neck.front"]))
    assert (found.result, found.contradictions[0].how) == (Result.CONFLICT, "nothing visible")


@pytest.mark.parametrize(
    "other",
    [
        seen("b", absent(regions=("nape",))),
        seen("b", absent(), levels=[("neck.front", "limited")]),
        seen("b", absent(), examiner="hansen"),
        seen("b", nothing=True, covers=["nape"]),
        seen("b", nothing=True, levels=[("neck.front", "not")]),
        seen("b", nothing=True, covers=["neck.front"], complete=False),
        seen("b", nothing=True, covers=["neck.front"], carried_from="c"),
        seen("b", finding(BRUISE, regions=("chest.L",)), covers=["neck.front"]),
    ],
)
def test_what_contradicts_nothing(other):
    """Another region, not assessable there, another examiner, not complete, carried over, or only silent."""
    found = of(MARK, seen("a", finding()), other)
    assert (found.result, found.contradictions) == (Result.PRESENT, ())


def test_one_finding_may_be_contradicted_while_another_stands():
    first = finding(BRUISE, regions=("cheek.L",), id="cheek")
    second = finding(BRUISE, regions=("shin.L",), id="shin")
    found = of(BRUISE, seen("a", first, second), seen("b", absent(BRUISE, ("cheek.L",))))
    assert found.result is Result.PRESENT
    assert [ground.finding for ground in found.grounds] == ["shin"]
    assert [each.present.finding for each in found.contradictions] == ["cheek"]


def test_an_absent_without_a_region_speaks_of_the_usual_ones_that_are_covered():
    nowhere = absent(regions=())
    assert of(MARK, seen("a", finding()), seen("b", nowhere)).result is Result.CONFLICT
    assert of(MARK, seen("a", finding()), seen("b", nowhere, covers=["nape"])).result is Result.PRESENT
    bruise = seen("a", finding(BRUISE, regions=("shin.L",)))
    assert of(BRUISE, bruise, seen("b", absent(BRUISE, ()))).result is Result.PRESENT


def test_emaciation_is_contradicted_only_where_trunk_and_limbs_are_shown():
    thin = seen("a", finding(GRADE, regions=("generalised",)))
    assert of(GRADE, thin, seen("b", nothing=True, covers=NECK)).result is Result.PRESENT
    assert of(GRADE, thin, seen("b", nothing=True, covers=FRONT)).result is Result.CONFLICT


# absent


def test_absent_needs_every_region_where_the_sign_could_sit_on_complete_looks():
    front = seen("a", covers=NECK[:3], nothing=True)
    found = of(MARK, front)
    assert found.result is Result.CANNOT_TELL
    assert [(why.cause, why.regions) for why in found.reasons] == [(Cause.NEVER_SHOWN, ("nape",))]
    found = of(MARK, front, seen("b", finding(BRUISE, regions=("nape",)), covers=["nape"]))
    assert found.result is Result.ABSENT
    assert {(g.photo, g.regions) for g in found.grounds} == {("a", NECK[:3]), ("b", ("nape",))}


def test_absence_is_never_counted_from_silence():
    found = of(MARK, seen("a", nothing=True), seen("b", nothing=True))
    assert (found.result, causes(found)) == (Result.CANNOT_TELL, {Cause.NEVER_SHOWN})


def test_an_absent_by_name_says_that_the_region_was_shown():
    assert of(MARK, seen("a", absent(regions=NECK))).result is Result.ABSENT
    assert of(MARK, seen("a", absent(regions=NECK), complete=False)).result is Result.CANNOT_TELL
    poor = seen("a", absent(regions=NECK), levels=[("nape", "not")])
    assert [(w.cause, w.regions) for w in of(MARK, poor).reasons] == [(Cause.NOT_WELL_ENOUGH, ("nape",))]


def test_stems_mean_both_sides_and_no_usual_region_means_the_whole_body():
    assert RULES.relevant(MARK) == set(NECK)
    assert RULES.relevant(BRUISE) == set(BODY)
    assert of(BRUISE, seen("a", nothing=True, covers=BODY)).result is Result.ABSENT
    one_less = of(BRUISE, seen("a", nothing=True, covers=BODY[1:]))
    assert one_less.reasons[0].regions == (BODY[0],)


@pytest.mark.parametrize(
    ("reading", "cause"),
    [
        (seen("a", covers=NECK, complete=False), Cause.NOT_COMPLETE),
        (seen("a", nothing=True, levels=[(region, "limited") for region in NECK]), Cause.NOT_WELL_ENOUGH),
        (seen("a", nothing=True, covers=NECK, carried_from="z"), Cause.CARRIED_OVER),
        (replace(seen("a", covers=NECK), conclusion=Conclusion.NOT_ASSESSABLE), Cause.NOT_WELL_ENOUGH),
    ],
)
def test_why_it_cannot_be_told(reading, cause):
    found = of(MARK, reading)
    assert [(why.cause, why.regions) for why in found.reasons] == [(cause, tuple(sorted(NECK)))]


def test_said_to_be_not_assessable_for_this_sign():
    blurred = finding(answer=Answer.NOT_ASSESSABLE, regions=(), reason="blurred")
    found = of(MARK, seen("a", blurred, covers=NECK))
    assert {Cause.NOT_ASSESSABLE, Cause.NOT_WELL_ENOUGH} == causes(found)
    assert of(MARK, seen("a", blurred, covers=NECK), seen("b", covers=NECK)).result is Result.ABSENT


def test_nothing_visible_denies_no_sign_that_is_not_assessable_there():
    blurred = finding(answer=Answer.NOT_ASSESSABLE, regions=(), reason="blurred")
    other = seen("b", blurred, covers=NECK, nothing=True)
    assert of(MARK, seen("a", finding()), other).result is Result.PRESENT


def test_photographs_that_nobody_read_are_named():
    summary = RULES.summary([seen("b", nothing=True)], photos=["a", "b", "c"])
    assert (summary.unread, summary.looked) == (("a", "c"), ("b",))
    assert Cause.NOT_READ in causes(summary.of(MARK))


# near-duplicates, carried over, several examiners


def test_near_duplicates_count_once():
    alike = {"a": "a", "b": "a"}
    found = of(MARK, seen("a", finding(id="1")), seen("b", finding(id="2")), seen("c", finding(id="3")))
    assert found.pictures == 3
    again = of(MARK, seen("a", finding(id="1")), seen("b", finding(id="2")), alike=alike)
    assert (again.pictures, len(again.grounds)) == (1, 2)


def test_a_carried_over_reading_is_no_look():
    carried = seen("b", finding(id="copy", copied_from="a"), covers=NECK, carried_from="a")
    summary = RULES.summary([carried])
    assert summary.of(MARK).result is Result.CANNOT_TELL
    assert (summary.looked, summary.carried) == ((), ("b",))


def test_one_examiner_or_several():
    readings = [seen("a", finding()), seen("a", absent(regions=NECK), examiner="hansen")]
    assert of(MARK, *readings, examiners=["hansen"]).result is Result.ABSENT
    assert of(MARK, *readings, examiners=["okoye"]).result is Result.PRESENT
    both = of(MARK, *readings)
    assert (both.result, both.contradictions) == (Result.PRESENT, ())


def test_a_term_of_another_version_is_not_lost():
    summary = RULES.summary([seen("a", finding("old.term"))])
    assert summary.of("old.term").result is Result.PRESENT
    assert len(summary.terms) == len(VOCABULARY.terms) + 1


# in words


def test_results_in_words():
    assert of(MARK, seen("a", finding(regions=NECK))).in_words(VOCABULARY) == (
        "ligature mark: present, neck (all) (1 photograph)"
    )
    words = RULES.summary([seen("a", nothing=True, covers=NECK[:3])], photos=["a", "b"]).of(MARK)
    assert words.in_words(VOCABULARY) == (
        "ligature mark: cannot tell (never shown: nape; 1 photograph not read yet)"
    )
    assert in_words(VOCABULARY, ["sole.L", "sole.R", "palm.L"]) == "palm, left; sole, both sides"
    assert in_words(VOCABULARY, BODY).startswith("head (all); face (all); neck (all)")
    assert in_words(VOCABULARY, BODY, most=3) == "head (all); face (all); and 7 more"


# whatever is read

photos = st.sampled_from("abcd")
regions = st.lists(st.sampled_from([*NECK, "cheek.L"]), max_size=3, unique=True).map(tuple)
findings = st.builds(
    lambda n, term, certainty, where, answer, confirmed: Finding(
        f"f{n}", term, "1", answer, certainty=certainty, regions=where, confirmed=confirmed
    ),
    st.integers(0, 10_000),
    st.sampled_from([MARK, BRUISE]),
    st.sampled_from(Certainty),
    regions,
    st.sampled_from(Answer),
    st.booleans(),
)
readings = st.lists(
    st.builds(
        lambda photo, examiner, found, covers, state, nothing, carried: Reading(
            examiner,
            photo,
            state=state,
            conclusion=Conclusion.NOTHING_VISIBLE if nothing else Conclusion.NONE,
            findings=tuple(found),
            coverage=tuple(sorted(dict(covers).items())),
            carried_from="z" if carried else "",
        ),
        photos,
        st.sampled_from(["okoye", "hansen"]),
        st.lists(findings, max_size=3),
        st.lists(st.tuples(st.sampled_from(NECK), st.sampled_from(["assessable", "limited", "not"]))),
        st.sampled_from(State),
        st.booleans(),
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda each: (each.examiner, each.photo),
)


@given(readings, st.integers())
def test_the_order_of_readings_does_not_matter(read, seed):
    mixed = read[:]
    random.Random(seed).shuffle(mixed)
    assert RULES.summary(read, "abcd") == RULES.summary(mixed, "abcd")


@given(readings)
def test_an_unrelated_photo_changes_no_result(read):
    other = seen("e", finding("burn.scald", regions=("shin.L",)), covers=["shin.L"], nothing=False)
    before, after = RULES.summary(read), RULES.summary([*read, other])
    for term in (MARK, BRUISE):
        assert before.of(term).result is after.of(term).result


@given(readings)
def test_a_carried_over_reading_never_changes_a_result(read):
    carried = seen("e", finding(), absent(BRUISE), covers=BODY, carried_from="a")
    before, after = RULES.summary(read), RULES.summary([*read, carried])
    assert [each.result for each in before.terms] == [each.result for each in after.terms]


@given(readings)
def test_every_result_can_be_traced(read):
    summary = RULES.summary(read)
    sure = {
        f.id
        for r in read
        if not r.carried_from
        for f in r.findings
        if f.confirmed and f.answer is Answer.PRESENT and f.certainty is not Certainty.POSSIBLE
    }
    for each in summary.terms:
        assert bool(each.reasons) == (each.result is Result.CANNOT_TELL)
        assert bool(each.grounds) == (each.result is not Result.CANNOT_TELL)
        if each.result in {Result.PRESENT, Result.CONFLICT}:
            assert {ground.finding for ground in each.grounds} <= sure
        if each.result is Result.CONFLICT:
            assert each.contradictions
        if each.result is Result.ABSENT:
            looked = {region for ground in each.grounds for region in ground.regions}
            assert looked == RULES.relevant(each.term)


@given(readings, st.dictionaries(photos, photos))
def test_groups_of_near_duplicates_change_counts_and_nothing_else(read, alike):
    before, after = RULES.summary(read), RULES.summary(read, alike=alike)
    for one, other in zip(before.terms, after.terms, strict=True):
        assert replace(other, pictures=one.pictures) == one
        assert other.pictures <= one.pictures
