"""Acts on what all Examiners share, and what each does to the things it touches.

An act may touch many things: a whole run of Photos gets a category. Whoever made the acts, the later stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from reviewer.domain.acts.act import (
    Act,
    AffectedFinder,
    AffectedThing,
    ThingHandler,
    ThingKind,
    ThingState,
    make_handler,
)
from reviewer.domain.acts.shared_bodies import statement_from_body, transcription_from_body
from reviewer.domain.ledger.entry import Entry, EntryBody
from reviewer.domain.people.evaluations import (
    INDIVIDUAL_EVALUATED,
    IndividualEvaluations,
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
    TermDecisions,
    apply_to_term_decisions,
    decision_id,
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


def _affected_photos(_author: str, _subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    for photo in body["photos"]:
        yield AffectedThing(ThingKind.PHOTO, photo, body)


def _affected_by_making(_author: str, _subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    for each in body["individuals"]:
        yield AffectedThing(ThingKind.INDIVIDUAL, each["id"], each)
        for photo in each["photos"]:
            yield AffectedThing(ThingKind.PHOTO, photo, {"individual": each["id"]})


def _affected_by_assigning(_author: str, subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    if subject:
        yield AffectedThing(ThingKind.INDIVIDUAL, subject, body)
    for photo in body["photos"]:
        yield AffectedThing(ThingKind.PHOTO, photo, {"individual": subject})


def _affected_by_merging(_author: str, subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    yield AffectedThing(ThingKind.INDIVIDUAL, subject, {})
    for other in body["merged"]:
        yield AffectedThing(ThingKind.INDIVIDUAL, other, {"into": subject})
    for photo in body["photos"]:
        yield AffectedThing(ThingKind.PHOTO, photo, {"individual": subject})


def _affected_by_grouping(_author: str, _subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    for group in body["groups"]:
        for photo in group:
            yield AffectedThing(ThingKind.PHOTO, photo, {"duplicates": group[0]})


def _affected_by_parting(_author: str, _subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    for photo in body["photos"]:
        yield AffectedThing(ThingKind.PHOTO, photo, {"duplicates": ""})


def _affected_by_settling(_author: str, _subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    """Rows of records; what a row says is stated of its Individual by the same act."""
    for each in body["records"]:
        yield AffectedThing(ThingKind.RECORD, each["record"], each)
        if each["individual"] and each.get("statements"):
            yield AffectedThing(ThingKind.INDIVIDUAL, each["individual"], each)


def _affected_by_deciding(_author: str, subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    yield AffectedThing(ThingKind.DECISION, decision_id(subject, body["term"]), body)


def _affected_files(_author: str, _subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    for file in body["files"]:
        yield AffectedThing(ThingKind.FILE, file, body)


def _affected_redaction(_author: str, _subject: str, body: EntryBody) -> Iterator[AffectedThing]:
    yield AffectedThing(ThingKind.REDACTION, body["id"], body)


def _affects_subject(kind: ThingKind) -> AffectedFinder:
    def touched(_author: str, subject: str, body: EntryBody) -> Iterator[AffectedThing]:
        yield AffectedThing(kind, subject, body)

    return touched


# what each act does


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


def _merge_individual(individual: Individual, body: EntryBody, _entry: Entry) -> Individual:
    return replace(individual, merged_into=body.get("into", ""))


def _categorise_photo(facts: PhotoFacts, body: EntryBody, _entry: Entry) -> PhotoFacts:
    return replace(facts, category=body["category"])


def _assign_photo(facts: PhotoFacts, body: EntryBody, _entry: Entry) -> PhotoFacts:
    return replace(facts, individual=body["individual"])


def _group_photo(facts: PhotoFacts, body: EntryBody, _entry: Entry) -> PhotoFacts:
    return replace(facts, duplicates=body["duplicates"])


def _settle_record(link: RecordLink, body: EntryBody, entry: Entry) -> RecordLink:
    return RecordLink(link.record, body["individual"], body["how"], body["note"], entry.author, entry.at)


def _save_list(kept: SavedList, body: EntryBody, entry: Entry) -> SavedList:
    return SavedList(
        kept.id,
        body["name"],
        body["query"],
        body["sorting"],
        body["details"],
        tuple(body["photos"]),
        entry.author,
        entry.at,
    )


def _remove_thing(_thing: ThingState, _body: EntryBody, _entry: Entry) -> None:
    return None


def _on_photos(change: Callable[[PhotoFacts, EntryBody, Entry], PhotoFacts]) -> dict[ThingKind, ThingHandler]:
    return {ThingKind.PHOTO: make_handler(PhotoFacts, change)}


def _on_individuals(
    change: Callable[[Individual, EntryBody, Entry], Individual],
) -> dict[ThingKind, ThingHandler]:
    return {ThingKind.INDIVIDUAL: make_handler(Individual, change)}


SHARED_ACTS = (
    Act(PHOTOS_CATEGORISED, _affected_photos, _on_photos(_categorise_photo)),
    Act(
        INDIVIDUALS_MADE,
        _affected_by_making,
        {**_on_individuals(_make_individual), **_on_photos(_assign_photo)},
    ),
    Act(
        INDIVIDUALS_MERGED,
        _affected_by_merging,
        {**_on_individuals(_merge_individual), **_on_photos(_assign_photo)},
    ),
    Act(
        PHOTOS_ASSIGNED,
        _affected_by_assigning,
        {**_on_individuals(lambda individual, _body, _entry: individual), **_on_photos(_assign_photo)},
    ),
    Act(STATEMENT_MADE, _affects_subject(ThingKind.INDIVIDUAL), _on_individuals(_add_statement)),
    Act(STATEMENT_WITHDRAWN, _affects_subject(ThingKind.INDIVIDUAL), _on_individuals(_withdraw_statement)),
    Act(CARD_TRANSCRIBED, _affects_subject(ThingKind.PHOTO), _on_photos(_set_transcription)),
    Act(DUPLICATES_GROUPED, _affected_by_grouping, _on_photos(_group_photo)),
    Act(DUPLICATES_PARTED, _affected_by_parting, _on_photos(_group_photo)),
    Act(
        RECORDS_SETTLED,
        _affected_by_settling,
        {
            ThingKind.RECORD: make_handler(RecordLink, _settle_record),
            **_on_individuals(_add_record_statements),
        },
    ),
    Act(
        LIST_SAVED,
        _affects_subject(ThingKind.LIST),
        {ThingKind.LIST: make_handler(SavedList, _save_list)},
    ),
    Act(LIST_REMOVED, _affects_subject(ThingKind.LIST), {ThingKind.LIST: _remove_thing}),
    Act(
        SUMMARY_DECIDED,
        _affected_by_deciding,
        {ThingKind.DECISION: make_handler(TermDecisions, apply_to_term_decisions)},
    ),
    Act(
        INDIVIDUAL_EVALUATED,
        _affects_subject(ThingKind.EVALUATION),
        {ThingKind.EVALUATION: make_handler(IndividualEvaluations, apply_to_evaluations)},
    ),
    Act(
        REDACTION_DRAWN,
        _affected_redaction,
        {ThingKind.REDACTION: lambda _thing, body, entry: redaction_from_body(body, entry)},
    ),
    Act(REDACTION_REMOVED, _affected_redaction, {ThingKind.REDACTION: _remove_thing}),
    Act(
        FILES_SEEN_ELSEWHERE,
        _affected_files,
        {
            ThingKind.FILE: make_handler(
                SeenElsewhere, lambda seen, body, entry: seen_elsewhere_from_body(seen.file, body, entry)
            )
        },
    ),
    Act(FILES_OPEN_AGAIN, _affected_files, {ThingKind.FILE: _remove_thing}),
)
