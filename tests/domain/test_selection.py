"""A query that speaks of what is counted is told from one that does not."""

import pytest

from reviewer.domain.query import parse
from reviewer.domain.query_fields import FIELDS
from reviewer.domain.selection import of_readings
from reviewer.services.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", ()),
        ("branch:215 sex:male taken:2012", ()),
        ("list:drawn", ()),
        ("category:detainee -individual:none", ()),
        ("has:individual or has:card", ()),
        ("branch:215 -(certainty:definite or answer:absent)", ("certainty:definite", "answer:absent")),
        ("conclusion:none or has:finding", ("conclusion:none", "has:finding")),
        ("findings>=2 state:complete", ("findings>=2", "state:complete")),
        ("stage:advanced", ("stage:advanced",)),
        ('covers:face note:"belt" belt', ("covers:face", "note:belt", "belt")),
    ],
)
def test_which_conditions_speak_of_what_is_counted(query, told):
    node = parse(query, VOCABULARY)
    assert tuple(each.replace('"', "") for each in of_readings(node)) == told


def test_a_sign_and_a_region_speak_of_it_under_whatever_name():
    said = of_readings(parse("term:bruise region:neck concluded:none is:open", VOCABULARY))
    assert len(said) == 4


def test_every_condition_on_a_finding_speaks_of_it():
    of_finding = {field.name for field in FIELDS if field.of_finding}
    assert of_finding == {"term", "region", "certainty", "answer", "vocabulary"}
    values = {
        "term": "bruise",
        "region": "neck",
        "certainty": "definite",
        "answer": "any",
        "vocabulary": "1.0.0",
    }
    assert all(of_readings(parse(f"{name}:{value}", VOCABULARY)) for name, value in values.items())
