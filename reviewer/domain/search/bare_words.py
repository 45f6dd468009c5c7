"""Plain words in a query, without a field: the findings and regions they may mean.

Nothing is decided here: each reading of the words is a candidate with the query that asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.domain.search.names import find_regions_meant
from reviewer.domain.search.tokens import QueryToken, TokenKind, quote_value, tokenize
from reviewer.domain.vocabulary.type_ahead import TypeAhead, TypeAheadHit
from reviewer.domain.vocabulary.vocabulary import Region, Vocabulary

_FILLERS = frozenset({"a", "an", "at", "in", "of", "on", "the", "to", "with"})
_MOST_ROWS = 3
_MOST_WORDS = 8
_SIDE_AT_END = re.compile(r",? (left|right)$")
_GROUP, _STEM, _REGION = "group ", "both ", "region "


@dataclass(frozen=True)
class BareWords:
    """The plain words of a query, and the conditions that stand beside them as they were typed."""

    words: tuple[str, ...]
    conditions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def join_query(self, query: str) -> str:
        """A query in the place of the words, with the conditions beside it."""
        return " ".join(part for part in (query, *self.conditions) if part)


@dataclass(frozen=True)
class WordCandidate:
    """What words may mean: a name, what is added to it in quiet type, and the query that asks for it."""

    name: str
    detail: str
    query: str


@dataclass(frozen=True)
class WordCandidates:
    """`together`: a finding in a region; the words are shared out between the two."""

    together: tuple[WordCandidate, ...] = ()
    findings: tuple[WordCandidate, ...] = ()
    regions: tuple[WordCandidate, ...] = ()


def split_bare_words(text: str) -> BareWords | None:
    """Take the plain words out of a query; None where there are none, or where it is more than conditions
    side by side (brackets, `or`, `not`, quotes)."""
    words: list[str] = []
    conditions: list[str] = []
    for token in tokenize(text, tolerant=True):
        if token.piece is TokenKind.END or token.piece is TokenKind.AND:
            continue
        if token.piece is TokenKind.CONDITION and token.text.strip():
            conditions.append(text[token.start : token.end])
        elif _is_plain_word(token):
            words.append(token.text)
        else:
            return None
    return BareWords(tuple(words), tuple(conditions)) if words else None


def _is_plain_word(token: QueryToken) -> bool:
    return token.piece is TokenKind.WORDS and not token.quoted


def find_word_candidates(words: Iterable[str], vocabulary: Vocabulary) -> WordCandidates:
    """The findings and regions that words name, and the pairs of both that use all of them."""
    meant = [word for word in words if word.casefold() not in _FILLERS][:_MOST_WORDS]
    if not meant:
        return WordCandidates()
    terms, regions = _index_terms(vocabulary), _index_regions(vocabulary)
    pairs = _share_out(meant, terms, regions)
    typed = " ".join(meant)
    found_terms = [*terms.find(typed, _MOST_ROWS), *(term for term, _region in pairs)]
    found_regions = [*regions.find(typed, _MOST_ROWS), *(region for _term, region in pairs)]
    for word in meant if not pairs else ():
        found_terms += terms.find(word, 2)
        found_regions += regions.find(word, 2)
    return WordCandidates(
        tuple(dict.fromkeys(_make_pair(vocabulary, *pair) for pair in pairs))[:2],
        tuple(dict.fromkeys(map(_make_term, found_terms)))[:_MOST_ROWS],
        tuple(dict.fromkeys(_make_region(vocabulary, hit) for hit in found_regions))[:_MOST_ROWS],
    )


def _share_out(
    words: list[str], terms: TypeAhead, regions: TypeAhead
) -> list[tuple[TypeAheadHit, TypeAheadHit]]:
    """The words cut in two, one part a finding and the other a region, in either order."""
    found = []
    for place in range(1, len(words)):
        first, last = " ".join(words[:place]), " ".join(words[place:])
        for of_term, of_region in ((first, last), (last, first)):
            if terms.fits(of_term) and regions.fits(of_region):
                region = regions.find(of_region, 1)[0]
                found += [(term, region) for term in terms.find(of_term, 2)]
    return found


def _index_terms(vocabulary: Vocabulary) -> TypeAhead:
    return TypeAhead((term.key, term.name, term.synonyms) for term in vocabulary.terms if not term.retired)


def _index_regions(vocabulary: Vocabulary) -> TypeAhead:
    """Groups, then both sides of a region at once, then single regions."""
    regions = [region for region in vocabulary.regions if not region.retired]
    return TypeAhead([*_list_groups(vocabulary), *_list_both_sides(regions), *_list_single(regions)])


def _list_groups(vocabulary: Vocabulary) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Those whose key means all of the group in a query: of some it means one region of the same name."""
    for group in vocabulary.region_groups:
        inside = {region.key for region in vocabulary.regions if region.group == group.key}
        if set(find_regions_meant(vocabulary, group.key, ":")) == inside:
            yield f"{_GROUP}{group.key}", group.name, (group.key,)


def _list_both_sides(regions: Iterable[Region]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for region in regions:
        if region.side == "L":
            yield f"{_STEM}{region.stem}", _name_without_side(region), region.synonyms


def _list_single(regions: Iterable[Region]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for region in regions:
        yield f"{_REGION}{region.key}", region.name, region.synonyms


def _name_without_side(region: Region) -> str:
    return _SIDE_AT_END.sub("", region.name)


def _make_term(hit: TypeAheadHit) -> WordCandidate:
    return WordCandidate(hit.name, hit.synonym or "anywhere", f"term={quote_value(hit.name)}")


def _make_region(vocabulary: Vocabulary, hit: TypeAheadHit) -> WordCandidate:
    if hit.key.startswith(_GROUP):
        key = hit.key.removeprefix(_GROUP)
        inside = (_name_without_side(region) for region in vocabulary.regions if region.group == key)
        return WordCandidate(hit.name, "all of: " + "; ".join(dict.fromkeys(inside)), f"region:{key}")
    if hit.key.startswith(_STEM):
        detail = f"both sides, {hit.synonym}" if hit.synonym else "both sides"
        return WordCandidate(hit.name, detail, f"region:{quote_value(hit.key.removeprefix(_STEM))}")
    return WordCandidate(hit.name, hit.synonym, f"region={quote_value(hit.name)}")


def _make_pair(vocabulary: Vocabulary, term: TypeAheadHit, region: TypeAheadHit) -> WordCandidate:
    where = _make_region(vocabulary, region)
    return WordCandidate(term.name, f"in: {region.name}", f"{_make_term(term).query} {where.query}")
