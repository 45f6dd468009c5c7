"""Acts on what all Examiners share, and what each does to the things it touches.

An act may touch many things (a whole run of Photos gets a category). Each of them is a fold over the acts
that touch it, whoever made them; the later stands. So an act is taken back by folding what it touched anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from reviewer.domain.acts.shared_bodies import statement_from_body, transcription_from_body
from reviewer.domain.ledger.entry import Entry, EntryBody
from reviewer.domain.people import evaluations
from reviewer.domain.people.evaluations import INDIVIDUAL_EVALUATED, IndividualEvaluations
from reviewer.domain.people.individual import (
    Individual,
    PhotoFacts,
    RecordLink,
    SavedList,
    Statement,
    TranscriptionPass,
)
from reviewer.domain.photos.redaction import (
    REDACTION_DRAWN,
    REDACTION_REMOVED,
    Redaction,
    redaction_from_body,
)
from reviewer.domain.photos.seen_elsewhere import (
    FILES_OPEN_AGAIN,
    FILES_SEEN_ELSEWHERE,
    SeenElsewhere,
    seen_elsewhere_from_body,
)
from reviewer.domain.summary import decisions
from reviewer.domain.summary.decisions import SUMMARY_DECIDED, TermDecisions

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


class SharedKind(StrEnum):
    """The kinds of things that are shared."""

    PHOTO = "photo"
    INDIVIDUAL = "individual"
    RECORD = "record"
    LIST = "list"
    DECISION = "decision"
    EVALUATION = "evaluation"
    REDACTION = "redaction"
    FILE = "file"


SharedState = (
    PhotoFacts
    | Individual
    | RecordLink
    | SavedList
    | TermDecisions
    | IndividualEvaluations
    | Redaction
    | SeenElsewhere
)
S = TypeVar(
    "S", PhotoFacts, Individual, RecordLink, SavedList, TermDecisions, IndividualEvaluations, SeenElsewhere
)


@dataclass(frozen=True)
class AffectedThing:
    """One thing an act is about, and what the act says of it."""

    kind: SharedKind
    id: str
    detail: EntryBody


def is_shared_act(act: str) -> bool:
    """Whether an act is of this kind, and so can be taken back by folding what it touched."""
    return act in _AFFECTED


def affected_by(act: str, subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    """Everything an act is about, each thing once for each of its kinds."""
    return _AFFECTED[act](subject, body)


def apply_to_thing(state: SharedState | None, touch: AffectedThing, entry: Entry) -> SharedState | None:
    """The thing after one more act on it; None once it is gone. Raises KeyError for an unknown act."""
    return _HANDLERS[entry.act, touch.kind](state or _make_blank(touch), touch.detail, entry)


def replay_acts_of_thing(
    kind: SharedKind, id_: str, entries: Iterable[tuple[Entry, AffectedThing]]
) -> SharedState | None:
    """The thing that follows from these acts on it, oldest first; None if it was never made or is gone."""
    state: SharedState | None = None
    for entry, touch in entries:
        if (touch.kind, touch.id) != (kind, id_):
            raise ValueError("an act on something else")
        state = apply_to_thing(state, touch, entry)
    return state


def _make_blank(touch: AffectedThing) -> SharedState:
    return _BLANK_MAKERS[touch.kind](touch.id)


_BLANK_MAKERS: dict[SharedKind, Callable[[str], SharedState]] = {
    SharedKind.PHOTO: PhotoFacts,
    SharedKind.INDIVIDUAL: Individual,
    SharedKind.RECORD: RecordLink,
    SharedKind.LIST: lambda id_: SavedList(id_, "", ""),
    SharedKind.DECISION: TermDecisions,
    SharedKind.EVALUATION: IndividualEvaluations,
    SharedKind.REDACTION: Redaction,
    SharedKind.FILE: SeenElsewhere,
}


# what each act is about


def _affected_photos(_subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    for photo in body["photos"]:
        yield AffectedThing(SharedKind.PHOTO, photo, body)


def _affected_by_making(_subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    for each in body["individuals"]:
        yield AffectedThing(SharedKind.INDIVIDUAL, each["id"], each)
        for photo in each["photos"]:
            yield AffectedThing(SharedKind.PHOTO, photo, {"individual": each["id"]})


def _affected_by_assigning(subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    if subject:
        yield AffectedThing(SharedKind.INDIVIDUAL, subject, body)
    for photo in body["photos"]:
        yield AffectedThing(SharedKind.PHOTO, photo, {"individual": subject})


def _affected_by_merging(subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    yield AffectedThing(SharedKind.INDIVIDUAL, subject, {})
    for other in body["merged"]:
        yield AffectedThing(SharedKind.INDIVIDUAL, other, {"into": subject})
    for photo in body["photos"]:
        yield AffectedThing(SharedKind.PHOTO, photo, {"individual": subject})


def _affected_by_grouping(_subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    for group in body["groups"]:
        for photo in group:
            yield AffectedThing(SharedKind.PHOTO, photo, {"duplicates": group[0]})


def _affected_by_parting(_subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    for photo in body["photos"]:
        yield AffectedThing(SharedKind.PHOTO, photo, {"duplicates": ""})


def _affected_by_settling(_subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    """Rows of records; what a row says is stated of its Individual by the same act."""
    for each in body["records"]:
        yield AffectedThing(SharedKind.RECORD, each["record"], each)
        if each["individual"] and each.get("statements"):
            yield AffectedThing(SharedKind.INDIVIDUAL, each["individual"], each)


def _affected_by_deciding(subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    yield AffectedThing(SharedKind.DECISION, decisions.decision_id(subject, body["term"]), body)


def _affected_files(_subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    for file in body["files"]:
        yield AffectedThing(SharedKind.FILE, file, body)


def _affected_redaction(_subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    yield AffectedThing(SharedKind.REDACTION, body["id"], body)


def _affects_subject(kind: SharedKind) -> Callable[[str, EntryBody], Iterator[AffectedThing]]:
    def touched(subject: str, body: EntryBody) -> Iterator[AffectedThing]:
        yield AffectedThing(kind, subject, body)

    return touched


_AFFECTED: dict[str, Callable[[str, EntryBody], Iterator[AffectedThing]]] = {
    PHOTOS_CATEGORISED: _affected_photos,
    INDIVIDUALS_MADE: _affected_by_making,
    INDIVIDUALS_MERGED: _affected_by_merging,
    PHOTOS_ASSIGNED: _affected_by_assigning,
    STATEMENT_MADE: _affects_subject(SharedKind.INDIVIDUAL),
    STATEMENT_WITHDRAWN: _affects_subject(SharedKind.INDIVIDUAL),
    CARD_TRANSCRIBED: _affects_subject(SharedKind.PHOTO),
    DUPLICATES_GROUPED: _affected_by_grouping,
    DUPLICATES_PARTED: _affected_by_parting,
    RECORDS_SETTLED: _affected_by_settling,
    LIST_SAVED: _affects_subject(SharedKind.LIST),
    LIST_REMOVED: _affects_subject(SharedKind.LIST),
    SUMMARY_DECIDED: _affected_by_deciding,
    INDIVIDUAL_EVALUATED: _affects_subject(SharedKind.EVALUATION),
    REDACTION_DRAWN: _affected_redaction,
    REDACTION_REMOVED: _affected_redaction,
    FILES_SEEN_ELSEWHERE: _affected_files,
    FILES_OPEN_AGAIN: _affected_files,
}


# what each act does


def _handler_for_photo(change: Callable[[PhotoFacts, EntryBody, Entry], PhotoFacts]) -> SharedActHandler:
    return lambda state, body, entry: change(_check_type(PhotoFacts, state), body, entry)


def _handler_for_individual(change: Callable[[Individual, EntryBody, Entry], Individual]) -> SharedActHandler:
    return lambda state, body, entry: change(_check_type(Individual, state), body, entry)


def _check_type(type_: type[S], state: SharedState) -> S:
    if not isinstance(state, type_):
        raise TypeError(f"{state.__class__.__name__} is no {type_.__name__}")
    return state


def _make_individual(individual: Individual, body: EntryBody, entry: Entry) -> Individual:
    stated = tuple(statement_from_body(each, entry) for each in body["statements"])
    return Individual(
        individual.id,
        reason=body["reason"],
        author=entry.author,
        at=entry.at,
        merged_into=individual.merged_into,
        statements=_merge_statements(individual, stated),
    )


def _merge_statements(individual: Individual, stated: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Its statements and these; of two with one id the later stands, as everywhere."""
    new = {each.id: each for each in stated}
    return (*(each for each in individual.statements if each.id not in new), *new.values())


