"""A query that finds nothing says what was searched, and what near it would find something."""

import pytest

from reviewer.services.search import search
from reviewer.services.search.nothing_found import explain_nothing, find_near
from tests.services.search.test_search import case  # noqa: F401  (a fixture)


@pytest.fixture
def near(case):  # noqa: F811
    return lambda text: {row.name: row for row in find_near(case, text, "e").rows}


def test_one_condition_less_is_offered_with_its_count(case, near):  # noqa: F811
    found = near("term:bruise region:neck category:scene")
    row = found["Without category:scene"]
    assert row.query == "term:bruise region:neck"
    assert row.photos == search.count_photos(case, row.query, "e").count == 1


def test_the_same_words_in_another_field_are_offered(near):
    assert near("file:belt")["The same in note"].query == "note:belt"


def test_names_that_are_nearly_typed_are_offered(near):
    assert near("brusie")["Findings \u201cbruise\u201d"].query == "term:bruise"


@pytest.mark.parametrize("text", ["term:bruise category:scene", "xyzzy", "file:nowhere note:nothing"])
def test_what_is_offered_finds_something(near, text):
    assert all(row.photos for row in near(text).values())


def test_what_was_searched_is_told(case):  # noqa: F811
    said = explain_nothing(case, "file:nowhere", "e")
    assert said.startswith("No photograph is found. All 5 were searched for: file:nowhere.")
    assert "your own readings" in said
