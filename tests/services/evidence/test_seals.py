"""The rows of evidence are those the ledger stands for: none changed, none put in, none taken away."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft
from reviewer.services.case.history import iterate_entries
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.ingest.run import _IngestRun
from reviewer.services.jobs import JobControl
from reviewer.storage.photos import photos
from tests.support.cases import ingested, kept, opened
from tests.support.photos import drive, jpeg


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    return drive(folder)


def acts_of(case):
    return [entry.act for entry in iterate_entries(case)]


def changed_twice(case, source):
    """One file found changed in each of two runs."""
    ingested(case, source)
    for number in (0, 1):
        (source / "body 1" / f"IMG_000{number}.JPG").write_bytes(jpeg(seed=50 + number))
        ingested(case, source)


def test_files_found_changed_stand_in_the_ledger_once_for_each_run(case, source):
    changed_twice(case, source)
    ingested(case, source)
    told = [entry.body["files"] for entry in iterate_entries(case) if entry.act == acts.CHANGED_FILES_FOUND]
    assert told == [1, 2]
    assert acts_of(case)[-3:] == [acts.INGEST_BEGUN, acts.CHANGED_FILES_FOUND, acts.SOURCE_INGESTED]
    assert verify_case(case, JobControl()).sound


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE changed_files SET found_at = '2020' WHERE id = 1",
        "UPDATE changed_files SET sha256 = replace(sha256, '0', '1') WHERE id = 2",
        "UPDATE changed_files SET source_file = source_file + 3 WHERE id = 1",
        "UPDATE changed_files SET id = 9 WHERE id = 2",
        "DELETE FROM changed_files WHERE id = 1",
        "DELETE FROM changed_files WHERE id = 2",
        "INSERT INTO changed_files SELECT 3, 5, sha256, found_at FROM changed_files WHERE id = 1",
    ],
)
def test_a_changed_record_of_a_changed_file_is_found(case, source, change):
    changed_twice(case, source)
    with case.store.write() as connection:
        for act in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER changed_files_is_never_{act}d")
        connection.exec_driver_sql(change)
    shape, fault = verify_case(case, JobControl()).faults
    assert shape.where == "the database", "the triggers that are gone"
    assert fault.where == f"source {case.sources()[0].path}"


ADDED = """INSERT INTO source_files
SELECT id + 100, {source}, CAST('put in' AS BLOB), folder, name, size, modified_ns, sha256,
CASE outcome WHEN 'photo' THEN 'duplicate' ELSE outcome END, photo, problem_kind, problem_reason,
content_kind, media_type, replaces
FROM source_files LIMIT 1"""
ADDED_PHOTO = """INSERT INTO photos
SELECT id + 100, replace(sha256, '0', '1'), size, format, width, height, orientation,
taken_at, make, model, tags, likeness, damage, pictures, shown_as, taken_from, taken_doubt
FROM photos WHERE id = 1"""


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (ADDED.format(source="source"), "no ingest sealed"),
        (ADDED.format(source="'nowhere'"), "no entry adds the source"),
        (ADDED_PHOTO, "no file of a source made it"),
    ],
)
def test_a_row_that_was_put_in_is_found(case, source, statement, what):
    ingested(case, source)
    with case.store.write() as connection:
        connection.exec_driver_sql(statement)
    (fault,) = verify_case(case, JobControl()).faults
    assert what in fault.what


def test_a_row_put_into_a_source_that_was_never_ingested_is_found(case, source):
    author = case.examiners()[0].id
    case.record(
        Draft(acts.SOURCE_ADDED, "s", {"path": "p", "path_hex": "70", "beginnings_told": True}), author
    )
    with case.store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO source_files VALUES "
            "(1, 's', X'61', '', 'a', 0, 0, NULL, 'problem', NULL, 'empty', 'r', '', '', NULL)"
        )
    assert "no ingest sealed" in verify_case(case, JobControl()).faults[0].what


def test_rows_of_an_ingest_that_was_killed_are_no_fault_and_are_sealed_when_it_goes_on(
    case, source, monkeypatch
):
    monkeypatch.setattr(_IngestRun, "_record_seals", lambda self: None)
    ingested(case, source)
    verdict = verify_case(case, JobControl())
    assert (verdict.faults, verdict.unsealed) == ((), 10)
    monkeypatch.undo()
    assert ingested(case, source).known == 10
    verdict = verify_case(case, JobControl())
    assert (verdict.faults, verdict.unsealed) == ((), 0)
    before = acts_of(case)
    ingested(case, source)
    assert acts_of(case) == before


def test_a_kill_between_the_beginning_and_the_first_row_is_closed_by_the_next_run(case, source):
    ingested(case, source)
    author, (known,) = case.examiners()[0].id, case.sources()
    case.record(Draft(acts.INGEST_BEGUN, known.id, {"known": 10}), author)
    ingested(case, source)
    assert acts_of(case)[-1] == acts.SOURCE_INGESTED
    with case.store.write() as connection:
        connection.exec_driver_sql(ADDED.format(source="source"))
    assert not verify_case(case, JobControl()).sound


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_unsealed_rows_of_a_case_of_before_are_counted_and_not_accused(tmp_path, version):
    """A version that did not say when an ingest began cannot tell a killed one from a row put in."""
    with opened(kept(version, tmp_path / "kept.case")) as case:
        with case.store.write() as connection:
            connection.exec_driver_sql(ADDED.format(source="source"))
        verdict = verify_case(case, JobControl())
        assert (verdict.faults, verdict.unsealed) == ((), 1)
        (known,) = case.sources()
        author = case.examiners()[0].id
        case.record(Draft(acts.INGEST_BEGUN, known.id, {"known": 2}), author)
        with case.store.read() as connection:
            seal = photos.compute_seal(connection, known.id, known.through)
        case.record(Draft(acts.SOURCE_INGESTED, known.id, vars(seal)), author)
        assert "no ingest sealed" in verify_case(case, JobControl()).faults[0].what
