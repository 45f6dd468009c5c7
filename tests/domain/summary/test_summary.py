"""The rule of the Summary, sentence by sentence, and what must hold whatever is read."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.acts import acts
from reviewer.domain.acts.reading_bodies import finding_to_body
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Conclusion, Finding, Reading, ReadingState
from reviewer.domain.summary.rules import SummaryRules
from reviewer.domain.summary.summary import SummarySubject, TermResult, UndecidedCause
from reviewer.domain.vocabulary.region_words import regions_in_words
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer, NotAssessableReason
from tests.support.random_readings import TERMS, Drawing
from tests.support.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
RULES = SummaryRules(VOCABULARY)
MARK, BRUISE, TRAMLINE = "neck.ligature_mark", "blunt.bruise", "blunt.bruise_tramline"
NECK = ("neck.front", "neck.side.L", "neck.side.R", "nape")
LISTS = tuple((each.key, VOCABULARY.version) for each in VOCABULARY.lists)


def seen(photo, *findings, covers=(), levels=(), examiner="okoye", complete=True, nothing=False, **more):
    """A reading; `nothing` concludes "nothing visible" with all lists of signs gone through."""
    coverage = tuple(sorted([*((region, "assessable") for region in covers), *levels]))
    more.setdefault("looked_for", LISTS if nothing else ())
    return Reading(
        examiner,
        photo,
        state=ReadingState.COMPLETE if complete else ReadingState.OPEN,
        conclusion=Conclusion.NOTHING_VISIBLE if nothing else Conclusion.NONE,
        findings=findings,
        coverage=coverage,
        **more,
    )


def finding(
    term=MARK, certainty=Certainty.DEFINITE, regions=("neck.front",), answer=FindingAnswer.PRESENT, **more
):
    id_ = more.pop("id", f"{term} {certainty} {answer}")
    stated = more.pop("stated", True)
    return Finding(
        id_,
        term,
        "1",
        answer=answer,
        certainty=certainty,
        certainty_stated=stated,
        regions=regions,
        **more,
    )


def absent(term=MARK, regions=("neck.front",)):
    return finding(term, regions=regions, answer=FindingAnswer.ABSENT)


def of(term, *readings, person=None, **more):
    return RULES.summary(readings, person, **more).of(term)


def causes(result):
    return {why.cause for why in result.reasons}


# present


@pytest.mark.parametrize("certainty", [Certainty.DEFINITE, Certainty.PROBABLE])
def test_present_needs_one_definite_or_probable_finding_that_was_stated(certainty):
    found = of(MARK, seen("a", finding(certainty=certainty)))
    assert found.result is TermResult.PRESENT
    assert found.regions == ("neck.front",)
    assert [(g.photo, g.finding) for g in found.grounds] == [("a", f"{MARK} {certainty} present")]


@pytest.mark.parametrize(
    ("reading", "result", "cause"),
    [
        (
            seen("a", finding(certainty=Certainty.POSSIBLE)),
            TermResult.CANNOT_TELL,
            UndecidedCause.ONLY_POSSIBLE,
        ),
        (
            seen("a", finding(answer=FindingAnswer.NON_SPECIFIC)),
            TermResult.CANNOT_TELL,
            UndecidedCause.NON_SPECIFIC,
        ),
        (seen("a", finding(confirmed=False)), TermResult.CANNOT_TELL, UndecidedCause.NOT_CONFIRMED),
        (seen("a", finding(), complete=False), TermResult.CANNOT_TELL, UndecidedCause.FOUND_NOT_COMPLETE),
        (seen("a", finding(regions=())), TermResult.CANNOT_TELL, UndecidedCause.NO_REGION),
        (seen("a", finding(seen_as_is=False)), TermResult.CANNOT_TELL, UndecidedCause.ONLY_STEPS),
        (seen("a", finding(stated=False)), TermResult.UNSTATED, UndecidedCause.UNSTATED),
        (
            seen("a", finding(qualifiers=(("vitality", ("post",)),))),
            TermResult.AFTER_DEATH,
            UndecidedCause.AFTER_DEATH,
        ),
    ],
)
def test_what_does_not_make_a_sign_present_and_why(reading, result, cause):
    found = of(MARK, reading)
    assert found.result is result
    assert cause in causes(found)
    assert next(why for why in found.reasons if why.cause is cause).grounds[0].photo == "a"


def test_a_kind_makes_what_it_is_a_kind_of_present_and_not_the_other_way_round():
    tramline = seen("a", finding(TRAMLINE, regions=("upper_back.L",)))
    assert of(BRUISE, tramline).result is TermResult.PRESENT
    bruise = seen("a", finding(BRUISE, regions=("upper_back.L",)))
    assert of(TRAMLINE, bruise).result is TermResult.CANNOT_TELL


# conflict


def test_the_same_examiner_saying_absent_of_the_region_elsewhere_is_a_conflict():
    found = of(MARK, seen("a", finding()), seen("b", absent()))
    assert found.result is TermResult.CONFLICT
    (contradiction,) = found.contradictions
    assert (contradiction.present.photo, contradiction.against.photo) == ("a", "b")
    assert (contradiction.regions, contradiction.how) == (("neck.front",), "absent")


def test_nothing_visible_on_a_photo_that_covers_the_region_is_a_conflict():
    found = of(MARK, seen("a", finding()), seen("b", nothing=True, covers=["neck.front"]))
    assert (found.result, found.contradictions[0].how) == (TermResult.CONFLICT, "nothing visible")


def test_a_look_alike_elsewhere_names_itself():
    lividity = finding("pm.lividity", regions=("neck.front",))
    found = of(MARK, seen("a", finding()), seen("b", lividity))
    assert [each.how for each in found.contradictions] == ["pm.lividity"]
    assert found.contradictions[0].against.finding == lividity.id
    other = of("pm.lividity", seen("a", finding()), seen("b", lividity))
    assert other.result is TermResult.CONFLICT, "links between look-alikes go both ways"
    assert of(MARK, seen("a", finding(), lividity)).result is TermResult.PRESENT, (
        "side by side on one photograph"
    )
    possible = replace(lividity, certainty=Certainty.POSSIBLE)
    assert of(MARK, seen("a", finding()), seen("b", possible)).result is TermResult.PRESENT


@pytest.mark.parametrize(
    "other",
    [
        seen("b", absent(regions=("nape",))),
        seen("b", absent(), levels=[("neck.front", "limited")]),
        seen("b", absent(), examiner="hansen"),
        seen("b", absent(), complete=False),
        seen("b", nothing=True, covers=["nape"]),
        seen("b", nothing=True, levels=[("neck.front", "not")]),
        seen("b", nothing=True, covers=["neck.front"], complete=False),
        seen("b", nothing=True, covers=["neck.front"], carried_from="c"),
        seen("b", finding(BRUISE, regions=("chest.L",)), covers=["neck.front"]),
        seen("b", nothing=True, covers=["neck.front"], description=(("stage", ("advanced",)),)),
    ],
)
def test_what_contradicts_nothing(other):
    """Another region, not assessable there, another examiner, not complete, carried over, silent, hidden."""
    found = of(MARK, seen("a", finding()), other)
    assert (found.result, found.contradictions) == (TermResult.PRESENT, ())


def test_one_finding_may_be_contradicted_while_another_stands():
    first = finding(BRUISE, regions=("cheek.L",), id="cheek")
    second = finding(BRUISE, regions=("shin.L",), id="shin")
    found = of(BRUISE, seen("a", first, second), seen("b", absent(BRUISE, ("cheek.L",))))
    assert found.result is TermResult.PRESENT
    assert [ground.finding for ground in found.grounds] == ["shin"]
    assert [each.present.finding for each in found.contradictions] == ["cheek"]


def test_an_absent_without_a_region_speaks_of_what_the_photograph_shows():
    nowhere = absent(regions=())
    assert of(MARK, seen("a", finding()), seen("b", nowhere)).result is TermResult.PRESENT
    assert of(MARK, seen("a", finding()), seen("b", nowhere, covers=["nape"])).result is TermResult.PRESENT
    assert of(MARK, seen("a", finding()), seen("b", nowhere, covers=NECK)).result is TermResult.CONFLICT


def test_the_other_side_of_a_wrist_contradicts_nothing():
    mark = finding("restr.wrist", regions=("wrist.L",))
    front = seen("a", mark, covers=["wrist.L/front"])
    back = seen("b", nothing=True, covers=["wrist.L/back"])
    assert of("restr.wrist", front, back).result is TermResult.PRESENT
    again = seen("b", nothing=True, covers=["wrist.L/front"])
    assert of("restr.wrist", front, again).result is TermResult.CONFLICT


# absent


def test_absent_needs_every_place_where_the_sign_could_sit_on_complete_looks():
    front = seen("a", covers=NECK[:3], nothing=True)
    found = of(MARK, front)
    assert found.result is TermResult.CANNOT_TELL
    assert [(why.cause, why.regions) for why in found.reasons] == [(UndecidedCause.NEVER_SHOWN, ("nape",))]
    looked = seen("b", finding(BRUISE, regions=("nape",)), covers=["nape"], looked_for=LISTS)
    found = of(MARK, front, looked)
    assert found.result is TermResult.ABSENT
    assert {(g.photo, g.regions) for g in found.grounds} == {("a", NECK[:3]), ("b", ("nape",))}


@pytest.mark.parametrize(
    "reading",
    [
        seen("a", finding(BRUISE, regions=("chest.L",)), covers=sorted(RULES.body.all)),
        seen("a", nothing=True, covers=sorted(RULES.body.all), looked_for=()),
        seen("a", nothing=True),
    ],
)
def test_absence_is_never_counted_from_silence(reading):
    results = {each.result for each in RULES.summary([reading], SummarySubject(("a",))).terms}
    assert TermResult.ABSENT not in results


def test_what_was_shown_and_nobody_was_asked_about_says_so():
    found = of(MARK, seen("a", finding(BRUISE, regions=("chest.L",)), covers=NECK))
    assert [(why.cause, why.regions) for why in found.reasons] == [
        (UndecidedCause.NOT_MENTIONED, tuple(sorted(NECK)))
    ]


def test_an_absent_by_name_says_that_the_region_was_shown():
    assert of(MARK, seen("a", absent(regions=NECK))).result is TermResult.ABSENT
    assert of(MARK, seen("a", absent(regions=NECK), complete=False)).result is TermResult.CANNOT_TELL
    poor = seen("a", absent(regions=NECK), levels=[("nape", "not")])
    assert [(w.cause, w.regions) for w in of(MARK, poor).reasons] == [
        (UndecidedCause.NOT_WELL_ENOUGH, ("nape",))
    ]


@pytest.mark.parametrize(
    ("reading", "cause"),
    [
        (
            seen("a", nothing=True, levels=[(region, "limited") for region in NECK]),
            UndecidedCause.NOT_WELL_ENOUGH,
        ),
        (seen("a", nothing=True, covers=NECK, carried_from="z"), UndecidedCause.CARRIED_OVER),
        (
            replace(seen("a", covers=NECK), conclusion=Conclusion.NOT_ASSESSABLE),
            UndecidedCause.NOT_WELL_ENOUGH,
        ),
        (
            seen("a", nothing=True, covers=NECK, description=(("stage", ("advanced",)),)),
            UndecidedCause.HIDDEN,
        ),
    ],
)
def test_why_it_cannot_be_told(reading, cause):
    found = of(MARK, reading)
    assert [(why.cause, why.regions) for why in found.reasons] == [(cause, tuple(sorted(NECK)))]


def test_said_to_be_not_assessable_for_this_sign():
    blurred = finding(answer=FindingAnswer.NOT_ASSESSABLE, regions=(), reason="blurred")
    found = of(MARK, seen("a", blurred, covers=NECK, looked_for=LISTS))
    assert UndecidedCause.NOT_ASSESSABLE in causes(found)
    again = seen("b", covers=NECK, looked_for=LISTS)
    assert of(MARK, seen("a", blurred, covers=NECK), again).result is TermResult.ABSENT
    nothing = seen("b", blurred, covers=NECK, nothing=True)
    assert of(MARK, seen("a", finding()), nothing).result is TermResult.PRESENT, "it denies no such sign"


def test_photographs_that_were_not_read_to_the_end_are_named_and_block_absent():
    looked = seen("b", nothing=True, covers=NECK)
    summary = RULES.summary([looked, seen("c", complete=False)], SummarySubject(("a", "b", "c")))
    assert (summary.unread, summary.not_complete, summary.looked) == (("a",), ("c",), ("b",))
    assert causes(summary.of(MARK)) == {UndecidedCause.NOT_READ, UndecidedCause.NOT_COMPLETE}
    assert not summary.all_read
    sorted_out = SummarySubject(("a", "b"), not_for_reading=frozenset("a"))
    assert of(MARK, looked, person=sorted_out).result is TermResult.ABSENT


@pytest.mark.parametrize("term", [term.key for term in VOCABULARY.terms if term.never_absent])
def test_what_a_photograph_cannot_exclude_is_never_absent(term):
    everything = seen("a", absent(term, ()), covers=sorted(RULES.body.all), looked_for=LISTS)
    found = of(term, everything, person=SummarySubject(("a",), sex="male"))
    assert (found.result, causes(found)) == (TermResult.CANNOT_TELL, {UndecidedCause.NEVER_ABSENT})


# near-duplicates, carried over, several examiners


def test_near_duplicates_count_once():
    alike = SummarySubject(("a", "b"), {"a": "a", "b": "a"})
    found = of(MARK, seen("a", finding(id="1")), seen("b", finding(id="2")), seen("c", finding(id="3")))
    assert found.pictures == 3
    again = of(MARK, seen("a", finding(id="1")), seen("b", finding(id="2")), person=alike)
    assert (again.pictures, len(again.grounds)) == (1, 2)


def test_a_carried_over_reading_is_no_look():
    carried = seen("b", finding(id="copy", copied_from="a"), covers=NECK, carried_from="a")
    summary = RULES.summary([carried])
    assert summary.of(MARK).result is TermResult.CANNOT_TELL
    assert (summary.looked, summary.carried) == ((), ("b",))


def test_one_examiner_or_several():
    readings = [seen("a", finding()), seen("a", absent(regions=NECK), examiner="hansen")]
    assert of(MARK, *readings, examiners=["hansen"]).result is TermResult.ABSENT
    assert of(MARK, *readings, examiners=["okoye"]).result is TermResult.PRESENT
    both = of(MARK, *readings)
    assert (both.result, both.contradictions) == (TermResult.PRESENT, ())


def test_a_term_of_another_version_is_not_lost_and_never_absent():
    summary = RULES.summary([seen("a", finding("old.term"))])
    assert summary.of("old.term").result is TermResult.PRESENT
    assert len(summary.terms) == len(VOCABULARY.terms) + 1
    assert of("old.term", seen("a", absent("old.term", NECK))).result is TermResult.CANNOT_TELL


# in words


def test_results_in_words():
    assert of(MARK, seen("a", finding(regions=NECK))).in_words(VOCABULARY) == (
        "ligature mark: present, neck (all) (1 photograph)"
    )
    summary = RULES.summary([seen("a", nothing=True, covers=NECK[:3])], SummarySubject(("a", "b", "c")))
    assert summary.of(MARK).in_words(VOCABULARY) == (
        "ligature mark: cannot tell (2 photographs not read yet; never shown: nape)"
    )
    assert regions_in_words(VOCABULARY, ["sole.L", "sole.R", "palm.L"]) == "palm, left; sole, both sides"


# whatever is read

seeds = st.integers(0, 2**32)


def drawn(seed):
    drawing = Drawing(VOCABULARY, seed)
    person = drawing.person()
    return drawing.readings(person), person


@given(seeds, st.integers())
def test_the_order_of_readings_does_not_matter(seed, other):
    read, person = drawn(seed)
    mixed = read[:]
    random.Random(other).shuffle(mixed)
    assert RULES.summary(read, person) == RULES.summary(mixed, person)


@given(seeds)
def test_a_carried_over_reading_never_changes_a_result(seed):
    read, person = drawn(seed)
    places = sorted(RULES.body.all)
    carried = seen("e", finding(), absent(BRUISE), covers=places, looked_for=LISTS, carried_from="a")
    before, after = RULES.summary(read, person), RULES.summary([*read, carried], person)
    assert [each.result for each in before.terms] == [
        each.result for each in after.terms if each.term in {t.term for t in before.terms}
    ]


@given(seeds)
def test_every_result_can_be_traced(seed):
    read, person = drawn(seed)
    summary = RULES.summary(read, person)
    for each in summary.terms:
        assert bool(each.grounds) == (each.result is not TermResult.CANNOT_TELL)
        if each.result is TermResult.CANNOT_TELL:
            assert each.reasons or VOCABULARY.term(each.term) is None
        if each.result is TermResult.CONFLICT:
            assert each.contradictions
        if each.result is TermResult.ABSENT:
            assert RULES.find_needed(each.term, person.sex) <= each.denied
            assert summary.all_read


@given(seeds)
def test_groups_of_near_duplicates_only_lower_the_number_of_photographs(seed):
    read, person = drawn(seed)
    groups = {photo: "a" for photo in person.photos}
    before, after = RULES.summary(read, person), RULES.summary(read, replace(person, alike=groups))
    for one, other in zip(before.terms, after.terms, strict=True):
        assert other.result is one.result or one.result is TermResult.CANNOT_TELL
        assert other.result is not one.result or other.pictures <= one.pictures


# whatever is done

ACTS = st.tuples(
    st.sampled_from("ab"),
    st.sampled_from(
        [
            "add",
            "add",
            "answer",
            "certainty",
            "state",
            "look",
            "nothing",
            "cover",
            "complete",
            "remove",
            "aside",
        ]
    ),
    st.sampled_from(TERMS[:-1]),
    st.sampled_from(["neck.front", "wrist.L", "chest.L", ""]),
    st.sampled_from(FindingAnswer),
    st.sampled_from(Certainty),
)
OF_THE_PHOTO = {
    "look": lambda r: Draft(acts.LOOKED_FOR, r.photo, {"lists": [list(each) for each in LISTS]}),
    "nothing": lambda r: Draft(acts.NOTHING_VISIBLE, r.photo),
    "cover": lambda r: Draft(acts.COVERAGE_SET, r.photo, {"regions": EVERYWHERE}),
    "complete": lambda r: Draft(acts.COMPLETED, r.photo),
    "aside": finding_commands.set_reading_aside,
}
EVERYWHERE = {place: "assessable" for place in RULES.body.all}


class Session:
    """Acts made one after the other, and a plain record of what was said with them."""

    def __init__(self):
        self.readings, self.number = {}, 0
        self.stated, self.denied = set(), set()

    def do(self, photo, act, term="", region="", answer=FindingAnswer.PRESENT, certainty=Certainty.POSSIBLE):
        reading = self.readings.get(photo, Reading("okoye", photo))
        draft = self.draft(reading, act, term, region, answer, certainty)
        if draft is not None:
            self.readings[photo] = acts.apply_to_reading(reading, draft.act, draft.body, "t")

    def draft(self, reading, act, term, region, answer, certainty):
        """The act, None where there is nothing to do it to."""
        photo = reading.photo
        if act in OF_THE_PHOTO:
            if act == "look":
                self.denied |= {(photo, sign) for listed in VOCABULARY.lists for sign in listed.terms}
            return OF_THE_PHOTO[act](reading)
        if act == "add":
            self.number += 1
            made = Finding(f"f{self.number}", term, "1", answer=answer, regions=(region,) if region else ())
            self.note_answer(photo, term, answer)
            return Draft(acts.FINDING_ADDED, photo, finding_to_body(made))
        if act == "state" and finding_commands.find_findings_without_certainty(reading):
            self.stated |= {each.id for each in finding_commands.find_findings_without_certainty(reading)}
            return finding_commands.state_certainty(reading, certainty)
        return self.change(reading, act, answer, certainty) if reading.findings else None

    def change(self, reading, act, answer, certainty):
        """An act on the last finding."""
        found = reading.findings[-1]
        if act == "answer":
            self.note_answer(reading.photo, found.term, answer)
            return finding_commands.set_answer(reading, found, answer, str(NotAssessableReason.DARK))
        if act == "certainty":
            self.stated.add(found.id)
            return finding_commands.set_certainty(reading, found, certainty)
        return finding_commands.remove_findings(reading, [found.id]) if act == "remove" else None

    def note_answer(self, photo, term, answer):
        if answer is FindingAnswer.ABSENT:
            self.denied.add((photo, term))


@given(st.lists(ACTS, max_size=25), st.booleans())
def test_no_sequence_of_acts_makes_absent_of_silence_or_present_of_what_nobody_stated(done, ends):
    session = Session()
    for each in done:
        session.do(*each)
    if ends:
        for photo in "ab":
            session.do(photo, "cover")
            session.do(photo, "complete")
    readings = list(session.readings.values())
    complete = {each.photo for each in readings if each.state is ReadingState.COMPLETE}
    for each in RULES.summary(readings, SummarySubject(("a", "b"), sex="male")).terms:
        sign = RULES.find_relatives(each.term)
        if each.result is TermResult.ABSENT:
            assert any((photo, term) in session.denied for photo in complete for term in sign.above)
        if each.result is TermResult.PRESENT:
            ids = {ground.finding for ground in each.grounds}
            assert ids <= session.stated
            assert {ground.photo for ground in each.grounds} <= complete
