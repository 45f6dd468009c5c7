"""Acts on what all Examiners share, and what each does to the things it touches.

An act may touch many things (a whole run of Photos gets a category). Each of them is a fold over the acts
that touch it, whoever made them; the later stands. So an act is taken back by folding what it touched anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from reviewer.domain.acts.shared_bodies import statement_from, transcription_from
from reviewer.domain.ledger.entry import Body, Entry
from reviewer.domain.people import evaluations
from reviewer.domain.people.evaluations import INDIVIDUAL_EVALUATED, Evaluated
from reviewer.domain.people.individual import Individual, Pass, PhotoFacts, RecordLink, SavedList, Statement
from reviewer.domain.photos.redaction import REDACTION_DRAWN, REDACTION_REMOVED, Redaction, drawn_from
from reviewer.domain.photos.seen_elsewhere import (
    FILES_OPEN_AGAIN,
    FILES_SEEN_ELSEWHERE,
    SeenElsewhere,
    seen_from,
)
from reviewer.domain.summary import decisions
from reviewer.domain.summary.decisions import SUMMARY_DECIDED, Decided

PHOTOS_CATEGORISED = "photos.categorised"
INDIVIDUALS_MADE = "individuals.made"
INDIVIDUALS_MERGED = "individuals.merged"
PHOTOS_ASSIGNED = "photos.assigned"
STATEMENT_MADE = "statement.made"
STATEMENT_WITHDRAWN = "statement.withdrawn"
CARD_TRANSCRIBED = "card.transcribed"
DUPLICATES_GROUPED = "duplicates.grouped"
DUPLICATES_PARTED = "duplicates.parted"
RECORDS_SETTLED = "records.settled"
LIST_SAVED = "list.saved"
LIST_REMOVED = "list.removed"


class Kind(StrEnum):
    """The kinds of things that are shared."""

    PHOTO = "photo"
    INDIVIDUAL = "individual"
    RECORD = "record"
    LIST = "list"
    DECISION = "decision"
    EVALUATION = "evaluation"
    REDACTION = "redaction"
    FILE = "file"


State = PhotoFacts | Individual | RecordLink | SavedList | Decided | Evaluated | Redaction | SeenElsewhere
S = TypeVar("S", PhotoFacts, Individual, RecordLink, SavedList, Decided, Evaluated, SeenElsewhere)


@dataclass(frozen=True)
class Touch:
    """One thing an act is about, and what the act says of it."""

    kind: Kind
    id: str
    detail: Body


def is_shared(act: str) -> bool:
    """Whether an act is of this kind, and so can be taken back by folding what it touched."""
    return act in _TOUCHES


def touches(act: str, subject: str, body: Body) -> Iterator[Touch]:
    """Everything an act is about, each thing once for each of its kinds."""
    return _TOUCHES[act](subject, body)


def evolved(state: State | None, touch: Touch, entry: Entry) -> State | None:
    """The thing after one more act on it; None once it is gone. Raises KeyError for an unknown act."""
    return _EVOLUTIONS[entry.act, touch.kind](state or _blank(touch), touch.detail, entry)


def folded(kind: Kind, id_: str, entries: Iterable[tuple[Entry, Touch]]) -> State | None:
    """The thing that follows from these acts on it, oldest first; None if it was never made or is gone."""
    state: State | None = None
    for entry, touch in entries:
        if (touch.kind, touch.id) != (kind, id_):
            raise ValueError("an act on something else")
        state = evolved(state, touch, entry)
    return state


def _blank(touch: Touch) -> State:
    return _BLANK[touch.kind](touch.id)


_BLANK: dict[Kind, Callable[[str], State]] = {
    Kind.PHOTO: PhotoFacts,
    Kind.INDIVIDUAL: Individual,
    Kind.RECORD: RecordLink,
    Kind.LIST: lambda id_: SavedList(id_, "", ""),
    Kind.DECISION: Decided,
    Kind.EVALUATION: Evaluated,
    Kind.REDACTION: Redaction,
    Kind.FILE: SeenElsewhere,
}


# what each act is about


def _photos(_subject: str, body: Body) -> Iterator[Touch]:
    for photo in body["photos"]:
        yield Touch(Kind.PHOTO, photo, body)


def _made(_subject: str, body: Body) -> Iterator[Touch]:
    for each in body["individuals"]:
        yield Touch(Kind.INDIVIDUAL, each["id"], each)
        for photo in each["photos"]:
            yield Touch(Kind.PHOTO, photo, {"individual": each["id"]})


def _assigned(subject: str, body: Body) -> Iterator[Touch]:
    if subject:
        yield Touch(Kind.INDIVIDUAL, subject, body)
    for photo in body["photos"]:
        yield Touch(Kind.PHOTO, photo, {"individual": subject})


def _merged(subject: str, body: Body) -> Iterator[Touch]:
    yield Touch(Kind.INDIVIDUAL, subject, {})
    for other in body["merged"]:
        yield Touch(Kind.INDIVIDUAL, other, {"into": subject})
    for photo in body["photos"]:
        yield Touch(Kind.PHOTO, photo, {"individual": subject})


def _grouped(_subject: str, body: Body) -> Iterator[Touch]:
    for group in body["groups"]:
        for photo in group:
            yield Touch(Kind.PHOTO, photo, {"duplicates": group[0]})


def _parted(_subject: str, body: Body) -> Iterator[Touch]:
    for photo in body["photos"]:
        yield Touch(Kind.PHOTO, photo, {"duplicates": ""})


def _settled(_subject: str, body: Body) -> Iterator[Touch]:
    """Rows of records; what a row says is stated of its Individual by the same act."""
    for each in body["records"]:
        yield Touch(Kind.RECORD, each["record"], each)
        if each["individual"] and each.get("statements"):
            yield Touch(Kind.INDIVIDUAL, each["individual"], each)


def _decided(subject: str, body: Body) -> Iterator[Touch]:
    yield Touch(Kind.DECISION, decisions.id_of(subject, body["term"]), body)


def _files(_subject: str, body: Body) -> Iterator[Touch]:
    for file in body["files"]:
        yield Touch(Kind.FILE, file, body)


def _redaction(_subject: str, body: Body) -> Iterator[Touch]:
    yield Touch(Kind.REDACTION, body["id"], body)


def _one(kind: Kind) -> Callable[[str, Body], Iterator[Touch]]:
    def touched(subject: str, body: Body) -> Iterator[Touch]:
        yield Touch(kind, subject, body)

    return touched


_TOUCHES: dict[str, Callable[[str, Body], Iterator[Touch]]] = {
    PHOTOS_CATEGORISED: _photos,
    INDIVIDUALS_MADE: _made,
    INDIVIDUALS_MERGED: _merged,
    PHOTOS_ASSIGNED: _assigned,
    STATEMENT_MADE: _one(Kind.INDIVIDUAL),
    STATEMENT_WITHDRAWN: _one(Kind.INDIVIDUAL),
    CARD_TRANSCRIBED: _one(Kind.PHOTO),
    DUPLICATES_GROUPED: _grouped,
    DUPLICATES_PARTED: _parted,
    RECORDS_SETTLED: _settled,
    LIST_SAVED: _one(Kind.LIST),
    LIST_REMOVED: _one(Kind.LIST),
    SUMMARY_DECIDED: _decided,
    INDIVIDUAL_EVALUATED: _one(Kind.EVALUATION),
    REDACTION_DRAWN: _redaction,
    REDACTION_REMOVED: _redaction,
    FILES_SEEN_ELSEWHERE: _files,
    FILES_OPEN_AGAIN: _files,
}


# what each act does


def _on_photo(change: Callable[[PhotoFacts, Body, Entry], PhotoFacts]) -> Evolution:
    return lambda state, body, entry: change(_as(PhotoFacts, state), body, entry)


def _on_individual(change: Callable[[Individual, Body, Entry], Individual]) -> Evolution:
    return lambda state, body, entry: change(_as(Individual, state), body, entry)


def _as(type_: type[S], state: State) -> S:
    if not isinstance(state, type_):
        raise TypeError(f"{state.__class__.__name__} is no {type_.__name__}")
    return state


def _made_of(individual: Individual, body: Body, entry: Entry) -> Individual:
    stated = tuple(statement_from(each, entry) for each in body["statements"])
    return Individual(
        individual.id,
        reason=body["reason"],
        author=entry.author,
        at=entry.at,
        merged_into=individual.merged_into,
        statements=_with(individual, stated),
    )


def _with(individual: Individual, stated: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Its statements and these; of two with one id the later stands, as everywhere."""
    new = {each.id: each for each in stated}
    return (*(each for each in individual.statements if each.id not in new), *new.values())


