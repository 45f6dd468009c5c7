"""Asking a process of its own and being able to stop while it works."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import Any

from reviewer.media.workers.worker_process import WorkerProcess

_CHECK_SECONDS = 0.1


def ask_interruptibly(
    worker: WorkerProcess, request: dict[str, Any], seconds: float, most: int, check: Callable[[], None]
) -> tuple[dict[str, Any], bytes]:
    """Ask and wait; if `check` raises, the process is ended and that is what is raised."""
    with ThreadPoolExecutor(1, thread_name_prefix="watched") as thread:
        future: Future[tuple[dict[str, Any], bytes]] = thread.submit(worker.ask, request, seconds, most)
        while True:
            try:
                return future.result(_CHECK_SECONDS)
            except NotYet:
                if future.done():
                    raise
            try:
                check()
            except BaseException:
                worker.end()
                raise
