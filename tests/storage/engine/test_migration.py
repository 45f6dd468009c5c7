"""A case of an earlier format opens with everything in it, its seals hold, and a copy of it stays beside."""

import hashlib
import json
from contextlib import closing

import pytest
from sqlcipher3 import dbapi2 as engine

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import ChainSlot, Draft, seal_entry, to_canonical_json
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.storage.engine import database
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ReadingSelection
from reviewer.storage.migrations import runner, v1_000, v1_001, v1_002, v1_003
from reviewer.storage.photos import photos
from reviewer.storage.reading import readings
from reviewer.storage.replay.rebuild import find_differences
from reviewer.storage.store import DatabaseFault, Store, record_draft, undo_latest_act
from tests.support.cases import pen

AT = "2026-01-01T00:00:00.000+00:00"
NEW = {"recipe", "seen_as_is"}


@pytest.fixture
def old(tmp_path):
    """A database as version 1.0 of the format made it: its tables, and acts without what came later."""
    path = tmp_path / "case.db"
    connection = engine.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
    for statement in v1_000.STATEMENTS:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {v1_000.VERSION}")
    reading, finding = Reading("e", "p" * 64), Finding("f1", "elec.mark", "1.0.0")
    place = ChainSlot("e", "st")
    drafts = [
        Draft(acts.EXAMINER_ENROLLED, "e", {"name": "n"}),
        without_new(finding_commands.add_finding(reading, finding)),
        without_new(finding_commands.set_certainty(reading, finding, Certainty.DEFINITE)),
    ]
    for draft in drafts:
        entry = seal_entry(draft, place, AT)
        body = to_canonical_json(entry.body).decode("utf-8")
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
        place = ChainSlot("e", "st", entry.seq + 1, entry.hash, entry.tick + 1)
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
    database.migrate_database(old)
    copies = list(old.parent.glob("case-before-*.db"))
    assert len(copies) == 1
    connection = engine.connect(copies[0])
    assert runner.read_version(connection) == 1000
    connection.close()
    store = Store(old, read_only=False)
    with store.read() as connection:
        assert list(find_differences(connection)) == []
        photos = readings.load_photos_with_readings(connection)
        (reading,) = readings.load_many(
            connection, ReadingSelection(readings.load_examiners_with_readings(connection), photos)
        )
    assert reading.findings[0].certainty is Certainty.DEFINITE
    assert (reading.findings[0].recipe, reading.findings[0].seen_as_is) == ("", True)
    assert not reading.findings[0].is_only_enhanced
    assert (reading.scales, reading.measurements) == ((), ())
    with store.write() as connection:
        undo_latest_act(connection, pen(), AT)
        record_draft(connection, finding_commands.write_note(reading, "later"), pen(), AT)
    with store.read() as connection:
        assert list(find_differences(connection)) == []
    store.close()


def test_the_old_body_of_an_act_keeps_its_hash(old):
    connection = engine.connect(old)
    bodies = [json.loads(body) for (body,) in connection.execute("SELECT body FROM ledger ORDER BY position")]
    connection.close()
    assert all(not NEW & set(body) for body in bodies)
    assert {table.name for table in (t.scales, t.measurements)} == {"scales", "measurements"}


PHOTO = (1, "a" * 64, 10, "JPEG", 4, 3, 1, "", "", "", "{}", "0" * 16, "")
FILES = [
    (1, "s", b"a\xff.jpg", "", "a\\xff.jpg", 10, 5, "a" * 64, "photo", 1, "", ""),
    (2, "s", b"b.jpg", "", "b.jpg", 10, 5, "a" * 64, "duplicate", 1, "", ""),
    (3, "s", b"c.txt", "", "c.txt", 0, 5, None, "problem", None, "empty", "The file is empty."),
]
CHANGED = [(1, 2, "b" * 64, "2026")]


@pytest.fixture
def before_1_4(tmp_path):
    """The evidence of a case of format 1.3, in the tables of that format."""
    path = tmp_path / "case.db"
    with closing(engine.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
        for step in (v1_000, v1_001, v1_002, v1_003):
            for statement in step.STATEMENTS:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {v1_003.VERSION}")
        for table, rows in (("photos", [PHOTO]), ("source_files", FILES), ("changed_files", CHANGED)):
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    return path


def test_the_evidence_of_an_earlier_format_keeps_its_rows_and_its_seal(before_1_4):
    """The table of files is made anew: not a value of it may move, nor the hash over all of them."""
    database.migrate_database(before_1_4)
    store = Store(before_1_4, read_only=False)
    rows = [[value.hex() if isinstance(value, bytes) else value for value in row] for row in FILES]
    expected = hashlib.sha256(b"".join(map(to_canonical_json, [*rows, list(PHOTO)]))).hexdigest()
    with store.read() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM source_files ORDER BY id").all()
        assert [tuple(row) for row in kept] == [(*row, "", "", None) for row in FILES]
        assert [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM changed_files")] == CHANGED
        assert photos.compute_seal(connection, "s").records == expected
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    for table in ("source_files", "changed_files"):
        with pytest.raises(DatabaseFault, match="never deleted"), store.write() as connection:
            connection.exec_driver_sql(f"DELETE FROM {table}")
    store.close()


def test_what_a_later_column_says_is_sealed_too(before_1_4):
    database.migrate_database(before_1_4)
    store = Store(before_1_4, read_only=False)
    with store.write() as connection:
        before = photos.compute_seal(connection, "s").records
        connection.exec_driver_sql("DROP TRIGGER source_files_is_never_updated")
        connection.exec_driver_sql("UPDATE source_files SET content_kind = 'video' WHERE id = 3")
        assert photos.compute_seal(connection, "s").records != before
    store.close()


def test_a_path_has_one_row_that_stands(before_1_4):
    database.migrate_database(before_1_4)
    store = Store(before_1_4, read_only=False)
    insert = (
        "INSERT INTO source_files SELECT {id}, source, path, folder, name, size, modified_ns, sha256, "
        "outcome, photo, problem_kind, problem_reason, '', '', {replaces} FROM source_files WHERE id = 3"
    )
    with store.write() as connection:
        connection.exec_driver_sql(insert.format(id=4, replaces=3))
    for replaces in ("NULL", "3"):
        with pytest.raises(DatabaseFault, match="UNIQUE"), store.write() as connection:
            connection.exec_driver_sql(insert.format(id=5, replaces=replaces))
    store.close()
