"""What became of the names met in a Source, as people count it: four classes that make up the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.photos.photo import IngestOutcome, ProblemKind


class NameClass(StrEnum):
    """Each name is in one. OTHER is a file with nothing wrong with it that is no photograph, or what is left
    out on purpose; PROBLEM is what could not be used."""

    PHOTOGRAPH = "photographs"
    DUPLICATE = "duplicates"
    OTHER = "other files"
    PROBLEM = "problems"


def classify_name(outcome: IngestOutcome, problem_kind: str) -> NameClass:
    """The class of a name with this outcome; `problem_kind` is "" where there is no Problem."""
    if outcome is IngestOutcome.PHOTO:
        return NameClass.PHOTOGRAPH
    if outcome is IngestOutcome.DUPLICATE:
        return NameClass.DUPLICATE
    is_other = outcome is IngestOutcome.LEFT_OUT or problem_kind == ProblemKind.NOT_A_PHOTOGRAPH
    return NameClass.OTHER if is_other else NameClass.PROBLEM


@dataclass(frozen=True)
class NamesMet:
    """How many names are in each class; `total` is all that were met."""

    photographs: int = 0
    duplicates: int = 0
    others: int = 0
    problems: int = 0

    @property
    def total(self) -> int:
        return self.photographs + self.duplicates + self.others + self.problems

    @property
    def sentence(self) -> str:
        """The sum in words."""
        return (
            f"{self.total:,} names met = {self.photographs:,} photographs + {self.duplicates:,} duplicates + "
            f"{self.others:,} other files + {self.problems:,} problems"
        )


def make_names_met(counts: Mapping[NameClass, int]) -> NamesMet:
    """The counts of the classes; one that is not there is 0."""
    return NamesMet(*(counts.get(name_class, 0) for name_class in NameClass))


def add_names_met(parts: Iterable[NamesMet]) -> NamesMet:
    """The names of several Sources together."""
    rows = [(met.photographs, met.duplicates, met.others, met.problems) for met in parts]
    return NamesMet(*(sum(column) for column in zip(*rows, strict=True))) if rows else NamesMet()
