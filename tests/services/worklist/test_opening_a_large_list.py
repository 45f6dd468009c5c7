"""The list of everything is read from indexes, and no name of a photograph is read twice."""

import hashlib
import os

import pytest
from sqlalchemy import text

from reviewer.domain.acts import shared_acts
from reviewer.domain.errors import LedgerDamaged
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photo_columns, photos
from reviewer.storage.reading import reading_states
from reviewer.storage.shared import shared_rows
from tests.support.cases import ingested, made_case
from tests.support.photos import jpeg
from tests.support.statements import recorded_statements


@pytest.fixture
def case(tmp_path):
    """Five photographs in two folders, one of them there twice, and a file that is none."""
    drive = tmp_path / "drive"
    for number, name in enumerate(("b/IMG_3.JPG", "b/IMG_1.JPG", "a/IMG_2.JPG", "a/IMG_9.JPG", "x.JPG")):
        (drive / name).parent.mkdir(parents=True, exist_ok=True)
        taken = None if name == "x.JPG" else f"2012:08:1{number} 10:22:00"
        (drive / name).write_bytes(jpeg(seed=number, taken=taken) if taken else jpeg(seed=number))
    (drive / "z").mkdir()
    (drive / "z" / "again.JPG").write_bytes((drive / "x.JPG").read_bytes())
    (drive / "notes.JPG").write_bytes(os.urandom(64))
    made = made_case(tmp_path)
    ingested(made, drive)
    yield made
    made.close()


