"""Hears from the operating system that the machine is about to sleep, where it says so without being asked.

Windows tells every window (WM_POWERBROADCAST) and gives it about two seconds. Elsewhere a program has to ask
a service of the system for it, which this one does not do: there it locks on waking (qt/entry/idle.py).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

MESSAGE = b"windows_generic_MSG"
POWER_BROADCAST, ABOUT_TO_SLEEP = 0x0218, 0x0004


class SleepFilter(QAbstractNativeEventFilter):
    """Calls `before_sleep` in the last moment in which keys can be forgotten."""

    def __init__(self, before_sleep: Callable[[], None]) -> None:
        super().__init__()
        self._before_sleep = before_sleep

    def install(self) -> None:
        """Nothing outside Windows: each message of a window system would cost time and none would tell."""
        application = QCoreApplication.instance()
        if sys.platform == "win32" and application is not None:
            application.installNativeEventFilter(self)

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        if bytes(kind) == MESSAGE:  # type: ignore[arg-type]
            told = wintypes.MSG.from_address(int(message))
            if (told.message, told.wParam) == (POWER_BROADCAST, ABOUT_TO_SLEEP):
                self._before_sleep()
        return False, 0
