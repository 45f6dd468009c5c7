"""The program's rule and the one written from docs/rules.md alone say the same of a thousand people."""

from collections import Counter
from dataclasses import replace

import pytest

from reviewer.domain.summary.decisions import DECIDABLE_RESULTS, find_contradicting_photos
from reviewer.domain.summary.headings import (
    NO_FINDING_OF_A_REGION,
    compute_body_part_result,
    compute_region_results,
)
from reviewer.domain.summary.rules import SummaryRules
from reviewer.domain.summary.summary import TermDecision, TermResult, Wasting
from tests.domain.summary import second_rule
from tests.support.random_readings import TERMS, Drawing
from tests.support.vocabulary import VOCABULARY_FILES, load_vocabulary

VOCABULARY = load_vocabulary()
RULES = SummaryRules(VOCABULARY)
CASES, AT_ONCE = 1_000, 250
FINDINGS = frozenset(t.key for t in VOCABULARY.terms if t.group not in NO_FINDING_OF_A_REGION)
OF_GROUP = {
    group.key: [r.key for r in VOCABULARY.regions if r.group == group.key and not r.retired]
    for group in VOCABULARY.region_groups
}
LINES = [region for regions in OF_GROUP.values() for region in regions]
PAIRS = [(term, group) for term in TERMS if term in FINDINGS for group in OF_GROUP]


@pytest.fixture(scope="module")
def words():
    return second_rule.Words(VOCABULARY_FILES)


def plain(reading):
    """A reading as anybody finds it in an export."""
    return {
        "photo": reading.photo,
        "examiner": reading.examiner,
        "state": str(reading.state),
        "conclusion": str(reading.conclusion),
        "carried": reading.carried_from,
        "coverage": dict(reading.coverage),
        "description": {key: list(values) for key, values in reading.description},
        "looked_for": list(reading.looked_for),
        "findings": [
            {
                "term": f.term,
                "answer": str(f.answer),
                "certainty": str(f.certainty),
                "certainty_stated": f.certainty_stated,
                "regions": list(f.regions),
                "qualifiers": {key: list(values) for key, values in f.qualifiers},
                "confirmed": f.confirmed,
                "seen_as_is": f.seen_as_is,
            }
            for f in reading.findings
        ],
    }


def again(words, person, readings, decisions=None):
    told = {term: (str(each.result), each.photos) for term, each in (decisions or {}).items()}
    parts = person.photos, person.alike, person.not_for_reading, person.sex, told
    return second_rule.Person(words, [plain(each) for each in readings], *parts)


def decided(drawing, summary):
    """What somebody decided about some of what contradicts, on these photographs or on others by then."""
    r, found = drawing.random, {}
    for term in summary.terms:
        photos = find_contradicting_photos(term)
        if photos and r.random() < 0.9:
            named = photos if r.random() < 0.8 else photos[1:]
            found[term.term] = TermDecision(
                "okoye", r.choice(DECIDABLE_RESULTS), "seen better", (*named, "z"), "1"
            )
    return found


def drawn(seed, terms=TERMS):
    drawing = Drawing(VOCABULARY, seed, terms)
    person = drawing.person()
    return drawing, person, drawing.readings(person)


@pytest.mark.parametrize("start", range(0, CASES, AT_ONCE))
def test_the_two_say_the_same(words, start):
    told = Counter()
    for seed in range(start, start + AT_ONCE):
        _drawing, person, readings = drawn(seed)
        other = again(words, person, readings)
        for each in RULES.summary(readings, person).terms:
            assert str(each.result) == other.result(each.term), (seed, each.term)
            told[str(each.result)] += each.term in TERMS
    assert {each for each, count in told.items() if count} == {str(each) for each in TermResult}


def test_without_being_explained_only_the_reasons_that_say_nothing_for_a_sign_are_missing():
    fewer = 0
    for seed in range(AT_ONCE):
        drawing, person, readings = drawn(seed)
        decisions = decided(drawing, RULES.summary(readings, person))
        told = RULES.summary(readings, person, decisions=decisions)
        short = RULES.summary(readings, person, decisions=decisions, explained=False)
        speaking = [tuple(why for why in each.reasons if why.cause.speaks) for each in told.terms]
        kept = tuple(replace(each, reasons=why) for each, why in zip(told.terms, speaking, strict=True))
        assert short == replace(told, terms=kept), seed
        fewer += kept != told.terms
    assert fewer


@pytest.mark.parametrize("start", range(0, CASES, AT_ONCE * 2))
def test_regions_parts_wasting_and_what_was_decided_are_the_same(words, start):
    told = {each: Counter() for each in ("decided", "region", "part")}
    for seed in range(start, start + AT_ONCE * 2):
        drawing, person, readings = drawn(seed)
        decisions = decided(drawing, RULES.summary(readings, person))
        summary = RULES.summary(readings, person, decisions=decisions)
        other = again(words, person, readings, decisions)
        for each in summary.terms:
            assert str(each.result) == other.result(each.term), (seed, each.term)
            told["decided"][str(each.result), each.decided is not None] += 1
        assert str(summary.nutrition.wasting) == other.wasting(), seed
        for region, result in compute_region_results(summary, LINES, FINDINGS, RULES.body).items():
            assert str(result) == other.region(region), (seed, region)
            told["region"][str(result)] += 1
        for term, group in PAIRS:
            told["part"][part(summary, person, term, group)] += 1
            assert part(summary, person, term, group) == other.part(term, group), (seed, term, group)
    assert set(told["region"]) == set(told["part"]) == {"present", "absent", "conflict", "cannot tell"}
    assert {result for result, is_decided in told["decided"] if is_decided} == set(
        map(str, DECIDABLE_RESULTS)
    )
    assert ("conflict", False) in told["decided"], "some decisions lapsed"


def test_wasting_is_the_same_in_each_of_its_words(words):
    told = Counter()
    for seed in range(AT_ONCE * 2):
        drawing, person, readings = drawn(seed, ("nutr.grade",) * 3 + ("blunt.bruise",))
        if seed % 2:
            readings = drawing.seen_at_its_worst(person, readings)
        wasting = str(RULES.summary(readings, person).nutrition.wasting)
        assert wasting == again(words, person, readings).wasting(), seed
        told[wasting] += 1
    assert set(told) == {str(each) for each in Wasting}, told


def part(summary, person, term, group):
    needed = RULES.find_needed(term, person.sex)
    return str(compute_body_part_result(summary, summary.of(term), OF_GROUP[group], needed, RULES.body))
