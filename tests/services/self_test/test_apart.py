"""The self-test in a process of its own: lines as they come, a verdict, and an end when nobody waits."""

import sys
import threading

import pytest

from reviewer.domain.errors import KnownError
from reviewer.services.self_test.apart import SelfTestProcess
from tests.support.patience import PATIENCE


def ran(code):
    lines = []
    return SelfTestProcess([sys.executable, "-c", code]).run(lines.append), lines


def test_lines_come_as_they_are_printed_and_the_status_is_the_verdict():
    assert ran("print('ok    engine'); print('سلام')") == (True, ["ok    engine", "سلام"])
    assert ran("print('FAIL'); raise SystemExit(1)") == (False, ["FAIL"])


def test_an_end_without_a_verdict_is_said():
    with pytest.raises(KnownError, match="without a verdict"):
        ran("raise SystemExit(70)")


def test_what_cannot_be_started_is_said(tmp_path):
    with pytest.raises(KnownError, match="cannot be started"):
        SelfTestProcess([str(tmp_path / "nothing")]).run(print)


def test_it_ends_when_it_is_stopped():
    begun = threading.Event()
    waits = "print('begun', flush=True); import time; time.sleep(60)"
    process = SelfTestProcess([sys.executable, "-c", waits])
    stopper = threading.Thread(target=lambda: (begun.wait(PATIENCE), process.stop()))
    stopper.start()
    with pytest.raises(KnownError, match="without a verdict"):
        process.run(lambda _line: begun.set())
    stopper.join()


def test_it_does_not_run_when_it_was_stopped_before():
    process = SelfTestProcess([sys.executable, "-c", "import time; time.sleep(60)"])
    process.stop()
    with pytest.raises(KnownError, match="without a verdict"):
        process.run(print)
