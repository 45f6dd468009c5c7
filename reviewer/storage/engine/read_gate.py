"""A gate that all readers of a database pass, closed for the moment in which its file is exchanged."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class ReadGate:
    """Any number of threads may be inside. Who is inside may go in again, also while it is being closed:
    otherwise a reader would wait for itself."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._inside: Counter[int] = Counter()
        self._closed = False

    @contextmanager
    def pass_through(self) -> Iterator[None]:
        """Be inside; waits while it is closed."""
        thread = threading.get_ident()
        with self._condition:
            self._condition.wait_for(lambda: not self._closed or thread in self._inside)
            self._inside[thread] += 1
        try:
            yield
        finally:
            with self._condition:
                self._inside[thread] -= 1
                if not self._inside[thread]:
                    del self._inside[thread]
                self._condition.notify_all()

    def wait_until_empty(self, seconds: float) -> bool:
        """Wait until nobody is inside, without keeping anybody out; False after so many seconds."""
        with self._condition:
            return self._condition.wait_for(lambda: not self._inside, seconds)

    def try_to_close(self, seconds: float) -> bool:
        """Let nobody in, and wait until all are out; False, and open again, after so many seconds."""
        with self._condition:
            self._closed = True
            if self._condition.wait_for(lambda: not self._inside, seconds):
                return True
            self.open()
            return False

    def open(self) -> None:
        """Let everybody in again."""
        with self._condition:
            self._closed = False
            self._condition.notify_all()
