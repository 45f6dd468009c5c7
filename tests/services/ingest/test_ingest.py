"""Ingest: every file is accounted for, nothing is changed, nothing is done twice."""

import contextlib
import os
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from reviewer.domain.errors import KnownError
from reviewer.domain.photos.photo import Problem, ProblemKind
from reviewer.media.workers.decoded import ExaminationResult
from reviewer.services.case.history import list_problems
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.ingest import run
from reviewer.services.ingest.run import ingest
from reviewer.services.ingest.scan import scan_folder
from reviewer.services.jobs import JobControl
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.photos import photos
from tests.support.cases import ingested
from tests.support.patience import PATIENCE
from tests.support.photos import drive, jpeg

SHARED = Path(__file__).parents[4] / "shared" / "photos"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    return drive(folder)


def state_of(folder):
    """Everything of a tree that must not change: names, bytes, times, modes."""
    return {
        path.relative_to(folder): (
            path.lstat().st_mtime_ns,
            path.lstat().st_ctime_ns,
            path.lstat().st_mode,
            path.read_bytes() if path.is_file() and not path.is_symlink() else b"",
        )
        for path in sorted(folder.rglob("*"))
    }


def test_every_file_is_accounted_for_and_the_source_is_as_it_was(case, source):
    before = state_of(source)
    result = ingested(case, source)
    assert state_of(source) == before
    assert (result.photos, result.duplicates, result.problems) == (6, 1, 3)
    counts = case.counts()
    assert counts.names == counts.photos + counts.duplicates + counts.problems + counts.left_out == 10
    kinds = {row.path.rpartition("/")[2]: row.problem.kind for row in list_problems(case)}
    assert kinds == {
        "empty.jpg": ProblemKind.EMPTY,
        "cut.jpg": ProblemKind.TRUNCATED,
        "text.jpg": ProblemKind.NOT_A_PHOTOGRAPH,
    }
    assert verify_case(case, JobControl()).sound


def test_a_second_run_does_nothing_twice_and_finds_what_is_new_or_changed(case, source):
    ingested(case, source)
    entries = case.counts().entries
    again = ingested(case, source)
    assert (again.known, again.photos, again.changed) == (10, 0, 0)
    assert case.counts().entries == entries
    (source / "body 1" / "new.jpg").write_bytes(jpeg(seed=50))
    changed = source / "body 1" / "IMG_0000.JPG"
    changed.write_bytes(jpeg(seed=51))
    third = ingested(case, source)
    assert (third.known, third.photos, third.changed) == (9, 2, 1)
    assert [row.problem.kind for row in list_problems(case)][-1] is ProblemKind.CHANGED
    assert len(case.sources()) == 1
    assert verify_case(case, JobControl()).sound


def test_a_cancelled_ingest_keeps_what_was_done_and_goes_on(case, source, mishandled):
    control = JobControl()

    def cancel(number, _path):
        if number == 4:
            control.cancel()

    first = ingest(case, mishandled(before=cancel), case.examiners()[0].id, source, control)
    assert not first.finished
    assert 0 < first.names < 10
    assert verify_case(case, JobControl()).sound
    second = mishandled()
    rest = ingest(case, second, case.examiners()[0].id, source, JobControl())
    assert rest.finished
    assert rest.known == first.names
    assert second.asked == 10 - first.names + first.problems, "what was no photograph is looked at again"
    assert case.counts().names == 10


class QuickPool:
    """Says of each file that it is empty, and tells once so many were asked about."""

    workers, askers, prover = 1, 1, None

    def __init__(self, number):
        self._left, self.asked = number, threading.Event()

    def examine_several(self, paths, known):
        return [self.examine_file(path, known) for path in paths]

    def examine_file(self, _path, known):
        self._left -= 1
        if not self._left:
            self.asked.set()
        return ExaminationResult("", 0, problem=Problem(ProblemKind.EMPTY, "The file is empty."))


