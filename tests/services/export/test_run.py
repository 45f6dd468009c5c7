"""Making an export, whatever the format: whole or not at all, noted with its hashes, stopped when asked."""

import hashlib
import secrets

import pytest

from reviewer.domain.errors import KnownError
from reviewer.services.case.history import load_last_entries
from reviewer.services.export import folder as folders
from reviewer.services.export import run
from reviewer.services.export.all_formats import EXPORT_FORMATS
from reviewer.services.export.run import export
from reviewer.services.jobs import Cancelled, JobControl
from tests.support.exports import content

KEYS = [each.key for each in EXPORT_FORMATS]


def me(case):
    return case.examiners()[0].id


@pytest.mark.parametrize("key", KEYS)
def test_each_format_is_noted_with_the_hash_of_each_file(case, tmp_path, key):
    names = export(case, me(case), key, tmp_path / "out", JobControl()).names
    files = content(tmp_path / "out")
    assert sorted(files) == names != []
    entry = load_last_entries(case, 1)[0]
    assert (entry.act, entry.body["format"], entry.body["number"]) == ("export.made", key, len(names))
    assert entry.body["files"] == {name: hashlib.sha256(each).hexdigest() for name, each in files.items()}


@pytest.mark.parametrize("key", KEYS)
def test_an_export_that_is_stopped_leaves_nothing_behind(case, tmp_path, key):
    control = JobControl()
    control.cancel()
    entries = case.counts().entries
    with pytest.raises(Cancelled):
        export(case, me(case), key, tmp_path / "out", control)
    assert not list(tmp_path.glob("out*"))
    assert case.counts().entries == entries


@pytest.mark.parametrize("key", KEYS)
def test_it_says_how_far_it_is(case, tmp_path, key, monkeypatch):
    monkeypatch.setattr(JobControl, "_REPORT_INTERVAL", 0)
    heard = []
    export(case, me(case), key, tmp_path / "out", JobControl(heard.append))
    assert heard[0].done < heard[-1].done == heard[-1].total


def test_of_many_files_a_list_is_noted(case, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "MOST_IN_ENTRY", 2)
    names = export(case, me(case), "labelme", tmp_path / "out", JobControl()).names
    assert "SHA256SUMS" in names
    entry = load_last_entries(case, 1)[0]
    out = tmp_path / "out"
    listed, described = (out / "SHA256SUMS").read_bytes(), (out / "ro-crate-metadata.json").read_bytes()
    assert entry.body["files"] == {
        "SHA256SUMS": hashlib.sha256(listed).hexdigest(),
        "ro-crate-metadata.json": hashlib.sha256(described).hexdigest(),
    }
    told = dict(reversed(line.split("  ", 1)) for line in listed.decode().splitlines())
    assert sorted([*told, "SHA256SUMS", "ro-crate-metadata.json"]) == names
    for name, sha256 in told.items():
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == sha256


def test_what_an_export_that_was_cut_off_left_is_neither_used_nor_deleted(case, tmp_path):
    left = tmp_path / "out.unfinished"
    left.mkdir()
    (left / "mine.txt").write_text("kept")
    with pytest.raises(KnownError, match="left over from an export"):
        export(case, me(case), "csv", tmp_path / "out", JobControl())
    assert (left / "mine.txt").read_text() == "kept"
    assert not (tmp_path / "out").exists()


def test_a_full_disk_is_said_and_leaves_nothing(case, tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders.os, "fsync", full)
    with pytest.raises(KnownError, match="No space left"):
        folders_made(tmp_path)
    assert not list(tmp_path.glob("out*"))


def folders_made(tmp_path):
    with folders.new_folder(tmp_path / "out") as folder:
        folder.put(secrets.token_hex(4), b"x")


def test_every_format_says_what_it_holds_and_loses():
    assert len(set(KEYS)) == len(KEYS) >= 16
    for each in EXPORT_FORMATS:
        assert len(each.what) > 60
        assert len(each.losses) > 30
        assert not each.what.endswith(".")
