"""Who goes by which neutral label: derived once, in one place, for every screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reviewer.domain.worklist.neutral_labels import make_neutral_label
from reviewer.storage import reading_order
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photos
from reviewer.storage.store import Connection


class NeutralLabels:
    """An accepted Individual keeps the label of the first Photo it was made of, whatever comes to it or
    leaves it: of those merged, that of the one that stays. A proposed one goes by its first Photo that gave
    no Individual its label, so that it keeps the label when it is accepted."""

    def __init__(self) -> None:
        self._case = ""
        self._numbers: dict[str, int] = {}
        self._individuals: dict[str, str] = {}
        self._taken: set[int] = set()
        self._through = 0

    @staticmethod
    def load(connection: Connection, hashes: Mapping[int, str] | None = None) -> NeutralLabels:
        """Load all labels of a Case as it stands; for a job. `hashes` are those of all Photos by id, if they
        are known."""
        labels = NeutralLabels()
        labels._case = case_rows.load_fact(connection, "id")
        labels.note_photos(photos.load_photo_hashes(connection) if hashes is None else hashes)
        labels.note_individuals(connection)
        return labels

    def note_photos(self, hashes: Mapping[int, str]) -> None:
        """Take in what was ingested: id -> SHA-256. Photos are numbered by their ids, counted as they were
        ingested."""
        self._numbers.update(zip(hashes.values(), hashes, strict=True))

    def note_individuals(self, connection: Connection) -> None:
        """Take in the Individuals accepted since."""
        through = reading_order.load_last_position(connection)
        for id_, made_of in reading_order.iterate_individuals_made(connection, self._through):
            self._individuals[id_] = self._choose_label(made_of, of=id_)
        self._through = through

    def label_of(self, shown: Iterable[str], individual: str = "") -> str:
        """The label of an Individual (an id), or of one that is only proposed, by its Photos (SHA-256)."""
        return self._individuals.get(individual) or self._choose_label(shown)

    def _choose_label(self, shown: Iterable[str], of: str = "") -> str:
        numbers = sorted(filter(None, map(self._numbers.get, shown)))
        if not numbers:
            return f"P-{of[:6]}" if of else ""
        free = next((number for number in numbers if number not in self._taken), 0)
        if of and free:
            self._taken.add(free)
        if free:
            return make_neutral_label(self._case, free)
        return f"{make_neutral_label(self._case, numbers[0])}{f'-{of[:6]}' if of else 'b'}"
