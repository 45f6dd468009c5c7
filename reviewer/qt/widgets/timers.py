"""Timers that fire once after they were started."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def make_single_shot_timer(parent: QObject, after_ms: int, work: Callable[[], object]) -> QTimer:
    """Return a timer that calls `work` once, `after_ms` milliseconds after its last start."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(work)
    return timer
