"""Counting in the background: one count at a time, and a wish that came meanwhile afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reviewer.domain.errors import KnownError
from reviewer.domain.figures.figures import Counted
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.snapshot import moment_of
from reviewer.services.counting.run import count
from reviewer.services.jobs import Job, JobControl, JobProgress, Post
from reviewer.services.reading.own_list import must_see_statistics


@dataclass(frozen=True)
class Wish:
    """What is to be counted: what a query finds, as the Case stands or as of an entry (None: now)."""

    query: str = ""
    entries: int | None = None


class Counting:
    """Tells a count that is done with its wish; `on_over` when nothing is counted any more."""

    def __init__(
        self,
        case: OpenCase,
        examiner: str,
        post: Post,
        on_counted: Callable[[Wish, Counted], None],
        on_progress: Callable[[JobProgress], None],
        on_failed: Callable[[KnownError], None],
        on_over: Callable[[], None],
    ) -> None:
        self._case, self._examiner, self._post = case, examiner, post
        self._on_counted, self._on_progress = on_counted, on_progress
        self._on_failed, self._on_over = on_failed, on_over
        self._job: Job[Counted] | None = None
        self._next: Wish | None = None
        self._stopped = False

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def start(self, wish: Wish) -> None:
        """Count; while that goes on already, it is given up for this."""
        if self._stopped:
            return
        if self._job is not None:
            self._next = wish
            self._job.control.cancel()
            return

        def work(control: JobControl) -> Counted:
            must_see_statistics(self._case, self._examiner)
            with moment_of(self._case, control, wish.entries) as moment:
                return count(moment, wish.query, [self._examiner], control)

        self._job = Job(
            "count",
            work,
            self._post,
            on_progress=self._on_progress,
            on_done=lambda counted: self._done(wish, counted),
            on_failed=self._failed,
            on_cancelled=self._over,
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

    def _done(self, wish: Wish, counted: Counted) -> None:
        if self._next is None:
            self._on_counted(wish, counted)
        self._over()

    def _failed(self, error: KnownError) -> None:
        if self._next is None:
            self._on_failed(error)
        self._over()

    def _over(self) -> None:
        self._job = None
        following, self._next = self._next, None
        if following is not None:
            self.start(following)
        else:
            self._on_over()
