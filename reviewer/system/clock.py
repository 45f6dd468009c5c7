"""The wall clock, in one form; tests put another in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as entries keep it: ISO 8601, milliseconds, offset of UTC."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
