"""The wall clock, in one form, and how long the machine has slept; tests put others in their place."""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def current_time() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def format_timestamp(moment: datetime) -> str:
    """A moment as entries keep it: ISO 8601, milliseconds, offset of UTC."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def read_seconds_asleep() -> float:
    """Return the seconds the machine has slept since some moment in the past; 0 where no clock counts them.

    One clock that goes on in sleep less one that stands still. Both are read again if something came between.
    """
    while True:
        before = time.monotonic()
        asleep = _read_running_clock() - _read_awake_clock()
        if time.monotonic() - before < _AT_ONCE:
            return asleep


_AT_ONCE = 0.05

if sys.platform == "win32":

    def _read_running_clock() -> float:
        ctypes.windll.kernel32.GetTickCount64.restype = ctypes.c_ulonglong
        return float(ctypes.windll.kernel32.GetTickCount64()) / 1000

    def _read_awake_clock() -> float:
        units = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(units))
        return units.value / 10_000_000

elif sys.platform == "darwin":

    def _read_running_clock() -> float:
        return time.clock_gettime(time.CLOCK_MONOTONIC)

    def _read_awake_clock() -> float:
        return time.clock_gettime(time.CLOCK_UPTIME_RAW)

else:

    def _read_running_clock() -> float:
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))

    def _read_awake_clock() -> float:
        return time.clock_gettime(time.CLOCK_MONOTONIC)
