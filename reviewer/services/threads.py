"""Threads in the background that take work as long as their owner is open."""

from __future__ import annotations

import threading
from collections.abc import Callable


class BackgroundThreads:
    """Threads that share one condition. They wait for work on it, and return once `_closing` is set."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._closing = False
        self._threads: list[threading.Thread] = []

    def _start_thread(self, name: str, run: Callable[[], None]) -> None:
        thread = threading.Thread(target=run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def close(self) -> None:
        """Tell the threads to end, and wait until they have."""
        with self._condition:
            self._closing = True
            self._condition.notify_all()
        for thread in self._threads:
            thread.join()
