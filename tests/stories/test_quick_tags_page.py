"""Quick tags in the settings: any term on any digit, in any order, with a case and without one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.services.account.own_tags import load_quick_tags
from reviewer.services.case.opening import open_case
from reviewer.services.vocabulary.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
LEFT = Qt.MouseButton.LeftButton
USUAL = list(VOCABULARY.quick_tags)


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo(0)


def tags_page(reader):
    reader.presses("Ctrl+Alt+T")
    page = reader.session.settings.tags
    assert page.isVisible()
    assert page.field.hasFocus()
    return page


def test_a_digit_chooses_letters_find_and_enter_takes(reader):
    page = tags_page(reader)
    reader.presses("8")
    assert page.number == 8
    reader.types("tram")
    assert "tramline" in page.hits.item(0).text().lower()
    reader.presses("Enter")
    assert reader.reader.quick_tags[7] == "blunt.bruise_tramline"
    assert page.definition.text().startswith("Tramline bruise")
    assert page.field.text() == ""
    reader.presses("Esc").sees_photo(0).presses("8").is_saved()
    assert reader.terms == ["blunt.bruise_tramline"]


def test_one_that_has_a_digit_changes_places_and_rows_move(reader):
    page = tags_page(reader)
    reader.presses("1").types(VOCABULARY.term_name(USUAL[2])).presses("Enter")
    assert reader.reader.quick_tags[:3] == [USUAL[2], USUAL[1], USUAL[0]]
    page.down.click()
    assert page.number == 2
    assert reader.reader.quick_tags[:3] == [USUAL[1], USUAL[2], USUAL[0]]
    page.table.select_row(8)
    assert not page.down.isEnabled()
    page.usual.click()
    assert reader.reader.quick_tags == USUAL == load_quick_tags("Dr Okoye", VOCABULARY)
    assert not page.usual.isEnabled()


def test_what_was_used_last_is_offered_until_something_is_typed(reader):
    reader.adds("tram").presses("1").is_saved()
    page = tags_page(reader)
    assert page.head.text() == "Used last"
    assert [chip.text() for chip in page.chips] == ["+ Tramline bruise"], "what has a digit is not offered"
    assert reader.reader.quick_tags == USUAL
    QTest.mouseClick(page.chips[0], LEFT)
    assert reader.reader.quick_tags[0] == "blunt.bruise_tramline"
    assert [chip.text() for chip in page.chips] == ["+ Ligature mark"]
    assert page.field.hasFocus(), QApplication.focusWidget()
    reader.types("bru")
    assert page.head.text().startswith("What fits")


def test_a_row_is_dragged_to_another_place_and_moved_by_keys(reader):
    page = tags_page(reader)
    rows, table = [page.model.index(row, 0) for row in range(9)], page.table
    middle = [table.visualRect(index).center() for index in rows]
    QTest.mousePress(table.viewport(), LEFT, pos=middle[7])
    QTest.mouseMove(table.viewport(), middle[5])
    QTest.mouseMove(table.viewport(), middle[2])
    QTest.mouseRelease(table.viewport(), LEFT, pos=middle[2])
    moved = [*USUAL[:2], USUAL[7], *USUAL[2:7], USUAL[8]]
    assert reader.reader.quick_tags == moved == load_quick_tags("Dr Okoye", VOCABULARY)
    assert page.number == 3
    table.setFocus()
    reader.presses("Alt+Up")
    assert reader.reader.quick_tags == [USUAL[0], USUAL[7], USUAL[1], *USUAL[2:7], USUAL[8]]
    assert page.number == 2


def test_nothing_moves_while_something_is_typed(reader):
    page = tags_page(reader)
    before = page.up.pos()
    reader.types("tram")
    QApplication.processEvents()
    assert page.up.pos() == before
    assert page.hits.isVisible()


def test_they_are_chosen_in_a_case_that_is_open_for_reading_only(desk, case_folder):
    holder = open_case(case_folder)
    try:
        reader = desk().opens(case_folder, read_only=True).sees_photo(0)
        page = tags_page(reader)
        page.down.click()
        assert reader.reader.quick_tags[:2] == [USUAL[1], USUAL[0]]
    finally:
        holder.close()


def test_without_a_case_they_are_of_whoever_read_last(reader):
    reader.presses("Ctrl+W")
    reader.window.door.back_to_start()
    reader.presses("Ctrl+Shift+7")
    page = reader.window.door.page
    page.show_quick_tags()
    reader.presses("2").types("tram").presses("Enter")
    assert load_quick_tags("Dr Okoye", VOCABULARY)[1] == "blunt.bruise_tramline"
    reader.presses("Esc")
    assert reader.window.door.page is reader.window.start
