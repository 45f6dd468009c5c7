"""Counting in the background: one count at a time, given up for a wish that comes meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reviewer.domain.errors import KnownError
from reviewer.domain.figures.figures import Statistics
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.counting.run import count_case
from reviewer.services.jobs import JobControl, JobProgress, LatestJob, Post
from reviewer.services.reading.own_list import require_finished_list


@dataclass(frozen=True)
class CountRequest:
    """What to count: what a query finds, as the Case stands or as of an entry (None: now)."""

    query: str = ""
    entries: int | None = None


class CountRunner:
    """Hands over each count with its request; `on_over` when no count is running."""

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
        self._count = LatestJob(case.jobs)

    @property
    def is_running(self) -> bool:
        return self._count.is_busy

    def start(self, wish: CountRequest) -> None:
        """Count; give up the count that is running."""

        def work(control: JobControl) -> Statistics:
            require_finished_list(self._case, self._examiner)
            with open_snapshot(self._case, control, wish.entries) as moment:
                return count_case(moment, wish.query, [self._examiner], control)

        def done(counted: Statistics) -> None:
            self._on_counted(wish, counted)
            self._on_over()

        def failed(error: KnownError) -> None:
            self._on_failed(error)
            self._on_over()

        self._count.start(
            "count",
            work,
            self._post,
            on_progress=self._on_progress,
            on_done=done,
            on_failed=failed,
            on_cancelled=self._on_over,
        )

    def cancel(self) -> None:
        """Give up counting; what was counted before stays."""
        self._count.cancel()
