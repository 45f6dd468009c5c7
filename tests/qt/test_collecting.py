"""Garbage of the window is collected by the thread of the window."""

import gc
import threading
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reviewer.qt.collecting import GuiCollector
from tests.support.waiting import until

GONE_IN = []
CLOSED = []


class Knot(QObject):
    """Refers to itself, so that only the cyclic collector can let it go."""

    def __init__(self):
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: GONE_IN.append(threading.get_ident()))


def test_no_other_thread_collects_and_this_one_does(qapp):
    gc.collect()
    collector = GuiCollector()
    try:
        Knot()
        busy = threading.Thread(target=lambda: [[] for _each in range(200_000)])
        busy.start()
        busy.join()
        assert GONE_IN == []
        until(lambda: GONE_IN, "the collection")
        assert [threading.get_ident()] == GONE_IN
    finally:
        collector.stop()
    assert gc.isenabled()


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_window_that_a_test_closed_is_gone_before_the_next(qtbot, turn):
    assert not any(shiboken6.isValid(window) for window in CLOSED)
    CLOSED.append(QWidget())
    qtbot.addWidget(CLOSED[-1])
