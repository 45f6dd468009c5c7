"""The evidence is never touched; drives come and go; names, links and loops are only what they are."""

import hashlib
import os
import queue
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from reviewer.domain.errors import KnownError
from reviewer.domain.names import path_to_text
from reviewer.services.case.history import list_problems
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.evidence.verify_originals import verify_evidence
from reviewer.services.export.run import export
from reviewer.services.export.tables.columns import neutralise_formula
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.pictures.pictures import MissingPicture, PictureLoader, PictureRequest
from reviewer.storage.photos import photos
from tests.faults.conftest import is_full
from tests.stories.desk_story import Examiner
from tests.support.cases import ingested, made_case, opened
from tests.support.patience import PATIENCE
from tests.support.photos import drive, jpeg
from tests.support.tables import rows

SESSION = """
import sys
from pathlib import Path
from reviewer.main import main
case, source, out = sys.argv[1:4]
for words in (
    ["new", case, "--name", "n", "--examiner", "e", "--unencrypted"],
    ["ingest", case, source],
    ["ingest", case, source],
    ["verify", case, "--evidence"],
    ["export", case, "csv", out],
    ["status", case],
):
    assert main(words) == 0, words
from reviewer.services.case.opening import open_case
from reviewer.services.pictures.pictures import PictureLoader, PictureRequest
from reviewer.services.pictures.decoding import new_pool
import threading
opened, pool, done = open_case(Path(case)), new_pool(), threading.Semaphore(0)
pictures = PictureLoader(opened, pool, lambda work: work(), lambda want, answer: done.release())
from reviewer.services.worklist.worklist import Worklist
items = Worklist(opened, "").load().items
wants = [PictureRequest(item.sha256, box) for item in items for box in ((50, 50), None)]
pictures.request(wants, on_screen=wants)
for _ in wants:
    assert done.acquire(timeout=120)
pictures.close(); pool.close(); opened.close()
"""


def snapshot(root):
    """Everything of a tree that can be seen: names, contents, sizes, modes, owners, all times."""
    seen = {}
    for path in [root, *sorted(root.rglob("*"))]:
        facts = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        seen[os.fsencode(path)] = (
            facts.st_size, facts.st_mode, facts.st_uid, facts.st_mtime_ns, facts.st_ctime_ns, content,
            attributes(path),
        )  # fmt: skip
    return seen


def attributes(path):
    """The extended attributes, where the system has them."""
    if not hasattr(os, "listxattr"):
        return {}
    names = os.listxattr(path, follow_symlinks=False)
    return {name: os.getxattr(path, name, follow_symlinks=False) for name in names}


