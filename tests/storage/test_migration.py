"""A case of format 1.0 opens as 1.1 with everything in it, and a copy of it stays beside."""

import json
import sqlite3

import pytest

from reviewer.domain import acts, intents
from reviewer.domain.ledger import Draft, Place, canonical, seal
from reviewer.domain.reading import Certainty, Finding, Reading
from reviewer.storage import database, readings
from reviewer.storage import tables as t
from reviewer.storage.among import Of
from reviewer.storage.migrations import runner, v1_000
from reviewer.storage.rebuild import differences
from reviewer.storage.store import Store, record, take_back
from tests.support.cases import pen

AT = "2026-01-01T00:00:00.000+00:00"
NEW = {"recipe", "seen_as_is"}


@pytest.fixture
def old(tmp_path):
    """A database as version 1.0 of the format made it: its tables, and acts without what came later."""
    path = tmp_path / "case.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
    for statement in v1_000.STATEMENTS:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {v1_000.VERSION}")
    reading, finding = Reading("e", "p" * 64), Finding("f1", "elec.mark", "1.0.0")
    place = Place("e", "st")
    drafts = [
        Draft(acts.EXAMINER_ENROLLED, "e", {"name": "n"}),
        without_new(intents.add_finding(reading, finding)),
        without_new(intents.set_certainty(reading, finding, Certainty.DEFINITE)),
    ]
    for draft in drafts:
        entry = seal(draft, place, AT)
        body = canonical(entry.body).decode("utf-8")
        connection.execute(
            "INSERT INTO ledger (author, station, seq, prev, tick, at, act, subject, body, takes_back, hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *entry.chain,
                entry.seq,
                entry.prev,
                entry.tick,
                AT,
                entry.act,
                entry.subject,
                body,
                "",
                entry.hash,
            ),
        )
        place = Place("e", "st", entry.seq + 1, entry.hash, entry.tick + 1)
    connection.execute("INSERT INTO chains VALUES ('e', 'st', 3, ?)", (place.prev,))
    connection.execute("INSERT INTO acts VALUES (2, 'e', 'act', 0), (3, 'e', 'act', 0)")
    connection.execute("INSERT INTO examiners VALUES ('e', 'n', ?)", (AT,))
    connection.execute("INSERT INTO readings VALUES ('e', ?, 'open', '', '', '', ?)", ("p" * 64, AT))
    connection.execute(
        "INSERT INTO findings VALUES ('f1', 'e', ?, 0, 'elec.mark', '1.0.0', 'present', '', 'definite', 1, "
        "'[]', '{}', '', '', '', 1)",
        ("p" * 64,),
    )
    connection.close()
    return path


def without_new(draft):
    return Draft(draft.act, draft.subject, {k: v for k, v in draft.body.items() if k not in NEW})


def test_an_old_case_is_brought_up_whole_and_copied_first(old):
    database.migrate(old)
    copies = list(old.parent.glob("case-before-*.db"))
    assert len(copies) == 1
    connection = sqlite3.connect(copies[0])
    assert runner.version_of(connection) == 1000
    connection.close()
    store = Store(old, read_only=False)
    with store.read() as connection:
        assert list(differences(connection)) == []
        photos = [row.photo for row in connection.exec_driver_sql("SELECT photo FROM readings")]
        (reading,) = readings.load_many(connection, Of(readings.examiners(connection), photos))
    assert reading.findings[0].certainty is Certainty.DEFINITE
    assert (reading.findings[0].recipe, reading.findings[0].seen_as_is) == ("", True)
    assert not reading.findings[0].is_only_enhanced
    assert (reading.scales, reading.measurements) == ((), ())
    with store.write() as connection:
        take_back(connection, pen(), AT)
        record(connection, intents.write_note(reading, "later"), pen(), AT)
    with store.read() as connection:
        assert list(differences(connection)) == []
    store.close()


def test_the_old_body_of_an_act_keeps_its_hash(old):
    connection = sqlite3.connect(old)
    bodies = [json.loads(body) for (body,) in connection.execute("SELECT body FROM ledger ORDER BY position")]
    connection.close()
    assert all(not NEW & set(body) for body in bodies)
    assert {table.name for table in (t.scales, t.measurements)} == {"scales", "measurements"}
