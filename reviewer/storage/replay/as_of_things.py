"""What later entries speak of, brought forward anew from the acts that stood at an earlier position."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, CursorResult

from reviewer.domain.acts.act import ThingKind, ThingState, split_reading_id
from reviewer.domain.acts.table import affected_by, apply_to_thing
from reviewer.domain.people.individual import PhotoFacts
from reviewer.domain.photos.redaction import Redaction
from reviewer.storage import ledger
from reviewer.storage.engine.numbers import load_numbers
from reviewer.storage.ledger import ENTRY_ROWS
from reviewer.storage.replay import thing_tables
from reviewer.storage.replay.apply import ACTS_IN_CASE_TABLES, CASE_ACT_HANDLERS, is_about_readings
from reviewer.storage.replay.as_of_changes import LedgerChanges

_AT_ONCE, _STEP = 500, 2_000
_ACTS_ON_READINGS = """
    SELECT l.* FROM temp.then_touched w
    CROSS JOIN main.ledger l ON l.subject = w.sha256 AND l.author = w.examiner
    CROSS JOIN main.acts a ON a.position = l.position LEFT JOIN temp.then_acts o ON o.position = l.position
    WHERE w.before AND w.sha256 <> '' AND +l.position <= ? AND a.kind IN ('act', 'kept')
    AND coalesce(o.taken_back, a.taken_back) = 0
    ORDER BY w.sha256, w.examiner, l.position
"""
_ACTS_ON_THINGS = """
    SELECT l.* FROM main.ledger l WHERE l.position IN (
        SELECT s.position FROM temp.then_things w
        CROSS JOIN main.act_subjects s ON s.kind = w.kind AND s.subject = w.subject
        CROSS JOIN main.acts a ON a.position = s.position
        LEFT JOIN temp.then_acts o ON o.position = s.position
        WHERE w.before AND s.position <= ? AND a.kind = 'act' AND coalesce(o.taken_back, a.taken_back) = 0
    ) ORDER BY l.position
"""
_LOWEST_NUMBER = "SELECT number, sha256 FROM photo_numbers ORDER BY number LIMIT 1"
_THINGS = """
    SELECT w.kind, coalesce(n.sha256, w.subject) FROM temp.then_things w
    LEFT JOIN main.photo_numbers n ON w.kind = 'photo' AND n.number = CAST(w.subject AS INTEGER)
    WHERE w.before
"""


def bring_case_forward(connection: Connection, into: Connection, last: int) -> None:
    """Put what the acts on the case itself say up to the position `last` into empty tables."""
    for entry in ledger.load_entries_of_acts(connection, ACTS_IN_CASE_TABLES, last):
        CASE_ACT_HANDLERS[entry.act](into, entry)


def bring_shared_forward(
    connection: Connection, into: Connection, changes: LedgerChanges, steps: Iterator[None]
) -> None:
    """Put those of the shared things that `changes` noted which were something then into empty tables."""
    if not changes.things:
        return
    wanted = {(kind, id_) for kind, id_ in connection.exec_driver_sql(_THINGS)}
    states: dict[ThingKind, dict[str, ThingState | None]] = {}
    acts = connection.exec_driver_sql(_ACTS_ON_THINGS, (changes.last,))
    for row in _tell_steps(acts, steps):
        entry = ENTRY_ROWS.make(row)
        for touch in affected_by(entry):
            if (touch.kind, touch.id) in wanted:
                of_kind = states.setdefault(touch.kind, {})
                of_kind[touch.id] = apply_to_thing(of_kind.get(touch.id), touch, entry)
    for kind, found in states.items():
        about_photos = (state for state in found.values() if isinstance(state, PhotoFacts | Redaction))
        _copy_numbers(connection, into, [state.photo for state in about_photos])
        thing_tables.save(into, kind, {}, found)
        next(steps)


def bring_readings_forward(
    connection: Connection, into: Connection, changes: LedgerChanges, steps: Iterator[None]
) -> None:
    """Put those of the Readings that `changes` noted which were something then into empty tables."""
    if not changes.readings:
        return
    acts = connection.exec_driver_sql(_ACTS_ON_READINGS, (changes.last,))
    waiting: dict[str, ThingState | None] = {}
    for _whose, rows in groupby(_tell_steps(acts, steps), key=lambda row: (row.subject, row.author)):
        for entry in filter(is_about_readings, map(ENTRY_ROWS.make, rows)):
            for touch in affected_by(entry):
                waiting[touch.id] = apply_to_thing(waiting.get(touch.id), touch, entry)
        if len(waiting) >= _AT_ONCE:
            _save_readings(connection, into, waiting)
            waiting = {}
    _save_readings(connection, into, waiting)


def _save_readings(connection: Connection, into: Connection, readings: dict[str, ThingState | None]) -> None:
    _copy_numbers(connection, into, [split_reading_id(id_)[1] for id_ in readings])
    thing_tables.save(into, ThingKind.READING, {}, readings)


def _copy_numbers(connection: Connection, into: Connection, photos: Collection[str]) -> None:
    """Number these Photos (SHA-256) as the case does, and leave those numbers that are free to others."""
    known = [(number, sha256) for sha256, number in load_numbers(connection, photos).items()]
    known += [tuple(row) for row in connection.exec_driver_sql(_LOWEST_NUMBER)]
    if known:
        into.exec_driver_sql("INSERT OR IGNORE INTO photo_numbers VALUES (?, ?)", known)


def _tell_steps(rows: CursorResult[Any], steps: Iterator[None]) -> Iterator[Any]:
    for number, row in enumerate(rows, start=1):
        if number % _STEP == 0:
            next(steps)
        yield row
