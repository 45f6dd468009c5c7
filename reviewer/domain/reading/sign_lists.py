"""Which lists of signs are gone through for what a photograph shows, and what they are called.

"Absent" rests on a statement, never on silence: what is looked for must be readable where it is said. So one
place says which lists a Coverage asks for, and every face shows these and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reviewer.domain.reading.reading import CheckedSignList
from reviewer.domain.vocabulary.coverage import CoverageLevels, find_assessable_keys
from reviewer.domain.vocabulary.vocabulary import SignList, Vocabulary

_SEVERAL = 2


def find_lists_for_coverage(vocabulary: Vocabulary, coverage: CoverageLevels) -> tuple[SignList, ...]:
    """The lists that apply to what is shown well enough, in the order of the vocabulary.

    A list applies where a Region or an aspect of it is assessable whose stem the list names; a list without
    regions applies to any part of the body. "limited" shows nothing well enough.
    """
    keys = {key.partition("/")[0] for key in find_assessable_keys(coverage)}
    parts = {key for key in keys if not _is_no_part(vocabulary, key)}
    stems = {key.removesuffix(".L").removesuffix(".R") for key in parts}
    return tuple(
        sign_list
        for sign_list in vocabulary.lists
        if (stems & set(sign_list.regions) if sign_list.regions else stems)
    )


def find_checked_lists_for_coverage(
    vocabulary: Vocabulary, coverage: CoverageLevels
) -> tuple[CheckedSignList, ...]:
    """The same as they are written down: key of the list, version of the vocabulary."""
    return tuple(
        (sign_list.key, vocabulary.version) for sign_list in find_lists_for_coverage(vocabulary, coverage)
    )


def lists_in_words(vocabulary: Vocabulary, checked: Iterable[Sequence[str]]) -> str:
    """ "skin of trunk and limbs (23 signs), head and neck (12 signs)"; "" for none.

    A list of another version of the vocabulary is told with that version, without a number of signs.
    """
    return ", ".join(_name_list_with_count(vocabulary, key, version) for key, version in checked)


def lists_in_few_words(vocabulary: Vocabulary, checked: Sequence[CheckedSignList]) -> str:
    """ "skin of trunk and limbs (23 signs)"; of several how many lists and signs: "5 lists (98 signs)"."""
    if len(checked) < _SEVERAL:
        return lists_in_words(vocabulary, checked)
    return f"{len(checked)} lists ({len(_collect_signs(vocabulary, checked)):,} signs)"


def lists_in_one_line(vocabulary: Vocabulary, checked: Sequence[CheckedSignList]) -> str:
    """The same with the names of several lists after the number of their signs: " 98 signs: head, neck".

    They stand in the order of the vocabulary, in which they are offered.
    """
    if len(checked) < _SEVERAL:
        return f": {lists_in_words(vocabulary, checked)}"
    places = {sign_list.key: place for place, sign_list in enumerate(vocabulary.lists)}
    keys = sorted((key for key, _version in checked), key=lambda key: places.get(key, len(places)))
    names = ", ".join(_name_list(vocabulary, key) for key in keys)
    return f" {len(_collect_signs(vocabulary, checked)):,} signs: {names}"


def count_signs(vocabulary: Vocabulary, checked: Iterable[CheckedSignList]) -> int:
    """How many signs these lists have, each counted once."""
    return len(_collect_signs(vocabulary, checked))


def signs_in_words(vocabulary: Vocabulary, checked: Iterable[CheckedSignList]) -> list[str]:
    """One line for each list: its name, and the names of its signs as the vocabulary in use has them."""
    return [
        f"{_name_list_with_count(vocabulary, key, version)}: {', '.join(name_signs_of_list(vocabulary, key))}"
        for key, version in checked
    ]


def name_signs_of_list(vocabulary: Vocabulary, key: str) -> list[str]:
    """The names of the signs of a list; none of a list that the vocabulary in use does not know."""
    found = _find_list(vocabulary, key)
    return [vocabulary.term_name(term) for term in found.terms] if found else []


def format_checked_lists(checked: Iterable[CheckedSignList]) -> str:
    """ "head 2.0.0;skin 2.0.0": keys with the version of the vocabulary, for tables."""
    return ";".join(f"{key} {version}" for key, version in checked)


def _name_list_with_count(vocabulary: Vocabulary, key: str, version: str) -> str:
    found, name = _find_list(vocabulary, key), _name_list(vocabulary, key)
    if found is None or version != vocabulary.version:
        return f"{name} (vocabulary {version})"
    return f"{name} (1 sign)" if len(found.terms) == 1 else f"{name} ({len(found.terms):,} signs)"


def _name_list(vocabulary: Vocabulary, key: str) -> str:
    found = _find_list(vocabulary, key)
    return f"{found.name[:1].lower()}{found.name[1:]}" if found else key


def _collect_signs(vocabulary: Vocabulary, checked: Iterable[CheckedSignList]) -> frozenset[str]:
    """The Terms of these lists, each once."""
    keys = {key for key, _version in checked}
    return frozenset(
        term for sign_list in vocabulary.lists if sign_list.key in keys for term in sign_list.terms
    )


def _find_list(vocabulary: Vocabulary, key: str) -> SignList | None:
    return next((sign_list for sign_list in vocabulary.lists if sign_list.key == key), None)


def _is_no_part(vocabulary: Vocabulary, key: str) -> bool:
    """Whether a key stands for no part of the body ("generalised", "not visible")."""
    region = vocabulary.region(key)
    return region is not None and region.pseudo
