"""What is shared about each Photo that a list goes by, in columns by the numbers of the Photos."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class PhotoAssignment(NamedTuple):
    """The category of a Photo, the Individual it shows and its group of near-duplicates, "" for none."""

    category: str = ""
    individual: str = ""
    duplicates: str = ""


NO_ASSIGNMENT = PhotoAssignment()


class Assignments:
    """An assignment for each number, `NO_ASSIGNMENT` for those of which nothing is known.

    Each text should be there once: there are few categories, and an id is that of many Photos.
    """

    def __init__(self, highest: int = 0) -> None:
        """`highest` is the highest number of a Photo there is."""
        self.categories, self.individuals, self.duplicates = ([""] * (highest + 1) for _column in range(3))

    def fill(self, column: list[str], values: Iterable[tuple[str, Iterable[int]]]) -> None:
        """Put values into one of the columns, each for some numbers; those that no Photo has are left out."""
        count = len(column)
        for value, numbers in values:
            for number in numbers:
                if 0 < number < count:
                    column[number] = value

    def at(self, number: int) -> PhotoAssignment:
        """The assignment of one Photo."""
        if not 0 < number < len(self.categories):
            return NO_ASSIGNMENT
        return PhotoAssignment(self.categories[number], self.individuals[number], self.duplicates[number])

    def put(self, number: int, assignment: PhotoAssignment) -> None:
        """Put down the assignment of one Photo, whose number may be beyond those there are."""
        columns = self.categories, self.individuals, self.duplicates
        for column, value in zip(columns, assignment, strict=True):
            column.extend([""] * (number + 1 - len(column)))
            column[number] = value
