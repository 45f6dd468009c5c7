"""What happens to widgets, counted."""

from collections import Counter
from contextlib import contextmanager

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getCppPointer


class Watched(QObject):
    """Counts events of widgets: by type, by type and class, and by type and place in memory.

    Nothing is held of a widget, which may be half made when it is met.
    """

    def __init__(self):
        super().__init__()
        self.by_class = Counter()
        self.by_type = Counter()
        self.by_widget = Counter()

    def eventFilter(self, watched, event):
        if isinstance(watched, QWidget):
            self.by_type[event.type()] += 1
            self.by_class[event.type(), type(watched).__name__] += 1
            self.by_widget[event.type(), getCppPointer(watched)[0]] += 1
        return False

    def count(self, type_, widget):
        """How many events of a type a widget got."""
        return self.by_widget[type_, getCppPointer(widget)[0]]


@contextmanager
def watched_events():
    watch, application = Watched(), QApplication.instance()
    application.installEventFilter(watch)
    try:
        yield watch
    finally:
        application.removeEventFilter(watch)


def settles():
    """Let everything happen that was asked for."""
    for _time in range(5):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def count_by_turn(watch, type_, turns=60):
    """How many events of a type come in each turn of the event loop: keys are looked at between two."""
    counts = []
    for _turn in range(turns):
        before = watch.by_type[type_]
        QApplication.processEvents()
        counts.append(watch.by_type[type_] - before)
    return counts
