"""PySide6 6.12.0 drops a reference to True with every signal on Python 3.11; the pin must keep us from it."""

import sys

from PySide6.QtCore import QObject, Signal


class _Bell(QObject):
    rung = Signal()


def test_a_signal_costs_no_reference_to_true():
    bell = _Bell()
    before = sys.getrefcount(True)
    for _ in range(400):
        bell.rung.emit()
    assert before - sys.getrefcount(True) < 50
