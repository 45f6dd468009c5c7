"""What the gallery shows: a list of Photos with a row for each, arranged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from reviewer.domain.search.arranging import GalleryRow, GallerySection, Grouping, arrange_in_sections
from reviewer.domain.search.gallery_rows import GalleryRows
from reviewer.domain.worklist.listed_photos import ListedPhotos
from reviewer.services.case.open_case import OpenCase
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage import gallery


@dataclass(frozen=True)
class GalleryList:
    """A list, the rows of its Photos by position, and its sections.

    `items` is the list as it was taken: another one there means that the Worklist became another.
    """

    worklist: Worklist
    items: ListedPhotos
    rows: GalleryRows
    grouping: Grouping
    sections: list[GallerySection]

    @property
    def is_current(self) -> bool:
        """Return whether the Worklist still holds exactly these Photos."""
        return self.items is self.worklist.items and len(self.rows) == len(self.items)


def load_all_rows(case: OpenCase, examiner: str, photos: ListedPhotos, count: int) -> GalleryRows:
    """A row for each of the first `count` Photos of a list; for a job, not for the face's thread."""
    highest = photos.hashes.highest
    with case.store.read() as connection:
        return GalleryRows(photos, count, gallery.load_gallery_columns(connection, examiner, highest))


def load_rows(case: OpenCase, examiner: str, photos: Collection[str]) -> dict[str, GalleryRow]:
    """Read the rows of these Photos (SHA-256) again; for a job."""
    with case.store.read() as connection:
        return {row.sha256: row for row in gallery.load_gallery_rows_of(connection, examiner, sorted(photos))}


@dataclass(frozen=True)
class WorklistCopy:
    """A list as it is at the moment, taken on the face's thread for a job. It may grow meanwhile: what is
    new is left out."""

    worklist: Worklist
    items: ListedPhotos
    individuals: Sequence[int]
    labels: Sequence[str] = ()

    @staticmethod
    def copy_of(worklist: Worklist) -> WorklistCopy:
        return WorklistCopy(worklist, worklist.items, worklist.group_indices, worklist.shown_labels())


def make_gallery_list(case: OpenCase, examiner: str, taken: WorklistCopy, grouping: Grouping) -> GalleryList:
    """A list as the gallery shows it; for a job."""
    individuals = taken.individuals
    rows = load_all_rows(case, examiner, taken.items, len(individuals))
    sections = arrange_in_sections(rows, grouping, individuals.__getitem__, taken.labels)
    return GalleryList(taken.worklist, taken.items, rows, grouping, sections)


def rearrange(
    shown: GalleryList, individuals: Sequence[int], grouping: Grouping, labels: Sequence[str]
) -> GalleryList:
    """The same list, arranged anew by the Individuals of its Worklist; for a job."""
    sections = arrange_in_sections(shown.rows, grouping, individuals.__getitem__, labels)
    return replace(shown, grouping=grouping, sections=sections)
