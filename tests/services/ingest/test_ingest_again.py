"""A folder that is added again: what could not be read is read, what changed stands beside what was."""

import os

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.photos.photo import Problem, ProblemKind
from reviewer.services.case.history import iterate_entries, list_problems
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.evidence.verify_originals import verify_evidence
from reviewer.services.ingest.run import BATCH_SIZE, ingest
from reviewer.services.jobs import JobControl
from reviewer.services.pictures.pictures import find_file_paths
from reviewer.storage.photos import photos, standing
from tests.support.cases import ingested
from tests.support.photos import jpeg


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    (folder / "whole.jpg").write_bytes(jpeg(seed=1))
    return folder


def rows(case):
    """name -> outcome of the row that stands."""
    with case.store.read() as connection:
        known = standing.load_known_files(connection, case.sources()[0].id)
    return {path.decode(): str(each.outcome) for path, each in known.items()}


def closes(case):
    """The sum of what was met, in words of the counts."""
    counts = case.counts()
    parts = counts.photos - counts.earlier + counts.duplicates + counts.problems + counts.left_out
    assert counts.names == parts == len(rows(case))
    return True


def test_a_copy_that_was_still_running_is_a_photograph_when_it_is_whole(case, source):
    whole = jpeg(seed=7)
    (source / "late.jpg").write_bytes(whole[:100])
    assert ingested(case, source).problems == 1
    (source / "late.jpg").write_bytes(whole)
    result = ingested(case, source)
    assert (result.names, result.known, result.photos, result.again, result.replaced) == (2, 1, 1, 1, 1)
    assert rows(case) == {"late.jpg": "photo", "whole.jpg": "photo"}
    assert [row.problem.kind for row in list_problems(case)] == [ProblemKind.CHANGED], (
        "both contents are told"
    )
    seal = [entry.body for entry in iterate_entries(case) if entry.act == acts.SOURCE_INGESTED][-1]
    assert (seal["again"], seal["replaced"]["rows"], seal["files"]) == (1, 1, 3)
    assert closes(case)
    assert verify_case(case, JobControl()).sound
    (audit,) = verify_evidence(case, case.examiners()[0].id, JobControl())
    assert (audit.counts["matched"], audit.deviations) == (2, ())


def test_a_cut_photograph_is_hashed_again_even_if_size_and_time_are_as_they_were(case, source):
    """A program that copies may set both before the content is there."""
    whole = jpeg(width=640, height=480, seed=7)
    late = source / "late.jpg"
    late.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2))
    os.utime(late, ns=(10**18, 10**18))
    assert ingested(case, source).photos == 2
    late.write_bytes(whole)
    os.utime(late, ns=(10**18, 10**18))
    result = ingested(case, source)
    assert (result.again, result.photos, result.changed) == (1, 1, 1)
    assert ingested(case, source).again == 0


def test_what_a_newer_version_opens_becomes_a_photograph_without_a_change_of_the_file(
    case, source, pool, mishandled
):
    """The same bytes and the same time: it is examined because it was a problem."""
    (source / "new kind.jpg").write_bytes(jpeg(seed=3))

    def as_of_an_older_version(path, found):
        if not path.endswith(b"new kind.jpg"):
            return found
        return type(found)(found.sha256, found.size, problem=NOT_YET)

    older = mishandled(after=as_of_an_older_version)
    assert ingest(case, older, case.examiners()[0].id, source, JobControl()).problems == 1
    result = ingest(case, pool, case.examiners()[0].id, source, JobControl())
    assert (result.photos, result.changed) == (1, 0)
    assert (case.counts().photos, case.counts().problems, list_problems(case)) == (2, 0, [])
    assert closes(case)


NOT_YET = Problem(ProblemKind.NOT_A_PHOTOGRAPH, "Not a format the program opens.")


