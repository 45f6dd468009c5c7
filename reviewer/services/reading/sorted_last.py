"""What was sorted last in a Case, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.domain.acts.shared_acts import PHOTOS_CATEGORISED
from reviewer.domain.ledger.entry import ACT_TAKEN_BACK, Entry
from reviewer.services.case.open_case import OpenCase
from reviewer.services.events import Event
from reviewer.services.jobs import LatestJob, Post
from reviewer.services.reading.act_queue import SharedChange
from reviewer.storage import ledger

_KEPT, _LOOKED_THROUGH = 24, 5000


@dataclass(frozen=True)
class SortingAct:
    """An act of sorting that stands: the hash of its entry, its Photos (SHA-256), the category they got, ""
    if it was cleared, and who did it, "" for the examiner who asks."""

    hash: str
    photos: tuple[str, ...]
    category: str
    by: str


class SortedLast:
    """The acts of sorting that stand, the last ones of a Case; `examiner` (an id) is who asks.

    Empty until `load` or a change. `on_loaded` is told by `post` when they were read.
    """

    def __init__(self, case: OpenCase, examiner: str, post: Post) -> None:
        self._case, self._examiner, self._post = case, examiner, post
        self._acts: list[SortingAct] = []
        self._loading = LatestJob(case.jobs)
        self._changes: list[SharedChange] = []  # since the loading began
        self.on_loaded: Event[[]] = Event()

    def load(self) -> None:
        """Look for them among the newest entries of the ledger, in a job."""
        self._changes.clear()
        self._loading.start("sorted last", lambda _control: self._find(), self._post, on_done=self._take)

    def _take(self, found: list[SortingAct]) -> None:
        self._acts = found
        for change in self._changes:
            self._apply_change(change)
        self._changes.clear()
        self.on_loaded.emit()

    def _find(self) -> list[SortingAct]:
        with self._case.store.read() as connection:
            newest = ledger.load_newest_of_acts(
                connection, (PHOTOS_CATEGORISED, ACT_TAKEN_BACK), _KEPT, _LOOKED_THROUGH
            )
        taken_back: set[str] = set()
        found = []
        for entry in newest:
            if entry.hash in taken_back:
                continue
            if entry.act == ACT_TAKEN_BACK:
                taken_back.add(entry.takes_back)
            elif entry.act == PHOTOS_CATEGORISED:
                found.append(self._make(entry))
        return found[::-1][-_KEPT:]

    def note_change(self, change: SharedChange) -> None:
        """Take in an act of sorting that was saved, undone or redone."""
        if self._loading.is_busy:
            self._changes.append(change)
        self._apply_change(change)

    def _apply_change(self, change: SharedChange) -> None:
        self._acts = [act for act in self._acts if act.hash != change.entry.hash]
        if change.how != "undone":
            self._acts = [*self._acts, self._make(change.entry)][-_KEPT:]

    def list_newest(self, most: int) -> list[SortingAct]:
        """Return the last ones, the newest first."""
        return self._acts[: -most - 1 : -1]

    def _make(self, entry: Entry) -> SortingAct:
        by = ""
        if entry.author != self._examiner:
            by = next((known.name for known in self._case.examiners() if known.id == entry.author), "?")
        return SortingAct(entry.hash, tuple(entry.body["photos"]), entry.body["category"], by)
