"""Counting in the background: one count at a time, and a wish that came meanwhile afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reviewer.domain.errors import KnownError
from reviewer.domain.figures.figures import Statistics
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.counting.run import count_case
from reviewer.services.jobs import Job, JobControl, JobProgress, Post
from reviewer.services.reading.own_list import require_finished_list


@dataclass(frozen=True)
class CountRequest:
    """What is to be counted: what a query finds, as the Case stands or as of an entry (None: now)."""

    query: str = ""
    entries: int | None = None


class CountRunner:
    """Tells a count that is done with its wish; `on_over` when nothing is counted any more."""

    def __init__(
        self,
        case: OpenCase,
        examiner: str,
        post: Post,
        on_counted: Callable[[CountRequest, Statistics], None],
        on_progress: Callable[[JobProgress], None],
        on_failed: Callable[[KnownError], None],
        on_over: Callable[[], None],
    ) -> None:
        self._case, self._examiner, self._post = case, examiner, post
        self._on_counted, self._on_progress = on_counted, on_progress
        self._on_failed, self._on_over = on_failed, on_over
        self._job: Job[Statistics] | None = None
        self._next: CountRequest | None = None
        self._stopped = False

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def start(self, wish: CountRequest) -> None:
        """Count; while that goes on already, it is given up for this."""
        if self._stopped:
            return
        if self._job is not None:
            self._next = wish
            self._job.control.cancel()
            return

        def work(control: JobControl) -> Statistics:
            require_finished_list(self._case, self._examiner)
            with open_snapshot(self._case, control, wish.entries) as moment:
                return count_case(moment, wish.query, [self._examiner], control)

        self._job = Job(
            "count",
            work,
            self._post,
            on_progress=self._on_progress,
            on_done=lambda counted: self._handle_done(wish, counted),
            on_failed=self._handle_failure,
            on_cancelled=self._finish,
        )
        self._job.start()

    def cancel(self) -> None:
        """Give up counting; what was counted before stays."""
        self._next = None
        if self._job is not None:
            self._job.control.cancel()

    def stop_and_wait(self) -> None:
        self._stopped = True
        if self._job is not None:
            self._job.cancel_and_wait()

    def _handle_done(self, wish: CountRequest, counted: Statistics) -> None:
        if self._next is None:
            self._on_counted(wish, counted)
        self._finish()

    def _handle_failure(self, error: KnownError) -> None:
        if self._next is None:
            self._on_failed(error)
        self._finish()

    def _finish(self) -> None:
        self._job = None
        following, self._next = self._next, None
        if following is not None:
            self.start(following)
        else:
            self._on_over()
