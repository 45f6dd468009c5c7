"""Waiting for what is to become true, by turning the event loop; never by sleeping."""

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

from tests.support.patience import PATIENCE


def until(condition, what="the condition"):
    """Turn the event loop until `condition()` holds; fail with `what` where it never does."""
    clock, pulse = QElapsedTimer(), QTimer()
    clock.start()
    pulse.start(5)
    loop = QEventLoop()
    while not condition():
        if clock.elapsed() > 1000 * PATIENCE:
            raise AssertionError(f"did not happen in time: {what}")
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
