"""The Summary of an Individual: what the Readings of the photographs add up to, Term by Term, and why.

What it says is worth as much as the photographs it leads back to; so each result carries the Photos,
Findings and Regions it rests on, and one that cannot be told says what is missing. How results are found
is `summary_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.domain.region_words import in_words
from reviewer.domain.vocabulary import Vocabulary


class Result(StrEnum):
    """What is said of one Term of one Individual."""

    PRESENT = "present"
    ABSENT = "absent"
    CONFLICT = "conflict"
    CANNOT_TELL = "cannot tell"


class Cause(StrEnum):
    """Why something cannot be told."""

    ONLY_POSSIBLE = "only possible findings"
    NON_SPECIFIC = "non-specific findings"
    NOT_CONFIRMED = "copied findings not confirmed"
    NOT_ASSESSABLE = "said to be not assessable"
    NEVER_SHOWN = "never shown"
    NOT_WELL_ENOUGH = "not shown well enough"
    NOT_COMPLETE = "shown on photographs whose reading is not complete"
    CARRIED_OVER = "shown on photographs whose reading was only carried over"
    NOT_READ = "photographs not read yet"


@dataclass(frozen=True)
class Ground:
    """One thing a result rests on: a Photo, whose Reading, the Finding ("" if there is none), the Regions."""

    photo: str
    examiner: str = ""
    finding: str = ""
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contradiction:
    """One Examiner says `present` on one Photo and denies it on another, for the same `regions`.

    `how` is "absent" or "nothing visible". A person decides.
    """

    present: Ground
    against: Ground
    regions: tuple[str, ...]
    how: str


@dataclass(frozen=True)
class Why:
    """One reason why it cannot be told: the Regions it is about, or what it rests on."""

    cause: Cause
    regions: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()

    def in_words(self, vocabulary: Vocabulary) -> str:
        if self.regions:
            return f"{self.cause}: {in_words(vocabulary, self.regions)}"
        photos = len({ground.photo for ground in self.grounds})
        if self.cause is Cause.NOT_READ:
            return "1 photograph not read yet" if photos == 1 else f"{photos:,} {self.cause}"
        return f"{self.cause}, on {photos:,} {'photograph' if photos == 1 else 'photographs'}"


@dataclass(frozen=True)
class Decision:
    """What an Examiner decided about one Term, why, when, and on which Photos; `better` is the Photo that was
    named as showing it better, "" if none was."""

    examiner: str
    result: Result
    why: str
    photos: tuple[str, ...]
    at: str
    better: str = ""


@dataclass(frozen=True)
class TermSummary:
    """`grounds` carry a present or absent result; `regions` are where it is present, or was looked for.

    `pictures` counts the Photos of the grounds, near-duplicates once. Contradictions are listed whatever
    the result: one Finding may be contradicted while another stands. `decided` is the decision about them
    that stands, None if there is none.
    """

    term: str
    result: Result
    grounds: tuple[Ground, ...] = ()
    regions: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    reasons: tuple[Why, ...] = ()
    pictures: int = 0
    decided: Decision | None = None

    @property
    def stands(self) -> bool:
        """Whether it is present by a Finding that nothing contradicts."""
        contradicted = {each.present for each in self.contradictions}
        return self.result is Result.PRESENT and not contradicted.issuperset(self.grounds)

    def in_words(self, vocabulary: Vocabulary) -> str:
        """One line: the result, where, on how many photographs, or why it cannot be told."""
        name = vocabulary.term_name(self.term)
        if self.decided is not None and self.result is Result.CANNOT_TELL:
            return f"{name}: cannot tell, decided: {self.decided.why}"
        if self.result is Result.CANNOT_TELL:
            return f"{name}: cannot tell ({'; '.join(why.in_words(vocabulary) for why in self.reasons)})"
        where = f", {in_words(vocabulary, self.regions)}" if self.regions else ""
        shown = "photograph" if self.pictures == 1 else "photographs"
        decided = f", decided: {self.decided.why}" if self.decided is not None else ""
        return f"{name}: {self.result}{where} ({self.pictures:,} {shown}){decided}"


@dataclass(frozen=True)
class Summary:
    """All Terms of the vocabulary, in its order; then Terms of other versions that were found.

    `looked` are the Photos with a complete look of the Examiner's own, `carried` those with a Reading that
    was only carried over, `unread` those without any. `shown` are the Regions that were assessable on at
    least one Photo of `looked`; `covered` those that were so on any Photo, complete or not.
    """

    terms: tuple[TermSummary, ...]
    photos: tuple[str, ...] = ()
    looked: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    shown: frozenset[str] = frozenset()
    covered: frozenset[str] = frozenset()
    _by_key: dict[str, TermSummary] = field(default_factory=dict, repr=False, compare=False)

    def of(self, term: str) -> TermSummary | None:
        if not self._by_key:
            self._by_key.update((each.term, each) for each in self.terms)
        return self._by_key.get(term)

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Everything a person has to decide and nobody has."""
        return tuple(each for term in self.terms if term.decided is None for each in term.contradictions)

    @property
    def noted(self) -> tuple[TermSummary, ...]:
        """What a reader wants to see first: everything but what is silently absent or cannot be told."""
        return tuple(each for each in self.terms if each.contradictions or each.grounds or _told(each))


def _told(term: TermSummary) -> bool:
    """Whether something was said of a Term that nevertheless cannot be told."""
    said: Iterable[Why] = term.reasons
    return any(why.grounds and why.cause is not Cause.NOT_READ for why in said)
