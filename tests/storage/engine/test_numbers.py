"""A Photo has a number in the state tables, which is no truth of its own."""

from contextlib import closing

import pytest
from sqlalchemy import select
from sqlcipher3 import dbapi2 as engine

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.case import ExaminedFile, FoundFile
from reviewer.domain.photos.photo import Capture, Photo
from reviewer.domain.photos.redaction import REDACTION_DRAWN
from reviewer.domain.reading.reading import Finding, Reading, ReadingRound
from reviewer.storage.engine import cipher, database
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import load_numbers, name_photo
from reviewer.storage.migrations import runner, v1_007
from reviewer.storage.photos import photos
from reviewer.storage.reading import readings
from reviewer.storage.replay.rebuild import find_differences
from reviewer.storage.replay.replay import CANNOT_APPLY
from reviewer.storage.shared import shared_rows
from reviewer.storage.store import Store, record_draft, undo_latest_act
from tests.support.cases import pen
from tests.support.shared import CARD, REDACTION
from tests.support.statements import recorded_statements

AT = "2026-01-01T00:00:00.000+00:00"
MET, UNMET, OTHER = "a" * 64, "b" * 64, "c" * 64
FINDING = Finding("f1", "elec.mark", "1.0.0", regions=("chest.L",))
NUMBERED = [table for table in t.STATE_TABLES if "photo" in table.c]


def find_number(connection, photo):
    return load_numbers(connection, [photo]).get(photo)


def ingest(connection, sha256):
    photo = Photo(sha256, 10, "JPEG", 4, 3, 1, Capture("", "", "", {}), "0" * 16)
    file = FoundFile(f"{sha256[:2]}.jpg".encode(), 10, 1)
    photos.add_file(connection, "s", ExaminedFile(file, sha256, photo, None))


def read(connection, photo):
    """Something in every state table that speaks of a photograph."""
    for draft in (
        finding_commands.add_finding(Reading("e", photo), FINDING),
        Draft(acts.COVERAGE_SET, photo, {"regions": {"nape": "assessable"}}),
        Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": [photo], "category": "scene"}),
        Draft(shared_acts.CARD_TRANSCRIBED, photo, CARD),
        Draft(REDACTION_DRAWN, photo, REDACTION),
    ):
        record_draft(connection, draft, pen(), AT)


def test_a_photograph_that_was_ingested_has_the_number_of_its_row(store):
    with store.write() as connection:
        ingest(connection, OTHER)
        ingest(connection, MET)
        read(connection, MET)
        row = connection.execute(select(t.photos.c.id).where(t.photos.c.sha256 == MET)).scalar_one()
        assert find_number(connection, MET) == row
        for table in (t.readings, t.findings, t.finding_regions, t.coverage, t.photo_facts, t.cards):
            assert set(connection.execute(select(table.c.photo)).scalars()) == {row}, table.name
    with store.read() as connection:
        assert list(find_differences(connection)) == []


def test_acts_may_speak_of_a_photograph_before_it_is_ingested(store):
    with store.write() as connection:
        ingest(connection, MET)
        read(connection, UNMET)
        assert find_number(connection, UNMET) == -1
        before = readings.load(connection, "e", UNMET)
        assert before.findings[0].id == "f1"
    with store.read() as connection:
        assert list(find_differences(connection)) == []
    with store.write() as connection:
        ingest(connection, UNMET)
        assert find_number(connection, UNMET) == 2
        assert readings.load(connection, "e", UNMET) == before
        assert shared_rows.load_assignments(connection) == {UNMET: ("scene", "", "")}
        for table in NUMBERED:
            assert not set(connection.execute(select(table.c.photo)).scalars()) - {2}, table.name
    with store.read() as connection:
        assert list(find_differences(connection)) == []
    with store.write() as connection:
        undo_latest_act(connection, pen(), AT)
        undo_latest_act(connection, pen(), AT)
        undo_latest_act(connection, pen(), AT)
    with store.read() as connection:
        assert shared_rows.load_assignments(connection) == {}
        assert list(find_differences(connection)) == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE photo_numbers SET sha256 = 'x' || sha256 WHERE number = 1",
        "UPDATE photo_numbers SET number = number + 7 WHERE number = 1",
        "UPDATE photo_numbers SET sha256 = 'x' || sha256 WHERE number = -1",
        "DELETE FROM photo_numbers WHERE number = 1",
        "DELETE FROM photo_numbers WHERE number = -1",
    ],
)
def test_a_number_that_stands_for_another_photograph_is_found(path, store, damage):
    with store.write() as connection:
        ingest(connection, MET)
        read(connection, UNMET)
        record_draft(connection, finding_commands.write_note(Reading("e", MET), "seen"), pen(), AT)
    with closing(engine.connect(path, isolation_level=None)) as connection:
        assert connection.execute(damage).rowcount == 1
    with store.read() as connection:
        assert list(find_differences(connection)) != []


