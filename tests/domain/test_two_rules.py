"""The program's rule and the one written from docs/rules.md alone say the same of a thousand people."""

from collections import Counter

import pytest

from reviewer.domain.summary import Result
from reviewer.domain.summary_rules import SummaryRules
from reviewer.services.vocabulary import load_vocabulary
from reviewer.system.resources import resource
from tests.domain import second_rule
from tests.support.random_readings import TERMS, Drawing

VOCABULARY = load_vocabulary()
RULES = SummaryRules(VOCABULARY)
CASES, AT_ONCE = 1_000, 250


@pytest.fixture(scope="module")
def words():
    return second_rule.Words(resource("vocabulary", "terms.toml").parent)


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


def both(words, seed):
    """(term, what the program says, what the page says) of one person."""
    drawing = Drawing(VOCABULARY, seed)
    person = drawing.person()
    readings = drawing.readings(person)
    again = second_rule.Person(
        words,
        [plain(each) for each in readings],
        person.photos,
        person.alike,
        person.not_for_reading,
        person.sex,
    )
    for each in RULES.summary(readings, person).terms:
        yield each.term, str(each.result), again.result(each.term)


@pytest.mark.parametrize("start", range(0, CASES, AT_ONCE))
def test_the_two_say_the_same(words, start):
    told = Counter()
    for seed in range(start, start + AT_ONCE):
        for term, ours, theirs in both(words, seed):
            assert ours == theirs, (seed, term)
            told[ours] += term in TERMS
    assert {each for each, count in told.items() if count} == {str(each) for each in Result}
