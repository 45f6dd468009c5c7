"""The rules a vocabulary must keep; each breach is named by its key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reviewer.domain.reading import Answer, Certainty, Reason
from reviewer.domain.vocabulary import Vocabulary, VocabularyError

KINDS = frozenset({"choice", "several", "text"})
REGION_GROUPS = 9
QUICK_TAGS = 9
HIDDEN = frozenset({"colour", "surface", "contour"})
"""What tells a sign, and what the state of a body may hide."""
DESCRIBED_KINDS = frozenset({"choice", "several"})
MOST_CHOICES = 9


def check(vocabulary: Vocabulary, versions: tuple[str, str, str]) -> None:
    """Raise VocabularyError at the first breach."""
    if len(set(versions)) != 1:
        _refuse(f"the three files have different versions: {', '.join(versions)}")
    _unique(vocabulary)
    _check_terms(vocabulary)
    _check_qualifiers(vocabulary)
    _check_regions(vocabulary)
    _check_scales(vocabulary)
    _check_described(vocabulary)
    for view in vocabulary.views:
        _known(view.key, view.regions, {region.key for region in vocabulary.regions}, "region")


def _unique(vocabulary: Vocabulary) -> None:
    for things in (
        vocabulary.terms,
        vocabulary.regions,
        vocabulary.qualifiers,
        vocabulary.degrees,
        vocabulary.described,
        vocabulary.described_groups,
    ):
        keys = [thing.key for thing in things]
        for key, count in Counter(keys).items():
            if count > 1:
                _refuse(f"{key} stands {count} times")


def _check_terms(vocabulary: Vocabulary) -> None:
    groups = {group.key for group in vocabulary.term_groups}
    stems = {region.stem for region in vocabulary.regions}
    for term in vocabulary.terms:
        if term.group not in groups:
            _refuse(f"{term.key}: there is no group {term.group}")
        if not term.name.strip() or not term.definition.strip():
            _refuse(f"{term.key}: needs a name and a definition")
        _known(term.key, term.qualifiers, {each.key for each in vocabulary.qualifiers}, "qualifier")
        _known(term.key, term.usual_regions, stems, "region")
        keys = [each for each in term.consider if "." in each and " " not in each]
        _known(term.key, keys, {each.key for each in vocabulary.terms}, "term")


def _check_qualifiers(vocabulary: Vocabulary) -> None:
    for qualifier in vocabulary.qualifiers:
        if qualifier.kind not in KINDS:
            _refuse(f"{qualifier.key}: {qualifier.kind} is no kind of qualifier")
        if (qualifier.kind == "text") == bool(qualifier.choices):
            _refuse(f"{qualifier.key}: a text has no choices, everything else has")


def _check_regions(vocabulary: Vocabulary) -> None:
    groups = {group.key for group in vocabulary.region_groups}
    if len(groups) != REGION_GROUPS:
        _refuse(f"there are {len(groups)} groups of regions instead of {REGION_GROUPS}")
    for region in vocabulary.regions:
        if region.pseudo == bool(region.group):
            _refuse(f"{region.key}: every region of the body has a group, and no other")
        if region.group and region.group not in groups:
            _refuse(f"{region.key}: there is no group {region.group}")
        if region.side not in {"", "L", "R"} or (region.side and not region.key.endswith(f".{region.side}")):
            _refuse(f"{region.key}: its side does not fit its key")


def _check_scales(vocabulary: Vocabulary) -> None:
    for steps, known in (
        (vocabulary.answers, list(Answer)),
        (vocabulary.certainties, list(Certainty)),
        (vocabulary.reasons, list(Reason)),
    ):
        if [step.key for step in steps] != [str(each) for each in known]:
            _refuse(f"the scale {', '.join(step.key for step in steps)} is not the one Readings are made of")
    if len(vocabulary.quick_tags) != QUICK_TAGS:
        _refuse(f"there are {len(vocabulary.quick_tags)} quick tags instead of {QUICK_TAGS}")
    _known("quick_tags", vocabulary.quick_tags, {each.key for each in vocabulary.terms}, "term")


def _check_described(vocabulary: Vocabulary) -> None:
    """Every question has a letter of its own, and a digit for each of its answers."""
    groups = {group.key for group in vocabulary.described_groups}
    letters = Counter(each.letter for each in vocabulary.described)
    for each in vocabulary.described:
        if each.kind not in DESCRIBED_KINDS:
            _refuse(f"{each.key}: {each.kind} is no kind of description")
        if each.group not in groups:
            _refuse(f"{each.key}: there is no group {each.group}")
        if not (len(each.letter) == 1 and "a" <= each.letter <= "z"):
            _refuse(f"{each.key}: its letter is {each.letter!r} instead of one of a to z")
        if letters[each.letter] > 1:
            _refuse(f"{each.key}: its letter {each.letter} stands {letters[each.letter]} times")
        keys = [choice.key for choice in each.choices]
        if not 2 <= len(set(keys)) == len(keys) <= MOST_CHOICES:
            _refuse(f"{each.key}: needs two to nine different choices")
        for value, hidden in each.hides:
            _known(f"{each.key}:{value}", hidden, set(HIDDEN), "way of telling a sign named")


def _known(where: str, wanted: Iterable[str], known: set[str], what: str) -> None:
    for key in wanted:
        if key not in known:
            _refuse(f"{where}: there is no {what} {key}")


def _refuse(reason: str) -> None:
    raise VocabularyError(reason)
