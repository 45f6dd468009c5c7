"""Who goes by which neutral label: derived once, in one place, for every screen."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.domain.worklist.neutral_labels import make_neutral_label
from reviewer.storage import reading_order
from reviewer.storage.evidence import case_rows
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
    def load(connection: Connection) -> NeutralLabels:
        """Load all labels of a Case as it stands; for a job."""
        labels = NeutralLabels()
        labels._case = case_rows.load_fact(connection, "id")
        labels.note_photos(connection)
        labels.note_individuals(connection)
        return labels

    def note_photos(self, connection: Connection) -> None:
        """Take in what was ingested since."""
        self._numbers.update(
            reading_order.load_ingest_numbers(connection, max(self._numbers.values(), default=0))
        )

    def note_individuals(self, connection: Connection) -> None:
        """Take in the Individuals accepted since."""
        through = reading_order.load_last_position(connection)
        for id_, photos in reading_order.iterate_individuals_made(connection, self._through):
            self._individuals[id_] = self._choose_label(photos, of=id_)
        self._through = through

    def label_of(self, photos: Iterable[str], individual: str = "") -> str:
        """The label of an Individual (an id), or of one that is only proposed, by its Photos (SHA-256)."""
        return self._individuals.get(individual) or self._choose_label(photos)

    def _choose_label(self, photos: Iterable[str], of: str = "") -> str:
        numbers = sorted(self._numbers[photo] for photo in photos if photo in self._numbers)
        if not numbers:
            return f"P-{of[:6]}" if of else ""
        free = next((number for number in numbers if number not in self._taken), 0)
        if of and free:
            self._taken.add(free)
        if free:
            return make_neutral_label(self._case, free)
        return f"{make_neutral_label(self._case, numbers[0])}{f'-{of[:6]}' if of else 'b'}"
