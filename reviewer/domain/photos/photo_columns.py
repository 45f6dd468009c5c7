"""What is known of every Photo, in columns: a fraction of the memory and time of an object for each.

Columns grow at the end, and what stands in them stays: one thread may read what was there while another adds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import overload

_MANY = 20
"""Of so many Photos one is asked for: from there on a dictionary of all of them costs less than searching."""


class TextColumn(Sequence[str]):
    """Texts joined into one, with the place where each ends."""

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self._joined = ""
        self._ends = array("q")
        self.extend(texts)

    @staticmethod
    def of_one_length(joined: str, length: int) -> TextColumn:
        """The texts of `length` characters each that `joined` consists of. ValueError if it does not."""
        if len(joined) % length:
            raise ValueError(f"{len(joined)} characters are no texts of {length}")
        column = TextColumn()
        column._joined, column._ends = joined, array("q", range(length, len(joined) + 1, length))
        return column

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

    def __init__(self, numbers: Iterable[int] = (), hashes: TextColumn | None = None) -> None:
        """`hashes`, in ascending order, are those of `numbers`."""
        self._hashes = TextColumn() if hashes is None else hashes
        self._numbers = array("q", numbers)
        self._sorted = len(self._numbers)
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
        self._hashes.extend([hashes[number] for number in numbers])
        for number in numbers:
            self._ranks.extend([-1] * (number - len(self._ranks)))
            self._ranks.append(len(self._numbers))
            self._numbers.append(number)
            self._added[hashes[number]] = number

    def name(self, number: int) -> str:
        """The SHA-256 of a Photo."""
        return self._hashes[self._ranks[number]]

    def name_least(self, numbers: Iterable[int]) -> str:
        """The least SHA-256 of some Photos."""
        ranks = [self._ranks[number] for number in numbers]
        if max(ranks) < self._sorted:
            return self._hashes[min(ranks)]
        return min(self._hashes[rank] for rank in ranks)

    def find(self, sha256: str) -> int:
        """The number of a Photo, 0 if it has none."""
        rank = bisect_left(self._hashes, sha256, hi=self._sorted)
        if rank < self._sorted and self._hashes[rank] == sha256:
            return self._numbers[rank]
        return self._added.get(sha256, 0)

    def find_many(self, sha256s: Sequence[str]) -> list[int]:
        """The number of each of these Photos, 0 for those without."""
        if len(sha256s) * _MANY > len(self):
            numbers = self.as_dictionary()
            return [numbers.get(sha256, 0) for sha256 in sha256s]
        return [self.find(sha256) for sha256 in sha256s]

    def as_dictionary(self) -> dict[str, int]:
        """SHA-256 -> number of all Photos, made anew: for whoever asks for most of them."""
        return dict(zip(self._hashes, self._numbers, strict=True))


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
