"""Originals against the manifest, manifests of others, and a drive that shows up somewhere else."""

import hashlib
import os
import shutil
import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.media.workers.evidence_file import compute_hash
from reviewer.services.case.history import iterate_entries
from reviewer.services.evidence.foreign_manifests import compare_with_manifest, describe_comparison
from reviewer.services.evidence.relocate import find_missing_sources, move_source, relocate_missing_sources
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.evidence.verify_originals import verify_evidence
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.system.clock import format_timestamp
from tests.support.cases import ingested, made_case, opened
from tests.support.photos import drive, jpeg

SHARED_NAMES = Path(__file__).parents[4] / "shared" / "inputs" / "names"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "media" / "DRIVE 1"
    folder.mkdir(parents=True)
    return drive(folder)


@pytest.fixture
def case(tmp_path, source):
    made = made_case(tmp_path)
    ingested(made, source)
    yield made
    made.close()


def author(case):
    return case.examiners()[0].id


def audited(case, **options):
    (result,) = verify_evidence(case, author(case), JobControl(), **options)
    assert result.names == sum(result.counts.values())
    return result


def test_an_untouched_source_matches_and_stands_in_the_ledger(case):
    result = audited(case)
    assert result.counts == {**dict.fromkeys(result.counts, 0), "matched": 10}
    assert result.sound
    last = list(iterate_entries(case))[-1]
    assert (last.act, last.body["counts"]["matched"]) == (acts.EVIDENCE_VERIFIED, 10)
    assert last.body["manifest"] == result.source.manifest
    assert verify_case(case, JobControl()).sound


def test_every_class_is_named_with_its_file(case, source):
    names = sorted(source.rglob("IMG_*.JPG"))
    names[0].write_bytes(b"something else")
    names[1].unlink()
    names[2].rename(source / "renamed.jpg")
    (source / "new.jpg").write_bytes(jpeg(seed=77))
    os.symlink("/nowhere", source / "link")

    def hash_file(path):
        if path.endswith(os.fsencode(names[3].name)):
            raise OSError(5, "Input/output error")
        return compute_hash(path)

    result = audited(case, hash_file=hash_file)
    assert result.counts == {
        "matched": 6,
        "changed": 1,
        "missing": 1,
        "moved": 1,
        "new": 1,
        "unreadable": 2,
        "left out": 0,
    }
    told = {each.path.rsplit(b"/")[-1]: str(each.outcome) for each in result.deviations}
    assert told[os.fsencode(names[0].name)] == "changed"
    assert told[os.fsencode(names[3].name)] == "unreadable"
    body = list(iterate_entries(case))[-1].body
    assert {row["outcome"] for row in body["deviations"]} == {
        "changed",
        "missing",
        "moved",
        "new",
        "unreadable",
    }
    assert [row["now"] for row in body["deviations"] if row["outcome"] == "moved"] == ["renamed.jpg"]


def test_a_run_that_was_stopped_goes_on_where_it_was_even_after_a_restart(case, source, tmp_path):
    hashed = []
    control = JobControl()

    def slow(path):
        hashed.append(path)
        if len(hashed) == 2:
            control.cancel()
        return compute_hash(path)

    with pytest.raises(Cancelled):
        verify_evidence(case, author(case), control, slow)
    assert 2 <= len(hashed) < 10
    assert [entry for entry in iterate_entries(case) if entry.act == acts.EVIDENCE_VERIFIED] == []
    case.close()
    with opened(case.folder) as again:
        result = audited(again, hash_file=slow)
    assert result.sound
    assert len(set(hashed)) == 10
    assert len(hashed) == 10, "what was hashed is not hashed again"
    hashed.clear()
    with opened(case.folder) as again:
        audited(again, hash_file=slow)
    assert len(hashed) == 10, "a new run believes nothing"


