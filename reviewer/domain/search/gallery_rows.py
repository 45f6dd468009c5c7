"""The rows of a gallery, held in columns: a row is made when it is asked for, and few of them ever are."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from reviewer.domain.photos.photo_columns import TextColumn
from reviewer.domain.search.arranging import GalleryRow, ShareBox
from reviewer.domain.worklist.assignments import Assignments
from reviewer.domain.worklist.listed_photos import ListedPhotos
from reviewer.domain.worklist.worklist import ReadingProgress


@dataclass
class GalleryColumns:
    """What a gallery knows of each Photo, by its number: the fields of a `GalleryRow`.

    `ingest_days` are by Source, `alike` by group of near-duplicates. Where few Photos have something to say
    only they are in it; `progress` has those that are not unread.
    """

    assignments: Assignments
    taken_at: TextColumn
    findings: array[int]
    progress: Mapping[int, str] = field(default_factory=dict)
    ingest_days: Mapping[str, str] = field(default_factory=dict)
    alike: Mapping[str, int] = field(default_factory=dict)
    damaged: frozenset[int] = frozenset()
    carried: frozenset[int] = frozenset()
    seen: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    cards: Mapping[int, tuple[ShareBox, ...]] = field(default_factory=dict)

    def make_row(self, number: int, sha256: str, folder: str, name: str) -> GalleryRow:
        """What is known of one Photo."""
        category, individual, group = self.assignments.at(number)
        return GalleryRow(
            sha256,
            folder,
            name,
            self.taken_at[number],
            self.ingest_days.get(folder.partition("/")[0], ""),
            category,
            group,
            individual,
            self.progress.get(number, ReadingProgress.UNREAD.value),
            self.findings[number],
            number in self.damaged,
            self.alike[group] if group else 0,
            number in self.carried,
            self.seen.get(number, ()),
            self.cards.get(number, ()),
        )


class GalleryRows(Sequence[GalleryRow]):
    """The first `count` Photos of a list, with what is known of them; what came to the list later is left
    out."""

    def __init__(self, photos: ListedPhotos, count: int, known: GalleryColumns) -> None:
        self._photos, self._count, self._known = photos, count, known
        self._replaced: dict[int, GalleryRow] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> GalleryRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[GalleryRow]: ...
    def __getitem__(self, index: int | slice) -> GalleryRow | list[GalleryRow]:
        if isinstance(index, slice):
            return [self._make(place) for place in range(*index.indices(self._count))]
        if not -self._count <= index < self._count:
            raise IndexError(index)
        return self._make(index % self._count)

    def __iter__(self) -> Iterator[GalleryRow]:
        return map(self._make, range(self._count))

    def _make(self, place: int) -> GalleryRow:
        replaced = self._replaced.get(place) if self._replaced else None
        return self._known.make_row(*self._photos[place]) if replaced is None else replaced

    def sha256_at(self, place: int) -> str:
        """The SHA-256 of the Photo at a place, without all the rest."""
        return self._photos.sha256_at(place)

    def place_of(self, sha256: str) -> int | None:
        """The place of a Photo, None if it has no row."""
        place = self._photos.position_of(sha256)
        return place if place is not None and place < self._count else None

    def replace(self, rows: Mapping[str, GalleryRow]) -> None:
        """Put rows (by SHA-256) that were read anew into their places."""
        numbers = self._photos.hashes.find_many(list(rows))
        for place, row in zip(map(self._photos.position_of_number, numbers), rows.values(), strict=True):
            if 0 <= place < self._count:
                self._replaced[place] = row
