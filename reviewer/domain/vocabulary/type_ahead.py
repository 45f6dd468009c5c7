"""Finding Terms and Regions by a few typed letters.

Every typed word must begin a word of the name or of one synonym; the order of words does not matter. What is
typed to its end comes before what only begins so, and names before synonyms. Only when nothing fits that way
is one slip of the finger forgiven in words of five letters and more, and never for a Term of the neck, of
the genitals or of a firearm: such a Finding is made by nobody who did not type it.

A mechanism ("hanging") is no sign. It finds nothing; it says what to look for (`find_mechanism_typed`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reviewer.domain.vocabulary.vocabulary import Mechanism, Region, Vocabulary

GROUPS_TYPED_EXACTLY = frozenset({"neck", "sexual", "firearm"})
"""Groups of Terms that only what is typed right can find."""
MECHANISM_HINT = "This is a mechanism: choose what is seen."
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_FORGIVEN = 5
_SHORTEST_MECHANISM = 4
_WordTest = Callable[[str, str], bool]


@dataclass(frozen=True)
class TypeAheadHit:
    """A hit: `synonym` is the text that fitted when it was not the name."""

    key: str
    name: str
    synonym: str = ""


@dataclass(frozen=True)
class _IndexEntry:
    key: str
    name: str
    texts: tuple[tuple[str, tuple[str, ...]], ...]


class TypeAhead:
    """An index over one kind of thing; its words are split when it is first asked, and each text once."""

    def __init__(
        self, things: Iterable[tuple[str, str, Sequence[str]]], exact: Collection[str] = frozenset()
    ) -> None:
        """`things` are (key, name, synonyms) in the order in which equals are listed; no slip is forgiven for
        the keys in `exact`."""
        self._things, self._exact = tuple(things), exact

    @cached_property
    def _entries(self) -> list[_IndexEntry]:
        return [
            _IndexEntry(key, name, tuple((text, _split_offered(text)) for text in (name, *synonyms)))
            for key, name, synonyms in self._things
        ]

    @cached_property
    def _forgiven(self) -> list[_IndexEntry]:
        return [entry for entry in self._entries if entry.key not in self._exact]

    def find(self, typed: str, limit: int = 12, prefer: Sequence[str] = ()) -> list[TypeAheadHit]:
        """The best first; of equals those of `prefer`, in its order. All things when nothing is typed."""
        wanted = split_words(typed)
        places = {key: place for place, key in reversed(list(enumerate(prefer)))}
        ranked = _rank_entries(self._entries, wanted, places, _begins)
        ranked = ranked or _rank_entries(self._forgiven, wanted, places, _nearly_begins)
        return [match for _rank, match in sorted(ranked, key=lambda pair: pair[0])[:limit]]

    def fits(self, typed: str) -> bool:
        """Whether anything begins like this, no slip forgiven."""
        return bool(_rank_entries(self._entries, split_words(typed), {}, _begins))


def _rank_entries(
    entries: Iterable[_IndexEntry], wanted: tuple[str, ...], prefer: Mapping[str, int], fits: _WordTest
) -> list[tuple[tuple[int, ...], TypeAheadHit]]:
    found: list[tuple[tuple[int, ...], TypeAheadHit]] = []
    for place, entry in enumerate(entries):
        best = min(
            (
                (0 if there == wanted else 1 + int(number > 0), rank[0], rank[1], number)
                for number, (_text, there) in enumerate(entry.texts)
                if (rank := _rank_words(wanted, there, fits)) is not None
            ),
            default=None,
        )
        if best is not None:
            number = best[-1]
            synonym = entry.texts[number][0] if number else ""
            first = prefer.get(entry.key, len(prefer))
            key = (best[0], best[1], first, best[2], place)
            found.append((key, TypeAheadHit(entry.key, entry.name, synonym)))
    return found


def _begins(typed: str, word: str) -> bool:
    return word.startswith(typed)


def _nearly_begins(typed: str, word: str) -> bool:
    if word.startswith(typed):
        return True
    return len(typed) >= _SHORTEST_FORGIVEN and any(
        _is_one_slip_away(typed, word[:length]) for length in range(len(typed) - 1, len(typed) + 2)
    )


def _rank_words(wanted: tuple[str, ...], there: tuple[str, ...], fits: _WordTest) -> tuple[int, int] | None:
    """How well: whether the first typed word is the first one there, then how much is left untyped."""
    free = list(there)
    for typed in sorted(wanted, key=len, reverse=True):
        hit = next((word for word in free if fits(typed, word)), None)
        if hit is None:
            return None
        free.remove(hit)
    starts = bool(wanted) and bool(there) and fits(wanted[0], there[0])
    return (0 if starts or not wanted else 1), len(free)


def find_text_meant(typed: str, texts: Sequence[str]) -> int | None:
    """Which of the texts that are offered is the one that is typed; None if several are as likely to be.

    A word typed to its end counts for more than a beginning, and the first words of a text in their order for
    more than others. Of texts that are alike so far, one is meant only if all its words are typed and the
    others go on where it ends.
    """
    if len(texts) == 1:
        return 0
    claims = [
        (claim, place)
        for place, text in enumerate(texts)
        if (claim := _make_claim(split_words(typed), split_words(text))) is not None
    ]
    if not claims:
        return None
    best = min(claim.rank for claim, _place in claims)
    first = [(claim, place) for claim, place in claims if claim.rank == best]
    if len(first) == 1:
        return first[0][1]
    whole = [(claim, place) for claim, place in first if not claim.untyped]
    if len(whole) != 1:
        return None
    ((shortest, place),) = whole
    longer = all(claim.extends(shortest) for claim, _place in first)
    return place if longer else None


@dataclass(frozen=True)
class _Claim:
    """The words hit, how many were not; `rank`: how many are beginnings, and whether out of order."""

    hit: tuple[str, ...]
    untyped: int
    rank: tuple[int, int]

    def extends(self, other: _Claim) -> bool:
        """Whether its words begin with those of the other ("bruised" goes on where "bruise" ends)."""
        return all(mine.startswith(its) for mine, its in zip(self.hit, other.hit, strict=True))


def _make_claim(wanted: tuple[str, ...], there: tuple[str, ...]) -> _Claim | None:
    free, hit = list(there), {}
    for typed in sorted(wanted, key=len, reverse=True):
        found = typed if typed in free else next((word for word in free if word.startswith(typed)), None)
        if found is None:
            return None
        free.remove(found)
        hit[typed] = found
    if not wanted:
        return None
    ordered = tuple(hit[typed] for typed in wanted)
    begun = sum(1 for typed, word in hit.items() if typed != word)
    return _Claim(ordered, len(free), (begun, int(ordered[0] != there[0])))


def _is_one_slip_away(left: str, right: str) -> bool:
    """Whether one letter changed, added, left out or swapped with its neighbour makes them equal."""
    if len(left) == len(right):
        unlike = [place for place, pair in enumerate(zip(left, right, strict=True)) if pair[0] != pair[1]]
        if len(unlike) == 2 and unlike[1] == unlike[0] + 1:
            return left[unlike[0]] == right[unlike[1]] and left[unlike[1]] == right[unlike[0]]
        return len(unlike) <= 1
    short, long = sorted((left, right), key=len)
    return len(long) - len(short) == 1 and any(
        long[:place] + long[place + 1 :] == short for place in range(len(long))
    )


def split_words(text: str) -> tuple[str, ...]:
    """The words of a text, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return tuple(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


@lru_cache(maxsize=20_000)
def _split_offered(text: str) -> tuple[str, ...]:
    """The words of what the vocabulary offers, kept for several indexes; never of what a person types."""
    return split_words(text)


def make_terms_index(vocabulary: Vocabulary) -> TypeAhead:
    """Terms that are offered."""
    offered = [term for term in vocabulary.terms if not term.retired]
    exact = {term.key for term in offered if term.group in GROUPS_TYPED_EXACTLY}
    return TypeAhead(((term.key, term.name, term.synonyms) for term in offered), exact)


def find_mechanism_typed(vocabulary: Vocabulary, index: TypeAhead, typed: str) -> Mechanism | None:
    """The mechanism that is typed where a sign is asked for, None if it is none.

    One word that is typed to its end is one, whatever else begins so ("suspension"); otherwise what is typed
    is one where no sign begins so and one of its words begins a mechanism ("hanging mark", "strang").
    """
    wanted = split_words(typed)
    is_named = len(wanted) == 1 and any(wanted[0] in mechanism.words for mechanism in vocabulary.mechanisms)
    if not is_named and index.fits(typed):
        return None
    begun = tuple(word for word in wanted if len(word) >= _SHORTEST_MECHANISM)
    exact = [mechanism for mechanism in vocabulary.mechanisms if set(wanted) & set(mechanism.words)]
    near = [
        mechanism
        for mechanism in vocabulary.mechanisms
        if begun and any(w.startswith(begun) for w in mechanism.words)
    ]
    return next(iter((*exact, *near)), None)


def make_regions_index(vocabulary: Vocabulary) -> TypeAhead:
    """Regions that are offered; a synonym of a sided Region takes the side with it ("armpit left")."""
    return TypeAhead(
        (region.key, region.name, _add_side_to_synonyms(region))
        for region in vocabulary.regions
        if not region.retired
    )


def make_coverage_index(vocabulary: Vocabulary) -> TypeAhead:
    """What can be said to be shown: Regions of the body, and by themselves the aspects of those that have any
    (a Region is meant with all of them).

    Keys are those of Regions and of Coverage ("wrist.L", "wrist.L/front").
    """
    things: list[tuple[str, str, Sequence[str]]] = []
    for region in vocabulary.body:
        things.append((region.key, region.name, _add_side_to_synonyms(region)))
        things += [
            (
                key,
                vocabulary.region_name(key),
                [f"{synonym} {aspect}" for synonym in _add_side_to_synonyms(region)],
            )
            for key, aspect in zip(region.shown_as, map(vocabulary.aspect_name, region.aspects), strict=False)
        ]
    return TypeAhead(things)


def _add_side_to_synonyms(region: Region) -> list[str]:
    sides = {"L": " left", "R": " right", "": ""}
    return [f"{synonym}{sides[region.side]}" for synonym in region.synonyms]