def test_a_batch_is_kept_while_the_next_one_is_examined(case, tmp_path, monkeypatch):
    """Keeping the first batch goes on until more files were asked about than are examined ahead of it."""
    monkeypatch.setattr(run, "BATCH_SIZE", 30)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(70):
        (folder / f"{number}.jpg").write_bytes(b"")
    pool = QuickPool(30 + run.EXAMINED_AHEAD + 5)
    seen = []
    result = ingest(
        case,
        pool,
        case.examiners()[0].id,
        folder,
        JobControl(lambda progress: seen.append(progress.done)),
        on_batch=lambda: seen.append(pool.asked.wait(PATIENCE)),
    )
    assert (result.problems, result.finished) == (70, True)
    assert [said for said in seen if said is True or said is False] == [True] * 3
    assert seen[-1] == 70
    paths = [row.path for row in list_problems(case)]
    assert paths == [f"{number}.jpg" for number in range(70)]


def test_after_a_batch_that_cannot_be_kept_no_later_one_is(case, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "BATCH_SIZE", 3)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.jpg").write_bytes(b"")
    kept = photos.add_files

    def add_files(connection, source, files):
        if files[0][0].file.path == b"3.jpg":
            raise ValueError("no more")
        return kept(connection, source, files)

    monkeypatch.setattr(photos, "add_files", add_files)
    with pytest.raises(ValueError, match="no more"):
        ingest(case, QuickPool(0), case.examiners()[0].id, folder, JobControl())
    assert [row.path for row in list_problems(case)] == ["0.jpg", "1.jpg", "2.jpg"]


def test_a_drive_that_is_pulled_out_stops_the_ingest_and_condemns_no_file(
    case, source, tmp_path, pool, mishandled
):
    def pull_out(number, _path):
        if number == 4:
            source.rename(tmp_path / "pulled")

    with pytest.raises(KnownError, match="no longer there"):
        ingest(case, mishandled(before=pull_out), case.examiners()[0].id, source, JobControl())
    assert case.counts().problems == 0
    assert case.counts().photos == 3
    (tmp_path / "pulled").rename(source)
    result = ingest(case, pool, case.examiners()[0].id, source, JobControl())
    assert (result.known, result.names) == (3, 10)
    assert verify_case(case, JobControl()).sound


def test_a_single_file_that_vanished_is_a_problem(case, source, mishandled):
    def remove(number, path):
        if number == 4:
            os.unlink(path)

    result = ingest(case, mishandled(before=remove), case.examiners()[0].id, source, JobControl())
    assert (result.finished, result.problems, result.names) == (True, 4, 10)


def test_an_ingest_that_died_goes_on_where_it_was(case, source, mishandled):
    def die(_number, _path):
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        ingest(case, mishandled(before=die), case.examiners()[0].id, source, JobControl())
    assert ingested(case, source).photos == 6
    assert verify_case(case, JobControl()).sound


@pytest.mark.linux
def test_names_of_any_kind_links_and_pipes(case, tmp_path):
    folder = tmp_path / "odd"
    folder.mkdir()
    names = [
        b"\xff\xfe.jpg",
        "صورة ١.jpg".encode(),
        b"line\nbreak.jpg",
        "rtl\u202egpj.jpg".encode(),
        b"-rf.jpg",
        b"CON.jpg",
    ]
    for number, name in enumerate(names):
        (folder / os.fsdecode(name)).write_bytes(jpeg(seed=number + 1))
    os.mkfifo(folder / "pipe.jpg")
    (folder / "link.jpg").symlink_to(folder / "CON.jpg")
    (folder / "loop").symlink_to(folder)
    result = ingested(case, folder)
    assert (result.photos, result.problems) == (6, 3)
    assert {row.problem.kind for row in list_problems(case)} == {ProblemKind.NOT_A_FILE}
    with case.store.read() as connection:
        kept = {
            path
            for row in photos.load_photo_locations(connection, photos.load_photo_hashes(connection))
            for _s, path in photos.load_paths(connection, row.sha256)
        }
    assert kept == set(names)
    shown = {item.name for item in Worklist(case, "").load().items}
    assert "rtl\\u202egpj.jpg" in shown
    assert "line\\x0abreak.jpg" in shown


