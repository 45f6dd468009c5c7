"""A value changed behind the program's back is found, whichever table and column it stands in."""

import shutil
from contextlib import closing

import pytest
from sqlcipher3 import dbapi2 as engine

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.commands.mandate import Mandate, write_mandate
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.geometry.measuring import Measurement, Quantity, Scale, Take
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.evaluations import INDIVIDUAL_EVALUATED
from reviewer.domain.photos.redaction import REDACTION_DRAWN
from reviewer.domain.photos.seen_elsewhere import mark_seen_elsewhere
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.summary.decisions import SUMMARY_DECIDED
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.storage.engine import database
from reviewer.storage.engine import tables as t
from reviewer.storage.replay.rebuild import find_differences
from reviewer.storage.store import Store, record_draft, undo_latest_act
from tests.support.cases import pen
from tests.support.shared import CARD, DECISION, EVALUATION, REDACTION, made_individual, saved_list

RECORD_FILE = {"name": "n.csv", "sha256": "a" * 64, "rows": 1, "seal": "b" * 64}
LINK = {"record": "file:1", "individual": "one", "how": "matched", "note": ""}
AT = "2026-01-01T00:00:00.000+00:00"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    path = tmp_path_factory.mktemp("sound") / "case.db"
    database.create_database(path)
    store = Store(path, read_only=False)
    reading = Reading("e", "p" * 64)
    finding = Finding("f1", "elec.mark", "1.0.0", regions=("neck.front",), qualifiers=(("count", ("1",)),))
    mark = Mark("m1", MarkShape.LINE, ((1, 2), (3, 4)))
    with store.write() as connection:
        for draft in (
            Draft(acts.CASE_CREATED, "c", {"name": "n"}),
            Draft(acts.EXAMINER_ENROLLED, "e", {"name": "n"}),
            Draft(acts.SOURCE_ADDED, "s", {"path": "/x", "path_hex": "2f78"}),
            Draft(acts.SOURCE_INGESTED, "s", {"manifest": "m", "records": "r", "files": 1, "through": 1}),
            finding_commands.add_finding(reading, finding),
            finding_commands.add_mark(reading, finding, mark),
            finding_commands.mark_scale(
                reading, Scale("s1", ((1, 2), (90, 4)), (50_000,), "ruler", known_by="printed")
            ),
            finding_commands.take_measurement(
                reading, Measurement("q1", Quantity.LENGTH, (Take(((5, 6), (70, 8))),), "s1", "f1")
            ),
            Draft(acts.COVERAGE_SET, reading.photo, {"regions": {"nape": "assessable"}}),
            Draft(acts.RECORDS_LOADED, "file", {**RECORD_FILE, "mapping": {"columns": {}}}),
            Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": [reading.photo], "category": "detainee"}),
            Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": [made_individual("one", ["p" * 64])]}),
            Draft(shared_acts.CARD_TRANSCRIBED, reading.photo, CARD),
            Draft(shared_acts.RECORDS_SETTLED, "", {"records": [LINK]}),
            Draft(shared_acts.LIST_SAVED, "list", saved_list([reading.photo])),
            Draft(SUMMARY_DECIDED, "one", DECISION),
            Draft(INDIVIDUAL_EVALUATED, "one", EVALUATION),
            Draft(REDACTION_DRAWN, reading.photo, REDACTION),
            mark_seen_elsewhere(["s:61:"], "seen in a player"),
            Draft(acts.DESCRIBED, reading.photo, {"what": "stage", "values": ["early"]}),
            Draft(acts.CONTEXT_SEEN, reading.photo, {"what": "card"}),
            Draft(acts.LOOKED_FOR, reading.photo, {"lists": [["skin", "2.0.0"]]}),
            Draft(acts.READING_RULES_SET, "c", {"masked": "yes"}),
            write_mandate(Mandate(), "By order of the court.", "Photographs only."),
            finding_commands.set_certainty(reading, finding, Certainty.DEFINITE),
        ):
            record_draft(connection, draft, pen(), AT)
        undo_latest_act(connection, pen(), AT)
    store.close()
    return path


@pytest.fixture
def path(tmp_path, sound):
    return shutil.copy(sound, tmp_path / "case.db")


COLUMNS = [(table.name, column.name) for table in t.STATE_TABLES for column in table.columns]


def last(table):
    """The condition on the row of a table with the highest key."""
    key = ", ".join(column.name for column in t.metadata.tables[table].primary_key)
    order = ", ".join(f"{name} DESC" for name in key.split(", "))
    return f"({key}) = (SELECT {key} FROM {table} ORDER BY {order} LIMIT 1)"


def faults(path):
    store = Store(path, read_only=True)
    try:
        with store.read() as connection:
            return list(find_differences(connection))
    finally:
        store.close()


def test_a_sound_case_has_no_difference(path):
    assert faults(path) == []


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{table}.{column}" for table, column in COLUMNS])
def test_a_changed_value_is_found(path, table, column):
    connection = engine.connect(path)
    with connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        kind = dict(connection.execute(f"SELECT name, type FROM pragma_table_info('{table}')"))[column]
        changed = f"{column} + 1" if kind == "INTEGER" else f"{column} || 'x'"
        assert (
            connection.execute(f"UPDATE {table} SET {column} = {changed} WHERE {last(table)}").rowcount == 1
        )
    connection.close()
    assert any(table in fault.where for fault in faults(path))


@pytest.mark.parametrize("table", [table.name for table in t.STATE_TABLES])
def test_a_row_that_is_gone_is_found(path, table):
    connection = engine.connect(path)
    with connection:
        connection.execute(f"DELETE FROM {table} WHERE {last(table)}")
    connection.close()
    assert any(table in fault.where for fault in faults(path))


def test_a_table_of_another_shape_is_found(path):
    connection = engine.connect(path)
    with connection:
        connection.execute("DROP TRIGGER ledger_is_never_deleted")
    connection.close()
    assert any(fault.where == "the database" for fault in faults(path))


@pytest.mark.parametrize(("column", "value"), [("type", "Table"), ("tbl_name", "Examiners")])
def test_a_letter_of_the_schema_that_the_engine_overlooks_is_found(path, column, value):
    """To the engine large and small letters are the same there; a turned bit makes one of the other."""
    with closing(engine.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(f"UPDATE sqlite_master SET {column} = ? WHERE name = 'examiners'", (value,))
        connection.commit()
    assert [(each.where, each.what) for each in faults(path)] == [
        ("the database", "its tables are not shaped as the program makes them")
    ]
