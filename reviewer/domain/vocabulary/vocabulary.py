"""The vocabulary: Terms, Regions and scales, as data that was checked once and never changes while open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from reviewer.domain.vocabulary.coverage import View, views_from_toml
from reviewer.domain.vocabulary.earlier_meanings import (
    EarlierTerm,
    EarlierVocabulary,
    earlier_vocabulary_from_toml,
)

T = TypeVar("T")
EXCLUDED_LOOK_ALIKES = "excluded"
"""The Qualifier that holds which look-alikes were excluded: its values are what a Term is to be told from."""


class VocabularyError(ValueError):
    """The vocabulary files contradict themselves; the text names the key."""


@dataclass(frozen=True)
class Choice:
    """One value of a Qualifier. What is `retired`, or `not_of` a Term, is readable and no longer offered."""

    key: str
    name: str
    definition: str = ""
    retired: bool = False
    not_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class VocabularyGroup:
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

    def list_offered(self, term: str = "") -> tuple[Choice, ...]:
        """The choices that can be made now, of a Finding of this Term (its key)."""
        return tuple(choice for choice in self.choices if not choice.retired and term not in choice.not_of)


@dataclass(frozen=True)
class Term:
    """One observable sign. `consider` holds look-alikes, Term keys that name each other.

    `usual_regions` are Region keys, sides left out where both are meant: where a sign is typed first. `ais`
    is the body region digit of the Abbreviated Injury Scale where the Term has one place, else "".

    For the rule of the Summary: `kind_of` is the Term this is a kind of, "" if of none. `absence_needs`
    are the places (Regions, or aspects of them: "wrist/back") that must be shown before the sign is absent,
    sides left out where both are meant, empty for the whole body; `absence_needs_of_women` takes their place
    where the sex is stated as female. A sign that is `never_absent` cannot be excluded by a photograph.
    `told_by` is what tells it: "colour", "surface", "contour"; `hides` what it takes away on its photograph.
    `whole_body` signs need no Region. `groups` are further groups it counts in beside `group`. `changed` says
    what it meant before this version, "" if the same. One that is `retired` stands for earlier Findings and
    is no longer offered. `short` is its name where there is no room for it, "" if it needs none.
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
    kind_of: str = ""
    absence_needs: tuple[str, ...] = ()
    absence_needs_of_women: tuple[str, ...] = ()
    never_absent: bool = False
    told_by: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    whole_body: bool = False
    groups: tuple[str, ...] = ()
    changed: str = ""
    retired: bool = False
    short: str = ""


@dataclass(frozen=True)
class Mechanism:
    """What is said to have been done, as it may be typed. It is no sign; `record_lists_looked_for` are keys
    of Terms."""

    words: tuple[str, ...]
    look_for: tuple[str, ...]


@dataclass(frozen=True)
class SignList:
    """Signs that are gone through together with one key: "nothing else of the list visible".

    It is offered where a place of `regions` (stems; empty for any) is shown well enough.
    """

    key: str
    name: str
    terms: tuple[str, ...]
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class DescriptionQuestion:
    """One thing about the state of the body or the scene, said of a photograph.

    `kind` is "choice" (one answer) or "several".
    `letter` chooses it where it is said by keys, `short` stands for its name there. `hides` says for a choice
    what cannot be told where it is chosen ("colour", "surface", "contour"); `alone` are the choices that
    stand beside no other.
    """

    key: str
    name: str
    group: str
    kind: str
    choices: tuple[Choice, ...]
    hides: tuple[tuple[str, tuple[str, ...]], ...] = ()
    letter: str = ""
    definition: str = ""
    alone: tuple[str, ...] = ()
    short: str = ""

    def value_name(self, value: str) -> str:
        """The name of a chosen value; the value itself if this version does not know it."""
        return next((choice.name for choice in self.choices if choice.key == value), value)

    def hidden_by(self, value: str) -> tuple[str, ...]:
        """Return what cannot be seen where `value` is the answer."""
        return dict(self.hides).get(value, ())

    def with_value(self, said: tuple[str, ...], value: str) -> tuple[str, ...]:
        """What is said once `value` is pressed: on, or off if it was on. The order is that of the choices."""
        if value in said:
            kept = {other for other in said if other != value}
        elif self.kind == "several" and value not in self.alone:
            kept = {value, *(other for other in said if other not in self.alone)}
        else:
            kept = {value}
        return tuple(choice.key for choice in self.choices if choice.key in kept)


