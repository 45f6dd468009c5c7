"""Names of the vocabulary as queries use them: keys, stems, groups, and words that begin names and synonyms.

The first of these that fits is taken: the key, the key without side, the group, words, a whole name of an
earlier version. Nothing is forgiven
here: a query that finds something else than was typed would be a wrong answer.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from reviewer.domain.vocabulary.coverage import View
from reviewer.domain.vocabulary.type_ahead import split_words
from reviewer.domain.vocabulary.vocabulary import Vocabulary, VocabularyGroup


def find_terms_meant(vocabulary: Vocabulary, typed: str, relation: str) -> tuple[str, ...]:
    """Find the keys of the Terms that a value means; with `=` one key or one whole name only."""
    exact = tuple(term.key for term in vocabulary.terms if _is_exactly(typed, relation, term.key, term.name))
    if exact or relation == "=":
        return exact or _find_terms_by_earlier_name(vocabulary, typed)
    group = _find_group(vocabulary.term_groups, typed)
    if group:
        return tuple(term.key for term in vocabulary.terms if term.group == group)
    begun = tuple(
        term.key for term in vocabulary.terms if _begins_name_or_synonym(typed, term.name, term.synonyms)
    )
    return begun or _find_terms_by_earlier_name(vocabulary, typed)


def _find_terms_by_earlier_name(vocabulary: Vocabulary, typed: str) -> tuple[str, ...]:
    """The keys of Terms that had this whole name in an earlier version: saved queries go on finding them."""
    return tuple(
        term.key
        for term in vocabulary.terms
        if any(
            term.key in earlier.terms and earlier.terms[term.key].name.casefold() == typed.casefold()
            for earlier in vocabulary.earlier
        )
    )


def find_regions_meant(vocabulary: Vocabulary, typed: str, relation: str) -> tuple[str, ...]:
    """Find the keys of the Regions that a value means; with `=` one key or one whole name only."""
    exact = tuple(
        region.key for region in vocabulary.regions if _is_exactly(typed, relation, region.key, region.name)
    )
    if exact or relation == "=":
        return exact
    stem = typed.casefold()
    both_sides = tuple(region.key for region in vocabulary.regions if region.stem.casefold() == stem)
    if both_sides:
        return both_sides
    group = _find_group(vocabulary.region_groups, typed)
    if group:
        return tuple(region.key for region in vocabulary.regions if region.group == group)
    return tuple(
        region.key
        for region in vocabulary.regions
        if _begins_name_or_synonym(typed, region.name, region.synonyms)
    )


def find_view_meant(vocabulary: Vocabulary, typed: str) -> View | None:
    return next((view for view in vocabulary.views if _is_key_or_name(typed, view.key, view.name)), None)


def suggest_names(vocabulary: Vocabulary, typed: str, regions: bool) -> list[str]:
    """Suggest names that are nearly what was typed, for a sentence."""
    things = vocabulary.regions if regions else vocabulary.terms
    groups = vocabulary.region_groups if regions else vocabulary.term_groups
    there: dict[str, str] = {}
    for group in groups:
        there.setdefault(group.key, group.key)
    for thing in things:
        for name in (thing.name, *thing.synonyms):
            for word in split_words(name):
                there.setdefault(word, word)
    return difflib.get_close_matches(typed.casefold(), list(there), 3, 0.6)


def _is_exactly(typed: str, relation: str, key: str, name: str) -> bool:
    """A key is always meant exactly; a name after `=` only, else what begins like it is meant too."""
    return typed.casefold() == key.casefold() or (relation == "=" and typed.casefold() == name.casefold())


def _is_key_or_name(typed: str, key: str, name: str) -> bool:
    return typed.casefold() in {key.casefold(), name.casefold()}


def _find_group(groups: Sequence[VocabularyGroup], typed: str) -> str:
    return next((group.key for group in groups if _is_key_or_name(typed, group.key, group.name)), "")


def _begins_name_or_synonym(typed: str, name: str, synonyms: Sequence[str]) -> bool:
    """Whether every typed word begins a word of the name, or of one synonym."""
    wanted = split_words(typed)
    return bool(wanted) and any(
        all(any(there.startswith(beginning) for there in split_words(text)) for beginning in wanted)
        for text in (name, *synonyms)
    )
