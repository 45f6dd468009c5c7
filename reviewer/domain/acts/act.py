"""What a row of the table of acts is, and the things that acts are about.

A thing is what a run of acts adds up to: the Reading of one Examiner, or something all Examiners share. It is
a fold over the acts on it that stand, the oldest first; so an act is taken back by folding what it touched
anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from reviewer.domain.ledger.entry import Entry, EntryBody
from reviewer.domain.people.evaluations import IndividualEvaluations
from reviewer.domain.people.individual import Individual, PhotoFacts, RecordLink, SavedList
from reviewer.domain.photos.redaction import Redaction
from reviewer.domain.photos.seen_elsewhere import SeenElsewhere
from reviewer.domain.reading.reading import Reading, ReadingRound
from reviewer.domain.summary.decisions import TermDecisions


class ThingKind(StrEnum):
    """The kinds of things. All but Readings are shared by all Examiners: whoever acts, the later stands."""

    READING = "reading"
    PHOTO = "photo"
    INDIVIDUAL = "individual"
    RECORD = "record"
    LIST = "list"
    DECISION = "decision"
    EVALUATION = "evaluation"
    REDACTION = "redaction"
    FILE = "file"


ThingState = (
    Reading
    | PhotoFacts
    | Individual
    | RecordLink
    | SavedList
    | TermDecisions
    | IndividualEvaluations
    | Redaction
    | SeenElsewhere
)


@dataclass(frozen=True, slots=True)
class AffectedThing:
    """One thing an act is about, and what the act says of it."""

    kind: ThingKind
    id: str
    detail: EntryBody


AffectedFinder = Callable[[Entry], Iterator[AffectedThing]]
"""What an act is about, each thing once for each of its kinds."""

ThingHandler = Callable[[Any, EntryBody, Entry], ThingState | None]
"""(state of a thing of the kind, what the act says of it, entry) -> its state after the act, None once it is
gone."""


@dataclass(frozen=True)
class Act:
    """A row of the table: the name of an act, what it is about, and what it does to each kind of that.

    Without `find_affected` it is about the case itself. One that `stays` cannot be taken back.
    """

    name: str
    find_affected: AffectedFinder | None = None
    handlers: Mapping[ThingKind, ThingHandler] = field(default_factory=dict)
    stays: bool = False


def make_reading_id(examiner: str, photo: str, round_: ReadingRound = ReadingRound.FIRST) -> str:
    """The id of the Reading of a Photo (SHA-256) by an Examiner, as a thing; ValueError for a Photo with a
    space in it."""
    if " " in photo:
        raise ValueError("no Photo is named with a space")
    return f"{examiner} {photo} {round_}"


def split_reading_id(id_: str) -> tuple[str, str, ReadingRound]:
    """Examiner's id, Photo and round of the Reading with this id."""
    examiner, photo, round_ = id_.rsplit(" ", 2)
    return examiner, photo, ReadingRound(round_)
