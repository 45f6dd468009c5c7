"""Waiting for work that has to end before the window goes on, without leaving it unpainted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

from reviewer.services.jobs import Jobs, post_at_once

WorkResult = TypeVar("WorkResult")
_PULSE_MS, _SLOW_MS = 5, 300
_Flag = QEventLoop.ProcessEventsFlag


class PaintedWait:
    """Does one piece of work after the other beside the window, and waits for each.

    Meanwhile the window is painted and its timers run; keys and clicks come afterwards. `on_slow` is called
    once, when all of it together takes longer than a person takes for at once: then it is time to say why.
    `was_slow`: that was so.
    """

    def __init__(self, on_slow: Callable[[], object]) -> None:
        self._on_slow: Callable[[], object] | None = on_slow
        self.was_slow = False
        self._clock = QElapsedTimer()
        self._clock.start()

    def run(self, work: Callable[[], WorkResult]) -> WorkResult:
        """Return what the work returns, or raise what it raises."""
        results: list[WorkResult] = []
        errors: list[BaseException] = []

        def do() -> None:
            try:
                results.append(work())
            except BaseException as error:  # raised where it is waited for
                errors.append(error)

        job = Jobs().start("waited for", lambda _control: do(), post_at_once)
        pulse, loop = QTimer(), QEventLoop()
        pulse.start(_PULSE_MS)
        while job.is_running:
            loop.processEvents(_Flag.ExcludeUserInputEvents | _Flag.WaitForMoreEvents)
            self._look()
        pulse.stop()
        job.wait()
        if errors:
            raise errors[0]
        return results[0]

    def _look(self) -> None:
        if self._on_slow is not None and self._clock.elapsed() > _SLOW_MS:
            on_slow, self._on_slow = self._on_slow, None
            self.was_slow = True
            on_slow()
