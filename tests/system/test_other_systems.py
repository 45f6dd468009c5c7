"""What macOS and Windows do otherwise, as far as it can be shown here: calls are replaced, not the system."""

import io
import logging
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from reviewer.domain.errors import EXIT_FAULT
from reviewer.main import main
from reviewer.system import files, lock, mounts, streams

MOUNTED_ON_A_MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//reader@server/photos on /Volumes/photos (smbfs, nodev, nosuid, mounted by reader)
server:/export/old on /Volumes/of (2004) on paper (nfs)
/dev/disk4s1 on /Volumes/STICK (msdos, local, nodev, nosuid, noowners)
"""


@pytest.fixture
def mac(monkeypatch):
    """What is asked of the drive, and what it answers to: `known` says whether it knows F_FULLFSYNC."""
    asked = SimpleNamespace(calls=[], known=True)

    def control(_handle, command):
        asked.calls.append(command)
        if not asked.known:
            raise OSError(45, "Operation not supported")

    monkeypatch.setattr(files, "fcntl", SimpleNamespace(F_FULLFSYNC="full", fcntl=control), raising=False)
    monkeypatch.setattr(files.os, "fsync", lambda _handle: asked.calls.append("fsync"))
    monkeypatch.setattr(sys, "platform", "darwin")
    return asked


def test_on_macos_the_drive_itself_has_to_have_written(mac, tmp_path):
    files.write_atomically(tmp_path / "a", b"one")
    files.append_lines(tmp_path / "b", b"two\n")
    assert mac.calls == ["full"] * 4  # each file, and the folder it is in


def test_a_network_drive_of_macos_that_does_not_know_that_is_asked_as_ever(mac, tmp_path):
    mac.known = False
    files.write_atomically(tmp_path / "a", b"one")
    assert mac.calls == ["full", "fsync"] * 2


@pytest.fixture
def windows(monkeypatch):
    """Refuses as many times as it is told, as Windows does while a scanner has a file open."""
    told = SimpleNamespace(refusals=0, waited=[])

    def refusing(act):
        def acting(*words):
            if told.refusals:
                told.refusals -= 1
                raise PermissionError(13, "Access is denied")
            return act(*words)

        return acting

    monkeypatch.setattr(files.os, "replace", refusing(os.replace))
    monkeypatch.setattr(Path, "rename", refusing(Path.rename))
    monkeypatch.setattr(files.time, "sleep", told.waited.append)
    monkeypatch.setattr(files, "os", SimpleNamespace(**{**vars(os), "name": "nt"}))
    return told


def test_on_windows_a_file_that_a_scanner_has_open_is_tried_again(windows, tmp_path):
    windows.refusals = 3
    files.write_atomically(tmp_path / "a", b"one")
    assert (tmp_path / "a").read_bytes() == b"one"
    assert windows.waited == [0.01, 0.03, 0.1]


def test_on_windows_a_whole_folder_is_tried_again_too(windows, tmp_path):
    windows.refusals = 1
    with files.finish_folder(tmp_path / "made", lambda error: pytest.fail(str(error))) as unfinished:
        unfinished.mkdir()
    assert (tmp_path / "made").is_dir()


def test_on_windows_a_file_that_stays_open_is_an_error_and_nothing_is_left_of_the_new_one(windows, tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    windows.refusals = 99
    with pytest.raises(PermissionError):
        files.write_atomically(tmp_path / "a", b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_elsewhere_what_is_refused_once_is_refused(monkeypatch, tmp_path):
    def refuse(*_words):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "replace", refuse)
    monkeypatch.setattr(files.time, "sleep", lambda _seconds: pytest.fail("it waited"))
    with pytest.raises(PermissionError):
        files.replace_file(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/Users/reader/case", ""),
        ("/Volumes/photos", "smbfs"),
        ("/Volumes/photos/a/case", "smbfs"),
        ("/Volumes/photos of ours", ""),
        ("/Volumes/of (2004) on paper/case", "nfs"),
        ("/Volumes/STICK/case", ""),
    ],
)
def test_a_network_drive_of_macos_is_recognised(folder, kind):
    assert mounts.find_kind(folder, mounts.read_mount_lines(MOUNTED_ON_A_MAC)) == kind


def test_macos_is_asked_what_is_mounted(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "darwin")
    told = f"//a@b/c on {tmp_path.resolve()} (smbfs, nodev)\n".encode()
    monkeypatch.setattr(mounts.subprocess, "run", lambda *_words, **_options: SimpleNamespace(stdout=told))
    assert mounts.find_network_file_system(tmp_path / "case") == "smbfs"


def test_a_lock_is_taken_where_no_module_of_accounts_can_be_asked(monkeypatch, tmp_path):
    def ask():
        raise ModuleNotFoundError("No module named 'pwd'")

    monkeypatch.setattr(lock.getpass, "getuser", ask)
    held = lock.WriterLock(tmp_path / "writer.lock")
    held.take("2026-01-01")
    held.release()
    assert b'"user": "somebody"' in (tmp_path / "writer.lock").read_bytes()


@pytest.fixture
def nowhere(monkeypatch):
    """A program without standard input, output and error, as `pythonw` of Windows starts it."""

    def begin():
        for name in ("stdin", "stdout", "stderr"):
            monkeypatch.setattr(sys, name, None)

    yield begin
    logger = logging.getLogger("reviewer")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def test_verbs_work_in_a_program_that_has_nowhere_to_print_to(nowhere, tmp_path):
    nowhere()
    (tmp_path / "photos").mkdir()
    case = tmp_path / "a.case"
    assert main(["new", str(case), "--name", "a", "--examiner", "Nobody", "--unencrypted"]) == 0
    assert main(["ingest", str(case), str(tmp_path / "photos")]) == 0
    assert main(["status", str(case), "--json"]) == 0
    assert main(["status", str(tmp_path / "none.case")]) != EXIT_FAULT
    assert isinstance(sys.stderr, streams.NowhereStream)


def test_why_the_program_ends_is_said_in_a_box_where_nobody_reads_standard_error(nowhere, monkeypatch):
    nowhere()
    shown = []
    user32 = SimpleNamespace(MessageBoxW=lambda *words: shown.append(words[1:3]))
    monkeypatch.setattr(streams.ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    streams.provide_streams()
    streams.report_failure("reviewer: there is no case.")
    assert shown == []
    monkeypatch.setattr(sys, "platform", "win32")
    streams.report_failure("reviewer: there is no case.")
    assert shown == [("reviewer: there is no case.", "reviewer")]


@pytest.mark.parametrize(("system", "written"), [("win32", "\u0639 é".encode()), ("linux", b"\\u0639 \xe9")])
def test_what_goes_into_a_file_is_utf_8_on_windows(monkeypatch, system, written):
    into = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(into, encoding="cp1252"))
    monkeypatch.setattr(sys, "platform", system)
    streams.provide_streams()
    sys.stdout.write("\u0639 é")
    sys.stdout.flush()
    assert into.getvalue() == written
