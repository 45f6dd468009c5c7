"""After a change of theme and type each screen looks as in a window that was made so."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from reviewer.qt.look.theme import DARK, LIGHT
from reviewer.qt.main_window.screens import SCREENS
from tests.support.waiting import until

LEAST_COMPARED = 300
_ROLES = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.Highlight)


def looks_of(examiner):
    """How each widget is dressed that is on screen, screen by screen; those of one kind and text together."""
    found = {}
    for spec in SCREENS:
        if spec.make is None:
            continue
        examiner.window.show_screen(spec.name)
        until(lambda: not examiner.session.jobs.running(), "what the screen reads is there")
        for _time in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        for widget in examiner.window.findChildren(QWidget):
            has_words = isinstance(widget, (QLabel, QAbstractButton))
            words = widget.text() if has_words else ""
            if widget.isVisible() and (words or not has_words):
                key = (spec.name, type(widget).__name__, widget.objectName(), words, widget.isEnabled())
                found.setdefault(key, set()).add(look_of(widget))
    return found


def look_of(widget):
    colours = tuple(widget.palette().color(role).name() for role in _ROLES)
    return widget.font().pixelSize(), widget.font().weight(), colours


def test_a_screen_shown_after_a_change_is_dressed_as_in_a_new_window(desk, case_folder):
    first = desk().opens(case_folder).sees_photo(0)
    first.window.show_screen("individuals")  # some screens were on before the change, the others never
    first.window.show_screen("read")
    appearance = first.window.personal.appearance
    appearance.wear(LIGHT, 1.0)
    appearance.wear(DARK, 1.3)
    appearance.wear(LIGHT, 1.3)
    changed = looks_of(first)
    first.leaves()
    second = desk().opens(case_folder).sees_photo(0)
    assert second.window.personal.appearance.theme == appearance.theme
    made = looks_of(second)
    both = changed.keys() & made.keys()
    assert len(both) >= LEAST_COMPARED
    assert {key: (changed[key], made[key]) for key in both if changed[key] != made[key]} == {}
