"""Waiting for what is to become true, by turning the event loop; never by sleeping."""

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer


def until(condition, what="the condition", timeout=15_000):
    """Turn the event loop until `condition()` holds; fail with `what` after `timeout` ms."""
    clock, pulse = QElapsedTimer(), QTimer()
    clock.start()
    pulse.start(5)
    loop = QEventLoop()
    while not condition():
        if clock.elapsed() > timeout:
            raise AssertionError(f"did not happen in time: {what}")
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
