"""What plain words may mean in a small case, with counts that are those of the queries."""

import pytest

from reviewer.services.search import search
from reviewer.services.search.suggesting import suggest_meanings
from tests.services.search.test_search import PHOTOS, case  # noqa: F401  (a fixture)


@pytest.fixture
def suggest(case):  # noqa: F811
    return lambda text, **how: suggest_meanings(case, text, "e", **how)


def rows(meanings):
    return {row.name: row for row in meanings.rows}


def test_each_count_is_that_of_its_query(case, suggest):  # noqa: F811
    for text in ("bruise neck", "bruise", "belt", "IMG", "electric", "amal"):
        for row in suggest(text).rows:
            if row.query:
                assert row.photos == search.count_photos(case, row.query, "e").count, row


def test_the_first_that_finds_anything_is_what_enter_shows(suggest):
    first = suggest("bruise neck").first
    assert first.query == "term=bruise region:neck"
    assert (first.photos, first.individuals) == (1, 1)


def test_kinds_without_a_hit_are_there_with_nought(suggest):
    found = suggest("xyzzy")
    assert [group.title for group in found.groups] == ["Findings", "Regions", "Individuals, files, notes"]
    assert {row.photos for row in found.rows} == {0}
    assert found.first is None


def test_an_individual_is_found_by_what_it_is_shown_as_and_not_by_the_beginning_of_its_id(suggest, case):  # noqa: F811
    numbers = {"7": (PHOTOS["c3"],)}
    assert rows(suggest("7", numbers=numbers))["Individuals \u201c7\u201d"].photos == 1
    assert rows(suggest("iiii"))["Individuals \u201ciiii\u201d"].photos == 0
    assert search.find_photos(case, "individual:7", "e", numbers=numbers).photos == (PHOTOS["c3"],)


def test_where_context_is_masked_names_of_the_case_are_not_offered(suggest):
    assert any("Amal" in row.name for row in suggest("ama").rows)
    assert not any("Amal" in row.name for row in suggest("ama", masked=True).rows)


def test_a_query_has_no_meanings(suggest):
    assert suggest("term:bruise") is None
