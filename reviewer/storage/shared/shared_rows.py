"""What all Examiners share, on disk: many things of one kind go in and come out at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from sys import intern
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, select

from reviewer.domain.acts.act import ThingKind, ThingState
from reviewer.domain.grouping import group_pairs
from reviewer.domain.people.evaluations import Evaluation, IndividualEvaluations
from reviewer.domain.people.individual import (
    Individual,
    PhotoFacts,
    RecordLink,
    SavedList,
    Statement,
    Transcription,
    TranscriptionPass,
)
from reviewer.domain.photos.redaction import Redaction
from reviewer.domain.photos.seen_elsewhere import SeenElsewhere
from reviewer.domain.summary.decisions import TermDecisions
from reviewer.domain.summary.summary import TermDecision
from reviewer.domain.worklist.assignments import Assignments, PhotoAssignment
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.engine.numbers import give_numbers, name_photo, numbers_as_subquery, select_named
from reviewer.storage.engine.plain_rows import fetch_numbers_by_value, fetch_plain_rows
from reviewer.storage.engine.row_mapper import RowMapper, read_tuples, write_json


def _read_box(written: str) -> tuple[int, ...] | None:
    return read_tuples(written) or None


def _write_box(box: tuple[int, ...] | None) -> str:
    return write_json(box or ())


SAVED_LIST_ROWS = RowMapper(SavedList, t.lists.columns)
REDACTION_ROWS = RowMapper(Redaction, t.redactions.columns)
TRANSCRIPTION_ROWS = RowMapper(
    Transcription, t.cards.columns, {"box": (_read_box, _write_box)}, renamed={"number": "pass"}
)
EVALUATION_ROWS = RowMapper(Evaluation, t.evaluations.columns)
_PHOTO_ROWS = RowMapper(PhotoFacts, t.photo_facts.columns)
_INDIVIDUAL_ROWS = RowMapper(Individual, t.individuals.columns)
_STATEMENT_ROWS = RowMapper(Statement, t.statements.columns)
_DECISION_ROWS = RowMapper(TermDecision, t.decisions.columns)
_ONE_ROW: dict[type[Any], tuple[Table, RowMapper[Any]]] = {
    RecordLink: (t.record_links, RowMapper(RecordLink, t.record_links.columns)),
    SavedList: (t.lists, SAVED_LIST_ROWS),
    Redaction: (t.redactions, REDACTION_ROWS),
    SeenElsewhere: (t.seen_elsewhere, RowMapper(SeenElsewhere, t.seen_elsewhere.columns)),
}


def load_things(connection: Connection, kind: ThingKind, ids: Sequence[str]) -> dict[str, ThingState]:
    """The things of one kind with these ids; those that are not there are left out."""
    found: dict[str, ThingState] = {}
    if ids:
        found.update(_LOADERS[kind](connection, ids))
    return found


def save_things(connection: Connection, kind: ThingKind, states: Mapping[str, ThingState | None]) -> None:
    """Make the tables say these states; None takes a thing out."""
    for table, key in TABLES_OF_KIND[kind]:
        ids = numbers_as_subquery(states) if key == "photo" else ids_as_subquery(list(states))
        connection.execute(delete(table).where(table.c[key].in_(ids)))
    there = (state for state in states.values() if state is not None)
    for table, found in group_pairs(pair for state in there for pair in _iterate_rows(state)).items():
        if "photo" in table.c:
            numbers = give_numbers(connection, [row["photo"] for row in found])
            found = [{**row, "photo": numbers[row["photo"]]} for row in found]
        connection.execute(table.insert(), found)


def load_photo_facts(connection: Connection, photos: Sequence[str]) -> dict[str, PhotoFacts]:
    found = load_things(connection, ThingKind.PHOTO, photos)
    return {id_: state for id_, state in found.items() if isinstance(state, PhotoFacts)}


def load_individuals_by_id(connection: Connection, ids: Sequence[str]) -> dict[str, Individual]:
    found = load_things(connection, ThingKind.INDIVIDUAL, ids)
    return {id_: state for id_, state in found.items() if isinstance(state, Individual)}


def load_assignments(
    connection: Connection, photos: Sequence[str] | None = None
) -> dict[str, PhotoAssignment]:
    """SHA-256 -> assignment of every Photo something is known of, or of these only; each text once in
    memory."""
    c = t.photo_facts.c
    query = select(name_photo(c.photo), c.category, c.individual, c.duplicates)
    if photos is not None:
        query = query.where(c.photo.in_(numbers_as_subquery(photos)))
    return {
        photo: PhotoAssignment(intern(category), intern(one), intern(alike))
        for photo, category, one, alike in fetch_plain_rows(connection, query)
    }


def load_assignment_columns(connection: Connection, highest: int) -> Assignments:
    """The assignments of all Photos, up to the `highest` number there is: read from indexes."""
    found, c = Assignments(highest), t.photo_facts.c
    for values, column in (
        (found.categories, c.category),
        (found.individuals, c.individual),
        (found.duplicates, c.duplicates),
    ):
        found.fill(values, fetch_numbers_by_value(connection, column, c.photo))
    return found


def load_mergers(connection: Connection) -> dict[str, str]:
    """Id -> the id it was merged into, of every Individual that no longer stands for itself."""
    c = t.individuals.c
    rows = connection.execute(select(c.id, c.merged_into).where(c.merged_into != ""))
    return {row.id: row.merged_into for row in rows}


TABLES_OF_KIND: dict[ThingKind, tuple[tuple[Table, str], ...]] = {
    ThingKind.PHOTO: ((t.cards, "photo"), (t.photo_facts, "photo")),
    ThingKind.INDIVIDUAL: ((t.statements, "individual"), (t.individuals, "id")),
    ThingKind.RECORD: ((t.record_links, "record"),),
    ThingKind.LIST: ((t.lists, "id"),),
    ThingKind.DECISION: ((t.decisions, "id"),),
    ThingKind.EVALUATION: ((t.evaluations, "individual"),),
    ThingKind.REDACTION: ((t.redactions, "id"),),
    ThingKind.FILE: ((t.seen_elsewhere, "file"),),
}


def _load_photos(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, ThingState]]:
    rows = connection.execute(select_named(t.cards).where(t.cards.c.photo.in_(numbers_as_subquery(ids))))
    cards = group_pairs((row.photo, TRANSCRIPTION_ROWS.make(row)) for row in rows)
    query = select_named(t.photo_facts).where(t.photo_facts.c.photo.in_(numbers_as_subquery(ids)))
    for row in connection.execute(query):
        passes = sorted(cards[row.photo], key=lambda card: list(TranscriptionPass).index(card.number))
        yield row.photo, _PHOTO_ROWS.make(row, cards=tuple(passes))


def _load_individuals(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, ThingState]]:
    c = t.statements.c
    query = select(t.statements).where(c.individual.in_(ids_as_subquery(ids))).order_by(c.individual, c.place)
    stated = group_pairs((row.individual, _STATEMENT_ROWS.make(row)) for row in connection.execute(query))
    for row in connection.execute(select(t.individuals).where(t.individuals.c.id.in_(ids_as_subquery(ids)))):
        yield row.id, _INDIVIDUAL_ROWS.make(row, statements=tuple(stated[row.id]))


def _load_links(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, ThingState]]:
    for row in connection.execute(
        select(t.record_links).where(t.record_links.c.record.in_(ids_as_subquery(ids)))
    ):
        yield row.record, RecordLink(*row)


def _load_lists(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, ThingState]]:
    for row in connection.execute(select(t.lists).where(t.lists.c.id.in_(ids_as_subquery(ids)))):
        yield row.id, SAVED_LIST_ROWS.make(row)


def _load_decisions(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, ThingState]]:
    for decisions in decisions_from_rows(
        connection.execute(select(t.decisions).where(t.decisions.c.id.in_(ids_as_subquery(ids))))
    ):
        yield decisions.id, decisions


def decisions_from_rows(rows: Iterable[Row[Any]]) -> list[TermDecisions]:
    """What rows of `decisions` say, each Term of each Individual once."""
    found: dict[str, TermDecisions] = {}
    for row in rows:
        known = found.setdefault(row.id, TermDecisions(row.id, row.individual, row.term))
        by = tuple(sorted((*known.by, _DECISION_ROWS.make(row)), key=lambda decision: decision.examiner))
        found[row.id] = replace(known, by=by)
    return list(found.values())


def _load_evaluations(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, ThingState]]:
    c = t.evaluations.c
    query = (
        select(t.evaluations).where(c.individual.in_(ids_as_subquery(ids))).order_by(c.individual, c.examiner)
    )
    found = group_pairs((row.individual, EVALUATION_ROWS.make(row)) for row in connection.execute(query))
    for individual, by in found.items():
        yield individual, IndividualEvaluations(individual, tuple(by))


def _load_redactions(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, ThingState]]:
    query = select_named(t.redactions).where(t.redactions.c.id.in_(ids_as_subquery(ids)))
    for row in connection.execute(query):
        yield row.id, REDACTION_ROWS.make(row)


def _load_files(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, ThingState]]:
    query = select(t.seen_elsewhere).where(t.seen_elsewhere.c.file.in_(ids_as_subquery(ids)))
    for row in connection.execute(query):
        yield row.file, SeenElsewhere(*row)


_LOADERS = {
    ThingKind.PHOTO: _load_photos,
    ThingKind.INDIVIDUAL: _load_individuals,
    ThingKind.RECORD: _load_links,
    ThingKind.LIST: _load_lists,
    ThingKind.DECISION: _load_decisions,
    ThingKind.EVALUATION: _load_evaluations,
    ThingKind.REDACTION: _load_redactions,
    ThingKind.FILE: _load_files,
}


def _iterate_rows(state: ThingState) -> Iterator[tuple[Table, dict[str, Any]]]:
    """The rows that stand for a shared thing, with the table of each."""
    if isinstance(state, PhotoFacts):
        yield t.photo_facts, _PHOTO_ROWS.write(state)
        yield from ((t.cards, TRANSCRIPTION_ROWS.write(card, photo=state.photo)) for card in state.cards)
    elif isinstance(state, Individual):
        yield t.individuals, _INDIVIDUAL_ROWS.write(state)
        for place, statement in enumerate(state.statements):
            yield t.statements, _STATEMENT_ROWS.write(statement, individual=state.id, place=place)
    elif isinstance(state, TermDecisions):
        of = {"id": state.id, "individual": state.individual, "term": state.term}
        yield from ((t.decisions, _DECISION_ROWS.write(made, **of)) for made in state.by)
    elif isinstance(state, IndividualEvaluations):
        yield from ((t.evaluations, EVALUATION_ROWS.write(made, individual=state.id)) for made in state.by)
    else:
        table, rows = _ONE_ROW[type(state)]
        yield table, rows.write(state)
