"""How fast a piece of work goes, from what was done at which moment; a pause does not count as slow."""

from __future__ import annotations

from collections import deque

MINUTE = 60.0
_SHORTEST = 2.0
"""Seconds of work before a rate is worth saying."""
_MOST_POINTS = 240


class RateOfWork:
    """`note` is called some times a second while work is done; a moment is seconds of a steady clock."""

    def __init__(self) -> None:
        self._worked = 0.0
        self._before: float | None = None
        self._recent: deque[tuple[float, int]] = deque()
        self._points: list[tuple[float, int]] = []
        self._step = 1.0

    @property
    def worked(self) -> float:
        """Seconds of work so far."""
        return self._worked

    def note(self, moment: float, done: int) -> None:
        """So many are done at this moment."""
        if self._before is not None:
            self._worked += max(0.0, moment - self._before)
        self._before = moment
        self._recent.append((self._worked, done))
        while self._worked - self._recent[0][0] > MINUTE:
            self._recent.popleft()
        if not self._points or self._worked - self._points[-1][0] >= self._step:
            self._points.append((self._worked, done))
        if len(self._points) > _MOST_POINTS:
            self._points, self._step = self._points[::2], 2 * self._step

    def pause(self) -> None:
        """Nothing is done until the next `note`."""
        self._before = None

    @property
    def of_last_minute(self) -> float | None:
        """How many a second over the last minute of work; None while that is too short to say."""
        if not self._recent:
            return None
        (since, before), (now, done) = self._recent[0], self._recent[-1]
        return (done - before) / (now - since) if now - since >= _SHORTEST else None

    def list_rates(self) -> list[float]:
        """How many a second, from the beginning to now, in equal steps of time."""
        pairs = zip(self._points, self._points[1:], strict=False)
        return [(done - before) / (now - then) for (then, before), (now, done) in pairs]