@dataclass(frozen=True)
class SignHeading:
    """Signs that are counted together under one heading: those of `groups` and `terms`, without `but`."""

    key: str
    name: str
    groups: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


@dataclass(frozen=True)
class Region:
    """A named part of the body; `side` is "L" or "R" of the body itself, or "".

    `aspects` are its sides that a photograph shows one at a time ("front", "back"), empty if it is shown as a
    whole. An aspect is written "wrist.L/back" and stands in Coverage like a Region. `sides` are what the
    Qualifier "aspect" of a Finding can be there. `laid_open`: it is shown only where something is opened,
    lifted or spread for it. `sex`: "male" or "female" where one sex has it.
    One that is `retired` is read where an earlier Finding has it and no longer offered.
    """

    key: str
    name: str
    group: str
    side: str
    synonyms: tuple[str, ...]
    digits: int = 0
    pseudo: bool = False
    aspects: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    laid_open: bool = False
    sex: str = ""
    retired: bool = False

    @cached_property
    def shown_as(self) -> tuple[str, ...]:
        """What stands for it in Coverage: its aspects, or the Region itself."""
        return tuple(f"{self.key}/{aspect}" for aspect in self.aspects) or (self.key,)

    @property
    def stem(self) -> str:
        """The key without its side."""
        return self.key.removesuffix(f".{self.side}") if self.side else self.key


@dataclass(frozen=True)
class ScaleStep:
    """One step of a scale: an answer, a certainty or a reason, with what it means."""

    key: str
    name: str
    definition: str