def _withdrawn(individual: Individual, body: Body, _entry: Entry) -> Individual:
    statements = tuple(
        replace(each, withdrawn=body["why"] or "withdrawn") if each.id == body["id"] else each
        for each in individual.statements
    )
    return replace(individual, statements=statements)


def _stated(individual: Individual, body: Body, entry: Entry) -> Individual:
    return replace(individual, statements=_with(individual, (statement_from(body, entry),)))


def _transcribed(facts: PhotoFacts, body: Body, entry: Entry) -> PhotoFacts:
    made = transcription_from(body, entry)
    kept = tuple(each for each in facts.cards if each.number is not made.number)
    return replace(facts, cards=tuple(sorted((*kept, made), key=lambda each: list(Pass).index(each.number))))


def _told_by_record(individual: Individual, body: Body, entry: Entry) -> Individual:
    stated = tuple(statement_from(each, entry) for each in body["statements"])
    return replace(individual, statements=(*individual.statements, *stated))


Evolution = Callable[[State, Body, Entry], State | None]

_INDIVIDUAL_OF_PHOTO = _on_photo(lambda facts, body, _entry: replace(facts, individual=body["individual"]))
_DUPLICATES_OF_PHOTO = _on_photo(lambda facts, body, _entry: replace(facts, duplicates=body["duplicates"]))