def test_what_is_as_it_was_writes_nothing_and_is_said(case, source):
    (source / "notes.txt").write_bytes(b"text")
    (source / "link.jpg").symlink_to("whole.jpg")
    ingested(case, source)
    before = case.counts().entries
    again = ingested(case, source)
    assert (again.known, again.again, again.replaced, again.names) == (3, 2, 0, 3)
    assert case.counts().entries == before


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_what_the_rights_refused_is_read_when_they_do_not(case, source, monkeypatch):
    """Also a folder: its row says later that it could be walked, and what is in it has rows."""
    (source / "locked").mkdir()
    (source / "locked" / "inner.jpg").write_bytes(jpeg(seed=5))
    real = os.scandir

    def refusing(folder):
        if os.fsencode(folder).endswith(b"locked"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    assert ingested(case, source).problems == 1
    assert [row.problem.kind for row in list_problems(case)] == [ProblemKind.FOLDER]
    assert (case.counts().names, case.counts().files) == (2, 1)
    monkeypatch.undo()
    result = ingested(case, source)
    assert (result.photos, result.left_out, result.problems, result.replaced) == (1, 1, 0, 1)
    assert rows(case) == {"whole.jpg": "photo", "locked": "left out", "locked/inner.jpg": "photo"}
    assert ingested(case, source).replaced == 0
    assert closes(case)
    assert verify_case(case, JobControl()).sound
    (audit,) = verify_evidence(case, case.examiners()[0].id, JobControl())
    assert (audit.counts["matched"], audit.counts["left out"], audit.names, audit.sound) == (2, 1, 3, True)


def test_a_photograph_whose_file_changed_stays_and_the_new_content_stands_beside_it(case, source):
    ingested(case, source)
    with case.store.read() as connection:
        (old,) = photos.load_known_hashes(connection)
    (source / "whole.jpg").write_bytes(jpeg(seed=9))
    result = ingested(case, source)
    assert (result.names, result.known, result.photos, result.changed) == (1, 0, 1, 1)
    counts = case.counts()
    assert (counts.photos, counts.earlier, counts.names, counts.files) == (2, 1, 1, 1)
    assert "no longer what was ingested" in list_problems(case)[0].problem.reason
    assert len(find_file_paths(case, old)) == 1, "where it was found is kept"
    assert ingested(case, source).replaced == 0
    assert closes(case)
    (source / "whole.jpg").write_bytes(jpeg(seed=1))
    back = ingested(case, source)
    assert (back.photos, back.duplicates, back.changed) == (0, 1, 1), (
        "it is the content of the first row again"
    )
    assert case.counts().earlier == 2
    assert closes(case)
    assert verify_case(case, JobControl()).sound


def test_a_file_that_cannot_be_read_just_now_stays_as_it_was_read(case, source, mishandled):
    (source / "text.jpg").write_bytes(b"no photograph")
    ingested(case, source)

    def fail(_path, found):
        return type(found)("", 0, problem=Problem(ProblemKind.UNREADABLE, "Input/output error."))

    os.utime(source / "whole.jpg", ns=(1, 1))
    result = ingest(case, mishandled(after=fail), case.examiners()[0].id, source, JobControl())
    assert (result.again, result.replaced) == (2, 0)
    assert rows(case) == {"whole.jpg": "photo", "text.jpg": "problem"}


def test_a_name_that_is_a_link_now_is_one(case, source):
    ingested(case, source)
    (source / "whole.jpg").unlink()
    (source / "whole.jpg").symlink_to("elsewhere")
    assert ingested(case, source).replaced == 1
    assert rows(case) == {"whole.jpg": "problem"}
    assert (case.counts().photos, case.counts().earlier, case.counts().files) == (1, 1, 0)
    assert closes(case)


def test_a_file_that_vanished_stays_as_it_is(case, source):
    (source / "second.jpg").write_bytes(jpeg(seed=2))
    ingested(case, source)
    (source / "second.jpg").unlink()
    assert ingested(case, source).replaced == 0
    assert set(rows(case)) == {"whole.jpg", "second.jpg"}


def test_what_is_raised_after_a_commit_is_what_is_seen_and_nothing_is_kept_twice(case, source, pool):
    for number in range(BATCH_SIZE):
        (source / f"{number}.txt").write_bytes(b"%d" % number)

    def raising():
        raise ValueError("after the commit")

    with pytest.raises(ValueError, match="after the commit"):
        ingest(case, pool, case.examiners()[0].id, source, JobControl(), on_batch=raising)
    assert case.counts().names == BATCH_SIZE
    assert ingested(case, source).known == BATCH_SIZE
    assert verify_case(case, JobControl()).sound
