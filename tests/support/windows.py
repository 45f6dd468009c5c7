"""Windows of tests: gone when the test is over."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from reviewer.qt.look.theme import apply_theme, get_worn_sheet, get_worn_theme


def let_closed_windows_go():
    """End what was closed and waits for an event loop, which never comes in a test.

    Left alive, each would be dressed anew with every later theme and would look at every later event.
    """
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def wear_in_test(application, theme):
    """Dress widgets that stand in no window of the program; `undress` takes the sheet off after each test."""
    if application.styleSheet() and get_worn_theme() == theme:
        return
    for widget in application.allWidgets():
        widget.ensurePolished()
    application.setStyleSheet("")
    apply_theme(application, theme)
    application.setStyleSheet(get_worn_sheet())


def undress():
    application = QApplication.instance()
    if application.styleSheet():
        application.setStyleSheet("")
