"""Who gets which decoding process: the screen before ingest, and never behind a file that takes long.

One process is kept for the screen. Where even that is busy, whoever waits for a picture ends the file that
ingest has had under way for longest; that file is examined again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from reviewer.media.workers.worker_process import WorkerProcess

SCREEN_PATIENCE_SECONDS = 0.3
"""Seconds; what begins then is on screen within half a second of being asked for."""


class WorkerScheduler:
    """Hands out workers to any number of threads."""

    def __init__(self, workers: Sequence[WorkerProcess], for_screen: WorkerProcess) -> None:
        self._for_screen = for_screen
        self._count = len(workers) + 1
        self._free = list(workers)
        self._kept = [for_screen]
        self._since: dict[WorkerProcess, float] = {}
        """Since when a file is examined that may be interrupted."""
        self._changed = threading.Condition()
        self._waiting_for_screen = 0
        self._closed = False
        self._is_looked_at = False

    def stand_by(self) -> None:
        """Keep the process for the screen ready while ingest is at work."""
        self._is_looked_at = True

    @contextmanager
    def lease_for_ingest(self, *, interruptible: bool) -> Iterator[WorkerProcess]:
        """Lend a worker to ingest once no call for the screen waits."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or (self._free and not self._waiting_for_screen))
            worker = self._take_worker()
            if interruptible:
                self._since[worker] = time.monotonic()
            if self._is_looked_at and self._kept:
                self._for_screen.begin()
        yield from self._lend_worker(worker)

    @contextmanager
    def lease_for_screen(self) -> Iterator[WorkerProcess]:
        """A worker for the screen."""
        with self._changed:
            self._waiting_for_screen += 1
            if not self._changed.wait_for(self._has_worker_for_screen, SCREEN_PATIENCE_SECONDS):
                self._interrupt_longest()
                self._changed.wait_for(self._has_worker_for_screen)
            self._waiting_for_screen -= 1
            worker = self._take_worker()
        yield from self._lend_worker(worker)

    def close(self) -> None:
        """Lend no further worker and wait until all are back."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: len(self._free) + len(self._kept) == self._count)

    def _has_worker_for_screen(self) -> bool:
        return bool(self._closed or self._free or self._kept)

    def _take_worker(self) -> WorkerProcess:
        if self._closed:
            raise RuntimeError("the pool is closed")
        return (self._free or self._kept).pop()

    def _interrupt_longest(self) -> None:
        if self._since:
            worker = min(self._since, key=lambda worker: self._since[worker])
            del self._since[worker]
            worker.interrupt()

    def _lend_worker(self, worker: WorkerProcess) -> Iterator[WorkerProcess]:
        try:
            yield worker
        finally:
            with self._changed:
                self._since.pop(worker, None)  # from here on nobody interrupts it
            if worker.is_interrupted:
                worker.end()
                worker.begin()
            with self._changed:
                (self._kept if worker is self._for_screen else self._free).append(worker)
                self._changed.notify_all()
