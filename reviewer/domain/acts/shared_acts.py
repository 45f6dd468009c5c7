"""Acts on what all Examiners share, and what each does to the things it touches.

An act may touch many things: a whole run of Photos gets a category. Whoever made the acts, the later stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reviewer.domain.acts.act import (
    Act,
    AffectedFinder,
    AffectedThing,
    ThingHandler,
    ThingKind,
    ThingState,
)
from reviewer.domain.acts.shared_bodies import statement_from_body, transcription_from_body
from reviewer.domain.ledger.entry import Entry, EntryBody
from reviewer.domain.people.evaluations import (
    INDIVIDUAL_EVALUATED,
    apply_to_evaluations,
)
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
from reviewer.domain.summary.decisions import (
    SUMMARY_DECIDED,
    apply_to_term_decisions,
    make_decision_id,
)

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


# what each act is about


def _affects_subject(kind: ThingKind) -> AffectedFinder:
    return lambda entry: iter((AffectedThing(kind, entry.subject, entry.body),))


def _affects_each(kind: ThingKind, ids: str) -> AffectedFinder:
    """Each thing whose id stands under this name in the body."""
    return lambda entry: (AffectedThing(kind, id_, entry.body) for id_ in entry.body[ids])


def _assign_each(photos: Iterable[str], individual: str) -> Iterator[AffectedThing]:
    return (AffectedThing(ThingKind.PHOTO, photo, {"individual": individual}) for photo in photos)


def _affected_by_making(entry: Entry) -> Iterator[AffectedThing]:
    for made in entry.body["individuals"]:
        yield AffectedThing(ThingKind.INDIVIDUAL, made["id"], made)
        yield from _assign_each(made["photos"], made["id"])


def _affected_by_assigning(entry: Entry) -> Iterator[AffectedThing]:
    if entry.subject:
        yield AffectedThing(ThingKind.INDIVIDUAL, entry.subject, entry.body)
    yield from _assign_each(entry.body["photos"], entry.subject)


def _affected_by_merging(entry: Entry) -> Iterator[AffectedThing]:
    yield AffectedThing(ThingKind.INDIVIDUAL, entry.subject, {})
    for other in entry.body["merged"]:
        yield AffectedThing(ThingKind.INDIVIDUAL, other, {"into": entry.subject})
    yield from _assign_each(entry.body["photos"], entry.subject)


def _affected_by_grouping(entry: Entry) -> Iterator[AffectedThing]:
    for group in entry.body["groups"]:
        for photo in group:
            yield AffectedThing(ThingKind.PHOTO, photo, {"duplicates": group[0]})


def _affected_by_settling(entry: Entry) -> Iterator[AffectedThing]:
    """Rows of records; what a row says is stated of its Individual by the same act."""
    for row in entry.body["records"]:
        yield AffectedThing(ThingKind.RECORD, row["record"], row)
        if row["individual"] and row.get("statements"):
            yield AffectedThing(ThingKind.INDIVIDUAL, row["individual"], row)


def _affected_by_deciding(entry: Entry) -> Iterator[AffectedThing]:
    id_ = make_decision_id(entry.subject, entry.body["term"])
    yield AffectedThing(ThingKind.DECISION, id_, entry.body)


def _affected_redaction(entry: Entry) -> Iterator[AffectedThing]:
    yield AffectedThing(ThingKind.REDACTION, entry.body["id"], entry.body)


# what each act does


def _make_individual(individual: Individual, body: EntryBody, entry: Entry) -> Individual:
    stated = tuple(statement_from_body(statement, entry) for statement in body["statements"])
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
    new = {statement.id: statement for statement in stated}
    return (*(statement for statement in individual.statements if statement.id not in new), *new.values())


def _withdraw_statement(individual: Individual, body: EntryBody, _entry: Entry) -> Individual:
    statements = tuple(
        replace(statement, withdrawn=body["why"] or "withdrawn") if statement.id == body["id"] else statement
        for statement in individual.statements
    )
    return replace(individual, statements=statements)


def _add_statement(individual: Individual, body: EntryBody, entry: Entry) -> Individual:
    return replace(individual, statements=_merge_statements(individual, (statement_from_body(body, entry),)))


def _set_transcription(facts: PhotoFacts, body: EntryBody, entry: Entry) -> PhotoFacts:
    made = transcription_from_body(body, entry)
    kept = tuple(card for card in facts.cards if card.number is not made.number)
    return replace(
        facts, cards=tuple(sorted((*kept, made), key=lambda card: list(TranscriptionPass).index(card.number)))
    )


def _add_record_statements(individual: Individual, body: EntryBody, entry: Entry) -> Individual:
    stated = tuple(statement_from_body(statement, entry) for statement in body["statements"])
    return replace(individual, statements=(*individual.statements, *stated))


def _keep_individual(individual: Individual, _body: EntryBody, _entry: Entry) -> Individual:
    return individual


def _merge_individual(individual: Individual, body: EntryBody, _entry: Entry) -> Individual:
    return replace(individual, merged_into=body.get("into", ""))


def _categorise_photo(facts: PhotoFacts, body: EntryBody, _entry: Entry) -> PhotoFacts:
    return replace(facts, category=body["category"])


def _assign_photo(facts: PhotoFacts, body: EntryBody, _entry: Entry) -> PhotoFacts:
    return replace(facts, individual=body["individual"])


def _group_photo(facts: PhotoFacts, body: EntryBody, _entry: Entry) -> PhotoFacts:
    return replace(facts, duplicates=body["duplicates"])


def _part_photo(facts: PhotoFacts, _body: EntryBody, _entry: Entry) -> PhotoFacts:
    return replace(facts, duplicates="")


def _settle_record(link: RecordLink, body: EntryBody, entry: Entry) -> RecordLink:
    return RecordLink(link.record, body["individual"], body["how"], body["note"], entry.author, entry.at)


def _save_list(kept: SavedList, body: EntryBody, entry: Entry) -> SavedList:
    name, query, sorting, details = (body[said] for said in ("name", "query", "sorting", "details"))
    return SavedList(kept.id, name, query, sorting, details, tuple(body["photos"]), entry.author, entry.at)


def _draw_redaction(_blank: Redaction, body: EntryBody, entry: Entry) -> Redaction:
    return redaction_from_body(body, entry)


def _mark_seen_elsewhere(seen: SeenElsewhere, body: EntryBody, entry: Entry) -> SeenElsewhere:
    return seen_elsewhere_from_body(seen.file, body, entry)


def _remove_thing(_thing: ThingState, _body: EntryBody, _entry: Entry) -> None:
    return None


_K = ThingKind
_AFFECTS_PHOTOS, _AFFECTS_FILES = _affects_each(_K.PHOTO, "photos"), _affects_each(_K.FILE, "files")
_MAKING: dict[ThingKind, ThingHandler] = {_K.INDIVIDUAL: _make_individual, _K.PHOTO: _assign_photo}
_MERGING: dict[ThingKind, ThingHandler] = {_K.INDIVIDUAL: _merge_individual, _K.PHOTO: _assign_photo}
_ASSIGNING: dict[ThingKind, ThingHandler] = {_K.INDIVIDUAL: _keep_individual, _K.PHOTO: _assign_photo}
_SETTLING: dict[ThingKind, ThingHandler] = {
    _K.RECORD: _settle_record,
    _K.INDIVIDUAL: _add_record_statements,
}

SHARED_ACTS = (
    Act(PHOTOS_CATEGORISED, _AFFECTS_PHOTOS, {_K.PHOTO: _categorise_photo}),
    Act(INDIVIDUALS_MADE, _affected_by_making, _MAKING),
    Act(INDIVIDUALS_MERGED, _affected_by_merging, _MERGING),
    Act(PHOTOS_ASSIGNED, _affected_by_assigning, _ASSIGNING),
    Act(STATEMENT_MADE, _affects_subject(_K.INDIVIDUAL), {_K.INDIVIDUAL: _add_statement}),
    Act(STATEMENT_WITHDRAWN, _affects_subject(_K.INDIVIDUAL), {_K.INDIVIDUAL: _withdraw_statement}),
    Act(CARD_TRANSCRIBED, _affects_subject(_K.PHOTO), {_K.PHOTO: _set_transcription}),
    Act(DUPLICATES_GROUPED, _affected_by_grouping, {_K.PHOTO: _group_photo}),
    Act(DUPLICATES_PARTED, _AFFECTS_PHOTOS, {_K.PHOTO: _part_photo}),
    Act(RECORDS_SETTLED, _affected_by_settling, _SETTLING),
    Act(LIST_SAVED, _affects_subject(_K.LIST), {_K.LIST: _save_list}),
    Act(LIST_REMOVED, _affects_subject(_K.LIST), {_K.LIST: _remove_thing}),
    Act(SUMMARY_DECIDED, _affected_by_deciding, {_K.DECISION: apply_to_term_decisions}),
    Act(INDIVIDUAL_EVALUATED, _affects_subject(_K.EVALUATION), {_K.EVALUATION: apply_to_evaluations}),
    Act(REDACTION_DRAWN, _affected_redaction, {_K.REDACTION: _draw_redaction}),
    Act(REDACTION_REMOVED, _affected_redaction, {_K.REDACTION: _remove_thing}),
    Act(FILES_SEEN_ELSEWHERE, _AFFECTS_FILES, {_K.FILE: _mark_seen_elsewhere}),
    Act(FILES_OPEN_AGAIN, _AFFECTS_FILES, {_K.FILE: _remove_thing}),
)
