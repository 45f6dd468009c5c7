"""What is known of every Photo, in columns: a fraction of the memory and time of an object for each.

Columns grow at the end, and what stands in them stays: one thread may read what was there while another adds.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, count
from typing import overload

_LETTERS = 64
_MANY = 10
"""Of so many Photos one is asked for: from there on a dictionary of all of them costs less than searching."""


class TextColumn(Sequence[str]):
    """Texts joined into one, with the place where each ends."""

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self._joined = ""
        self._ends = array("q")
        self.extend(texts)

    def extend(self, texts: Sequence[str]) -> None:
        """Add texts at the end."""
        ends = accumulate(map(len, texts), initial=len(self._joined))
        next(ends)
        self._joined += "".join(texts)
        self._ends.extend(ends)

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        ends = self._ends
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(ends)))]
        end = ends[index]
        if index < 0:
            index += len(ends)
        return self._joined[ends[index - 1] if index else 0 : end]

    def take(self, places: Iterable[int]) -> list[str]:
        """The texts at these places, none of which is 0."""
        joined, ends = self._joined, self._ends
        return [joined[ends[place - 1] : ends[place]] for place in places]

    def __iter__(self) -> Iterator[str]:
        joined, start = self._joined, 0
        for end in self._ends:
            yield joined[start:end]
            start = end


class PhotoHashes:
    """The SHA-256 of Photos by their numbers, which begin with 1, and the numbers by SHA-256."""

    def __init__(self, numbers: Iterable[int] = (), hashes: str = "") -> None:
        """`hashes`, 64 letters each, in ascending order and joined, are those of `numbers`. ValueError if
        they are not as many."""
        self._joined = hashes
        self._numbers = array("q", numbers)
        self._sorted = len(self._numbers)
        if len(hashes) != self._sorted * _LETTERS:
            raise ValueError(f"{len(hashes)} letters are no {self._sorted} hashes")
        self._added: dict[str, int] = {}
        self._ranks = array("q", [-1]) * (max(self._numbers, default=0) + 1)
        for rank, number in enumerate(self._numbers):
            self._ranks[number] = rank

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def highest(self) -> int:
        """The highest number there is, 0 without any."""
        return len(self._ranks) - 1

    def add(self, hashes: Mapping[int, str]) -> None:
        """Add Photos ingested since: number -> SHA-256, each number higher than those before."""
        numbers = sorted(hashes)
        self._joined += "".join(hashes[number] for number in numbers)
        for number in numbers:
            self._ranks.extend([-1] * (number - len(self._ranks)))
            self._ranks.append(len(self._numbers))
            self._numbers.append(number)
            self._added[hashes[number]] = number

    def name(self, number: int) -> str:
        """The SHA-256 of a Photo. KeyError for a number without one."""
        start = self._ranks[number] * _LETTERS
        if start < 0:
            raise KeyError(number)
        return self._joined[start : start + _LETTERS]

    def name_least(self, numbers: Iterable[int]) -> str:
        """The least SHA-256 of some Photos."""
        ranks = [self._ranks[number] for number in numbers]
        if max(ranks) < self._sorted:
            return self.name(self._numbers[min(ranks)])
        return min(self.name(self._numbers[rank]) for rank in ranks)

    def find(self, sha256: str) -> int:
        """The number of a Photo, 0 if it has none."""
        joined, low, high = self._joined, 0, self._sorted
        while low < high:
            middle = (low + high) // 2
            start = middle * _LETTERS
            if joined[start : start + _LETTERS] < sha256:
                low = middle + 1
            else:
                high = middle
        start = low * _LETTERS
        if low < self._sorted and joined[start : start + _LETTERS] == sha256:
            return self._numbers[low]
        return self._added.get(sha256, 0)

    def find_many(self, sha256s: Sequence[str]) -> list[int]:
        """The number of each of these Photos, 0 for those without."""
        if len(sha256s) * _MANY > len(self):
            numbers = self.as_dictionary()
            return [numbers.get(sha256, 0) for sha256 in sha256s]
        return [self.find(sha256) for sha256 in sha256s]

    def as_dictionary(self) -> dict[str, int]:
        """SHA-256 -> number of all Photos, made anew: for whoever asks for most of them."""
        joined = self._joined
        return {
            joined[start : start + _LETTERS]: number
            for start, number in zip(count(0, _LETTERS), self._numbers, strict=False)
        }


@dataclass
class PhotoPlaces:
    """Where the files lie that made the Photos: `folders`, with the Source, and `names`, both by number. A
    number without a Photo has "" twice."""

    folders: list[str]
    names: TextColumn

    def add(self, places: Mapping[int, tuple[str, str]]) -> None:
        """Add the places (folder, name) of Photos ingested since, by their numbers, which are higher than
        those before."""
        first = len(self.folders)
        more = [places.get(number, ("", "")) for number in range(first, max(places, default=0) + 1)]
        self.folders += [folder for folder, _name in more]
        self.names.extend([name for _folder, name in more])
