"""Each count of a facet is what the query finds once the value is added; a click adds or takes it out."""

import pytest

from reviewer.domain.search.facets import Facet, find_chosen, split_in_parts
from reviewer.domain.search.query import parse_query
from reviewer.services.search import search
from reviewer.services.search.facets import choose_in_query, load_facets, toggle_in_query
from reviewer.storage.search.facet_counts import count_facet
from tests.services.search.test_search import case  # noqa: F401  (a fixture)
from tests.support.statements import recorded_statements

QUERIES = (
    "",
    "term:bruise",
    "region:neck",
    "category:detainee",
    "state:open term:bruise",
    "-has:finding",
    "belt",
)


@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("facet", Facet)
def test_each_count_is_what_the_click_finds(case, text, facet):  # noqa: F811
    (values,) = [row for row in load_facets(case, text, "e").facets if row.facet is facet]
    for value in values.values:
        asked = choose_in_query(case, text, facet, [value.value])
        assert search.count_photos(case, asked, "e").count == value.photos, asked


def test_each_facet_has_values_in_this_case(case):  # noqa: F811
    assert all(row.values for row in load_facets(case, "", "e").facets)


def test_a_click_adds_a_second_click_takes_out(case):  # noqa: F811
    once = toggle_in_query(case, "term:bruise", Facet.CATEGORY, "detainee")
    assert once == "term:bruise category:detainee"
    twice = toggle_in_query(case, once, Facet.CATEGORY, "soldier")
    assert twice == "term:bruise (category:detainee or category:soldier)"
    assert toggle_in_query(case, twice, Facet.CATEGORY, "detainee") == "term:bruise category:soldier"
    assert toggle_in_query(case, once, Facet.CATEGORY, "detainee") == "term:bruise"


def test_a_range_of_months_is_one_condition(case):  # noqa: F811
    text = choose_in_query(case, "term:bruise taken:2012-01", Facet.MONTH, ["2012-01..2012-03"])
    assert text == "term:bruise taken:2012-01..2012-03"
    assert find_chosen(parse_query(text, case.vocabulary), Facet.MONTH) == ("2012-01..2012-03",)
    assert choose_in_query(case, text, Facet.MONTH, []) == "term:bruise"


def test_its_own_condition_does_not_narrow_a_facet(case):  # noqa: F811
    of_all = {row.facet: row for row in load_facets(case, "", "e").facets}[Facet.CATEGORY]
    chosen = {row.facet: row for row in load_facets(case, "category:soldier", "e").facets}[Facet.CATEGORY]
    assert [value.photos for value in chosen.values] == [value.photos for value in of_all.values]
    assert [value.name for value in chosen.values if value.is_chosen] == ["soldier or guard"]


def test_where_context_is_masked_branch_and_month_are_not_counted(case):  # noqa: F811
    found = load_facets(case, "", "e", masked=True)
    assert {row.facet for row in found.facets if row.is_masked} == {Facet.BRANCH, Facet.MONTH}
    assert not any(row.values for row in found.facets if row.is_masked)


def test_parts_of_a_query_know_the_query_without_them(case):  # noqa: F811
    parts = split_in_parts("term:bruise category:scene -has:card", case.vocabulary)
    assert [(part.words, part.without) for part in parts] == [
        ("term:bruise", "category:scene -has:card"),
        ("category:scene", "term:bruise -has:card"),
        ("-has:card", "term:bruise category:scene"),
    ]
    assert split_in_parts("", case.vocabulary) == ()


def test_a_part_is_said_by_its_names_where_they_are_known(case):  # noqa: F811
    text = 'category:unsorted term="ligature mark" taken:2012-05..2012-08 term:lig'
    names = {"unsorted": "not sorted", "ligature mark": "ligature mark"}
    said = [part.in_words(names) for part in split_in_parts(text, case.vocabulary)]
    assert said == ["Category: not sorted", "Finding: ligature mark", "Month: 2012-05 to 2012-08", "term:lig"]


def test_how_many_of_how_many_is_told(case):  # noqa: F811
    found = load_facets(case, "term:bruise", "e")
    assert (found.photos, found.individuals, found.all_photos, found.all_individuals) == (2, 1, 5, 1)


def test_regions_are_counted_along_an_index_and_not_sorted(case):  # noqa: F811
    """Sorting a row for each region of each finding took most of the time of all facets."""
    with case.store.read() as connection, recorded_statements() as sent:
        count_facet(connection, Facet.REGION, parse_query("", case.vocabulary), "e")
        driver = connection.connection.dbapi_connection
        (asked,) = [statement for statement in sent if "finding_regions" in statement]
        plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {asked}", ["e"] * asked.count("?"))]
    assert "COVERING INDEX finding_regions_search" in plan[0], plan
    assert not any("TEMP B-TREE" in step for step in plan), plan
