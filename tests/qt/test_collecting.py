"""Garbage of the window is collected by the thread of the window."""

import gc
import threading
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from reviewer.qt.collecting import (
    AWAY_SECONDS,
    MOST_AT_ONCE,
    QUIET_SECONDS,
    SECONDS_BETWEEN,
    GuiCollector,
)
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
    GONE_IN.clear()
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


def test_what_grew_old_before_it_was_given_up_goes_when_nobody_is_at_work(qapp, qtbot):
    clock = [0.0]
    collector = GuiCollector(lambda: clock[0])
    widget = QWidget()
    qtbot.addWidget(widget)

    def gone_after(seconds):
        clock[0] += seconds
        collector.collect()
        return old() is None

    try:
        knot = Knot()
        for _time in range(3):
            gc.collect(1)  # now it is old
        old = weakref.ref(knot)
        del knot
        assert not gone_after(QUIET_SECONDS), "too soon after the beginning"
        clock[0] += SECONDS_BETWEEN
        QTest.keyClick(widget, Qt.Key.Key_Right)
        assert not gone_after(0), "somebody is at work"
        assert gone_after(QUIET_SECONDS)
    finally:
        collector.stop()


def test_what_is_loaded_by_the_thousand_is_set_aside_until_nobody_is_there(qapp):
    clock = [0.0]
    collector = GuiCollector(lambda: clock[0])
    looked_at = []

    def note_looked_at(phase, _told):
        if phase == "start":
            looked_at.append(len(gc.get_objects()))

    try:
        collector.collect()
        knot, loaded = Knot(), [[] for _each in range(2 * MOST_AT_ONCE)]  # more than dies meanwhile
        old, at_first = weakref.ref(knot), gc.get_freeze_count()
        gc.callbacks.append(note_looked_at)
        collector.collect()
        assert looked_at == [], "nothing is looked at"
        assert gc.get_freeze_count() > at_first + MOST_AT_ONCE
        clock[0] += SECONDS_BETWEEN + QUIET_SECONDS
        del knot
        collector.collect()
        assert looked_at[-1] < MOST_AT_ONCE, "nor when nobody has touched a key for a moment"
        assert old() is not None
        clock[0] += AWAY_SECONDS
        collector.collect()
        assert old() is None
        times = len(looked_at)
        clock[0] += AWAY_SECONDS
        collector.collect()
        assert all(number < MOST_AT_ONCE for number in looked_at[times:]), "once is enough"
        assert len(loaded) > MOST_AT_ONCE
    finally:
        gc.callbacks.remove(note_looked_at)
        collector.stop()
    assert gc.get_freeze_count() == 0


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_window_that_a_test_closed_is_gone_before_the_next(qtbot, turn):
    assert not any(shiboken6.isValid(window) for window in CLOSED)
    CLOSED.append(QWidget())
    qtbot.addWidget(CLOSED[-1])
