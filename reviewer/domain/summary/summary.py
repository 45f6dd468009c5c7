"""The Summary of an Individual: what the Readings of the photographs add up to, Term by Term, and why.

What it says is worth as much as the photographs it leads back to; so each result carries the Photos,
Findings and Regions it rests on, and one that cannot be told says what is missing. How results are found
is `summary.rules`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.domain.reading.reading import CheckedSignList
from reviewer.domain.vocabulary.region_words import regions_in_words
from reviewer.domain.vocabulary.vocabulary import Vocabulary


class Wasting(StrEnum):
    """What photographs can say of nutrition (docs/rules.md, section 6)."""

    NONE = "no wasting visible"
    VISIBLE = "wasting visible"
    EXTREME = "extreme wasting visible"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Nutrition:
    """`photos` carry it; on those of `supine` and `bloated` lying or gas imitates or hides it."""

    wasting: Wasting = Wasting.CANNOT_TELL
    photos: tuple[str, ...] = ()
    supine: tuple[str, ...] = ()
    bloated: tuple[str, ...] = ()


class TermResult(StrEnum):
    """What is said of one Term of one Individual."""

    PRESENT = "present"
    ABSENT = "absent"
    CONFLICT = "conflict"
    AFTER_DEATH = "after death"
    UNSTATED = "certainty not stated"
    CANNOT_TELL = "cannot tell"


class UndecidedCause(StrEnum):
    """Why something cannot be told."""

    NOT_CONFIRMED = "copied findings not confirmed"
    FOUND_NOT_COMPLETE = "found where the reading is not complete"
    UNSTATED = "findings whose certainty nobody stated"
    ONLY_POSSIBLE = "only possible findings"
    AFTER_DEATH = "recorded as after death"
    NOT_GRADED = "findings that do not say how much is visible"
    NO_REGION = "findings without a region"
    ONLY_STEPS = "seen only through display steps"
    NON_SPECIFIC = "non-specific findings"
    PARENT_OPEN = "it may be a kind of what was found"
    NEVER_ABSENT = "a photograph cannot exclude it"
    SEX_NOT_STATED = "it depends on the sex, which is not stated"
    NOT_ASSESSABLE = "said to be not assessable"
    NOT_COMPLETE = "photographs whose reading is not complete"
    NOT_READ = "photographs not read yet"
    NOT_MENTIONED = "shown, but not asked about"
    HIDDEN = "hidden by decomposition"
    NOT_WELL_ENOUGH = "not shown well enough"
    CARRIED_OVER = "shown on photographs whose reading was only carried over"
    NEVER_SHOWN = "never shown"

    @property
    def speaks(self) -> bool:
        """Whether a ground with this cause speaks for the sign."""
        return self in _CAUSES_THAT_SPEAK


_CAUSES_THAT_SPEAK = frozenset(
    {
        UndecidedCause.NOT_CONFIRMED,
        UndecidedCause.FOUND_NOT_COMPLETE,
        UndecidedCause.UNSTATED,
        UndecidedCause.ONLY_POSSIBLE,
        UndecidedCause.AFTER_DEATH,
        UndecidedCause.NOT_GRADED,
        UndecidedCause.NO_REGION,
        UndecidedCause.ONLY_STEPS,
        UndecidedCause.NON_SPECIFIC,
    }
)


@dataclass(frozen=True)
class SummaryGround:
    """One thing a result rests on: a Photo, whose Reading, the Finding ("" if there is none), the Regions.

    `copied`: the Finding was copied from another photograph, and adds none to those that show it.
    `lists` are the lists of signs that a denial rests on (key and version), empty where it was stated.
    `in_context`: the Finding was made after something masked had been uncovered.
    """

    photo: str
    examiner: str = ""
    finding: str = ""
    regions: tuple[str, ...] = ()
    copied: bool = False
    lists: tuple[CheckedSignList, ...] = ()
    in_context: bool = False


@dataclass(frozen=True)
class Contradiction:
    """One Examiner says `present` on one Photo and denies it on another, for the same `regions`.

    `how` is "absent", "looked for", "nothing visible", "non-specific", or the key of the look-alike that was
    found there instead. A person decides.
    """

    present: SummaryGround
    against: SummaryGround
    regions: tuple[str, ...]
    how: str


@dataclass(frozen=True)
class SummarySubject:
    """Of whom a Summary is: all Photos in order; `alike` names for a Photo its group of near-duplicates;
    `not_for_reading` are those sorted as something else, whose Readings count nowhere; `sex` is "male",
    "female" or ""."""

    photos: tuple[str, ...] = ()
    alike: Mapping[str, str] = field(default_factory=dict)
    not_for_reading: frozenset[str] = frozenset()
    sex: str = ""

    def find_blocking_photos(self, read: Collection[str]) -> tuple[str, ...]:
        """The Photos for reading that are not among those `read` to the end, nor alike to one of these: while
        there is one, the Individual is in no figure of what was found (docs/rules.md, section 9)."""
        groups = {group for photo, group in self.alike.items() if group and photo in read}
        return tuple(
            photo
            for photo in self.photos
            if photo not in read and photo not in self.not_for_reading and self.alike.get(photo) not in groups
        )


_ON_ONE, _ON_MANY = "{cause}, on 1 photograph", "{cause}, on {photos} photographs"
_OF_PHOTOS = {
    UndecidedCause.NOT_READ: ("1 photograph not read yet", "{photos} photographs not read yet"),
    UndecidedCause.NOT_COMPLETE: (
        "1 photograph whose reading is not complete",
        "{photos} photographs whose reading is not complete",
    ),
}


@dataclass(frozen=True)
class UndecidedReason:
    """One reason why it cannot be told: the Regions it is about, or what it rests on."""

    cause: UndecidedCause
    regions: tuple[str, ...] = ()
    grounds: tuple[SummaryGround, ...] = ()

    def in_words(self, vocabulary: Vocabulary) -> str:
        regions = regions_in_words(vocabulary, self.regions)
        photos = len({ground.photo for ground in self.grounds})
        if self.cause in _OF_PHOTOS and photos:
            one, many = _OF_PHOTOS[self.cause]
            return one if photos == 1 else many.format(photos=f"{photos:,}")
        if self.regions:
            return f"{self.cause}: {regions}"
        if not photos:
            return str(self.cause)
        shown = _ON_ONE if photos == 1 else _ON_MANY
        return shown.format(cause=self.cause, photos=f"{photos:,}")


@dataclass(frozen=True)
class TermDecision:
    """What an Examiner decided about one Term, why, when, and on which Photos; `better` is the Photo that was
    named as showing it better, "" if none was."""

    examiner: str
    result: TermResult
    why: str
    photos: tuple[str, ...]
    at: str
    better: str = ""


@dataclass(frozen=True)
class TermSummary:
    """`grounds` carry every result but "cannot tell"; `regions` are where it is present, or was looked for.

    `pictures` counts the Photos of the grounds, near-duplicates once. Contradictions are listed whatever
    the result: one Finding may be contradicted while another stands. `decided` is the decision about them
    that stands, None if there is none. `denied` are the places where the sign was stated to be absent or
    looked for, whatever the result; `open` says that something keeps it from being absent anywhere.
    """

    term: str
    result: TermResult
    grounds: tuple[SummaryGround, ...] = ()
    regions: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    reasons: tuple[UndecidedReason, ...] = ()
    pictures: int = 0
    decided: TermDecision | None = None
    denied: frozenset[str] = frozenset()
    open: bool = True

    @property
    def stands(self) -> bool:
        """Whether it is present by a Finding that nothing contradicts."""
        contradicted = {contradiction.present for contradiction in self.contradictions}
        return self.result is TermResult.PRESENT and not contradicted.issuperset(self.grounds)

    def in_words(self, vocabulary: Vocabulary) -> str:
        """One line: the result, where, on how many photographs, or why it is inconclusive."""
        name = vocabulary.term_name(self.term)
        if self.decided is not None and self.result is TermResult.CANNOT_TELL:
            return f"{name}: cannot tell, decided: {self.decided.why}"
        if self.result is TermResult.CANNOT_TELL:
            return f"{name}: cannot tell ({'; '.join(why.in_words(vocabulary) for why in self.reasons)})"
        result = "looked for and not seen" if self.result is TermResult.ABSENT else str(self.result)
        where = f", {regions_in_words(vocabulary, self.regions)}" if self.regions else ""
        shown = "1 photograph" if self.pictures == 1 else f"{self.pictures:,} photographs"
        decided = f", decided: {self.decided.why}" if self.decided is not None else ""
        return f"{name}: {result}{where} ({shown}{self._name_lists(vocabulary)}){decided}"

    def _name_lists(self, vocabulary: Vocabulary) -> str:
        """ "; list: skin of trunk and limbs": what an absence rests on."""
        keys = dict.fromkeys(key for ground in self.grounds for key, _version in ground.lists)
        names = ", ".join(vocabulary.list_name(key) for key in keys)
        if self.result is not TermResult.ABSENT or not names:
            return ""
        return f"; list: {names}"


@dataclass(frozen=True)
class Summary:
    """All Terms of the vocabulary, in its order; then Terms of other versions that were found.

    `looked` are the Photos with a complete look of the Examiner's own, `carried` those with a Reading that
    was only carried over. Of the Photos for reading, `unread` have no look and `not_complete` none that is
    complete; a near-duplicate of one that has is in neither. `shown` are the places that were assessable on
    at least one Photo of `looked`; `covered` those that were so on any Photo, complete or not; `gone_through`
    those of `shown` where a list of signs was gone through that is of their Region. `not_for_reading` are the
    Photos sorted as soldier, scene, document or other, `read_for_nothing` those of them that somebody read:
    nothing else rests on them.
    """

    terms: tuple[TermSummary, ...]
    photos: tuple[str, ...] = ()
    looked: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    not_complete: tuple[str, ...] = ()
    shown: frozenset[str] = frozenset()
    gone_through: frozenset[str] = frozenset()
    nutrition: Nutrition = field(default_factory=Nutrition)
    covered: frozenset[str] = frozenset()
    not_for_reading: tuple[str, ...] = ()
    read_for_nothing: tuple[str, ...] = ()
    _by_key: dict[str, TermSummary] = field(default_factory=dict, repr=False, compare=False)

    def of(self, term: str) -> TermSummary | None:
        if not self._by_key:
            self._by_key.update((summarised.term, summarised) for summarised in self.terms)
        return self._by_key.get(term)

    @property
    def all_read(self) -> bool:
        """Whether there are Photos of this Individual for reading, and all of them were read to the end."""
        some = len(self.photos) > len(self.not_for_reading)
        return some and not self.unread and not self.not_complete

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Every contradiction that still has to be decided."""
        return tuple(
            contradiction
            for term in self.terms
            if term.decided is None
            for contradiction in term.contradictions
        )

    @property
    def noted(self) -> tuple[TermSummary, ...]:
        """What a reader wants to see first: everything but what is silently absent or inconclusive."""
        return tuple(
            term for term in self.terms if term.contradictions or term.grounds or _was_something_said(term)
        )


def _was_something_said(term: TermSummary) -> bool:
    """Whether something was said of a Term that nevertheless cannot be told."""
    said: Iterable[UndecidedReason] = term.reasons
    return any(why.grounds and why.cause not in _OF_PHOTOS for why in said)
