"""Scales and Measurements of a Reading on disk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, delete

from reviewer.domain.geometry.measuring import Measurement, Scale, Take
from reviewer.domain.grouping import group_pairs
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ReadingSelection, narrow_to_readings
from reviewer.storage.engine.numbers import KeyedChange, RowKey, match_key, select_named
from reviewer.storage.engine.row_mapper import RowMapper, make_tuples, write_json
from reviewer.storage.reading.coverage import ReadingKey


def _select_in_order(table: Table) -> Select[Any]:
    ordered = select_named(table).order_by(table.c.examiner, table.c.photo, table.c.round, table.c.place)
    return narrow_to_readings(ordered, table)


def _read_takes(written: str) -> tuple[Take, ...]:
    return tuple(Take(make_tuples(take["points"]), take["hand"]) for take in json.loads(written))


def _write_takes(takes: tuple[Take, ...]) -> str:
    return write_json([vars(take) for take in takes])


_SCALE_ROWS = RowMapper(Scale, t.scales.columns)
_MEASUREMENT_ROWS = RowMapper(Measurement, t.measurements.columns, {"takes": (_read_takes, _write_takes)})
_SCALES, _MEASUREMENTS = _select_in_order(t.scales), _select_in_order(t.measurements)


def load_scales(connection: Connection, of: ReadingSelection) -> dict[ReadingKey, tuple[Scale, ...]]:
    """Scales by the key of their Reading."""
    rows = of.rows(connection, _SCALES)
    found = group_pairs(((row.examiner, row.photo, row.round), _SCALE_ROWS.make(row)) for row in rows)
    return {key: tuple(scales) for key, scales in found.items()}


def load_measurements(
    connection: Connection, of: ReadingSelection
) -> dict[ReadingKey, tuple[Measurement, ...]]:
    """Measurements by the key of their Reading."""
    rows = of.rows(connection, _MEASUREMENTS)
    found = group_pairs(((row.examiner, row.photo, row.round), _MEASUREMENT_ROWS.make(row)) for row in rows)
    return {key: tuple(measurements) for key, measurements in found.items()}


def save_measurements(connection: Connection, changes: Sequence[KeyedChange]) -> None:
    """Make the tables say of each Reading what comes after where they said what was before."""
    for key, before, after in changes:
        old = (before.scales, before.measurements) if before else ((), ())
        new = (after.scales, after.measurements) if after else ((), ())
        if old != new:
            _replace_measurements(connection, key, *new)


def _replace_measurements(
    connection: Connection, key: RowKey, scales: Sequence[Scale], taken: Sequence[Measurement]
) -> None:
    for table in (t.scales, t.measurements):
        connection.execute(delete(table).where(*match_key(table, key)))
    for place, scale in enumerate(scales):
        connection.execute(t.scales.insert().values(_SCALE_ROWS.write(scale, place=place, **key)))
    for place, made in enumerate(taken):
        row = _MEASUREMENT_ROWS.write(made, place=place, **key)
        connection.execute(t.measurements.insert().values(row))
