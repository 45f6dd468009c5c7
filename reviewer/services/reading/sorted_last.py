"""What was sorted last in a Case, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.domain.acts.shared_acts import PHOTOS_CATEGORISED
from reviewer.domain.ledger.entry import ACT_TAKEN_BACK, Entry
from reviewer.services.case.open_case import OpenCase
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

    Empty until `load` or a change.
    """

    def __init__(self, case: OpenCase, examiner: str) -> None:
        self._case, self._examiner = case, examiner
        self._acts: list[SortingAct] = []

    def load(self) -> None:
        """Look for them among the newest entries of the ledger."""
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
        self._acts = found[::-1][-_KEPT:]

    def note_change(self, change: SharedChange) -> None:
        """Take in an act of sorting that was saved, undone or redone."""
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