def _withdraw_statement(individual: Individual, body: EntryBody, _entry: Entry) -> Individual:
    statements = tuple(
        replace(each, withdrawn=body["why"] or "withdrawn") if each.id == body["id"] else each
        for each in individual.statements
    )
    return replace(individual, statements=statements)


def _add_statement(individual: Individual, body: EntryBody, entry: Entry) -> Individual:
    return replace(individual, statements=_merge_statements(individual, (statement_from_body(body, entry),)))


def _set_transcription(facts: PhotoFacts, body: EntryBody, entry: Entry) -> PhotoFacts:
    made = transcription_from_body(body, entry)
    kept = tuple(each for each in facts.cards if each.number is not made.number)
    return replace(
        facts, cards=tuple(sorted((*kept, made), key=lambda each: list(TranscriptionPass).index(each.number)))
    )


def _add_record_statements(individual: Individual, body: EntryBody, entry: Entry) -> Individual:
    stated = tuple(statement_from_body(each, entry) for each in body["statements"])
    return replace(individual, statements=(*individual.statements, *stated))


SharedActHandler = Callable[[SharedState, EntryBody, Entry], SharedState | None]

_SET_INDIVIDUAL_OF_PHOTO = _handler_for_photo(
    lambda facts, body, _entry: replace(facts, individual=body["individual"])
)
_SET_DUPLICATES_OF_PHOTO = _handler_for_photo(
    lambda facts, body, _entry: replace(facts, duplicates=body["duplicates"])
)