@pytest.mark.parametrize(
    ("later", "hashed_again"),
    [(timedelta(hours=23), False), (timedelta(hours=25), True), (timedelta(hours=-1), True)],
    ids=["the same day", "a day later", "the clock set back"],
)
def test_what_was_hashed_more_than_a_day_ago_is_hashed_again(case, source, later, hashed_again):
    control, hashed, began = JobControl(), [], case.clock()

    def noting(path):
        hashed.append(path)
        if len(hashed) == 4:
            control.cancel()
        return compute_hash(path)

    case.clock = lambda: began
    with pytest.raises(Cancelled):
        verify_evidence(case, author(case), control, noting)
    before = set(hashed)
    case.clock = lambda: began + later
    audited(case, hash_file=noting)
    assert before <= set(hashed[len(before) :]) if hashed_again else len(hashed) == 10
    begun = began + later if hashed_again else began
    assert list(iterate_entries(case))[-1].body["begun"] == format_timestamp(begun)


@pytest.mark.parametrize("moment", ["", " once", " 2026-01-01"])
def test_a_stopped_run_without_a_moment_begins_anew(case, source, moment):
    case.previews.keep_note("evidence run", f"0123456789abcdef{moment}")
    (known,) = case.sources()
    case.previews.note_checked("0123456789abcdef", known.id, [(b"body 1/IMG_0000.JPG", "0" * 64)])
    assert audited(case).sound


def test_a_drive_pulled_out_while_it_is_verified(case, source):
    moved = source.with_name("elsewhere")

    def unplug(path):
        if not source.exists() or path.endswith(b"IMG_0002.JPG"):
            if source.exists():
                source.rename(moved)
            raise OSError(5, "Input/output error")
        return compute_hash(path)

    with pytest.raises(KnownError, match="no longer there"):
        verify_evidence(case, author(case), JobControl(), unplug)
    (result,) = verify_evidence(case, author(case), JobControl())
    assert (result.connected, result.counts["missing"], result.sound) == (False, 10, False)
    moved.rename(source)
    assert audited(case).sound


def test_for_reading_only_it_is_verified_and_not_recorded(case):
    count = case.counts().entries
    with opened(case.folder, read_only=True) as other:
        (result,) = verify_evidence(other, "", JobControl())
    assert result.sound
    assert case.counts().entries == count


# manifests of others


def sums(folder, algorithm="sha256", lead=""):
    rows = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest = hashlib.new(algorithm, path.read_bytes()).hexdigest()
            rows.append(f"{digest}  {lead}{path.relative_to(folder)}\n")
    return "".join(rows)


@pytest.mark.parametrize("algorithm", ["sha256", "md5", "sha1", "sha512"])
@pytest.mark.parametrize("lead", ["", "./", "/mnt/original/"])
def test_a_manifest_that_came_with_the_drive(case, source, tmp_path, algorithm, lead):
    file = tmp_path / "list.txt"
    file.write_text(sums(source, algorithm, lead), encoding="utf-8")
    compared = compare_with_manifest(case, case.sources()[0].id, file, author(case), JobControl())
    assert compared.sound
    assert compared.counts["matched"] == 10
    last = list(iterate_entries(case))[-1]
    assert (last.act, last.body["algorithm"]) == (acts.MANIFEST_COMPARED, algorithm)
    assert last.body["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_what_differs_from_the_manifest_is_told(case, source, tmp_path):
    rows = sums(source).splitlines(keepends=True)
    file = tmp_path / "list.txt"
    wrong = "0" * 64 + rows[0][64:]
    file.write_text("".join([wrong, *rows[2:], f"{'1' * 64}  never there.jpg\n", "nonsense\n"]))
    compared = compare_with_manifest(case, case.sources()[0].id, file, author(case), JobControl())
    assert not compared.sound
    assert {name: n for name, n in compared.counts.items() if n} == {
        "matched": 8,
        "changed": 1,
        "missing": 1,
        "new": 1,
    }
    assert "1 lines are not of a manifest" in describe_comparison(compared)


def test_a_manifest_that_lies_in_the_source_is_not_asked_for_itself(tmp_path):
    folder = tmp_path / "bag"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "a.jpg").write_bytes(jpeg())
    listed = sums(folder / "data", lead="data/")
    (folder / "manifest-sha256.txt").write_text(listed)
    case = made_case(tmp_path)
    ingested(case, folder)
    file = folder / "manifest-sha256.txt"
    compared = compare_with_manifest(case, case.sources()[0].id, file, author(case), JobControl())
    assert (compared.kind, compared.sound) == ("BagIt", True)
    case.close()