def marked(path):
    """Give a file an extended attribute, where its file system keeps them."""
    try:
        os.setxattr(path, "user.from", b"another program")
    except (AttributeError, OSError):
        return False
    return True


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_the_source_is_the_same_after_a_session_and_was_never_opened_for_writing(tmp_path, promise):
    promise("R6", "The folder of evidence never changes")
    source = tmp_path / "evidence"
    source.mkdir()
    drive(source)
    kept = marked(source / "body 1" / "IMG_0000.JPG")
    before = snapshot(source)
    assert any(facts[-1] for facts in before.values()) == kept
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=%file", "-o", trace, sys.executable, "-c", SESSION]
    words = [*command, tmp_path / "a.case", source, tmp_path / "out"]
    root = Path(__file__).parents[2]
    done = subprocess.run([str(w) for w in words], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    opens = [line for line in trace.read_text(errors="replace").splitlines() if f'"{source}' in line]
    changing = re.compile(
        r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|setxattr|removexattr|(unlink|rename|mkdir|rmdir|chmod|chown|utime|link)(at)?\("
    )
    promise.tried = len(opens)
    promise.seen = f"{len(opens):,} accesses, {len(before):,} entries the same" + ", attributes too" * kept
    assert [line for line in opens if changing.search(line)] == []
    assert any("O_RDONLY" in line for line in opens)
    assert snapshot(source) == before


READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'


def alone():
    """A command that gives the program mounts of its own; none where the account may not."""
    for command in (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"]):
        tried = [*command, "sh", "-c", READ_ONLY, "sh", "/tmp", "true"]
        if shutil.which("unshare") and not subprocess.run(tried, capture_output=True, check=False).returncode:
            return command
    return []


def but_for_ctime(seen):
    return {name: (*facts[:4], *facts[5:]) for name, facts in seen.items()}


@pytest.mark.skipif(not alone(), reason="needs mounts of its own")
def test_a_session_on_a_read_only_mount_is_as_any_other_and_not_even_times_of_access_move(tmp_path, promise):
    promise("R6 read-only", "A source that is mounted for reading only is read like any other")
    source = tmp_path / "evidence"
    source.mkdir()
    drive(source)
    before = snapshot(source)
    files = [path for path in source.rglob("*") if path.is_file()]
    for path in files:
        os.utime(path, ns=(1_000_000_000, path.stat().st_mtime_ns))
    program = [sys.executable, "-c", SESSION, tmp_path / "a.case", source, tmp_path / "out"]
    command = [*alone(), "sh", "-c", READ_ONLY, "sh", source, *program]
    root = Path(__file__).parents[2]
    done = subprocess.run([str(w) for w in command], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {path.stat().st_atime_ns for path in files} == {1_000_000_000}
    assert but_for_ctime(snapshot(source)) == but_for_ctime(before)
    promise.tried = len(before)


class Unplugging:
    """A pool that pulls the drive out before the file of that number."""

    def __init__(self, pool, source, at):
        self.pool, self.source, self.left, self.at = pool, source, at, 0.0

    def examine_several(self, paths, known):
        """In one question, but where the one of that number is among them."""
        if not 0 < self.left <= len(paths):
            self.left -= len(paths)
            return self.pool.examine_several(paths, known)
        return [None for _path in paths]

    def examine_file(self, path, known):
        self.left -= 1
        if self.left == 0:
            self.source.rename(self.source.with_name("pulled out"))
            self.at = time.monotonic()
        return self.pool.examine_file(path, known)

    def __getattr__(self, name):
        return getattr(self.pool, name)


def test_a_drive_pulled_out_costs_nothing_and_the_work_goes_on(tmp_path, rounds, promise):
    promise(
        "R5", "A drive pulled out while ingesting, viewing or verifying is said within 2 s; nothing is lost"
    )
    said_after = []
    promise.tried = rounds(3, 50)
    for number in range(promise.tried):
        folder = tmp_path / str(number)
        folder.mkdir()
        source, away = folder / "drive", folder / "pulled out"
        source.mkdir()
        drive(source)
        case, pool = made_case(folder), new_pool()
        author = case.examiners()[0].id
        unplugging = Unplugging(pool, source, 1 + number % 9)
        with pytest.raises(KnownError, match="no longer there"):
            ingest(case, unplugging, author, source, JobControl())
        said_after.append(time.monotonic() - unplugging.at)
        away.rename(source)
        assert ingest(case, pool, author, source, JobControl()).finished
        assert (case.counts().photos, case.counts().duplicates, case.counts().problems) == (6, 1, 3)
        answers: queue.SimpleQueue[object] = queue.SimpleQueue()
        take = answers.put
        pictures = PictureLoader(
            case, pool, lambda work: work(), lambda _want, answer, take=take: take(answer)
        )
        with case.store.read() as connection:
            (sha256, *_others) = sorted(photos.load_known_hashes(connection))
        source.rename(away)
        for expected in (MissingPicture, None):
            pictures.forget_failures()
            began = time.monotonic()
            pictures.request([PictureRequest(sha256, (20, 20))], on_screen=[])
            found = answers.get(timeout=PATIENCE)
            assert isinstance(found, MissingPicture) == (expected is MissingPicture)
            if expected is MissingPicture:
                said_after.append(time.monotonic() - began)
                began = time.monotonic()
                (audit,) = verify_evidence(case, author, JobControl())
                said_after.append(time.monotonic() - began)
                assert not audit.connected
                away.rename(source)
        pictures.close()
        assert verify_evidence(case, author, JobControl())[0].sound
        assert verify_case(case, JobControl()).sound
        pool.close()
        case.close()
        shutil.rmtree(folder)
    promise.seen = f"said after {1000 * max(said_after):,.0f} ms at most"
    assert max(said_after) < 2 or not is_full()


NAMES = [
    b"new\nline.jpg",
    "right\u202eto left gpj.jpg".encode(),
    b"-rf.jpg",
    b"=1+1.jpg",
    b"@SUM(1).jpg",
    b"<b>bold.jpg",
    b"<img src=x>.jpg",
    b"CON",
    b"NUL.jpg",
    b"COM1.jpg",
    b"dot..",
    b"space .jpg ",
    b"broken \xff\xfe utf.jpg",
    "e\u0301.jpg".encode(),
    "\u00e9.jpg".encode(),
    b"Case.jpg",
    b"case.jpg",
    b"x" * 251 + b".jpg",
    b"\x1b[31mred.jpg",
    "صورة ١.jpg".encode(),
    b"%s%n.jpg",
    b"'; DROP TABLE ledger; --.jpg",
]


@pytest.fixture
def hostile(tmp_path):
    """A case of files with hostile names, every second one of them a photograph."""
    source = tmp_path / "drive"
    source.mkdir()
    for number, name in enumerate(NAMES):
        with open(os.path.join(os.fsencode(source), name), "wb") as file:
            file.write(jpeg(seed=number) if number % 2 else b"no photograph")
    case = made_case(tmp_path)
    ingested(case, source)
    yield case
    case.close()


def test_hostile_names_are_only_names(hostile, promise):
    promise("R17", "Hostile names are kept to the byte and shown as plain text")
    with hostile.store.read() as connection:
        kept = set(photos.load_hashes_by_path(connection, hostile.sources()[0].id))
    assert kept == set(NAMES)
    for row in list_problems(hostile):
        assert row.path.isprintable()
        assert "\u202e" not in row.path
    (audit,) = verify_evidence(hostile, hostile.examiners()[0].id, JobControl())
    assert audit.sound
    assert verify_case(hostile, JobControl()).sound
    promise.tried = len(NAMES)


def test_hostile_names_through_the_window_and_the_export_together(hostile, qapp, tmp_path, promise):
    """Each photograph is shown and noted in the window; each name comes out of the export as it was kept."""
    promise("R17 together", "Hostile names are shown as plain text and exported inert, each one told apart")
    hostile.close()
    reader = Examiner().opens(hostile.folder)
    shown = {}
    for number, item in enumerate(reader.reader.worklist.items):
        reader.reader.go(number)
        reader.sees_photo(number).presses("1").is_saved()
        info = reader.reading.info
        labels = reader.window.findChildren(QLabel)
        assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
        assert not any(has_hidden(label.text()) for label in labels)
        assert any(item.name in label.text() for label in info.findChildren(QLabel)), item.name
        shown[item.sha256] = item.name
    reader.leaves()
    with opened(hostile.folder) as case:
        export(case, case.examiners()[0].id, "csv", tmp_path / "out", JobControl())
    found = {row["photo_sha256"]: row["path"] for row in rows(tmp_path / "out" / "findings.csv")}
    names = {hashlib.sha256(jpeg(seed=n)).hexdigest(): name for n, name in enumerate(NAMES) if n % 2}
    assert found.keys() == shown.keys() == names.keys()
    for sha256, name in names.items():
        assert found[sha256] == neutralise_formula(path_to_text(name))
        assert found[sha256][0] not in "=+-@\t\r"
    assert len(set(found.values())) == len(names)
    promise.tried = len(names)


def has_hidden(text):
    return any(not each.isprintable() for each in text if each != "\n")


def deep(root, depth):
    """A path far longer than the system takes in one piece."""
    here = os.open(root, os.O_RDONLY)
    for _level in range(depth):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    handle = os.open("deep.jpg", os.O_WRONLY | os.O_CREAT, dir_fd=here)
    os.write(handle, jpeg(seed=50))
    os.close(handle)
    os.close(here)


def with_device(path):
    """A node of /dev/zero, which never ends, where the account may make one."""
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        return False
    return True


def test_loops_links_pipes_and_endless_paths(tmp_path, rounds, promise, request, monkeypatch):
    promise("R18", "Loops, links, pipes, devices and endless paths are met, said and not followed")
    source = tmp_path / "drive"
    source.mkdir()
    # what pytest removes its folders with does not go so deep
    request.addfinalizer(lambda: subprocess.run(["rm", "-rf", str(source)], check=True))
    (source / "a.jpg").write_bytes(jpeg())
    os.link(source / "a.jpg", source / "hard link.jpg")
    (source / "self").symlink_to(source)
    (source / "root").symlink_to("/")
    (source / "nowhere.jpg").symlink_to("missing")
    os.mkfifo(source / "pipe.jpg")
    nodes = 2 + with_device(source / "device.jpg")
    with monkeypatch.context() as there, socket.socket(socket.AF_UNIX) as listening:
        there.chdir(source)  # the name of a socket may not be long
        listening.bind("socket.jpg")
    many = source / "many"
    many.mkdir()
    for number in range(rounds(200, 10_000)):
        (many / f"{number}.jpg").symlink_to("../a.jpg")
    deep(source, 3000)
    case = made_case(tmp_path)
    began = time.monotonic()
    result = ingested(case, source)
    took = time.monotonic() - began
    promise.tried, promise.seen = result.files, f"{took:.1f} s, {nodes} kinds of nodes"
    assert result.finished
    assert took < 5 or not is_full()
    assert (result.photos, result.duplicates) == (1, 1)
    reasons = {row.problem.reason for row in list_problems(case)}
    assert sum("not a regular file" in row.problem.reason for row in list_problems(case)) == nodes
    assert any("links are not followed" in reason for reason in reasons)
    assert any("could not be read" in reason for reason in reasons)
    case.close()