_HANDLERS: dict[tuple[str, SharedKind], SharedActHandler] = {
    (PHOTOS_CATEGORISED, SharedKind.PHOTO): _handler_for_photo(
        lambda facts, body, _entry: replace(facts, category=body["category"])
    ),
    (INDIVIDUALS_MADE, SharedKind.INDIVIDUAL): _handler_for_individual(_make_individual),
    (INDIVIDUALS_MADE, SharedKind.PHOTO): _SET_INDIVIDUAL_OF_PHOTO,
    (INDIVIDUALS_MERGED, SharedKind.INDIVIDUAL): _handler_for_individual(
        lambda individual, body, _entry: replace(individual, merged_into=body.get("into", ""))
    ),
    (INDIVIDUALS_MERGED, SharedKind.PHOTO): _SET_INDIVIDUAL_OF_PHOTO,
    (PHOTOS_ASSIGNED, SharedKind.INDIVIDUAL): _handler_for_individual(
        lambda individual, _body, _entry: individual
    ),
    (PHOTOS_ASSIGNED, SharedKind.PHOTO): _SET_INDIVIDUAL_OF_PHOTO,
    (STATEMENT_MADE, SharedKind.INDIVIDUAL): _handler_for_individual(_add_statement),
    (STATEMENT_WITHDRAWN, SharedKind.INDIVIDUAL): _handler_for_individual(_withdraw_statement),
    (CARD_TRANSCRIBED, SharedKind.PHOTO): _handler_for_photo(_set_transcription),
    (DUPLICATES_GROUPED, SharedKind.PHOTO): _SET_DUPLICATES_OF_PHOTO,
    (DUPLICATES_PARTED, SharedKind.PHOTO): _SET_DUPLICATES_OF_PHOTO,
    (RECORDS_SETTLED, SharedKind.RECORD): lambda state, body, entry: RecordLink(
        _check_type(RecordLink, state).record,
        body["individual"],
        body["how"],
        body["note"],
        entry.author,
        entry.at,
    ),
    (RECORDS_SETTLED, SharedKind.INDIVIDUAL): _handler_for_individual(_add_record_statements),
    (LIST_SAVED, SharedKind.LIST): lambda state, body, entry: SavedList(
        _check_type(SavedList, state).id,
        body["name"],
        body["query"],
        body["sorting"],
        body["details"],
        tuple(body["photos"]),
        entry.author,
        entry.at,
    ),
    (LIST_REMOVED, SharedKind.LIST): lambda _state, _body, _entry: None,
    (SUMMARY_DECIDED, SharedKind.DECISION): lambda state, body, entry: decisions.apply_to_term_decisions(
        _check_type(TermDecisions, state), body, entry
    ),
    (INDIVIDUAL_EVALUATED, SharedKind.EVALUATION): lambda state, body, entry: (
        evaluations.apply_to_evaluations(_check_type(IndividualEvaluations, state), body, entry)
    ),
    (REDACTION_DRAWN, SharedKind.REDACTION): lambda _state, body, entry: redaction_from_body(body, entry),
    (REDACTION_REMOVED, SharedKind.REDACTION): lambda _state, _body, _entry: None,
    (FILES_SEEN_ELSEWHERE, SharedKind.FILE): lambda state, body, entry: seen_elsewhere_from_body(
        _check_type(SeenElsewhere, state).file, body, entry
    ),
    (FILES_OPEN_AGAIN, SharedKind.FILE): lambda _state, _body, _entry: None,
}
