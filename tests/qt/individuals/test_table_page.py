"""The table of individuals: sorted as people read numbers, filtered by words, what is chosen stays chosen."""

from dataclasses import replace

import pytest

from reviewer.domain.people.individual import Fact, Individual, Statement, StatementSourceKind
from reviewer.qt.individuals.people_model import COLUMNS, USUAL_COLUMNS, make_search_text
from reviewer.qt.individuals.table_page import TablePage, format_counts
from reviewer.services.people.individuals import IndividualRow, IndividualTable, ProposalOptions


def person(number, examination="", photos=1, status="accepted"):
    stated = (Statement("s", Fact.EXAMINATION_NUMBER, examination, "definite", StatementSourceKind.CARD),)
    individual = Individual(f"i{number}", statements=stated if examination else ())
    return IndividualRow(
        key=f"i{number}",
        id=f"i{number}" if status != "proposed" else "",
        number=number,
        label=f"Individual {number}",
        status=status,
        reason=f"same folder, place {number}",
        photos=tuple(f"{number}-{each}" for each in range(photos)),
        individual=individual,
    )


@pytest.fixture
def page(qtbot):
    made = TablePage()
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    show(made, [person(1, "10", 3), person(2, "9"), person(3), person(10, "b2", 12)])
    return made


def show(page, persons):
    page.show_people(IndividualTable(tuple(persons)), [make_search_text(each) for each in persons])


def keys(page):
    return [each.key for each in page.model.persons()]


def test_numbers_are_sorted_as_numbers_and_what_is_unknown_stands_last(page):
    assert keys(page) == ["i1", "i2", "i3", "i10"]
    page.sort_by("number.examination")
    assert keys(page) == ["i2", "i1", "i10", "i3"]
    page.sort_by("number.examination")
    assert keys(page) == ["i10", "i1", "i2", "i3"]
    page.sort_by("photos")
    assert keys(page)[-1] == "i10"


def test_every_typed_word_has_to_occur_and_counts_are_not_looked_into(page):
    page.filter.setText("place ١ b٢")
    page._apply_filter()
    assert keys(page) == ["i10"]
    page.filter.setText("b2 individual 3")
    page._apply_filter()
    assert keys(page) == []
    assert page.clear_filter()
    assert not page.clear_filter()
    page.show_only(["i2", "i3"])
    assert [each.key for each in page.list_chosen()] == ["i2", "i3"]


def test_what_is_chosen_stays_chosen_when_the_rows_change(page):
    page.show_only(["i1", "i2", "i10"])
    page.show_only([])
    assert [each.key for each in page.list_chosen()] == ["i1", "i2", "i10"]
    page.choose("i3")
    show(page, [person(2, "9"), person(10), person(3)])
    assert [each.key for each in page.list_chosen()] == ["i3"]
    show(page, [person(2), person(10)])
    assert page.current() is not None
    show(page, [])
    assert page.list_chosen() == []


def test_columns_and_the_line_of_counts(page):
    assert page.columns() == [column.key for column in COLUMNS if column.key in USUAL_COLUMNS]
    page.show_columns(["label", "photos"])
    assert page.columns() == ["label", "photos"]
    found = IndividualTable(
        (person(1), person(2, status="proposed")), (), ProposalOptions("folders", "{examination}"), 1
    )
    assert format_counts(found, found.persons[:1]) == (
        "1 of 2 individuals: 1 accepted; 1 proposed (from folders as {examination}); 0 conflicts; "
        "1 photograph belongs to none"
    )


def test_an_arabic_folder_does_not_turn_the_numbers_beside_it(page):
    show(page, [replace(person(1), reason="same folder, فرع 927/2011-12/104")])
    row = page.model.index(0, [column.key for column in COLUMNS].index("reason"))
    shown = page.model.data(row)
    assert shown.startswith("\u200e")
    assert [part.strip("\u200e\u2068\u2069") for part in shown.split("/")] == [
        "same folder, فرع 927",
        "2011-12",
        "104",
    ]
