"""Scales and Measurements of a Reading on disk."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, select

from reviewer.domain.geometry.measuring import Measurement, Quantity, Scale, Take
from reviewer.domain.ledger.entry import to_canonical_json
from reviewer.domain.reading.reading import Reading
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ReadingSelection, narrow_to_readings
from reviewer.storage.reading.coverage import ReadingKey


def _select_in_order(table: Table) -> Select[Any]:
    ordered = select(table).order_by(table.c.examiner, table.c.photo, table.c.place)
    return narrow_to_readings(ordered, table)


_SCALES, _MEASUREMENTS = _select_in_order(t.scales), _select_in_order(t.measurements)


def load_scales(connection: Connection, of: ReadingSelection) -> dict[ReadingKey, tuple[Scale, ...]]:
    """Scales by (examiner, photo)."""
    found: dict[ReadingKey, list[Scale]] = defaultdict(list)
    for row in of.rows(connection, _SCALES):
        scale = Scale(
            row.id,
            _parse_pixels(json.loads(row.points)),
            tuple(json.loads(row.micrometres)),
            row.source,
            row.tilt,
            bool(row.curved),
            row.hand,
            row.page,
            row.known_by,
            row.off_plane,
        )
        found[row.examiner, row.photo].append(scale)
    return {key: tuple(each) for key, each in found.items()}


def load_measurements(
    connection: Connection, of: ReadingSelection
) -> dict[ReadingKey, tuple[Measurement, ...]]:
    """Measurements by (examiner, photo)."""
    found: dict[ReadingKey, list[Measurement]] = defaultdict(list)
    for row in of.rows(connection, _MEASUREMENTS):
        takes = tuple(Take(_parse_pixels(each["points"]), each["hand"]) for each in json.loads(row.takes))
        made = Measurement(row.id, Quantity(row.quantity), takes, row.scale, row.finding, row.page)
        found[row.examiner, row.photo].append(made)
    return {key: tuple(each) for key, each in found.items()}


def save_measurements(connection: Connection, before: Reading | None, after: Reading | None) -> None:
    """Make the tables say what `after` says; both are of the same examiner and Photo."""
    old = (before.scales, before.measurements) if before else ((), ())
    new = (after.scales, after.measurements) if after else ((), ())
    reading = after or before
    if old == new or reading is None:
        return
    for table in (t.scales, t.measurements):
        connection.execute(
            delete(table).where(table.c.examiner == reading.examiner, table.c.photo == reading.photo)
        )
    whose = {"examiner": reading.examiner, "photo": reading.photo}
    for place, scale in enumerate(new[0]):
        values = {
            **asdict(scale),
            "points": _to_json(scale.points),
            "micrometres": _to_json(scale.micrometres),
            "curved": int(scale.curved),
        }
        connection.execute(t.scales.insert().values(place=place, **whose, **values))
    for place, made in enumerate(new[1]):
        takes = _to_json([{"points": take.points, "hand": take.hand} for take in made.takes])
        values = {**asdict(made), "quantity": str(made.quantity), "takes": takes}
        connection.execute(t.measurements.insert().values(place=place, **whose, **values))


def _parse_pixels(points: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((x, y) for x, y in points)


def _to_json(value: object) -> str:
    return to_canonical_json(value).decode("utf-8")
