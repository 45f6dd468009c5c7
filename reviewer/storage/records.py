"""Files of records on disk: evidence rows that are written once and bound by the seal of their act."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from reviewer.domain.grouping import group_pairs
from reviewer.domain.people.individual import Fact, RecordLink, TranscriptionPass
from reviewer.domain.records.mapping import RecordFact, RecordRow
from reviewer.storage.engine import tables as t
from reviewer.storage.engine import texts

_AT_ONCE = 500
KnownValues = dict[Fact, tuple[str, ...]]


@dataclass(frozen=True)
class RecordFile:
    """A file of records as the ledger knows it; `mapping` is canonical JSON."""

    id: str
    name: str
    sha256: str
    mapping: str
    rows: int
    seal: str
    author: str
    at: str


def load_record_files(connection: Connection) -> list[RecordFile]:
    """Every file, in the order of loading."""
    query = select(t.record_files).order_by(t.record_files.c.at, t.record_files.c.id)
    return [RecordFile(*row) for row in connection.execute(query)]


def save_content(connection: Connection, file: str, content: bytes) -> None:
    connection.execute(t.record_contents.insert().values(file=file, content=content))


def load_content(connection: Connection, file: str) -> bytes | None:
    """The bytes that were loaded, None if they are gone."""
    found = connection.execute(
        select(t.record_contents.c.content).where(t.record_contents.c.file == file)
    ).scalar()
    return bytes(found) if found is not None else None


def add_rows(
    connection: Connection, file: str, rows: Iterable[RecordRow], kept: Callable[[int], None]
) -> None:
    """Keep rows with what they say, and their texts for full text. `kept` hears how many there are so far."""
    next_id = int(connection.execute(select(func.max(t.records.c.id))).scalar() or 0) + 1
    batch: list[tuple[int, RecordRow]] = []
    for id_, row in enumerate(rows, start=next_id):
        batch.append((id_, row))
        if len(batch) >= _AT_ONCE:
            _add_batch(connection, file, batch)
            kept(id_ - next_id + 1)
            batch = []
    if batch:
        _add_batch(connection, file, batch)
        kept(batch[-1][0] - next_id + 1)


def _add_batch(connection: Connection, file: str, batch: list[tuple[int, RecordRow]]) -> None:
    connection.execute(
        t.records.insert(),
        [
            {"id": id_, "file": file, "sheet": row.sheet, "row": row.row, "cells": _to_json(list(row.cells))}
            for id_, row in batch
        ],
    )
    facts = [
        {
            "record": id_,
            "column": fact.column,
            "fact": fact.fact,
            "value": fact.value,
            "raw": fact.raw,
            "doubt": fact.doubt,
        }
        for id_, row in batch
        for fact in row.facts
    ]
    if facts:
        connection.execute(t.record_facts.insert(), facts)
    texts.add_texts(
        connection,
        "record",
        ((str(id_), "\n".join(cell for cell in row.cells if cell.strip())) for id_, row in batch),
    )


def iterate_rows(connection: Connection, file: str) -> Iterator[RecordRow]:
    """The rows of a file as they are kept, in the order of the file."""
    facts = _load_facts(connection, file)
    c = t.records.c
    query = select(c.id, c.sheet, c.row, c.cells).where(c.file == file).order_by(c.sheet, c.row)
    for row in connection.execute(query):
        cells = tuple(str(cell) for cell in json.loads(row.cells))
        yield RecordRow(row.sheet, row.row, cells, tuple(facts.get(row.id, ())))


def _load_facts(connection: Connection, file: str) -> dict[int, list[RecordFact]]:
    f, r = t.record_facts.c, t.records.c
    query = (
        select(f.record, f.column, f.fact, f.value, f.raw, f.doubt)
        .join(t.records, r.id == f.record)
        .where(r.file == file)
        .order_by(f.record, f.column)
    )
    rows = connection.execute(query)
    return group_pairs(
        (row.record, RecordFact(row.column, row.fact, row.value, row.raw, row.doubt)) for row in rows
    )


def find_files_with_rows(connection: Connection) -> set[str]:
    """Ids of files that rows or contents are kept of."""
    found = set(connection.execute(select(t.records.c.file).distinct()).scalars())
    return found | set(connection.execute(select(t.record_contents.c.file)).scalars())


def load_links(connection: Connection) -> dict[str, RecordLink]:
    """Citation -> what was decided about the row."""
    return {row.record: RecordLink(*row) for row in connection.execute(select(t.record_links))}


def load_known_values(connection: Connection) -> dict[str, KnownValues]:
    """What is known of each Individual that stands for itself: statements, and cards of its Photos."""
    into = _find_standing_individuals(connection)
    found: dict[str, dict[Fact, dict[str, None]]] = {id_: {} for id_ in into.values()}
    s = t.statements.c
    for row in connection.execute(select(s.individual, s.fact, s.value).where(s.withdrawn == "")):
        _add_known_value(found, into, row.individual, Fact(row.fact), row.value)
    for individual, card in _iterate_cards(connection):
        for fact, value in (
            (Fact.DETAINEE_NUMBER, card.detainee),
            (Fact.BRANCH_NUMBER, card.branch),
            (Fact.EXAMINATION_NUMBER, card.examination),
        ):
            _add_known_value(found, into, individual, fact, value)
    return {id_: {fact: tuple(values) for fact, values in known.items()} for id_, known in found.items()}


def _add_known_value(
    found: dict[str, dict[Fact, dict[str, None]]], into: dict[str, str], id_: str, fact: Fact, value: str
) -> None:
    if value and id_ in into:
        found[into[id_]].setdefault(fact, {})[value] = None


def _find_standing_individuals(connection: Connection) -> dict[str, str]:
    """Individual -> the one it stands for now: itself, or the one it was merged into in the end."""
    c = t.individuals.c
    merged = {row.id: row.merged_into for row in connection.execute(select(c.id, c.merged_into))}
    into: dict[str, str] = {}
    for id_ in merged:
        end, seen = id_, {id_}
        while merged.get(end) and merged[end] not in seen:
            end = merged[end]
            seen.add(end)
        into[id_] = end
    return into


def _iterate_cards(connection: Connection) -> Iterator[tuple[str, Row[Any]]]:
    """Individual of each Photo with the reading of its card that counts: the resolved one, else the first."""
    query = (
        select(t.cards, t.photo_facts.c.individual)  # its Photo is a number, and only told from others
        .join(t.photo_facts, t.photo_facts.c.photo == t.cards.c.photo)
        .where(t.photo_facts.c.individual != "", t.cards.c["pass"] != str(TranscriptionPass.SECOND))
    )
    best: dict[str, Row[Any]] = {}
    for row in connection.execute(query):
        if row.photo not in best or row._mapping["pass"] == str(TranscriptionPass.RESOLVED):
            best[row.photo] = row
    for row in best.values():
        yield row.individual, row


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