def test_a_difference_names_the_photograph_by_its_hash(path, store):
    with store.write() as connection:
        read(connection, UNMET)
    with closing(engine.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE readings SET note = 'never written'")
    with store.read() as connection:
        (_text, *others) = sorted(str(fault.where) for fault in find_differences(connection))
    assert f"readings (examiner e, photo {UNMET})" in {_text, *others}


def test_the_round_of_an_act_that_names_none_is_the_first(store):
    named = finding_commands.write_note(Reading("e", MET), "seen")
    with store.write() as connection:
        record_draft(connection, named, pen(), AT)
        again = {"text": "again", "round": "first"}
        record_draft(connection, Draft(named.act, named.subject, again), pen(), AT)
        (reading,) = readings.load_many(connection, readings.ReadingSelection(("e",), (MET,)))
        assert (reading.note, reading.round) == ("again", ReadingRound.FIRST)
    with pytest.raises(CANNOT_APPLY), store.write() as connection:
        record_draft(connection, Draft(named.act, named.subject, {"text": "x", "round": "second"}), pen(), AT)


def test_a_value_of_a_reading_that_did_not_change_is_not_written(store):
    """Each index that holds one is a page of the commit."""
    with store.write() as connection:
        read(connection, MET)
    with store.write() as connection, recorded_statements() as sent:
        record_draft(connection, finding_commands.write_note(Reading("e", MET), "seen"), pen(), AT)
    (changed,) = (text for text in map(str, sent) if "UPDATE readings" in text)
    assert "note" in changed
    assert "state" not in changed
    assert "counted" not in changed


def test_a_case_of_before_keeps_what_it_says_of_photographs_it_does_not_have(tmp_path):
    """The tables are made anew from what they hold; a photograph without a row gets a number below 0."""
    path = tmp_path / "case.db"
    with closing(engine.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
        for step in runner.STEPS:
            if step.VERSION < v1_007.VERSION:
                for statement in step.STATEMENTS:
                    connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {v1_007.VERSION - 1}")
        photo = (1, MET, 10, "JPEG", 4, 3, 1, "", "", "", "{}", "0" * 16, "", "", "", "", "")
        connection.execute(f"INSERT INTO photos VALUES ({', '.join('?' * len(photo))})", photo)
        for sha256 in (MET, UNMET):
            connection.execute(
                "INSERT INTO readings (examiner, photo, state, conclusion, reason, note, changed_at) "
                "VALUES ('e', ?, 'open', '', '', ?, '')",
                (sha256, f"note of {sha256}"),
            )
        connection.execute("INSERT INTO photo_facts VALUES (?, 'scene', '', '')", (OTHER,))
    database.migrate_database(path)
    store = Store(path, read_only=True)
    with store.read() as connection:
        query = select(t.readings.c.photo, name_photo(t.readings.c.photo), t.readings.c.note)
        rows = sorted(map(tuple, connection.execute(query.add_columns(t.readings.c.round))))
        assert rows == [(-1, UNMET, f"note of {UNMET}", 1), (1, MET, f"note of {MET}", 1)]
        assert shared_rows.load_assignments(connection) == {OTHER: ("scene", "", "")}
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        seen = connection.exec_driver_sql("SELECT DISTINCT tbl FROM sqlite_stat1").scalars().all()
        assert {"readings", "photo_numbers"} <= set(seen), "the engine knows what the indexes are worth"
    store.close()


@pytest.mark.parametrize("key", [None, bytes(range(32))], ids=["plain", "encrypted"])
def test_room_that_a_migration_makes_free_is_given_back(tmp_path, monkeypatch, key):
    """And ATTACH is refused afterwards as before."""
    path = tmp_path / "case.db"
    database.create_database(path, key)
    for most, is_smaller in ((0, False), (1 << 30, True)):
        monkeypatch.setattr(cipher, "_MOST_IN_MEMORY", most)
        with closing(cipher.connect(path, "rw", key)) as connection:
            connection.execute("CREATE TABLE large (content BLOB)")
            connection.execute("INSERT INTO large VALUES (zeroblob(2000000))")
            connection.execute("DROP TABLE large")
            before = connection.execute("PRAGMA page_count").fetchone()
            cipher.take_back_room(connection)
            assert (connection.execute("PRAGMA page_count").fetchone() < before) is is_smaller
            with pytest.raises(cipher.DatabaseError, match="authoriz"):
                connection.execute(f"ATTACH '{tmp_path / 'other.db'}' AS other")
        assert database.check_database(path, key) == database.LATEST_VERSION
