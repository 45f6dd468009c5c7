"""The table of individuals: sorted as people read numbers, filtered by words, what is chosen stays chosen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from reviewer.domain.people.conflicts import ConflictKind
from reviewer.domain.people.individual import Fact, Individual, Statement, StatementSourceKind
from reviewer.qt.individuals.people_model import (
    COLUMNS,
    ICON,
    MASKING_COLUMNS,
    USUAL_COLUMNS,
    make_search_text,
)
from reviewer.qt.individuals.table_page import TablePage, format_counts
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.people.individuals import IndividualRow, IndividualTable, ProposalOptions
from reviewer.services.vocabulary.body_maps import load_map_pages
from tests.support.waiting import until


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
    made = TablePage(load_map_pages(), {})
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
    page.show_columns(MASKING_COLUMNS)
    assert page.columns()[:3] == ["label", "neutral", "reason"], "the label stands beside the number"
    page.show_columns(["label", "photos"])
    assert page.columns() == ["label", "photos"]
    found = IndividualTable(
        (person(1), person(2, status="proposed")), (), ProposalOptions("folders", "{examination}"), 1
    )
    assert format_counts(found) == (
        "1 accepted by an examiner, 1 proposed from folders as {examination}, 0 in conflict. "
        "1 photograph belongs to nobody."
    )


def test_an_arabic_folder_does_not_turn_the_numbers_beside_it(page):
    show(page, [replace(person(1), reason="same folder, فرع 927/2011-12/104")])
    row = page.model.index(0, [column.key for column in COLUMNS].index("reason"))
    assert page.model.data(row) == "folder"
    shown = page.model.data(row, Qt.ItemDataRole.ToolTipRole)
    assert shown.startswith("\u200e")
    assert [part.strip("\u200e\u2068\u2069") for part in shown.split("/")] == [
        "same folder, فرع 927",
        "2011-12",
        "104",
    ]


def cell(page, key, role=Qt.ItemDataRole.DisplayRole, row=0):
    place = [column.key for column in COLUMNS].index(key)
    return page.model.data(page.model.index(row, place), role)


def test_where_context_is_masked_a_person_who_is_not_read_goes_by_the_label(page):
    page.model.is_masking = True
    reason = 'branch 901, examination 133: names fit the pattern "{branch}-{examination}"'
    unread = replace(person(1), neutral="P-0014", reason=reason)
    show(page, [unread])
    assert cell(page, "label") == "P-0014"
    assert cell(page, "reason") == "folder pattern"
    assert "133" not in cell(page, "reason", Qt.ItemDataRole.ToolTipRole)
    show(page, [replace(unread, is_read=True)])
    assert cell(page, "label") == "Individual 1"
    assert "133" in cell(page, "reason", Qt.ItemDataRole.ToolTipRole)


def test_what_does_not_fit_is_told_by_sign_and_words(page):
    kinds = (ConflictKind.TWO_NUMBERS, ConflictKind.DRESSED_AGAIN)
    show(page, [replace(person(1), status="conflict", conflicts=2, misfits=kinds), person(2)])
    assert [cell(page, "fits", row=row) for row in (0, 1)] == ["two numbers, 1 more", "fits"]
    assert [cell(page, "fits", ICON, row) for row in (0, 1)] == ["problems", ""]
    assert cell(page, "fits", Qt.ItemDataRole.ToolTipRole).startswith("two numbers on one individual, ")
    assert cell(page, "status") == "accepted", "in conflict or not"


def test_segments_show_the_proposed_and_what_does_not_fit_with_counts_of_all(page):
    misfit = replace(person(3), status="conflict", conflicts=1, misfits=(ConflictKind.TWO_NUMBERS,))
    show(page, [person(1), person(2, status="proposed"), misfit])
    assert [button.text() for button in page.segments.buttons] == ["All 3", "Proposed 1", "Do not fit 1"]
    page.segments.buttons[1].click()
    assert keys(page) == ["i2"]
    page.segments.buttons[2].click()
    assert keys(page) == ["i3"]
    assert page.clear_filter()
    assert keys(page) == ["i1", "i2", "i3"]
    assert page.segments.current == 0


def test_by_default_no_column_is_beyond_the_edge(page, qtbot):
    page.resize(1298, 632)
    until(lambda: page.table.viewport().width() > 800, "the table is wide")
    assert page.table.horizontalScrollBar().maximum() == 0


def test_why_there_are_no_rows_is_said_in_their_place(page):
    assert page.empty.isHidden()
    page.filter.setText("nowhere")
    page._apply_filter()
    assert next(label.text() for label in page.empty.findChildren(PlainLabel)) == (
        "None of 4 individuals has these words."
    )
    assert not page.empty.clear.isHidden()
    assert page.empty.propose.isHidden()
    page.clear_filter()
    assert page.empty.isHidden()
    show(page, [])
    assert not page.empty.propose.isHidden()
    assert page.empty.clear.isHidden()


def test_buttons_say_why_they_are_off(page, qapp):
    action = QAction("act", qapp)
    page.use_actions(lambda _id: action)
    page.choose("i1")
    assert not page._merge.isEnabled()
    assert "two or more individuals" in page._merge.toolTip()
    assert not page._accept.isEnabled()
    assert "accepted already" in page._accept.toolTip()
    page.show_only(["i1", "i2"])
    assert page._merge.isEnabled()
    page.clear_filter()
    show(page, [person(1, status="proposed")])
    assert page._accept.isEnabled()
    action.setEnabled(False)
    assert not page._accept.isEnabled()