def by_hand(connection, after=0):
    """Where photographs lie, from the rows themselves."""
    rows = connection.execute(
        text(
            "SELECT p.id, p.sha256, f.source, f.folder, f.name, p.taken_at FROM photos p JOIN source_files f "
            "ON f.photo = p.id AND f.outcome = 'photo' WHERE p.id > :after ORDER BY p.id"
        ),
        {"after": after},
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("after", [0, 2, 9])
def test_where_photographs_lie_is_what_the_rows_say(case, after):
    with case.store.read() as connection:
        hashes = photos.load_photo_hashes(connection, after)
        assert list(photos.load_photo_locations(connection, hashes, after)) == by_hand(connection, after)
        assert len(hashes) == max(0, 5 - after)


def test_only_photographs_that_are_asked_for_are_located(case):
    with case.store.read() as connection:
        (one, *_others) = by_hand(connection)
        assert list(photos.load_photo_locations(connection, {one[0]: one[1]})) == [one]


def test_the_columns_of_all_photographs_are_what_the_rows_say(case):
    with case.store.read() as connection:
        hashes = photo_columns.load_hashes(connection)
        places = photo_columns.load_places(connection, hashes.highest)
        times = photo_columns.load_times_of(connection, [1, 2, 3, 4, 5, 6])
        rows = by_hand(connection)
    assert hashes.highest == len(hashes) == len(rows)
    assert [hashes.name(row[0]) for row in rows] == [row[1] for row in rows]
    assert [hashes.find(row[1]) for row in rows] == [row[0] for row in rows]
    assert [(places.folders[row[0]], places.names[row[0]]) for row in rows] == [
        (f"{row[2]}/{row[3]}", row[4]) for row in rows
    ]
    assert times == {row[0]: row[5] for row in rows if row[5]}
    assert (places.folders[0], places.names[0]) == ("", "")


def test_a_case_without_photographs_has_empty_columns(tmp_path):
    made = made_case(tmp_path)
    with made.store.read() as connection:
        hashes = photo_columns.load_hashes(connection)
        places = photo_columns.load_places(connection, hashes.highest)
    worklist = Worklist(made, "").load()
    made.close()
    assert (len(hashes), hashes.highest, places.folders, list(places.names)) == (0, 0, [""], [""])
    assert (len(worklist), list(worklist.items), worklist.groups, worklist.is_untouched) == (0, [], [], True)


def test_a_hash_of_another_length_is_said_to_be_damage(case):
    """The engine keeps such a row from being written; the bytes of a file can be anything."""

    def cut_one_short(connection):
        connection.execute(text("DROP TRIGGER photos_is_never_updated"))
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        connection.execute(text("UPDATE photos SET sha256 = substr(sha256, 1, 63) WHERE id = 2"))

    case.writer.enqueue_batch(cut_one_short).result()
    with pytest.raises(LedgerDamaged, match="the hash of a photograph"):
        Worklist(case, case.examiners()[0].id).load()


def test_what_is_read_of_all_photographs_stands_in_indexes(case):
    """Rows hold all that a file says of its making; in an encrypted case each page has to be decrypted."""
    examiner = case.examiners()[0].id
    with case.store.read() as connection, recorded_statements() as sent:
        hashes = photo_columns.load_hashes(connection)
        photo_columns.load_places(connection, hashes.highest)
        shared_rows.load_assignment_columns(connection, hashes.highest)
        reading_states.load_states_by_number(connection, examiner)
        asked = [statement for statement in sent if statement.startswith("SELECT")]
        driver = connection.connection.dbapi_connection
        plans = [
            row[3]
            for statement in asked
            for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", ["0"] * statement.count("?"))
        ]
    assert len(asked) == 7
    read = [plan for plan in plans if plan.startswith(("SCAN", "SEARCH")) and "anon_" not in plan]
    assert len(read) >= len(asked)
    assert [plan for plan in read if "COVERING INDEX" not in plan] == []
    assert not any("TEMP B-TREE" in plan for plan in plans), plans


def test_a_list_of_everything_takes_a_few_statements(case):
    with recorded_statements() as sent:
        worklist = Worklist(case, case.examiners()[0].id).load()
    assert len(worklist) == 5
    naming = [statement for statement in sent if "photo_numbers" in statement]
    assert naming == []
    assert sum("FROM photos" in statement for statement in sent) <= 2, "hashes, and which dates are usual"


def test_a_photograph_that_is_spoken_of_before_it_is_ingested_brings_what_was_said(case, tmp_path):
    author = case.examiners()[0].id
    later = tmp_path / "later" / "new.JPG"
    later.parent.mkdir()
    later.write_bytes(jpeg(seed=99))
    never_ingested = hashlib.sha256(later.read_bytes()).hexdigest()
    body = {"photos": [never_ingested], "category": "scene"}
    case.record(Draft(shared_acts.PHOTOS_CATEGORISED, "", body), author)
    case.record(Draft("reading.set_aside", never_ingested, {}), author)
    with case.store.read() as connection:
        assert shared_rows.load_assignments(connection)[never_ingested].category == "scene"
    worklist = Worklist(case, author).load()
    assert (len(worklist), worklist.position_of(never_ingested), worklist.is_untouched) == (5, None, True)
    worklist.note_shared([never_ingested])
    ingested(case, later.parent)
    assert worklist.extend() == 1
    fresh = Worklist(case, author).load()
    for seen in (worklist, fresh):
        position = seen.position_of(never_ingested)
        assert seen.category(position) == "scene"
        assert seen.progress(position) is ReadingProgress.SET_ASIDE
        assert seen.count(ReadingProgress.SET_ASIDE) == 1
        assert seen.categories["scene"] == 1
        assert not seen.is_untouched
    assert sorted(worklist.items) == sorted(fresh.items)


def test_states_by_number_are_those_by_hash(case):
    examiner = case.examiners()[0].id
    with case.store.read() as connection:
        number, photo = by_hand(connection)[1][:2]
    case.record(Draft("reading.set_aside", photo, {}), examiner)
    with case.store.read() as connection:
        assert case_rows.load_reading_states(connection, examiner) == {photo: "set aside"}
        assert reading_states.load_states_by_number(connection, examiner) == {"set aside": [number]}
        assert reading_states.load_states_by_number(connection, examiner, number) == {}
        assert case_rows.find_carried_over(connection, examiner) == set()
        assert reading_states.find_carried_over_numbers(connection, examiner) == set()
