"""A query that speaks of what is counted is told from one that does not, whatever lists lie between."""

import json

import pytest

from reviewer.domain.people.individual import SavedList
from reviewer.domain.search.fields import QUERY_FIELDS
from reviewer.domain.search.query import parse_query
from reviewer.domain.search.selection import QuerySelection, find_query_selection
from tests.support.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
MALE = SavedList("m", "men", "sex:male", at="2026-01-01")


def chosen(query, *there):
    return find_query_selection(parse_query(query, VOCABULARY), there, VOCABULARY)


def of_readings(node):
    return find_query_selection(node, [MALE], VOCABULARY).conditions


def sample(name, query, at="2026-01-02", **details):
    drawn = json.dumps({"of": "individuals", "seed": 1, **details})
    return SavedList(name, name, query, details=drawn, photos=("a" * 64,), at=at)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", ()),
        ("branch:215 sex:male taken:2012", ()),
        ("list:men", ()),
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
    node = parse_query(query, VOCABULARY)
    assert tuple(each.replace('"', "") for each in of_readings(node)) == told


def test_a_sign_and_a_region_speak_of_it_under_whatever_name():
    said = of_readings(parse_query("term:bruise region:neck concluded:none is:open", VOCABULARY))
    assert len(said) == 4


def test_every_condition_on_a_finding_speaks_of_it():
    of_finding = {field.name for field in QUERY_FIELDS if field.of_finding}
    assert of_finding == {"term", "region", "certainty", "answer", "vocabulary"}
    values = {
        "term": "bruise",
        "region": "neck",
        "certainty": "definite",
        "answer": "any",
        "vocabulary": "1.0.0",
    }
    assert all(of_readings(parse_query(f"{name}:{value}", VOCABULARY)) for name, value in values.items())


BRUISED = SavedList("b", "Bruised people", "category:detainee term:bruise", at="2026-01-01")
NESTED = SavedList("n", "nested", 'sex:male (list:"bruised people" or certainty:definite)', at="2026-01-01")


def test_a_saved_query_is_looked_into_however_many_lists_lie_between():
    there = [MALE, BRUISED, NESTED]
    assert chosen("list:men", *there) == QuerySelection()
    assert chosen('list:"bruised people"', *there).conditions == ('term:bruise in list:"bruised people"',)
    assert chosen("-list:nested findings>1", *there).conditions == (
        'term:bruise in list:"bruised people"',
        "certainty:definite in list:nested",
        "findings>1",
    )
    assert chosen("list:nested", *there).unknown == ()


def test_a_drawn_sample_speaks_of_it_as_far_as_what_it_was_drawn_from_does():
    later = sample("more", "list:b", at="2026-02")
    there = [BRUISED, sample("all", ""), sample("some", "region:neck"), later]
    assert chosen("list:all", *there) == QuerySelection()
    assert chosen("list:some", *there) == QuerySelection(("region:neck in list:some",))
    assert chosen("list:more", *there) == QuerySelection(("term:bruise in list:b",))


def test_as_many_of_each_state_is_a_choice_by_what_was_read():
    assert chosen("list:s", sample("s", "", by="state", equal=True)).conditions == (
        "as many of each state in list:s",
    )
    assert chosen("list:s", sample("s", "", by="state", equal=False)) == QuerySelection()
    assert chosen("list:s", sample("s", "", by="branch", equal=True)) == QuerySelection()


def test_where_nothing_is_kept_of_how_a_list_was_made_that_is_known():
    by_hand = SavedList("h", "by hand", "", photos=("a" * 64,))
    assert chosen('list:"by hand"', by_hand) == QuerySelection((), ('list:"by hand"',))
    of_results = SavedList("r", "results", "term:bruise", photos=("a" * 64,))
    assert chosen("list:results", of_results) == QuerySelection(("term:bruise in list:results",))
    gone = sample("drawn", "list:gone")
    assert chosen("list:drawn", gone) == QuerySelection((), ("list:gone",))
    unread = sample("drawn", "nofield:gone")
    assert chosen("list:drawn", unread) == QuerySelection((), ("list:drawn",))


def test_a_list_saved_anew_since_a_sample_was_drawn_from_it_is_not_what_it_was_drawn_from():
    anew = SavedList("b", "bruised", "sex:male", at="2026-03-01")
    assert chosen("list:drawn", anew, sample("drawn", "list:bruised")) == QuerySelection(
        (), ("list:bruised",)
    )
    assert (
        chosen("list:bruised list:drawn", anew, sample("drawn", "list:bruised", at="2026-04"))
        == QuerySelection()
    )


def test_lists_that_name_each_other_are_looked_into_once():
    one, two = SavedList("1", "one", "list:two term:bruise"), SavedList("2", "two", "list:one")
    assert chosen("list:one", one, two) == QuerySelection(("term:bruise in list:one",))
