"""Rows of the box of searching: each kind has its sign beside the word that says the same."""

from reviewer.qt.search.suggestion_list import list_offered
from reviewer.services.search.nothing_found import NEAR
from reviewer.services.search.suggesting import (
    FINDINGS,
    OTHERS,
    REGIONS,
    TOGETHER,
    Suggestion,
    SuggestionGroup,
    Suggestions,
)
from reviewer.system.resources import find_resource


def icons_of(*groups):
    made = (
        SuggestionGroup(title, tuple(Suggestion(name, "", "", 0) for name in names))
        for title, names in groups
    )
    rows = list_offered(Suggestions(tuple(made)), None)
    return {row.name: row.icon for row in rows if row.of is not None}


def test_each_kind_of_row_has_its_icon():
    found = icons_of(
        (TOGETHER, ["ligature mark in neck"]),
        (FINDINGS, ["ligature mark"]),
        (REGIONS, ["neck"]),
        (OTHERS, ["Individuals \u201c5\u201d", "Files \u201c5\u201d", "Notes with \u201c5\u201d"]),
        (NEAR, ["Without has:damage"]),
    )
    assert list(found.values()) == ["read", "read", "region", "people", "file", "note", "search"]
    assert all(find_resource("icons", f"{icon}.svg").is_file() for icon in found.values())


def test_a_heading_has_none():
    (heading,) = [row for row in list_offered(Suggestions((SuggestionGroup(FINDINGS, ()),)), None)]
    assert (heading.name, heading.icon) == (FINDINGS, "")