_EVOLUTIONS: dict[tuple[str, Kind], Evolution] = {
    (PHOTOS_CATEGORISED, Kind.PHOTO): _on_photo(
        lambda facts, body, _entry: replace(facts, category=body["category"])
    ),
    (INDIVIDUALS_MADE, Kind.INDIVIDUAL): _on_individual(_made_of),
    (INDIVIDUALS_MADE, Kind.PHOTO): _INDIVIDUAL_OF_PHOTO,
    (INDIVIDUALS_MERGED, Kind.INDIVIDUAL): _on_individual(
        lambda individual, body, _entry: replace(individual, merged_into=body.get("into", ""))
    ),
    (INDIVIDUALS_MERGED, Kind.PHOTO): _INDIVIDUAL_OF_PHOTO,
    (PHOTOS_ASSIGNED, Kind.INDIVIDUAL): _on_individual(lambda individual, _body, _entry: individual),
    (PHOTOS_ASSIGNED, Kind.PHOTO): _INDIVIDUAL_OF_PHOTO,
    (STATEMENT_MADE, Kind.INDIVIDUAL): _on_individual(_stated),
    (STATEMENT_WITHDRAWN, Kind.INDIVIDUAL): _on_individual(_withdrawn),
    (CARD_TRANSCRIBED, Kind.PHOTO): _on_photo(_transcribed),
    (DUPLICATES_GROUPED, Kind.PHOTO): _DUPLICATES_OF_PHOTO,
    (DUPLICATES_PARTED, Kind.PHOTO): _DUPLICATES_OF_PHOTO,
    (RECORDS_SETTLED, Kind.RECORD): lambda state, body, entry: RecordLink(
        _as(RecordLink, state).record, body["individual"], body["how"], body["note"], entry.author, entry.at
    ),
    (RECORDS_SETTLED, Kind.INDIVIDUAL): _on_individual(_told_by_record),
    (LIST_SAVED, Kind.LIST): lambda state, body, entry: SavedList(
        _as(SavedList, state).id,
        body["name"],
        body["query"],
        body["sorting"],
        body["details"],
        tuple(body["photos"]),
        entry.author,
        entry.at,
    ),
    (LIST_REMOVED, Kind.LIST): lambda _state, _body, _entry: None,
    (SUMMARY_DECIDED, Kind.DECISION): lambda state, body, entry: decisions.evolved(
        _as(Decided, state), body, entry
    ),
    (INDIVIDUAL_EVALUATED, Kind.EVALUATION): lambda state, body, entry: evaluations.evolved(
        _as(Evaluated, state), body, entry
    ),
    (REDACTION_DRAWN, Kind.REDACTION): lambda _state, body, entry: drawn_from(body, entry),
    (REDACTION_REMOVED, Kind.REDACTION): lambda _state, _body, _entry: None,
    (FILES_SEEN_ELSEWHERE, Kind.FILE): lambda state, body, entry: seen_from(
        _as(SeenElsewhere, state).file, body, entry
    ),
    (FILES_OPEN_AGAIN, Kind.FILE): lambda _state, _body, _entry: None,
}
