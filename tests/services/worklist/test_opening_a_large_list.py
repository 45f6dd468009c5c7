"""The list of everything is read from indexes, and no name of a photograph is read twice."""

import os

import pytest
from sqlalchemy import text

from reviewer.domain.acts import shared_acts
from reviewer.domain.ledger.entry import Draft
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.engine.numbers import add_names, load_numbers
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photos
from reviewer.storage.shared import shared_rows
from tests.support.cases import ingested, made_case
from tests.support.photos import jpeg
from tests.support.statements import recorded_statements

NEVER_INGESTED = "f" * 64


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


def test_all_photographs_are_located_without_reading_their_rows(case):
    """Rows hold all that a file says of its making; in an encrypted case each page has to be decrypted."""
    with case.store.read() as connection, recorded_statements() as sent:
        hashes = photos.load_photo_hashes(connection)
        photos.load_photo_locations(connection, hashes)
        asked = [statement for statement in sent if statement.startswith("SELECT")]
        driver = connection.connection.dbapi_connection
        plans = [
            row[3]
            for statement in asked
            for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", ["0"] * statement.count("?"))
        ]
    assert len(asked) == 4
    assert plans
    assert all("COVERING INDEX" in plan for plan in plans), plans


def test_a_list_of_everything_takes_a_few_statements(case):
    with recorded_statements() as sent:
        worklist = Worklist(case, case.examiners()[0].id).load()
    assert len(worklist) == 5
    naming = [statement for statement in sent if "photo_numbers" in statement and "json_each" in statement]
    assert naming == []
    assert sum("FROM photos" in statement for statement in sent) <= 3, "hashes, dates, and which are usual"


def test_a_photograph_that_was_never_ingested_has_its_name_all_the_same(case):
    author = case.examiners()[0].id
    body = {"photos": [NEVER_INGESTED], "category": "scene"}
    case.record(Draft(shared_acts.PHOTOS_CATEGORISED, "", body), author)
    with case.store.read() as connection:
        hashes = photos.load_photo_hashes(connection)
        number = load_numbers(connection, [NEVER_INGESTED])[NEVER_INGESTED]
        assert shared_rows.load_assignments(connection, names=hashes)[NEVER_INGESTED][0] == "scene"
        assert shared_rows.load_assignments(connection) == shared_rows.load_assignments(
            connection, names=hashes
        )
        assert add_names(connection, hashes, [number]) == {**hashes, number: NEVER_INGESTED}
        with recorded_statements() as sent:
            assert add_names(connection, hashes, list(hashes)) is hashes
        assert sent == []


def test_states_are_the_same_whether_names_are_known_or_not(case):
    examiner = case.examiners()[0].id
    with case.store.read() as connection:
        photo = by_hand(connection)[0][1]
    case.record(Draft("reading.set_aside", photo, {}), examiner)
    with case.store.read() as connection:
        hashes = photos.load_photo_hashes(connection)
        known = case_rows.load_reading_states(connection, examiner, hashes)
        assert known == case_rows.load_reading_states(connection, examiner) == {photo: "set aside"}
