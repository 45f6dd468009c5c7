"""The vocabulary: Terms, Regions and scales, as data that was checked once and never changes while open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reviewer.domain.coverage import View, views_from


class VocabularyError(ValueError):
    """The vocabulary files contradict themselves; the text names the key."""


@dataclass(frozen=True)
class Choice:
    key: str
    name: str


@dataclass(frozen=True)
class Group:
    key: str
    name: str


@dataclass(frozen=True)
class Qualifier:
    """A further question about a Finding. `kind`: "choice" (one), "several", or "text"."""

    key: str
    name: str
    kind: str
    choices: tuple[Choice, ...]

    def value_name(self, value: str) -> str:
        """The name of a chosen value; a text is its own name."""
        return next((choice.name for choice in self.choices if choice.key == value), value)


@dataclass(frozen=True)
class Term:
    """One observable sign. `consider` holds look-alikes: Term keys, or words where there is no Term.

    `usual_regions` are Region keys, sides left out where both are meant. `ais` is the body region digit of
    the Abbreviated Injury Scale where the Term has one place, else "".
    """

    key: str
    group: str
    name: str
    synonyms: tuple[str, ...]
    definition: str
    qualifiers: tuple[str, ...]
    consider: tuple[str, ...]
    icd10: str
    icd11: str
    usual_regions: tuple[str, ...]
    ais: str
    restricted: bool = False


@dataclass(frozen=True)
class Region:
    """A named part of the body; `side` is "L" or "R" of the body itself, or ""."""

    key: str
    name: str
    group: str
    side: str
    synonyms: tuple[str, ...]
    has_aspects: bool = False
    digits: int = 0
    pseudo: bool = False

    @property
    def stem(self) -> str:
        """The key without its side."""
        return self.key.removesuffix(f".{self.side}") if self.side else self.key


@dataclass(frozen=True)
class Step:
    """One step of a scale: an answer, a certainty or a reason, with what it means."""

    key: str
    name: str
    definition: str


@dataclass(frozen=True)
class Degree:
    """A degree of consistency with the exact wording of the Istanbul Protocol (2022), paras 379 and 418."""

    key: str
    name: str
    wording: str


@dataclass(frozen=True)
class Vocabulary:
    """Everything a Finding can be made of. Lookups of unknown keys give the key back as its own name."""

    version: str
    term_groups: tuple[Group, ...]
    terms: tuple[Term, ...]
    qualifiers: tuple[Qualifier, ...]
    region_groups: tuple[Group, ...]
    regions: tuple[Region, ...]
    aspects: tuple[str, ...]
    answers: tuple[Step, ...]
    certainties: tuple[Step, ...]
    reasons: tuple[Step, ...]
    degrees: tuple[Degree, ...]
    quick_tags: tuple[str, ...]
    views: tuple[View, ...]
    _terms: Mapping[str, Term] = field(default_factory=dict, repr=False, compare=False)
    _regions: Mapping[str, Region] = field(default_factory=dict, repr=False, compare=False)
    _qualifiers: Mapping[str, Qualifier] = field(default_factory=dict, repr=False, compare=False)

    def term(self, key: str) -> Term | None:
        return self._terms.get(key)

    def region(self, key: str) -> Region | None:
        return self._regions.get(key)

    def qualifier(self, key: str) -> Qualifier | None:
        return self._qualifiers.get(key)

    def degree(self, key: str) -> Degree | None:
        return next((each for each in self.degrees if each.key == key), None)

    def term_name(self, key: str) -> str:
        """The name of a Term; the key itself if this version does not know it."""
        term = self._terms.get(key)
        return term.name if term else key

    def region_name(self, key: str) -> str:
        region = self._regions.get(key)
        return region.name if region else key

    def look_alikes(self, term: Term) -> tuple[str, ...]:
        """What to consider instead, in words."""
        return tuple(self.term_name(each) for each in term.consider)


def vocabulary_from(
    terms: Mapping[str, Any], regions: Mapping[str, Any], scales: Mapping[str, Any], views: Mapping[str, Any]
) -> Vocabulary:
    """Build the vocabulary from the four files as parsed; `vocabulary_check.check` judges it."""
    found_terms = tuple(_term(row) for row in terms["term"])
    found_regions = tuple(_region(row) for row in regions["region"])
    found_qualifiers = tuple(_qualifier(row) for row in terms["qualifier"])
    return Vocabulary(
        version=terms["version"],
        term_groups=tuple(Group(**row) for row in terms["group"]),
        terms=found_terms,
        qualifiers=found_qualifiers,
        region_groups=tuple(Group(**row) for row in regions["group"]),
        regions=found_regions,
        aspects=tuple(regions["aspects"]),
        answers=tuple(Step(**row) for row in scales["answer"]),
        certainties=tuple(Step(**row) for row in scales["certainty"]),
        reasons=tuple(Step(**row) for row in scales["reason"]),
        degrees=tuple(Degree(**row) for row in scales["degree"]),
        quick_tags=tuple(scales["quick_tags"]),
        views=views_from(views),
        _terms={each.key: each for each in found_terms},
        _regions={each.key: each for each in found_regions},
        _qualifiers={each.key: each for each in found_qualifiers},
    )


def _term(row: Mapping[str, Any]) -> Term:
    lists = {"synonyms", "qualifiers", "consider", "usual_regions"}
    values: dict[str, Any] = {name: tuple(v) if name in lists else v for name, v in row.items()}
    return Term(**values)


def _region(row: Mapping[str, Any]) -> Region:
    values: dict[str, Any] = {name: tuple(v) if name == "synonyms" else v for name, v in row.items()}
    return Region(**values)


def _qualifier(row: Mapping[str, Any]) -> Qualifier:
    choices = tuple(Choice(**choice) for choice in row.get("choices", ()))
    return Qualifier(row["key"], row["name"], row["kind"], choices)
