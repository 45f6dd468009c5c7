"""Waiting for work beside the window: timers run, errors are raised where it is waited."""

import threading

import pytest
from PySide6.QtCore import QTimer

from reviewer.domain.errors import KnownError
from reviewer.qt.painted_wait import PaintedWait


def test_work_is_done_in_another_thread_and_its_result_returned(qapp):
    here = threading.get_ident()
    assert PaintedWait(lambda: None).run(threading.get_ident) != here


def test_timers_run_while_it_is_waited_for(qapp):
    beaten = threading.Event()
    QTimer.singleShot(0, beaten.set)
    assert PaintedWait(lambda: None).run(lambda: beaten.wait(30))


def test_it_is_said_once_that_it_takes_a_while(qapp):
    said, heard = [], threading.Event()

    def say():
        said.append("still closing")
        heard.set()

    wait = PaintedWait(say)
    assert wait.run(lambda: heard.wait(30))
    wait.run(lambda: None)
    assert said == ["still closing"]


def test_an_error_is_raised_where_it_is_waited_for(qapp):
    def fail():
        raise KnownError("The disk is gone.")

    with pytest.raises(KnownError, match="The disk is gone"):
        PaintedWait(lambda: None).run(fail)
