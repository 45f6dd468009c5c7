"""The Photos of a Worklist by their positions, held in columns; an object for one is made when it is asked
for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, overload

from reviewer.domain.photos.photo_columns import PhotoHashes, PhotoPlaces


class WorklistItem(NamedTuple):
    """One Photo of the Worklist: its number in this Case, and where its file lies. `folder` includes the
    Source."""

    photo: int
    sha256: str
    folder: str
    name: str


class ListedPhotos(Sequence[WorklistItem]):
    """Photos in an order. It only grows, at the end."""

    def __init__(self, hashes: PhotoHashes, places: PhotoPlaces) -> None:
        self.hashes, self.places = hashes, places
        self.numbers = array("q")
        self._positions = array("q")

    def extend(self, numbers: Iterable[int]) -> None:
        """Add Photos by their numbers; none may be there yet."""
        there = len(self.numbers)
        self._positions.extend([-1] * (self.hashes.highest + 1 - len(self._positions)))
        self.numbers.extend(numbers)
        for position in range(there, len(self.numbers)):
            self._positions[self.numbers[position]] = position

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, index: int) -> WorklistItem: ...
    @overload
    def __getitem__(self, index: slice) -> list[WorklistItem]: ...
    def __getitem__(self, index: int | slice) -> WorklistItem | list[WorklistItem]:
        if isinstance(index, slice):
            return list(map(self._make_item, self.numbers[index]))
        return self._make_item(self.numbers[index])

    def __iter__(self) -> Iterator[WorklistItem]:
        return map(self._make_item, self.numbers)

    def _make_item(self, number: int) -> WorklistItem:
        places = self.places
        return WorklistItem(number, self.hashes.name(number), places.folders[number], places.names[number])

    def sha256_at(self, position: int) -> str:
        """The SHA-256 of the Photo at a position."""
        return self.hashes.name(self.numbers[position])

    def folder_at(self, position: int) -> str:
        """The folder of the Photo at a position, with its Source."""
        return self.places.folders[self.numbers[position]]

    def name_at(self, position: int) -> str:
        """The file name of the Photo at a position."""
        return self.places.names[self.numbers[position]]

    def iterate_hashes(self) -> Iterator[str]:
        """The SHA-256 of each Photo, in order."""
        return map(self.hashes.name, self.numbers)

    def iterate_names(self) -> Iterator[str]:
        """The file name of each Photo, in order."""
        return map(self.places.names.__getitem__, self.numbers)

    def position_of_number(self, number: int) -> int:
        """The position of a Photo by its number, -1 if it is not in the list, as 0 never is."""
        return self._positions[number] if 0 < number < len(self._positions) else -1

    def position_of(self, sha256: str) -> int | None:
        """The position of a Photo by its SHA-256, None if it is not in the list."""
        position = self.position_of_number(self.hashes.find(sha256))
        return None if position < 0 else position
