"""Progress on standard error: one line that is written over on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from reviewer.services.jobs import Cancelled, JobControl, JobProgress

_SECONDS_BETWEEN_LINES = 10.0


class ProgressLine:
    """Call it with a JobProgress; `end` leaves the terminal on a fresh line."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._terminal = sys.stderr.isatty()
        self._last = time.monotonic()
        self._written = False

    def __call__(self, progress: JobProgress) -> None:
        if not self._terminal and time.monotonic() - self._last < _SECONDS_BETWEEN_LINES:
            return
        self._last = time.monotonic()
        words = f"{self._what}: {progress.done:,} of {progress.total:,}, {progress.rate:,.0f} per second"
        left = progress.seconds_left
        if left is not None:
            words += f", {left:,.0f} s left"
        end = "" if self._terminal else "\n"
        print(f"\r{words:<78}" if self._terminal else words, end=end, file=sys.stderr, flush=True)
        self._written = True

    def end(self) -> None:
        if self._written and self._terminal:
            print(file=sys.stderr)


@contextmanager
def run_with_progress(what: str) -> Iterator[JobControl]:
    """Run work with progress on standard error; Ctrl+C cancels it, and is raised once it has stopped."""
    line = ProgressLine(what)
    try:
        with cancel_on_interrupt(JobControl(line)) as control:
            yield control
    except Cancelled:
        raise KeyboardInterrupt from None
    finally:
        line.end()


@contextmanager
def cancel_on_interrupt(control: JobControl) -> Iterator[JobControl]:
    """Ctrl+C cancels the job cleanly; a second one ends the program at once."""
    before = signal.getsignal(signal.SIGINT)

    def stop(_number: int, _frame: object) -> None:
        control.cancel()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, stop)
    try:
        yield control
    finally:
        signal.signal(signal.SIGINT, before)
