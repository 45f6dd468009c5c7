"""Looking for near-duplicates from the window: in the background, said below the photograph."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.errors import KnownError
from reviewer.services.jobs import JobProgress, LatestJob
from reviewer.services.pictures.near_duplicates import DuplicateSearchResult, find_near_duplicates
from reviewer.services.reading.act_words import format_count
from reviewer.services.reading.reader import Reader


class DuplicateSearch:
    """One search at a time; `begin` again while it runs stops it."""

    def __init__(self, reader: Reader, say: Callable[[str], None]) -> None:
        self._reader, self._say = reader, say
        self._search = LatestJob(reader.desk.case.jobs)

    def begin(self) -> None:
        if self._search.is_busy:
            self._search.cancel()
            return
        case = self._reader.desk.case
        self._say("Looking for near-duplicates… The same key stops it.")
        self._search.start(
            "duplicates",
            lambda control: find_near_duplicates(case, control),
            self._reader.desk.post,
            on_progress=self._on_progress,
            on_done=self._on_found,
            on_failed=lambda error: self._say(str(error)),
            on_cancelled=lambda: self._say("The search was stopped; nothing was recorded."),
        )

    def _on_progress(self, progress: JobProgress) -> None:
        self._say(f"Looking for near-duplicates: {progress.done:,} of {progress.total:,} photographs.")

    def _on_found(self, found: DuplicateSearchResult) -> None:
        unseen = (
            f" {format_count(found.unseen, 'photo')} without a small picture left out."
            if found.unseen
            else ""
        )
        if not found.new:
            self._say(f"No new near-duplicates; {format_count(len(found.groups), 'group')} known.{unseen}")
            return
        try:
            self._reader.submit(found.make_draft())
        except KnownError as error:
            self._say(str(error))
            return
        together = sum(map(len, found.new))
        self._say(f"{format_count(len(found.new), 'group')} of near-duplicates, {together:,} photos.{unseen}")
