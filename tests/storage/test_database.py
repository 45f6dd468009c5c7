"""The database defends itself, and says plainly what it cannot open."""

import sqlite3

import pytest

from reviewer.domain import acts
from reviewer.domain.case import ExaminedFile, FoundFile
from reviewer.domain.errors import CaseUnusable, KnownError, LedgerDamaged
from reviewer.domain.ledger import Draft
from reviewer.domain.photo import Capture, Outcome, Photo, Problem, ProblemKind
from reviewer.storage import database, photos
from reviewer.storage import tables as t
from reviewer.storage.store import DatabaseFault, Store, record
from tests.support.cases import pen

PHOTO = Photo("a" * 64, 10, "JPEG", 4, 3, 1, Capture("", "", "", {}), "0" * 16)


@pytest.fixture
def path(tmp_path):
    database.create(tmp_path / "case.db")
    return tmp_path / "case.db"


@pytest.fixture
def store(path):
    made = Store(path, read_only=False)
    yield made
    made.close()


def file(name, size=10):
    return FoundFile(name, size, 1)


def raw(path, statement):
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute(statement).close()
    finally:
        connection.close()


def test_the_tables_of_the_queries_are_those_of_the_migrations(path):
    connection = sqlite3.connect(path)
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
        record(connection, Draft(acts.CASE_CREATED, "c", {"name": "n"}), pen(), "2026-01-01T00:00:00+00:00")
        photos.add(connection, "source", ExaminedFile(file(b"a.jpg"), "a" * 64, PHOTO, None))
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        raw(path, act.format(table=table))


def test_the_same_content_twice_is_one_photo_and_two_files(store):
    problem = Problem(ProblemKind.EMPTY, "The file is empty.")
    with store.write() as connection:
        outcomes = [
            photos.add(connection, "s", ExaminedFile(file(b"a.jpg"), "a" * 64, PHOTO, None)),
            photos.add(connection, "s", ExaminedFile(file(b"b.jpg"), "a" * 64, PHOTO, None)),
            photos.add(connection, "s", ExaminedFile(file(b"bad\xff.jpg", 0), "e" * 64, None, problem)),
        ]
        assert outcomes == [Outcome.PHOTO, Outcome.DUPLICATE, Outcome.PROBLEM]
        assert photos.outcomes(connection) == {Outcome.PHOTO: 1, Outcome.DUPLICATE: 1, Outcome.PROBLEM: 1}
        assert [path for _source, path in photos.paths_of(connection, "a" * 64)] == [b"a.jpg", b"b.jpg"]
        assert [row.path for row in photos.problem_files(connection)] == ["bad\\xff.jpg"]


def test_a_store_for_reading_cannot_write(path):
    store = Store(path, read_only=True)
    try:
        with pytest.raises(KnownError, match="reading only"), store.write():
            pass
        with store.read() as connection, pytest.raises(Exception, match="readonly"):
            connection.exec_driver_sql("INSERT INTO chains VALUES ('a', 's', 1, 'h')")
    finally:
        store.close()


def test_a_newer_minor_version_opens_and_a_newer_major_one_is_refused(path):
    raw(path, "PRAGMA user_version = 1007")
    assert database.check(path) == 1007
    raw(path, "PRAGMA user_version = 2000")
    with pytest.raises(CaseUnusable, match="newer version"):
        database.check(path)


def test_what_is_no_case_database_is_told_apart(path, tmp_path):
    with pytest.raises(CaseUnusable, match="no case database"):
        database.check(tmp_path / "nothing.db")
    raw(path, "PRAGMA application_id = 7")
    with pytest.raises(CaseUnusable, match="another program"):
        database.check(path)
    (tmp_path / "text.db").write_bytes(b"this is no database at all, only text that goes on and on" * 40)
    with pytest.raises(LedgerDamaged, match="damaged"):
        database.check(tmp_path / "text.db")


def test_texts_of_errors_hold_no_content_of_the_case(store):
    with pytest.raises(DatabaseFault) as caught, store.write() as connection:
        connection.execute(t.examiners.insert().values(id="i", name=None, enrolled_at="secret name"))
    assert "secret" not in str(caught.value)
