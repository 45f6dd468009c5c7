"""Keys are changed in the settings: at once, and there again the next time; a conflict is answered first."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.qt.actions.own_keys import OwnKeys
from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from reviewer.qt.settings.keys_table import CHANGED, CONFLICTS
from reviewer.system.paths import data_folder
from tests.support.waiting import until


def keys_page(reader):
    reader.window.show_screen("settings")
    settings = reader.session.settings if reader.session is not None else reader.window.door.page
    settings.show_subject("Keys")
    return settings.keys


def press(page, key, modifiers=Qt.KeyboardModifier.NoModifier):
    assert page.listener.isVisible()
    QTest.keyClick(page.listener, key, modifiers)


def test_another_key_holds_at_once_and_the_next_time(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    page = keys_page(reader)
    page.search.setText("quick tag 2")
    page.select("finding.quick-tag-2")
    page.another.click()
    press(page, Qt.Key.Key_F12)
    assert page.said.text().endswith(": F12.")
    assert reader.window.binder.find("finding.quick-tag-2").shortcut().toString() == "F12"
    reader.window.show_screen("read")
    reader.sees_photo(0).presses("2")
    assert reader.terms == []
    reader.presses("F12")
    assert reader.terms == ["blunt.bruise"]
    reader.is_saved().leaves()
    again = desk().opens(case_folder).sees_photo(0)
    assert again.window.keymap.of("finding.quick-tag-2") == ("F12",)
    page = keys_page(again)
    page.filters[CHANGED].click()
    assert [spec.id for spec in page.model.rows] == ["finding.quick-tag-2"]
    page.usual.click()
    assert (data_folder() / "keymap.toml").read_text() == ""
    assert again.window.keymap.of("finding.quick-tag-2") == ("2",)


def test_a_conflict_is_shown_and_nothing_is_taken_before_it_is_answered(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    page, keymap = keys_page(reader), reader.window.own_keys
    for answer, left, has in (("leave", ("Shift+B",), ("C",)), ("take", (), ("Shift+B",))):
        page.select("finding.copy")
        page.another.click()
        press(page, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
        assert page.said.text() == "⚠ Shift+B is already “What this photo shows…”."
        assert keymap.keymap.of("coverage.mark") == ("Shift+B",)
        getattr(page, answer).click()
        assert keymap.keymap.of("coverage.mark") == left
        assert keymap.keymap.of("finding.copy") == has
    assert page.model.count(CONFLICTS) == 0
    page.all_usual.click()
    assert page.model.count(CHANGED) == 0


def test_escape_leaves_it_and_no_key_that_is_heard_does_anything(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    page = keys_page(reader)
    page.select("finding.copy")
    page.more.click()
    press(page, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert reader.session is not None, "Ctrl+W closes no case while it is heard"
    assert "Close the case" in page.said.text()
    page.again.click()
    press(page, Qt.Key.Key_Escape)
    assert reader.window.keymap.of("finding.copy") == ("C",)
    assert not page.listener.isVisible()


def test_actions_are_found_by_name_and_by_pressing_a_key(desk):
    reader = desk()
    page = keys_page(reader)
    page.search.setText("ligature")
    assert page.model.rows == []
    page.search.setText("undo")
    assert [spec.id for spec in page.model.rows] == ["reading.undo"]
    page.search.setText("")
    page.by_key.click()
    press(page, Qt.Key.Key_G)
    assert [spec.id for spec in page.model.rows] == ["window.gallery"]
    page.by_key.click()
    press(page, Qt.Key.Key_Escape)
    assert len(page.model.rows) == len(ALL_ACTIONS)


def test_tooltips_and_the_sheet_say_the_new_key(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.window.own_keys.set_keys("window.sort", ["Ctrl+F8"])
    reader.window.own_keys.set_keys("window.cards", [])
    assert reader.window._rail._buttons["sort"].toolTip() == "Sort (Ctrl+F8)"
    assert reader.window.tabs._buttons["cards"].toolTip() == "Cards"
    reader.window.own_keys.set_keys("view.filmstrip", ["Ctrl+F11"])
    assert reader.session.settings.appearance.parts["filmstrip"].text() == "Filmstrip (Ctrl+F11)"
    reader.presses("Ctrl+F8")
    until(lambda: reader.window.screen_name == "sort", "the sort screen is on")


def test_what_the_file_says_of_other_programs_stays_in_it(qapp):
    kept = []
    keys = OwnKeys(ALL_ACTIONS, '"no.such" = ["F3"]\n"view.lock" = ["F12"]\n', kept.append, qapp)
    keys.set_keys("finding.add", ["F2", "/", "F2"])
    assert kept == ['"finding.add" = ["F2", "/"]\n"no.such" = ["F3"]\n"view.lock" = ["F12"]\n']
    keys.reset_all()
    assert kept[-1] == '"no.such" = ["F3"]\n'


def test_sentences_of_the_reading_screen_name_the_keys_as_they_are_set(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    note, line = reader.reading.side.note, reader.reading.side.detail.look_alikes
    assert note.placeholderText() == "Note (S), Esc to return"
    reader.window.own_keys.set_keys("reading.note", ["Ctrl+F7"])
    reader.window.own_keys.set_keys("finding.look-alikes", [])
    reader.presses("1")
    assert note.placeholderText() == "Note (Ctrl+F7), Esc to return"
    assert line.text() == "No look-alike excluded yet"
