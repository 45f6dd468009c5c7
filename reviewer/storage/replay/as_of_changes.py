"""What entries behind a position changed: the things they speak of, and which acts stood otherwise then."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection

_TAIL = 20
"""A tail of the ledger of less than one in so many entries is read itself, a longer one from the indexes."""

_TABLES = (
    "CREATE TEMP TABLE then_acts (position INTEGER PRIMARY KEY, taken_back INTEGER NOT NULL)",
    "CREATE TEMP TABLE then_touched (sha256 TEXT NOT NULL, examiner TEXT NOT NULL, before INTEGER NOT NULL, "
    "PRIMARY KEY (sha256, examiner)) WITHOUT ROWID",
    "CREATE TEMP TABLE then_of_readings (photo INTEGER NOT NULL, examiner TEXT NOT NULL, "
    "PRIMARY KEY (photo, examiner)) WITHOUT ROWID",
    "CREATE TEMP TABLE then_things (kind TEXT NOT NULL, subject TEXT NOT NULL, before INTEGER NOT NULL, "
    "PRIMARY KEY (kind, subject)) WITHOUT ROWID",
    "CREATE TEMP TABLE then_photos (photo INTEGER PRIMARY KEY)",
)
"""Acts that stood otherwise; (SHA-256, examiner) that later entries speak of, and whether earlier ones did;
the same with the number of the Photo; the shared things, and the Photos among them by their number."""

# CROSS JOIN where the engine must begin with the smaller table: of a temporary one it knows no size.
_READINGS_OF_TAIL = """
    INSERT INTO temp.then_touched
    SELECT w.subject, w.author, EXISTS (
        SELECT 1 FROM main.ledger b
        WHERE b.subject = w.subject AND b.author = w.author AND +b.position <= :last
    ) FROM (SELECT DISTINCT subject, author FROM main.ledger NOT INDEXED WHERE position > :last) w
"""
_READINGS_OF_ALL = """
    INSERT INTO temp.then_touched
    SELECT subject, author, min(position) <= :last FROM main.ledger
    GROUP BY subject, author HAVING max(position) > :last
"""
_READINGS_STANDING_OTHERWISE = """
    INSERT INTO temp.then_touched
    SELECT l.subject, l.author, 1 FROM temp.then_acts o CROSS JOIN main.ledger l ON l.position = o.position
    WHERE true ON CONFLICT DO UPDATE SET before = 1
"""
_OF_READINGS = """
    INSERT INTO temp.then_of_readings
    SELECT n.number, w.examiner FROM temp.then_touched w
    CROSS JOIN main.photo_numbers n ON n.sha256 = w.sha256
"""
_THINGS_OF_TAIL = """
    INSERT INTO temp.then_things
    SELECT w.kind, w.subject, EXISTS (
        SELECT 1 FROM main.act_subjects b
        WHERE b.kind = w.kind AND b.subject = w.subject AND b.position <= :last
    ) FROM (
        SELECT DISTINCT kind, subject FROM main.act_subjects INDEXED BY act_subjects_position
        WHERE position > :last
    ) w
"""
_THINGS_OF_ALL = """
    INSERT INTO temp.then_things
    SELECT kind, subject, min(position) <= :last FROM main.act_subjects
    GROUP BY kind, subject HAVING max(position) > :last
"""
_THINGS_STANDING_OTHERWISE = """
    INSERT INTO temp.then_things
    SELECT s.kind, s.subject, 1 FROM temp.then_acts o
    CROSS JOIN main.act_subjects s ON s.position = o.position
    WHERE true ON CONFLICT DO UPDATE SET before = 1
"""
_PHOTOS = """
    INSERT INTO temp.then_photos
    SELECT CAST(subject AS INTEGER) FROM temp.then_things WHERE kind = 'photo'
"""
_COUNTS = """
    SELECT (SELECT count(*) FROM temp.then_of_readings), (SELECT count(*) FROM temp.then_things),
    (SELECT count(*) FROM temp.then_acts)
"""
_TAKING_BACK = """
    SELECT l.position, l.hash, l.takes_back FROM main.acts a
    CROSS JOIN main.ledger l ON l.position = a.position
    WHERE a.kind IN ('undo', 'redo') ORDER BY a.position
"""


@dataclass(frozen=True)
class LedgerChanges:
    """How much entries behind `last`, a position, changed. What it was stands in temporary tables."""

    last: int
    readings: int
    things: int
    acts: int
    """Acts that stood otherwise."""


def find_changes(connection: Connection, last: int) -> LedgerChanges:
    """Note in temporary tables what the entries behind the position `last` changed."""
    for table in _TABLES:
        connection.exec_driver_sql(table)
    end = connection.exec_driver_sql("SELECT max(position) FROM main.ledger").scalar() or 0
    is_tail = (end - last) * _TAIL < end
    _note_acts_standing_otherwise(connection, last)
    for statement in (
        _READINGS_OF_TAIL if is_tail else _READINGS_OF_ALL,
        _THINGS_OF_TAIL if is_tail else _THINGS_OF_ALL,
    ):
        connection.exec_driver_sql(statement, {"last": last})
    for statement in (
        _READINGS_STANDING_OTHERWISE,
        _THINGS_STANDING_OTHERWISE,
        _OF_READINGS,
        _PHOTOS,
    ):
        connection.exec_driver_sql(statement)
    return LedgerChanges(last, *connection.exec_driver_sql(_COUNTS).one())


def _note_acts_standing_otherwise(connection: Connection, last: int) -> None:
    """Go through all that was ever taken back, as `apply` does: what stood at `last`, and what stands now."""
    later = "SELECT 1 FROM main.acts WHERE kind IN ('undo', 'redo') AND position > ? LIMIT 1"
    if connection.exec_driver_sql(later, (last,)).first() is None:
        return
    taken: dict[str, bool] = {}
    then: dict[str, bool] | None = None
    undone_by: dict[str, str] = {}
    for position, hash_, target in connection.exec_driver_sql(_TAKING_BACK):
        if position > last and then is None:
            then = dict(taken)
        taken[target] = True
        if target in undone_by:
            taken[undone_by[target]] = False
        undone_by[hash_] = target
    there = then or {}
    otherwise = [hash_ for hash_, now in taken.items() if now != there.get(hash_, False)]
    positions = connection.exec_driver_sql(
        "SELECT position, hash FROM main.ledger WHERE hash IN (SELECT value FROM json_each(?)) "
        "AND +position <= ?",
        (json.dumps(otherwise), last),
    ).all()
    if positions:
        rows = [(position, int(there.get(hash_, False))) for position, hash_ in positions]
        connection.exec_driver_sql("INSERT INTO temp.then_acts VALUES (?, ?)", rows)
