"""What all Examiners share, on disk: many things of one kind go in and come out at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from sys import intern
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, select

from reviewer.domain.acts.shared_acts import SharedKind, SharedState
from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.ledger.entry import to_canonical_json
from reviewer.domain.people.evaluations import Evaluation, IndividualEvaluations
from reviewer.domain.people.individual import (
    Fact,
    Individual,
    PhotoFacts,
    RecordLink,
    SavedList,
    Statement,
    StatementSourceKind,
    Transcription,
    TranscriptionPass,
)
from reviewer.domain.photos.redaction import Redaction, RedactionPurpose
from reviewer.domain.photos.seen_elsewhere import SeenElsewhere
from reviewer.domain.summary.decisions import TermDecisions
from reviewer.domain.summary.summary import TermDecision, TermResult
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery

SharedStates = dict[str, SharedState]


def load_things(connection: Connection, kind: SharedKind, ids: Sequence[str]) -> SharedStates:
    """The things of one kind with these ids; those that are not there are left out."""
    found: SharedStates = {}
    found.update(_LOADERS[kind](connection, ids))
    return found


def save_things(connection: Connection, kind: SharedKind, states: dict[str, SharedState | None]) -> None:
    """Make the tables say these states; None takes a thing out."""
    for table, key in _TABLES_OF_KIND[kind]:
        connection.execute(delete(table).where(table.c[key].in_(ids_as_subquery(list(states)))))
    rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    for state in states.values():
        if state is not None:
            for table, row in _iterate_rows(state):
                rows[table].append(row)
    for table, found in rows.items():
        connection.execute(table.insert(), found)


def load_photo_facts(connection: Connection, photos: Sequence[str]) -> dict[str, PhotoFacts]:
    found = load_things(connection, SharedKind.PHOTO, photos)
    return {id_: state for id_, state in found.items() if isinstance(state, PhotoFacts)}


def load_individuals_by_id(connection: Connection, ids: Sequence[str]) -> dict[str, Individual]:
    found = load_things(connection, SharedKind.INDIVIDUAL, ids)
    return {id_: state for id_, state in found.items() if isinstance(state, Individual)}


def load_assignments(
    connection: Connection, photos: Sequence[str] | None = None
) -> dict[str, tuple[str, str, str]]:
    """SHA-256 -> (category, individual, duplicates) of every Photo something is known of, or of these only.

    Each text once in memory, here and in the other lists of all Photos.
    """
    c = t.photo_facts.c
    query = select(c.photo, c.category, c.individual, c.duplicates)
    rows = connection.execute(query if photos is None else query.where(c.photo.in_(ids_as_subquery(photos))))
    return {
        intern(photo): (intern(category), intern(one), intern(alike)) for photo, category, one, alike in rows
    }


def load_mergers(connection: Connection) -> dict[str, str]:
    """Id -> the id it was merged into, of every Individual that no longer stands for itself."""
    c = t.individuals.c
    rows = connection.execute(select(c.id, c.merged_into).where(c.merged_into != ""))
    return {row.id: row.merged_into for row in rows}


_TABLES_OF_KIND: dict[SharedKind, tuple[tuple[Table, str], ...]] = {
    SharedKind.PHOTO: ((t.cards, "photo"), (t.photo_facts, "photo")),
    SharedKind.INDIVIDUAL: ((t.statements, "individual"), (t.individuals, "id")),
    SharedKind.RECORD: ((t.record_links, "record"),),
    SharedKind.LIST: ((t.lists, "id"),),
    SharedKind.DECISION: ((t.decisions, "id"),),
    SharedKind.EVALUATION: ((t.evaluations, "individual"),),
    SharedKind.REDACTION: ((t.redactions, "id"),),
    SharedKind.FILE: ((t.seen_elsewhere, "file"),),
}


def _load_photos(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, SharedState]]:
    cards: dict[str, list[Transcription]] = defaultdict(list)
    for row in connection.execute(select(t.cards).where(t.cards.c.photo.in_(ids_as_subquery(ids)))):
        cards[row.photo].append(transcription_from_row(row))
    query = select(t.photo_facts).where(t.photo_facts.c.photo.in_(ids_as_subquery(ids)))
    for row in connection.execute(query):
        passes = sorted(cards[row.photo], key=lambda each: list(TranscriptionPass).index(each.number))
        yield (
            row.photo,
            PhotoFacts(row.photo, row.category, row.individual, row.duplicates, tuple(passes)),
        )


def _load_individuals(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, SharedState]]:
    stated: dict[str, list[Statement]] = defaultdict(list)
    c = t.statements.c
    query = select(t.statements).where(c.individual.in_(ids_as_subquery(ids))).order_by(c.individual, c.place)
    for row in connection.execute(query):
        stated[row.individual].append(_statement_from_row(row))
    for row in connection.execute(select(t.individuals).where(t.individuals.c.id.in_(ids_as_subquery(ids)))):
        statements = tuple(stated[row.id])
        yield row.id, Individual(row.id, row.reason, row.author, row.at, row.merged_into, statements)


def _load_links(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, SharedState]]:
    for row in connection.execute(
        select(t.record_links).where(t.record_links.c.record.in_(ids_as_subquery(ids)))
    ):
        yield row.record, RecordLink(*row)


def _load_lists(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, SharedState]]:
    for row in connection.execute(select(t.lists).where(t.lists.c.id.in_(ids_as_subquery(ids)))):
        yield row.id, saved_list_from_row(row)


def _load_decisions(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, SharedState]]:
    for each in decisions_from_rows(
        connection.execute(select(t.decisions).where(t.decisions.c.id.in_(ids_as_subquery(ids))))
    ):
        yield each.id, each


def decisions_from_rows(rows: Iterable[Row[Any]]) -> list[TermDecisions]:
    """What rows of `decisions` say, each Term of each Individual once."""
    found: dict[str, TermDecisions] = {}
    for row in rows:
        known = found.setdefault(row.id, TermDecisions(row.id, row.individual, row.term))
        photos = tuple(json.loads(row.photos))
        made = TermDecision(row.examiner, TermResult(row.result), row.why, photos, row.at, row.better)
        by = tuple(sorted((*known.by, made), key=lambda each: each.examiner))
        found[row.id] = replace(known, by=by)
    return list(found.values())


def _load_evaluations(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, SharedState]]:
    c = t.evaluations.c
    query = (
        select(t.evaluations).where(c.individual.in_(ids_as_subquery(ids))).order_by(c.individual, c.examiner)
    )
    found: dict[str, list[Evaluation]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.individual].append(Evaluation(row.examiner, row.degree, row.alleged_by, row.text, row.at))
    for individual, by in found.items():
        yield individual, IndividualEvaluations(individual, tuple(by))


def _load_redactions(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, SharedState]]:
    for row in connection.execute(select(t.redactions).where(t.redactions.c.id.in_(ids_as_subquery(ids)))):
        yield row.id, redaction_from_row(row)


def _load_files(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, SharedState]]:
    query = select(t.seen_elsewhere).where(t.seen_elsewhere.c.file.in_(ids_as_subquery(ids)))
    for row in connection.execute(query):
        yield row.file, SeenElsewhere(*row)


_LOADERS = {
    SharedKind.PHOTO: _load_photos,
    SharedKind.INDIVIDUAL: _load_individuals,
    SharedKind.RECORD: _load_links,
    SharedKind.LIST: _load_lists,
    SharedKind.DECISION: _load_decisions,
    SharedKind.EVALUATION: _load_evaluations,
    SharedKind.REDACTION: _load_redactions,
    SharedKind.FILE: _load_files,
}


def saved_list_from_row(row: Row[Any]) -> SavedList:
    return SavedList(
        row.id,
        row.name,
        row.query,
        row.sorting,
        row.details,
        tuple(json.loads(row.photos)),
        row.author,
        row.at,
    )


def redaction_from_row(row: Row[Any]) -> Redaction:
    points = tuple((x, y) for x, y in json.loads(row.points))
    purpose = RedactionPurpose(row.purpose)
    return Redaction(row.id, row.photo, MarkShape(row.shape), points, purpose, row.author, row.at, row.page)


def transcription_from_row(row: Row[Any]) -> Transcription:
    box = json.loads(row.box)
    return Transcription(
        number=TranscriptionPass(row._mapping["pass"]),
        detainee=row.detainee,
        branch=row.branch,
        examination=row.examination,
        date=row.date,
        legible=row.legible,
        note=row.note,
        box=(box[0], box[1], box[2], box[3]) if box else None,
        author=row.author,
        at=row.at,
    )


def _statement_from_row(row: Row[Any]) -> Statement:
    return Statement(
        id=row.id,
        fact=Fact(row.fact),
        value=row.value,
        certainty=row.certainty,
        kind=StatementSourceKind(row.kind),
        source=row.source,
        detail=row.detail,
        author=row.author,
        at=row.at,
        withdrawn=row.withdrawn,
    )


def _iterate_rows(state: SharedState) -> Iterator[tuple[Table, dict[str, Any]]]:
    """The rows that stand for a thing, with the table of each."""
    if isinstance(state, PhotoFacts):
        yield from _iterate_rows_of_photo(state)
    elif isinstance(state, Individual):
        yield from _iterate_rows_of_individual(state)
    elif isinstance(state, RecordLink):
        yield t.record_links, vars(state)
    elif isinstance(state, TermDecisions):
        for each in state.by:
            row = {**vars(each), "result": str(each.result), "photos": _to_json(list(each.photos))}
            yield t.decisions, {**row, "id": state.id, "individual": state.individual, "term": state.term}
    elif isinstance(state, IndividualEvaluations):
        for made in state.by:
            yield t.evaluations, {**vars(made), "individual": state.id}
    elif isinstance(state, Redaction):
        drawn = {"shape": str(state.shape), "purpose": str(state.purpose), "points": _to_json(state.points)}
        yield t.redactions, {**vars(state), **drawn}
    elif isinstance(state, SeenElsewhere):
        yield t.seen_elsewhere, vars(state)
    else:
        yield t.lists, {**vars(state), "photos": _to_json(list(state.photos))}


def _iterate_rows_of_photo(state: PhotoFacts) -> Iterator[tuple[Table, dict[str, Any]]]:
    kept = {name: getattr(state, name) for name in ("photo", "category", "individual", "duplicates")}
    yield t.photo_facts, kept
    for card in state.cards:
        values = {name: str(value) for name, value in vars(card).items() if name not in {"number", "box"}}
        box = _to_json(list(card.box or ()))
        yield t.cards, {**values, "photo": state.photo, "pass": str(card.number), "box": box}


def _iterate_rows_of_individual(state: Individual) -> Iterator[tuple[Table, dict[str, Any]]]:
    names = ("id", "reason", "author", "at", "merged_into")
    yield t.individuals, {name: getattr(state, name) for name in names}
    for place, statement in enumerate(state.statements):
        values = {name: str(value) for name, value in vars(statement).items()}
        yield t.statements, {**values, "individual": state.id, "place": place}


def _to_json(value: object) -> str:
    return to_canonical_json(value).decode("utf-8")