@dataclass(frozen=True)
class Degree:
    """A degree of consistency with the exact wording of the Istanbul Protocol (2022), paras 379 and 418.

    `note` is what is to be known before it is chosen, in the program's own words.
    """

    key: str
    name: str
    wording: str
    note: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """Everything a Finding can be made of. Lookups of unknown keys give the key back as its own name."""

    version: str
    term_groups: tuple[VocabularyGroup, ...]
    terms: tuple[Term, ...]
    qualifiers: tuple[Qualifier, ...]
    region_groups: tuple[VocabularyGroup, ...]
    regions: tuple[Region, ...]
    aspects: tuple[Choice, ...]
    answers: tuple[ScaleStep, ...]
    certainties: tuple[ScaleStep, ...]
    reasons: tuple[ScaleStep, ...]
    degrees: tuple[Degree, ...]
    quick_tags: tuple[str, ...]
    views: tuple[View, ...]
    lists: tuple[SignList, ...] = ()
    described: tuple[DescriptionQuestion, ...] = ()
    described_groups: tuple[VocabularyGroup, ...] = ()
    roll_ups: tuple[SignHeading, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    earlier: tuple[EarlierVocabulary, ...] = ()
    _terms: Mapping[str, Term] = field(default_factory=dict, repr=False, compare=False)
    _regions: Mapping[str, Region] = field(default_factory=dict, repr=False, compare=False)
    _qualifiers: Mapping[str, Qualifier] = field(default_factory=dict, repr=False, compare=False)

    def term(self, key: str) -> Term | None:
        return self._terms.get(key)

    def region(self, key: str) -> Region | None:
        return self._regions.get(key)

    def description_question(self, key: str) -> DescriptionQuestion | None:
        return next((question for question in self.described if question.key == key), None)

    def signs_on(self, key: str, version: str) -> tuple[str, ...]:
        """The Terms on a list of signs; none where it is of a version that this one does not hold."""
        if version != self.version:
            return ()
        return next((sign_list.terms for sign_list in self.lists if sign_list.key == key), ())

    def list_name(self, key: str) -> str:
        """The name of a list of signs; the key itself if this version does not know it."""
        return next((sign_list.name for sign_list in self.lists if sign_list.key == key), key)

    def qualifier(self, key: str) -> Qualifier | None:
        return self._qualifiers.get(key)

    def hidden_by(self, description: Iterable[tuple[str, tuple[str, ...]]]) -> frozenset[str]:
        """Return what cannot be seen on a photograph with these answers: "colour", "surface", "contour"."""
        asked = ((self.description_question(key), values) for key, values in description)
        return frozenset(
            hidden
            for described, values in asked
            if described is not None
            for value in values
            for hidden in described.hidden_by(value)
        )

    def degree(self, key: str) -> Degree | None:
        return next((degree for degree in self.degrees if degree.key == key), None)

    def term_name(self, key: str) -> str:
        """The name of a Term, an earlier one if it has none now; the key itself if no version knows it."""
        term = self._terms.get(key)
        if term is not None:
            return term.name
        known = [earlier.terms[key].name for earlier in self.earlier if key in earlier.terms]
        return known[-1] if known else key

    def earlier_meaning(self, key: str, version: str) -> EarlierTerm | None:
        """What a Term was called and meant in that version, None if that is the same now or not known."""
        earlier = next((meanings for meanings in self.earlier if meanings.version == version), None)
        then = earlier.terms.get(key) if earlier is not None else None
        now = self._terms.get(key)
        is_same = then and now and (then.name, then.definition) == (now.name, now.definition)
        return None if is_same else then

    def earlier_meaning_in_words(self, key: str, version: str) -> str:
        """The same as one text that names the version, "" if there is nothing to tell."""
        then = self.earlier_meaning(key, version)
        return (
            f"Made under vocabulary {version} as \u201c{then.name}\u201d: {then.definition}" if then else ""
        )

    def region_name(self, key: str) -> str:
        """The name of a Region or an aspect of it; the key itself if this version does not know it."""
        stem, _is, aspect = key.partition("/")
        region = self._regions.get(stem)
        named = region.name if region else stem
        return f"{named} ({self.aspect_name(aspect)})" if aspect else named

    @property
    def region_names(self) -> dict[str, str]:
        """The names of all Regions, and of the sides of them that a photograph shows one at a time."""
        keys = [key for region in self.regions for key in dict.fromkeys((region.key, *region.shown_as))]
        return {key: self.region_name(key) for key in keys}

    def has_side(self, regions: Sequence[str], side: str) -> bool:
        """Whether the aspect of a Finding in these Regions can be this one; any can where none is named."""
        found = (self._regions.get(key) for key in regions)
        known = [region for region in found if region is not None and not region.pseudo]
        return not known or any(side in region.sides for region in known)

    def aspect_name(self, key: str) -> str:
        """The name of a side that a photograph shows by itself; the key if this version does not know it."""
        return next((aspect.name for aspect in self.aspects if aspect.key == key), key)

    @cached_property
    def body(self) -> tuple[Region, ...]:
        """The Regions of the body that can be said to be shown: no pseudo-Regions, none that is retired."""
        return tuple(region for region in self.regions if not region.pseudo and not region.retired)

    def shown_as(self, keys: Iterable[str]) -> tuple[str, ...]:
        """What stands for these Regions (or aspects) in Coverage, in their order; each once."""
        found: dict[str, None] = {}
        for key in keys:
            region = self._regions.get(key)
            found.update(dict.fromkeys(region.shown_as if region else (key,)))
        return tuple(found)

    def value_name(self, qualifier: str, value: str) -> str:
        """The name of a chosen value of a Qualifier; what was excluded is named like the Term it is."""
        if qualifier == EXCLUDED_LOOK_ALIKES and value in self._terms:
            return self._terms[value].name
        known = self._qualifiers.get(qualifier)
        return known.value_name(value) if known else value

    def look_alikes(self, term: Term) -> tuple[str, ...]:
        """What to consider instead, in words."""
        return tuple(self.term_name(key) for key in term.consider)


def vocabulary_from_toml(
    terms: Mapping[str, Any],
    regions: Mapping[str, Any],
    scales: Mapping[str, Any],
    views: Mapping[str, Any],
    lists: Mapping[str, Any],
    description: Mapping[str, Any],
    earlier: Sequence[Mapping[str, Any]] = (),
) -> Vocabulary:
    """Build the vocabulary from its files as parsed; `vocabulary_check.check` judges it.

    `earlier` are the files of earlier versions, the oldest first.
    """
    found_terms = tuple(_make_with_tuples(Term, row) for row in terms["term"])
    found_regions = tuple(_make_with_tuples(Region, row) for row in regions["region"])
    found_qualifiers = tuple(_parse_qualifier(row, found_terms) for row in terms["qualifier"])
    return Vocabulary(
        version=terms["version"],
        term_groups=tuple(VocabularyGroup(**row) for row in terms["group"]),
        terms=found_terms,
        qualifiers=found_qualifiers,
        region_groups=tuple(VocabularyGroup(**row) for row in regions["group"]),
        regions=found_regions,
        aspects=tuple(Choice(**row) for row in regions["aspect"]),
        answers=tuple(ScaleStep(**row) for row in scales["answer"]),
        certainties=tuple(ScaleStep(**row) for row in scales["certainty"]),
        reasons=tuple(ScaleStep(**row) for row in scales["reason"]),
        degrees=tuple(Degree(**row) for row in scales["degree"]),
        quick_tags=tuple(scales["quick_tags"]),
        views=views_from_toml(views),
        lists=tuple(_make_with_tuples(SignList, row) for row in lists["list"]),
        roll_ups=tuple(_make_with_tuples(SignHeading, row) for row in lists["roll_up"]),
        mechanisms=tuple(_make_with_tuples(Mechanism, row) for row in terms["mechanism"]),
        earlier=tuple(map(earlier_vocabulary_from_toml, earlier)),
        described=tuple(_parse_description_question(row) for row in description["described"]),
        described_groups=tuple(VocabularyGroup(**row) for row in description["group"]),
        _terms={term.key: term for term in found_terms},
        _regions={region.key: region for region in found_regions},
        _qualifiers={qualifier.key: qualifier for qualifier in found_qualifiers},
    )


def _parse_description_question(row: Mapping[str, Any]) -> DescriptionQuestion:
    choices = row["choices"]
    return DescriptionQuestion(
        row["key"],
        row["name"],
        row["group"],
        row["kind"],
        tuple(Choice(choice["key"], choice["name"], choice.get("definition", "")) for choice in choices),
        tuple((choice["key"], tuple(choice["hides"])) for choice in choices if "hides" in choice),
        row["letter"],
        row.get("definition", ""),
        tuple(choice["key"] for choice in choices if choice.get("alone")),
        row["short"],
    )


def _make_with_tuples(made: type[T], row: Mapping[str, Any]) -> T:
    return made(**{name: tuple(v) if isinstance(v, list) else v for name, v in row.items()})


def _parse_qualifier(row: Mapping[str, Any], terms: Iterable[Term]) -> Qualifier:
    """One that is `of_terms` names Terms too; which of them are offered is asked by a key of its own."""
    choices = tuple(_make_with_tuples(Choice, choice) for choice in row.get("choices", ()))
    named = tuple(Choice(term.key, term.name, retired=True) for term in terms) if row.get("of_terms") else ()
    return Qualifier(row["key"], row["name"], row["kind"], (*choices, *named))
