"""What dots cannot show is said beside them: Caps Lock, the script, the layout of the keyboard."""

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from reviewer.domain.typed_letters import find_foreign_script, is_all_capitals
from reviewer.qt.widgets import secret_field
from reviewer.qt.widgets.secret_field import SecretField
from reviewer.system import caps_lock

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def lamp(monkeypatch):
    """What the system says of Caps Lock; nothing unless a test sets it."""
    told = [None]
    monkeypatch.setattr(secret_field, "is_caps_lock_on", lambda: told[0])
    return told


@pytest.fixture
def field(qapp, lamp):
    made = SecretField("Passphrase")
    yield made
    made.deleteLater()


def typed(field, text, modifiers=NONE, key=Qt.Key.Key_unknown):
    QApplication.sendEvent(field.findChild(QLineEdit), QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


def focused(field):
    QApplication.sendEvent(field.findChild(QLineEdit), QFocusEvent(QEvent.Type.FocusIn))


def test_a_capital_without_shift_is_caps_lock_and_a_small_letter_ends_it(field):
    for text, modifiers, said in (
        ("1", NONE, ""),
        ("a", NONE, ""),
        ("A", SHIFT, ""),
        ("A", NONE, "Caps Lock is on."),
        ("1", NONE, "Caps Lock is on."),
        ("a", SHIFT, "Caps Lock is on."),
        ("", NONE, "Caps Lock is on."),
        ("b", NONE, ""),
        ("É", NONE, "Caps Lock is on."),
    ):
        typed(field, text, modifiers)
        assert field.hint == said
    line = field.findChild(QLineEdit)
    assert line.accessibleDescription() == "Caps Lock is on.", "a screen reader says it"
    typed(field, "", key=Qt.Key.Key_CapsLock)
    assert field.hint == "", "the key turns it over"


def test_where_the_system_tells_of_it_it_is_said_before_a_letter_is_typed(field, lamp):
    lamp[0] = True
    focused(field)
    assert field.hint == "Caps Lock is on."


@pytest.mark.parametrize(
    ("text", "script"),
    [("correct horse", ""), ("garçon ßtraße", ""), ("pass\u0643\u0644", "Arabic"), ("пароль", "Cyrillic")],
)
def test_letters_of_another_script_are_named(field, text, script):
    assert find_foreign_script(text) == script
    field.set_text(text)
    assert field.hint == (f"{script} letters are typed." if script else "")
    field.clear()
    assert field.hint == ""


def test_a_layout_that_changed_while_the_field_was_there_is_named(field, monkeypatch):
    class Method:
        def __init__(self, locale):
            self._locale = locale

        def locale(self):
            return QLocale(self._locale)

    focused(field)
    before = QLocale.languageToString(QGuiApplication.inputMethod().locale().language())
    monkeypatch.setattr(QGuiApplication, "inputMethod", lambda: Method("fr_FR"))
    typed(field, "a")
    assert field.hint == f"The keyboard layout is now French; it was {before}."


def test_the_lamp_of_a_keyboard_tells(tmp_path):
    assert caps_lock._is_any_lamp_on(tmp_path) is None
    for name, value in (("input3::capslock", "0\n"), ("input5::capslock", "0\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "brightness").write_text(value)
    assert caps_lock._is_any_lamp_on(tmp_path) is False
    (tmp_path / "input5::capslock" / "brightness").write_text("1\n")
    assert caps_lock._is_any_lamp_on(tmp_path) is True


def test_a_secret_all_in_capitals_is_odd_but_a_recovery_key_is_not():
    assert is_all_capitals("CORRECT HORSE battery".upper())
    assert not is_all_capitals("Correct Horse")
    assert not is_all_capitals("2ZZM-PJT2-0CSP-W6NP")
