"""How many files are no photograph the program shows, by kind, and which of them may hold photographs.

Whoever reads a report is told what nobody looked into, before any figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ProblemTally:
    """How many files by kind (name -> number), and of those that may hold photographs: `may_hold` =
    `seen_elsewhere` + `open`; `open_by_kind` has these by kind."""

    files: int = 0
    by_kind: Mapping[str, int] = field(default_factory=dict)
    may_hold: int = 0
    seen_elsewhere: int = 0
    open_by_kind: Mapping[str, int] = field(default_factory=dict)

    @property
    def open(self) -> int:
        return self.may_hold - self.seen_elsewhere

    @property
    def sentence(self) -> str:
        return (
            f"May hold photographs: {self.may_hold:,}, of them seen elsewhere {self.seen_elsewhere:,}, "
            f"open {self.open:,}."
        )

    def in_words(self) -> tuple[str, ...]:
        """What a report says of them, in sentences."""
        if not self.files:
            return ("Every file that was met in the sources is a photograph that could be opened.",)
        which = "1 file" if self.files == 1 else f"{self.files:,} files"
        said = [
            f"{which} could not be opened as photographs: {_format_counts_by_kind(self.by_kind)}.",
            self.sentence,
        ]
        if self.open:
            which = "1 of these was" if self.open == 1 else f"{self.open:,} of these were"
            said.append(
                f"Nobody has said that {which} seen elsewhere: {_format_counts_by_kind(self.open_by_kind)}. "
                "Photographs in them are in no figure."
            )
        return tuple(said)


def _format_counts_by_kind(by_kind: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in by_kind.items())
