"""Who goes by which neutral label: derived once, in one place, for every screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reviewer.domain.photos.photo_columns import PhotoHashes
from reviewer.domain.worklist.neutral_labels import make_neutral_label
from reviewer.storage import reading_order
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photo_columns
from reviewer.storage.store import Connection


class NeutralLabels:
    """An accepted Individual keeps the label of the first Photo it was made of, whatever comes to it or
    leaves it: of those merged, that of the one that stays. A proposed one goes by its first Photo that gave
    no Individual its label, so that it keeps the label when it is accepted."""

    def __init__(self, hashes: PhotoHashes) -> None:
        self._hashes = hashes
        self._case = ""
        self._individuals: dict[str, tuple[int, str]] = {}
        self._taken: set[int] = set()
        self._through = 0

    @staticmethod
    def load(connection: Connection, hashes: PhotoHashes | None = None) -> NeutralLabels:
        """Load all labels of a Case as it stands; for a job. `hashes` are those of all Photos, if they are
        known; what is added to them later is known here too."""
        labels = NeutralLabels(photo_columns.load_hashes(connection) if hashes is None else hashes)
        labels._case = case_rows.load_fact(connection, "id")
        labels._note_made(connection, labels._hashes.as_dictionary().get)
        return labels

    def note_individuals(self, connection: Connection) -> None:
        """Take in the Individuals accepted since."""
        self._note_made(connection, self._hashes.find)

    def _note_made(self, connection: Connection, find: Callable[[str], int | None]) -> None:
        through = reading_order.load_last_position(connection)
        for id_, made_of in reading_order.iterate_individuals_made(connection, self._through):
            numbers = list(filter(None, map(find, made_of)))
            least = min(numbers, default=0)
            if least and least not in self._taken:  # as nearly always
                self._individuals[id_] = least, ""
                self._taken.add(least)
            else:
                self._individuals[id_] = self._choose_number(numbers, of=id_)
        self._through = through

    def label_of(self, shown: Sequence[str], individual: str = "") -> str:
        """The label of an Individual (an id), or of one that is only proposed, by its Photos (SHA-256)."""
        return self.label_of_numbers(filter(None, self._hashes.find_many(shown)), individual)

    def label_of_numbers(self, shown: Iterable[int], individual: str = "") -> str:
        """The same by the numbers of its Photos, as they were counted when they were ingested."""
        number, sign = self._individuals.get(individual) or self._choose_number(shown)
        return f"{make_neutral_label(self._case, number)}{sign}" if number else sign

    def _choose_number(self, shown: Iterable[int], of: str = "") -> tuple[int, str]:
        """By which number somebody goes, 0 for none, and what stands behind it; for an Individual that is
        made (its id) the number is taken from then on."""
        numbers = sorted(shown)
        if not numbers:
            return 0, f"P-{of[:6]}" if of else ""
        free = next((number for number in numbers if number not in self._taken), 0)
        if of and free:
            self._taken.add(free)
        if free:
            return free, ""
        return numbers[0], f"-{of[:6]}" if of else "b"