def compared_by_look(tmp_path, folder, file):
    """What is found of two photographs with a manifest whose names look the same."""
    case = made_case(tmp_path)
    ingested(case, folder)
    compared = compare_with_manifest(case, case.sources()[0].id, file, author(case), JobControl())
    case.close()
    assert compared.sound
    assert compared.counts["matched"] == 2
    if compared.other_form:
        assert "another Unicode form, and matched all the same: 1." in describe_comparison(compared)
    return compared


def test_a_manifest_of_macos_matches_names_that_look_the_same(tmp_path):
    """NFD, other capitals."""
    folder = tmp_path / "src"
    folder.mkdir()
    for number, path in enumerate(("Blessé ٢١٥.jpg", "IMG_0001.JPG")):
        (folder / path).write_bytes(jpeg(seed=number))
    listed = unicodedata.normalize("NFD", sums(folder)).replace("IMG_0001.JPG", "img_0001.jpg")
    (tmp_path / "list.sha256").write_text(listed, encoding="utf-8")
    compared = compared_by_look(tmp_path, folder, tmp_path / "list.sha256")
    assert (compared.other_form, compared.other_capitals) == (1, 1)


@pytest.mark.skipif(not SHARED_NAMES.is_dir(), reason="the shared inputs are not there")
@pytest.mark.parametrize("name", ["mac_manifest", "win_manifest", "abs_win"])
def test_given_manifests_of_other_systems_match_names_that_look_the_same(tmp_path, name):
    """As macOS (NFD, other capitals) and Windows (UTF-16, absolute paths) wrote them."""
    compared = compared_by_look(tmp_path, SHARED_NAMES / "src", SHARED_NAMES / f"{name}.sha256")
    assert (name != "mac_manifest") or (compared.other_form, compared.other_capitals) == (1, 1)


# another place


def test_a_drive_that_is_mounted_elsewhere_is_found_by_its_content(case, source, tmp_path):
    assert find_missing_sources(case) == []
    drives = tmp_path / "run" / "media"
    drives.mkdir(parents=True)
    decoy = drives / "decoy"
    shutil.copytree(source, decoy / "DRIVE 1")
    next((decoy / "DRIVE 1").rglob("IMG_0003.JPG")).write_bytes(jpeg(seed=3))
    (drives / "user").mkdir()
    shutil.move(source, drives / "user" / "DRIVE 1")
    assert len(find_missing_sources(case)) == 1
    places = [os.fsencode(decoy), os.fsencode(drives / "user")]
    ((_source, place),) = relocate_missing_sources(case, author(case), JobControl(), places)
    assert place == os.fsencode(drives / "user" / "DRIVE 1")
    assert find_missing_sources(case) == []
    assert case.sources()[0].path == str(drives / "user" / "DRIVE 1")
    last = list(iterate_entries(case))[-1]
    assert (last.act, last.body["checked"], last.body["matched"]) == (acts.SOURCE_MOVED, 10, 10)
    assert audited(case).sound
    assert verify_case(case, JobControl()).sound


def test_a_folder_of_the_same_names_and_another_content_is_refused(case, source, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(source, other)
    for path in other.rglob("IMG_0005.JPG"):
        path.write_bytes(b"another photograph")
    shutil.rmtree(source)
    count = case.counts().entries
    with pytest.raises(KnownError, match="is not this source: of 10 files"):
        move_source(case, case.sources()[0].id, other, author(case))
    with pytest.raises(KnownError, match="of 10 files looked for, 0"):
        move_source(case, case.sources()[0].id, tmp_path / "nowhere", author(case))
    assert case.counts().entries == count
