"""Which cells of the gallery are chosen. The cell the keyboard is at is one thing, what is selected another.

Going about with the arrows loses no selection that took work; only what says so does.
"""

from __future__ import annotations


class Selection:
    """By index, 0 to count - 1. `current` is -1 while there are no cells."""

    def __init__(self) -> None:
        self.count = 0
        self.current = -1
        self.chosen: set[int] = set()
        self._anchor = -1
        self._ranged: set[int] = set()

    def reset(self, count: int, current: int = 0, chosen: set[int] | None = None) -> None:
        """Another list, or the same in another order: `chosen` are the indexes of what was selected."""
        self.count = count
        self.current = min(max(0, current), count - 1)
        self.chosen = chosen or set()
        self._anchor, self._ranged = self.current, set()

    def go(self, index: int) -> None:
        """Move without selecting."""
        if self.count:
            self.current = self._anchor = min(max(0, index), self.count - 1)
            self._ranged = set()

    def extend(self, index: int) -> None:
        """Select everything from where this began to `index`; a smaller range gives back the rest."""
        if not self.count:
            return
        self.current = min(max(0, index), self.count - 1)
        low, high = sorted((self._anchor, self.current))
        ranged = set(range(low, high + 1))
        self.chosen = (self.chosen - self._ranged) | ranged
        self._ranged = ranged

    def toggle(self, index: int | None = None) -> None:
        """Select or deselect the current cell, or `index`, which becomes the current one."""
        if index is not None:
            self.go(index)
        if self.current >= 0:
            self.chosen ^= {self.current}
            self._anchor, self._ranged = self.current, set()

    def all(self) -> None:
        self.chosen, self._ranged = set(range(self.count)), set()

    def clear(self) -> bool:
        """False if nothing was selected."""
        there = bool(self.chosen)
        self.chosen, self._ranged, self._anchor = set(), set(), self.current
        return there

    def targets(self) -> list[int]:
        """What an act is about: what is selected, or else the current cell."""
        return sorted(self.chosen) if self.chosen else [self.current] * (self.current >= 0)
