"""The second place of the receipts is brought up beside whatever is shown: a drive may be slow, or gone."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.services.case.kept_receipts import copy_to_second_place
from reviewer.services.case.receipt_places import find_second_place
from reviewer.services.jobs import Jobs, LatestJob, Post


class ReceiptCopying:
    """Brings it up after each close. `say` is told what could not be done, "" where all was."""

    def __init__(self, jobs: Jobs, post: Post, say: Callable[[str], None]) -> None:
        self._job, self._post, self._say = LatestJob(jobs, finish_first=True), post, say
        self._afterwards: list[Callable[[], None]] = []

    @property
    def is_busy(self) -> bool:
        """Whether the second place is being written."""
        return self._job.is_busy

    def start(self) -> None:
        """A Case was closed, and its receipt is kept in the account."""
        if find_second_place() is not None:
            self._job.start(
                "second place", lambda _control: copy_to_second_place(), self._post, on_done=self._on_copied
            )

    def run_afterwards(self, then: Callable[[], None]) -> None:
        """Call `then` once the second place is written, or was waited for long enough; at once if nothing
        is being written."""
        if self.is_busy:
            self._afterwards.append(then)
        else:
            then()

    def _on_copied(self, trouble: str) -> None:
        self._say(trouble)
        afterwards, self._afterwards = self._afterwards, []
        for then in afterwards:
            then()
