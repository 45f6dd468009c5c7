"""Looking for near-duplicates from the window: in the background, said below the photograph."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.errors import KnownError
from reviewer.services.jobs import Job, JobProgress
from reviewer.services.pictures.near_duplicates import Found, find
from reviewer.services.reading.act_words import counted
from reviewer.services.reading.reader import Reader


class DuplicateSearch:
    """One search at a time; `begin` again while it runs stops it. `stop` before the Case is closed."""

    def __init__(self, reader: Reader, say: Callable[[str], None]) -> None:
        self._reader, self._say = reader, say
        self._job: Job[Found] | None = None

    def begin(self) -> None:
        if self._job is not None and self._job.is_running:
            self._job.control.cancel()
            return
        case = self._reader.desk.case
        self._job = Job(
            "duplicates",
            lambda control: find(case, control),
            self._reader.desk.post,
            on_progress=self._tell,
            on_done=self._found,
            on_failed=lambda error: self._say_here(str(error)),
            on_cancelled=lambda: self._say_here("The search was stopped; nothing was recorded."),
        )
        self._say("Looking for near-duplicates… The same key stops it.")
        self._job.start()

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel_and_wait()
            self._job = None

    def _tell(self, progress: JobProgress) -> None:
        self._say_here(f"Looking for near-duplicates: {progress.done:,} of {progress.total:,} photographs.")

    def _say_here(self, sentence: str) -> None:
        """What comes after `stop` has nobody to be told to."""
        if self._job is not None:
            self._say(sentence)

    def _found(self, found: Found) -> None:
        if self._job is None:
            return
        unseen = (
            f" {counted(found.unseen, 'photo')} without a small picture left out." if found.unseen else ""
        )
        if not found.new:
            self._say(f"No new near-duplicates; {counted(len(found.groups), 'group')} known.{unseen}")
            return
        try:
            self._reader.share(found.draft())
        except KnownError as error:
            self._say(str(error))
            return
        together = sum(map(len, found.new))
        self._say(f"{counted(len(found.new), 'group')} of near-duplicates, {together:,} photos.{unseen}")
