"""Readings saved together stand in the tables as if each was saved by itself."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.geometry.measuring import Measurement, Quantity, Take
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.storage.engine import database
from reviewer.storage.engine import tables as t
from reviewer.storage.reading import readings

TABLES = (t.readings, t.coverage, t.findings, t.finding_regions, t.marks, t.measurements, t.texts)


def a_reading(number, **others):
    mark = Mark(f"mark {number}", MarkShape.LINE, ((1, 2), (3, 4)))
    finding = Finding(f"f{number}", "elec.mark", "1.0.0", regions=("chest.L", "nape"), marks=(mark,))
    take = Take(((1, 2), (3, 4)), hand=False)
    return Reading(
        "e",
        f"{number:064x}",
        note=f"note {number}",
        findings=(finding,),
        measurements=(Measurement(f"m{number}", Quantity.LENGTH, (take,), "", ""),),
        coverage=(("nape", "assessable"),),
        **others,
    )


def rows(connection):
    """By table, without the numbers of texts, which no act says."""
    return {
        table.name: sorted(
            (tuple(row)[table is t.texts :] for row in connection.execute(select(table))), key=repr
        )
        for table in TABLES
    }


FIRST = [a_reading(number) for number in range(4)]
THEN = [
    None,
    replace(FIRST[1], coverage=(), measurements=(), note=""),
    replace(FIRST[2], findings=()),
    replace(FIRST[3], findings=(*FIRST[3].findings, replace(FIRST[3].findings[0], id="f9", marks=()))),
]


@pytest.fixture
def tables():
    with database.open_in_memory() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        connection.exec_driver_sql("BEGIN")
        yield connection


def test_together_and_one_by_one_the_tables_are_the_same(tables):
    nothing = rows(tables)
    changes = list(zip(FIRST, THEN, strict=True))
    for reading in FIRST:
        readings.save(tables, None, reading)
    first = rows(tables)
    for change in changes:
        readings.save(tables, *change)
    then = rows(tables)
    assert [readings.load(tables, "e", reading.photo) for reading in FIRST] == THEN
    assert then != first
    readings.save_many(tables, [(after, None) for after in THEN if after is not None])
    assert rows(tables) == nothing
    readings.save_many(tables, [(None, reading) for reading in FIRST])
    assert rows(tables) == first
    readings.save_many(tables, changes)
    assert rows(tables) == then


def test_a_finding_may_go_from_one_reading_to_another(tables):
    readings.save_many(tables, [(None, reading) for reading in FIRST[:2]])
    emptied, filled = replace(FIRST[1], findings=()), replace(FIRST[0], findings=(FIRST[1].findings[0],))
    readings.save_many(tables, [(FIRST[0], filled), (FIRST[1], emptied)])
    assert readings.load(tables, "e", FIRST[0].photo) == filled
    assert readings.load(tables, "e", FIRST[1].photo) == emptied
