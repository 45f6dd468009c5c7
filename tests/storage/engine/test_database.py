"""The database defends itself, and says plainly what it cannot open."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlcipher3 import dbapi2 as engine

from reviewer.domain.acts import acts
from reviewer.domain.errors import CaseUnusable, KnownError, LedgerDamaged
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.case import ExaminedFile, FoundFile
from reviewer.domain.photos.photo import Capture, IngestOutcome, Photo, Problem, ProblemKind
from reviewer.storage.engine import cipher, database
from reviewer.storage.engine import tables as t
from reviewer.storage.photos import photos
from reviewer.storage.store import DatabaseFault, Store, record_draft
from tests.support.cases import pen

PHOTO = Photo("a" * 64, 10, "JPEG", 4, 3, 1, Capture("", "", "", {}), "0" * 16)


def file(name, size=10):
    return FoundFile(name, size, 1)


def raw(path, statement):
    connection = engine.connect(path)
    try:
        with connection:
            connection.execute(statement).close()
    finally:
        connection.close()


def test_of_many_connections_that_read_at_once_two_are_kept(path):
    reading = database.make_reading_engine(lambda: path, cipher.HeldKey(None))
    at_once = [reading.connect() for _number in range(6)]
    for connection in at_once:
        connection.execute(text("SELECT count(*) FROM photos")).scalar_one()
    for connection in at_once:
        connection.close()
    assert reading.pool.checkedin() == 2
    reading.dispose()


def test_a_statement_is_made_into_sql_once_for_all_cases(tmp_path):
    found = []
    for name in ("one.db", "other.db"):
        database.create_database(tmp_path / name)
        for make in (database.make_reading_engine, database.make_writing_engine):
            used = make(partial(Path, tmp_path / name), cipher.HeldKey(None))
            with used.begin() as connection:
                asked = connection.execute(select(t.photos.c.sha256, t.photos.c.width + 4711))
                found.append(asked.context.cache_hit.name)
            used.dispose()
    assert found == ["CACHE_MISS", "CACHE_HIT", "CACHE_HIT", "CACHE_HIT"]


def test_the_tables_of_the_queries_are_those_of_the_migrations(path):
    connection = engine.connect(path)
    try:
        for table in t.metadata.tables.values():
            rows = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
            kept = [(name, kind, bool(key)) for _id, name, kind, _null, _default, key in rows]
            kinds = {"TEXT": "TEXT", "INTEGER": "INTEGER", "BLOB": "BLOB"}
            queried = [(c.name, kinds[str(c.type)], c.primary_key) for c in table.columns]
            assert queried == kept, table.name
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'texts_index%'"
        found = {name for (name,) in connection.execute(query)}
        assert found == set(t.metadata.tables)
    finally:
        connection.close()


def test_full_synchronisation_and_a_write_ahead_log(store):
    with store.write() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.parametrize("table", ["ledger", "photos", "source_files"])
@pytest.mark.parametrize("act", ["UPDATE {table} SET rowid = rowid + 1", "DELETE FROM {table}"])
def test_what_was_written_once_is_never_changed(path, store, table, act):
    with store.write() as connection:
        record_draft(
            connection, Draft(acts.CASE_CREATED, "c", {"name": "n"}), pen(), "2026-01-01T00:00:00+00:00"
        )
        photos.add_file(connection, "source", ExaminedFile(file(b"a.jpg"), "a" * 64, PHOTO, None))
    with pytest.raises(engine.IntegrityError, match="never"):
        raw(path, act.format(table=table))


@pytest.mark.parametrize("key", [None, bytes(range(32))], ids=["plain", "encrypted"])
def test_no_row_of_history_is_replaced(tmp_path, key):
    """INSERT OR REPLACE and UPDATE OR REPLACE take rows away too."""
    database.create_database(tmp_path / "case.db", key)
    store = Store(tmp_path / "case.db", read_only=False, key=key)
    with store.write() as connection:
        record_draft(
            connection, Draft(acts.CASE_CREATED, "c", {"name": "n"}), pen(), "2026-01-01T00:00:00+00:00"
        )
        photos.add_file(connection, "source", ExaminedFile(file(b"a.jpg"), "a" * 64, PHOTO, None))
        photos.record_changed_file(connection, 1, "b" * 64, "2026")
    before = kept_rows(store)
    for table in HISTORY:
        for how in ("INSERT OR REPLACE INTO", "REPLACE INTO"):
            with pytest.raises(DatabaseFault, match="never deleted"), store.write() as connection:
                connection.exec_driver_sql(f"{how} {table} SELECT * FROM {table}")
        with pytest.raises(DatabaseFault, match="never updated"), store.write() as connection:
            connection.exec_driver_sql(f"UPDATE OR REPLACE {table} SET rowid = rowid + 1")
    assert kept_rows(store) == before
    store.close()


HISTORY = ("ledger", "photos", "source_files", "changed_files")


def kept_rows(store):
    with store.read() as connection:
        return [connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in HISTORY]


@pytest.mark.parametrize("way", ["write", "read", "in memory"])
@pytest.mark.parametrize(
    "statement",
    ["ATTACH '{}' AS other", "ATTACH '{}' AS other KEY ''", "VACUUM INTO '{}'", "VACUUM main INTO '{}'"],
)
def test_no_copy_is_written_past_the_encryption(tmp_path, way, statement):
    key, out = bytes(range(32)), tmp_path / "readable.db"
    database.create_database(tmp_path / "case.db", key)
    store = Store(tmp_path / "case.db", read_only=False, key=key)
    ways = {
        "write": store._writing.connect,
        "read": store._reading.connect,
        "in memory": database.open_in_memory,
    }
    with ways[way]() as connection:
        raw_connection = connection.connection.dbapi_connection
        if raw_connection.in_transaction:
            raw_connection.execute("COMMIT")
        with pytest.raises(cipher.DatabaseError, match="authoriz"):
            raw_connection.execute(statement.format(out))
        if not raw_connection.in_transaction:
            raw_connection.execute("BEGIN")
    assert not out.exists()
    store.close()


def test_the_same_content_twice_is_one_photo_and_two_files(store):
    problem = Problem(ProblemKind.EMPTY, "The file is empty.")
    with store.write() as connection:
        outcomes = [
            photos.add_file(connection, "s", ExaminedFile(file(b"a.jpg"), "a" * 64, PHOTO, None)),
            photos.add_file(connection, "s", ExaminedFile(file(b"b.jpg"), "a" * 64, PHOTO, None)),
            photos.add_file(connection, "s", ExaminedFile(file(b"bad\xff.jpg", 0), "e" * 64, None, problem)),
        ]
        assert outcomes == [IngestOutcome.PHOTO, IngestOutcome.DUPLICATE, IngestOutcome.PROBLEM]
        found = {
            IngestOutcome.PHOTO: 1,
            IngestOutcome.DUPLICATE: 1,
            IngestOutcome.PROBLEM: 1,
            IngestOutcome.LEFT_OUT: 0,
        }
        assert photos.count_outcomes(connection) == found
        assert [path for _source, path in photos.load_paths(connection, "a" * 64)] == [b"a.jpg", b"b.jpg"]
        assert [row.path for row in photos.iterate_problem_files(connection)] == ["bad\\xff.jpg"]


def test_a_store_for_reading_cannot_write(path):
    store = Store(path, read_only=True)
    try:
        with pytest.raises(KnownError, match="reading only"), store.write():
            pass
        with store.read() as connection, pytest.raises(Exception, match="readonly"):
            connection.exec_driver_sql("INSERT INTO chains VALUES ('a', 's', 1, 'h')")
    finally:
        store.close()


@pytest.mark.parametrize("newer", [database.LATEST_VERSION + 1, 2000])
def test_a_newer_version_is_refused_whether_it_is_a_small_step_or_a_large_one(path, newer):
    assert database.check_database(path) == database.LATEST_VERSION
    raw(path, f"PRAGMA user_version = {newer}")
    with pytest.raises(CaseUnusable, match="newer version") as told:
        database.check_database(path)
    assert told.value.code == "case-newer"


def test_what_is_no_case_database_is_told_apart(path, tmp_path):
    with pytest.raises(CaseUnusable, match="no case database"):
        database.check_database(tmp_path / "nothing.db")
    raw(path, "PRAGMA application_id = 7")
    with pytest.raises(CaseUnusable, match="another program"):
        database.check_database(path)
    (tmp_path / "text.db").write_bytes(b"this is no database at all, only text that goes on and on" * 40)
    with pytest.raises(LedgerDamaged, match="damaged"):
        database.check_database(tmp_path / "text.db")


def test_texts_of_errors_hold_no_content_of_the_case(store):
    with pytest.raises(DatabaseFault) as caught, store.write() as connection:
        connection.execute(t.examiners.insert().values(id="i", name=None, enrolled_at="secret name"))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("way", ["write", "read", "in memory"])
@pytest.mark.parametrize(
    "statement", ["SELECT * FROM nothing WHERE a = :it", "INSERT INTO examiners (id, name) VALUES (:it, 'n')"]
)
def test_no_parameter_stands_in_the_text_of_an_error(store, way, statement):
    """Errors are logged; what the engine is told of a case must not be."""
    ways = {
        "write": store._writing.connect,
        "read": store._reading.connect,
        "in memory": database.open_in_memory,
    }
    with pytest.raises(DatabaseFault) as caught, ways[way]() as connection:
        connection.execute(text(statement), {"it": "canary"})
    assert statement.split()[0] in str(caught.value)
    for told in (str(caught.value), repr(caught.value), str(caught.value.__cause__)):
        assert "canary" not in told


def test_files_that_are_kept_together_are_kept_as_one_after_the_other(store):
    """Of one content twice in a batch, one that is there already, one that was not read again."""
    empty = Problem(ProblemKind.EMPTY, "The file is empty.")
    other = replace(PHOTO, sha256="b" * 64)
    files = [
        (ExaminedFile(file(b"in/b.jpg"), "b" * 64, other, None), None),
        (ExaminedFile(file(b"bad\xff.jpg", 0), "e" * 64, None, empty), None),
        (ExaminedFile(file(b"in/again.jpg"), "b" * 64, None, None), None),
        (ExaminedFile(file(b"known.jpg"), "a" * 64, None, None), 1),
        (ExaminedFile(file(b"case.case"), "", None, empty, left_out=True), None),
    ]
    with store.write() as connection:
        photos.add_file(connection, "s", ExaminedFile(file(b"a.jpg"), "a" * 64, PHOTO, None))
        outcomes = photos.add_files(connection, "s", files)
        assert photos.add_files(connection, "s", []) == []
    assert outcomes == [
        IngestOutcome.PHOTO,
        IngestOutcome.PROBLEM,
        IngestOutcome.DUPLICATE,
        IngestOutcome.DUPLICATE,
        IngestOutcome.LEFT_OUT,
    ]
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, folder, name, sha256, outcome, photo, replaces FROM source_files ORDER BY id"
        ).all()
        made = connection.exec_driver_sql("SELECT id, sha256 FROM photos ORDER BY id").all()
    assert made == [(1, "a" * 64), (2, "b" * 64)]
    assert rows[1:] == [
        (2, "in", "b.jpg", "b" * 64, "photo", 2, None),
        (3, "", rows[2].name, "e" * 64, "problem", None, None),
        (4, "in", "again.jpg", "b" * 64, "duplicate", 2, None),
        (5, "", "known.jpg", "a" * 64, "duplicate", 1, 1),
        (6, "", "case.case", None, "left out", None, None),
    ]


def test_a_file_that_is_neither_photo_nor_problem_nor_known_is_a_fault_and_nothing_is_kept(store):
    with pytest.raises(ValueError, match="must be a Photo"), store.write() as connection:
        photos.add_files(connection, "s", [(ExaminedFile(file(b"a.jpg"), "a" * 64, None, None), None)])
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM source_files").scalar() == 0