def test_junctions_of_windows_are_links_that_are_not_followed(monkeypatch, tmp_path):
    """Windows calls a junction a folder; `Application Data` of an old account leads back to where it lies."""
    real = os.scandir

    class Junction:
        name = b"Application Data"

        def is_dir(self, *, follow_symlinks):
            return True

        def stat(self, *, follow_symlinks):
            facts = {name: getattr(tmp_path.stat(), name) for name in ("st_mode", "st_size", "st_mtime_ns")}
            return SimpleNamespace(**facts, st_reparse_tag=0xA0000003)

    @contextlib.contextmanager
    def scan(folder):
        with real(folder) as entries:
            yield [*entries, Junction()]

    monkeypatch.setattr(os, "scandir", scan)
    (tmp_path / "a.jpg").write_bytes(jpeg())
    met = list(scan_folder(os.fsencode(tmp_path), lambda _folder: None, lambda: None))
    assert [entry.file.path for entry in met] == [b"a.jpg", b"Application Data"]
    assert met[1].problem.reason == "This is a link; links are not followed."


def test_photographs_are_met_in_natural_order(tmp_path):
    for name in ("IMG 10.jpg", "IMG 9.jpg", "b/1.jpg", "a/1.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    met = [met.file.path for met in scan_folder(os.fsencode(tmp_path), lambda _folder: None, lambda: None)]
    assert met == [b"IMG 9.jpg", b"IMG 10.jpg", b"a/1.jpg", b"b/1.jpg"]


@pytest.mark.parametrize("column", ["sha256", "size", "path", "outcome", "folder", "modified_ns", "name"])
def test_a_changed_record_of_a_file_breaks_the_seal(case, source, column):
    ingested(case, source)
    with case.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER source_files_is_never_updated")
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        changes = {
            "size": "size + 1",
            "modified_ns": "modified_ns + 1",
            "path": "X'61'",
            "outcome": "'duplicate'",
        }
        change = changes.get(column, f"{column} || 'x'")
        first = "id = (SELECT min(id) FROM source_files WHERE outcome = 'photo')"
        connection.exec_driver_sql(f"UPDATE source_files SET {column} = {change} WHERE {first}")
    verdict = verify_case(case, JobControl())
    assert any("source" in fault.where for fault in verdict.faults)


@pytest.mark.parametrize("column", ["width", "orientation", "taken_at", "tags", "likeness", "damage"])
def test_a_changed_record_of_a_photo_breaks_the_seal(case, source, column):
    ingested(case, source)
    with case.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER photos_is_never_updated")
        changed = f"{column} + 1" if column in {"width", "orientation"} else f"{column} || 'x'"
        connection.exec_driver_sql(f"UPDATE photos SET {column} = {changed} WHERE id = 1")
    assert not verify_case(case, JobControl()).sound


def assert_all_accounted_for(case, folder):
    before = state_of(folder)
    result = ingested(case, folder)
    assert state_of(folder) == before
    assert result.names == result.photos + result.duplicates + result.problems + result.left_out
    assert result.names == sum(1 for path in folder.rglob("*") if not path.is_dir())
    return result


def test_all_of_a_made_up_collection_are_accounted_for(case, source):
    assert_all_accounted_for(case, source)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared photographs are not there")
def test_photographs_of_real_cameras_are_all_accounted_for(case):
    result = assert_all_accounted_for(case, SHARED)
    unreadable = [row for row in list_problems(case) if row.path.startswith("unreadable/")]
    assert len(unreadable) >= 11
    assert result.photos > 90
