"""A click gives the keyboard to what the screen is about: the photograph, the grid, the list.

Strips, lists, buttons and panels take no keyboard, so that keys go on working the photograph. Qt then leaves
it where it was, and that may be a note: the next keys would be written into it and done by nobody.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from reviewer.qt.event_listening import listen_to_events, stop_listening
from reviewer.qt.widgets.screen import Screens


class FocusKeeper(QObject):
    """Watches the clicks on the screens of one Case, before they act: a note is kept where it was typed."""

    def __init__(self, screens: Screens, parent: QObject) -> None:
        super().__init__(parent)
        self._screens = screens
        listen_to_events(self)

    def stop(self) -> None:
        stop_listening(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress
        if is_press and isinstance(watched, QWidget):
            self._on_click(watched)
        return False

    def _on_click(self, what: QWidget) -> None:
        screens = self._screens.list_made()
        screen = next((screen for screen in screens if screen.isAncestorOf(what)), None)
        home, now = screen.focus() if screen is not None else None, QApplication.focusWidget()
        if home is None:
            return  # a form: the keyboard stays in its field
        if now is home or (now is not None and _lies_over(now)) or _takes_clicks(what):
            return
        if home.isVisible():
            home.setFocus(Qt.FocusReason.MouseFocusReason)


def _takes_clicks(what: QWidget | None) -> bool:
    """Whether Qt gives the keyboard to what was clicked, or to something it lies in."""
    while what is not None:
        if what.focusPolicy() & Qt.FocusPolicy.ClickFocus and what.isEnabled():
            return True
        what = what.parentWidget()
    return False


def _lies_over(what: QWidget | None) -> bool:
    """Return whether the widget is part of a layer, which keeps the keyboard until it closes."""
    while what is not None:
        if what.objectName() == "overlay":
            return True
        what = what.parentWidget()
    return False
