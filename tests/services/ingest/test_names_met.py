"""Everything that is met has a row: cases among the evidence, sources within sources, copies."""

import json
import os

import pytest

from reviewer.domain.photos.names_met import NamesMet
from reviewer.domain.photos.photo import ProblemKind
from reviewer.services.case.history import count_names_by_source, list_problems
from reviewer.services.evidence.verify_originals import verify_evidence
from reviewer.services.ingest.cases_met import is_case
from reviewer.services.ingest.scan import scan_folder
from reviewer.services.jobs import JobControl
from reviewer.storage.whole_photos import iterate_exported_photos
from tests.support.cases import PASSPHRASE, ingested, made_case
from tests.support.photos import jpeg


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "drive"
    (folder / "inner").mkdir(parents=True)
    for number, name in enumerate(("a.jpg", "inner/b.jpg", "inner/c.jpg")):
        (folder / name).write_bytes(jpeg(seed=number))
    return folder


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
def test_a_case_among_the_evidence_is_a_row_with_its_reason(case, source, passphrase):
    (source / "old").mkdir()
    made_case(source / "old", passphrase=passphrase).close()
    result = ingested(case, source)
    assert (result.names, result.files, result.photos, result.left_out) == (4, 3, 3, 1)
    (left,) = list_problems(case)
    assert (left.path, left.problem.kind, str(left.outcome)) == (
        "old/test.case",
        ProblemKind.CASE,
        "left out",
    )
    assert "a case of this program" in left.problem.reason
    assert count_names_by_source(case)[result.source] == NamesMet(photographs=3, others=1)
    assert ingested(case, source).replaced == 0
    (audit,) = verify_evidence(case, case.examiners()[0].id, JobControl())
    assert (audit.counts["matched"], audit.counts["left out"], audit.names, audit.sound) == (3, 1, 4, True)


@pytest.mark.parametrize(
    ("database", "keys"),
    [
        (b"", b""),
        (jpeg(seed=77), b""),
        (b"SQLite format 3\0" + bytes(84), b""),
        (os.urandom(4096), b'{"format": "another"}'),
        (os.urandom(4096), b"[" * 100_000),
    ],
    ids=["empty", "a photograph", "another program", "noise and no key file of ours", "brackets"],
)
def test_what_only_has_the_name_of_a_case_is_evidence(case, source, database, keys):
    folder = source / "hidden.case"
    folder.mkdir()
    (folder / "case.db").write_bytes(database)
    (folder / "keys.json").write_bytes(keys)
    (folder / "heads.journal").write_bytes(b"1 " + b"a" * 64 + b"\n")
    (folder / "hidden.jpg").write_bytes(jpeg(seed=99))
    assert not is_case(os.fsencode(folder))
    result = ingested(case, source)
    assert (result.names, result.left_out, result.photos) == (7, 0, 5 if database == jpeg(seed=77) else 4)


def test_the_folder_of_the_case_itself_is_left_out_whatever_it_is_called(case, tmp_path):
    result = ingested(case, tmp_path)
    assert (result.left_out, result.problems) == (1, 0)


def test_a_source_within_another_is_said_and_its_files_count_once(case, source):
    assert ingested(case, source / "inner").told == ()
    outer = ingested(case, source)
    (told,) = outer.told
    assert told.startswith(f"The source {source / 'inner'} lies within this one.")
    (told,) = ingested(case, source / "inner").told
    assert told.startswith(f"This source lies within the source {source}.")
    counts = case.counts()
    assert (counts.photos, counts.duplicates, counts.names, counts.files) == (3, 2, 5, 3)
    with case.store.read() as connection:
        assert [whole.files_there for whole in iterate_exported_photos(connection)] == [1, 1, 1]


def test_the_same_folder_by_another_path_is_said(case, source, tmp_path, monkeypatch):
    """As with a drive that is mounted twice: the system says that both are one."""
    other = tmp_path / "mounted again"
    other.mkdir()
    ingested(case, source)
    for name in ("a.jpg", "inner"):
        os.rename(source / name, other / name)
    monkeypatch.setattr(
        os.path, "samefile", lambda one, two: {one, two} == {bytes_of(source), bytes_of(other)}
    )
    (told,) = ingested(case, other).told
    assert told.startswith(f"This is the same folder as the source {source}, reached by another path.")


def bytes_of(folder):
    return os.fsencode(folder)


@pytest.mark.parametrize("connected", [True, False])
def test_a_copy_of_a_source_is_said_and_its_place_offered(case, source, tmp_path, connected):
    ingested(case, source)
    source.rename(tmp_path / "copy")
    if connected:
        source.mkdir()
    (told,) = ingested(case, tmp_path / "copy").told
    assert told.startswith(f"Of the 3 photographs in this source, 3 are in the source {source} too")
    assert ("reviewer locate" in told) is not connected


def test_two_sources_with_some_photographs_in_common_are_no_copies(case, source, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    for number in range(3):
        (other / f"{number}.jpg").write_bytes(jpeg(seed=number + 2))
    ingested(case, source)
    assert ingested(case, other).told == ()


def test_a_name_that_cannot_even_be_asked_what_it_is_has_a_row(tmp_path, monkeypatch):
    (tmp_path / "a.jpg").write_bytes(jpeg())

    class Entry:
        name = b"gone"

        def is_dir(self, follow_symlinks):
            raise OSError(5, "Input/output error")

        def stat(self, follow_symlinks):
            raise OSError(5, "Input/output error")

    class Listing:
        def __enter__(self):
            return iter([Entry()])

        def __exit__(self, *_error):
            return None

    monkeypatch.setattr(os, "scandir", lambda _folder: Listing())
    (met,) = scan_folder(os.fsencode(tmp_path), lambda _folder: None, lambda: None)
    assert (met.file.path, met.problem.kind) == (b"gone", ProblemKind.UNREADABLE)


def test_the_command_line_says_names_and_what_is_left_out(case, source, capsys):
    from reviewer.services.ingest.result import describe_counts, describe_details

    result = ingested(case, source)
    assert describe_counts(result) == (
        "3 names met = 3 new photos + 0 duplicates + 0 problems + 0 left out + 0 known before"
    )
    assert describe_details(result) == []
    assert json.dumps(vars(result))
