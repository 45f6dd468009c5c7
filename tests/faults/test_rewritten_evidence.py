"""Examiners against the photographs: rows of evidence are taken out, exchanged or hidden, and sealed anew."""

from dataclasses import replace

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft
from reviewer.services.case.enrolment import enrol
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from reviewer.storage.evidence import seals
from reviewer.storage.photos import photos
from tests.support.cases import ingested, opened_copy
from tests.support.photos import jpeg
from tests.support.rewriting import change_rows, entries_of, replace_ledger, reseal

OTHER_LEDGER = "its author saw another ledger than the one that stands before it"
LAST = "(SELECT max(id) FROM photos)"
TAKE_OUT = (f"DELETE FROM source_files WHERE photo = {LAST}", f"DELETE FROM photos WHERE id = {LAST}")
EXCHANGE = ("UPDATE photos SET taken_at = '2013-01-01 00:00:00' WHERE id = 1",)
HIDE = (
    "UPDATE source_files SET outcome = 'left out', problem_kind = 'left out', photo = NULL"
    f" WHERE photo = {LAST}",
    f"DELETE FROM photos WHERE id = {LAST}",
)


@pytest.fixture
def case(tmp_path, drive_case):
    with opened_copy(drive_case, tmp_path) as case:
        yield case


@pytest.fixture
def okoye(case):
    """Who ingested."""
    return case.examiners()[0].id


def faults_of(case):
    return [f"{fault.where}: {fault.what}" for fault in verify_case(case, JobControl()).faults]


def seal_now(case):
    with case.store.read() as connection:
        return vars(photos.compute_seal(connection, case.sources()[0].id))


def seal_anew_at_the_end(case, author):
    """The way that needs no past: an ingest of one's own, which counts what is left."""
    source = case.sources()[0].id
    case.record(Draft(acts.INGEST_BEGUN, source, {"known": 1}), author)
    case.record(Draft(acts.SOURCE_INGESTED, source, seal_now(case)), author)


def seal_anew_in_the_past(case, author):
    """The entry that sealed it is written anew by the one who wrote it."""
    seal = seal_now(case)
    changed = [
        replace(entry, body=seal) if entry.act == acts.SOURCE_INGESTED else entry
        for entry in entries_of(case)
    ]
    replace_ledger(case, reseal(changed, author, lambda hash_: case.keys.sign(author, hash_)))


@pytest.mark.parametrize("statements", [TAKE_OUT, EXCHANGE, HIDE], ids=["taken out", "dated", "left out"])
def test_rows_changed_and_a_new_seal_contradict_the_seal_before(case, okoye, statements):
    """Also where nobody else has seen it, and also by the one who sealed it first."""
    assert faults_of(case) == []
    change_rows(case, *statements)
    seal_anew_at_the_end(case, okoye)
    (fault,) = faults_of(case)
    assert "of its first 10 files" in fault or "its first 10 files are not those" in fault
    assert okoye in fault


@pytest.mark.parametrize("statements", [TAKE_OUT, EXCHANGE, HIDE], ids=["taken out", "dated", "left out"])
def test_rows_changed_and_the_seal_written_anew_and_another_saw_it(case, okoye, statements):
    haddad = enrol(case, "Dr Haddad").id  # her first entry says what she saw
    change_rows(case, *statements)
    seal_anew_in_the_past(case, okoye)
    (fault,) = faults_of(case)
    assert OTHER_LEDGER in fault
    assert f"of {haddad}@" in fault


def test_rows_changed_and_the_seal_written_anew_before_anybody_saw_it(case, okoye):
    """The window that is left: only what a receipt knows, or the drive itself."""
    change_rows(case, *TAKE_OUT)
    seal_anew_in_the_past(case, okoye)
    assert faults_of(case) == []


def test_a_file_that_was_found_changed_is_forgotten(case, okoye):
    """The note of it is taken out, and a seal over no notes is recorded later."""
    source = case.sources()[0]
    with case.store.write() as connection:
        photos.record_changed_file(connection, 1, "0" * 64, "2026-01-01T00:00:00.000+00:00")
        seal = seals.compute_changed_seal(connection, source.id)
    case.record(Draft(acts.CHANGED_FILES_FOUND, source.id, vars(seal)), okoye)
    assert faults_of(case) == []
    change_rows(case, "DELETE FROM changed_files")
    with case.store.read() as connection:
        none = seals.compute_changed_seal(connection, source.id)
    case.record(Draft(acts.CHANGED_FILES_FOUND, source.id, vars(none)), okoye)
    (fault,) = faults_of(case)
    assert "which of its files were found changed is not what was recorded" in fault


def test_every_seal_of_a_source_that_grew_agrees_with_its_rows(case, drive_case):
    """Ingested again and again with more in it: the earlier seals count what was there then."""
    with case.store.read() as connection:
        before = photos.compute_seal(connection, case.sources()[0].id)
    drive = drive_case.parent / "drive"
    more = case.folder.parent / "drive"
    more.mkdir()
    for path in drive.rglob("*"):
        if path.is_file():
            (more / path.relative_to(drive)).parent.mkdir(parents=True, exist_ok=True)
            (more / path.relative_to(drive)).write_bytes(path.read_bytes())
    source = case.sources()[0]
    case.record(
        Draft(acts.SOURCE_MOVED, source.id, {"path": str(more), "path_hex": str(more).encode().hex()}),
        case.examiners()[0].id,
    )
    for number in (1, 2):
        (more / f"later {number}.jpg").write_bytes(jpeg(seed=70 + number))
        ingested(case, more)
    assert faults_of(case) == []
    with case.store.read() as connection:
        counted = [end.body["files"] for end in entries_of(case) if end.act == acts.SOURCE_INGESTED]
        assert photos.compute_seals(connection, source.id, [before.through])[0] == before
    assert len(counted) == 3
    assert counted == sorted(set(counted))
