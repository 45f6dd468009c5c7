"""Windows of tests: gone when the test is over."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication


def let_closed_windows_go():
    """End what was closed and waits for an event loop, which never comes in a test.

    Left alive, each would be dressed anew with every later theme and would look at every later event.
    """
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
