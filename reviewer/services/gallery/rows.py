"""What the gallery shows: a list of Photos with a row for each, arranged; and sorting a selection of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from reviewer.domain.commands.category_commands import categorise
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.category import Category
from reviewer.domain.search.arranging import GalleryRow, Grouping, Section, arranged
from reviewer.domain.worklist.worklist import Item
from reviewer.services.case.open_case import OpenCase
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage import gallery


@dataclass(frozen=True)
class Shown:
    """A list, the rows of its Photos by position, and its sections.

    `items` is the list as it was taken: another one there means that the Worklist became another.
    """

    worklist: Worklist
    items: list[Item]
    rows: list[GalleryRow]
    grouping: Grouping
    sections: list[Section]

    @property
    def is_current(self) -> bool:
        """Whether the Worklist still holds just these Photos."""
        return self.items is self.worklist.items and len(self.rows) == len(self.items)


def all_rows(case: OpenCase, examiner: str) -> list[GalleryRow]:
    """A row for every Photo of the Case; for a job, not for the face's thread."""
    with case.store.read() as connection:
        return gallery.rows(connection, examiner)


def rows_of(case: OpenCase, examiner: str, photos: Collection[str]) -> dict[str, GalleryRow]:
    """Rows of these Photos (SHA-256), read anew; for a job."""
    with case.store.read() as connection:
        return {row.sha256: row for row in gallery.rows_of(connection, examiner, sorted(photos))}


@dataclass(frozen=True)
class Taken:
    """A list as it is at the moment, taken on the face's thread for a job. It may grow meanwhile: what is
    new is left out."""

    worklist: Worklist
    items: list[Item]
    individuals: Sequence[int]
    labels: Sequence[str] = ()

    @staticmethod
    def of(worklist: Worklist) -> Taken:
        return Taken(worklist, worklist.items, worklist.individuals, worklist.shown_labels())


def shown(case: OpenCase, examiner: str, taken: Taken, grouping: Grouping) -> Shown:
    """A list as the gallery shows it; for a job."""
    individuals = taken.individuals
    known = {row.sha256: row for row in all_rows(case, examiner)}
    rows = [known[item.sha256] for item in taken.items[: len(individuals)]]
    sections = arranged(rows, grouping, individuals.__getitem__, taken.labels)
    return Shown(taken.worklist, taken.items, rows, grouping, sections)


def again(shown: Shown, individuals: Sequence[int], grouping: Grouping, labels: Sequence[str]) -> Shown:
    """The same list, arranged anew by the Individuals of its Worklist; for a job."""
    sections = arranged(shown.rows, grouping, individuals.__getitem__, labels)
    return replace(shown, grouping=grouping, sections=sections)


def renewed(shown: Shown, rows: Mapping[str, GalleryRow]) -> None:
    """Put rows that were read anew into their places."""
    for sha256, row in rows.items():
        place = shown.worklist.position_of(sha256)
        if place is not None and place < len(shown.rows):
            shown.rows[place] = row


def sort_selection(rows: Sequence[GalleryRow], category: Category | None) -> Draft:
    """The act that sorts these Photos, or clears their category; NotAllowed if nothing would change."""
    return categorise({row.sha256: row.category for row in rows}, category)
