"""The evidence is never touched; drives come and go; names, links and loops are only what they are."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.domain.errors import KnownError
from reviewer.services.decoding import new_pool
from reviewer.services.evidence import verify_evidence
from reviewer.services.history import problems
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl
from reviewer.services.pictures import Missing, Pictures, Want
from reviewer.services.verify import verify
from reviewer.storage import photos
from tests.support.cases import ingested, made_case
from tests.support.photos import drive, jpeg

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
from reviewer.services.opening import open_case
from reviewer.services.pictures import Pictures, Want
from reviewer.services.decoding import new_pool
import threading
opened, pool, done = open_case(Path(case)), new_pool(), threading.Semaphore(0)
pictures = Pictures(opened, pool, lambda work: work(), lambda want, answer: done.release())
from reviewer.services.worklist import Worklist
items = Worklist(opened, "").load().items
wants = [Want(item.sha256, box) for item in items for box in ((50, 50), None)]
pictures.want(wants)
for _ in wants:
    assert done.acquire(timeout=60)
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
        )  # fmt: skip
    return seen


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_the_source_is_the_same_after_a_session_and_was_never_opened_for_writing(tmp_path, promise):
    promise("R6", "The folder of evidence never changes")
    source = tmp_path / "evidence"
    source.mkdir()
    drive(source)
    before = snapshot(source)
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=%file", "-o", trace, sys.executable, "-c", SESSION]
    words = [*command, tmp_path / "a.case", source, tmp_path / "out"]
    root = Path(__file__).parents[2]
    done = subprocess.run([str(w) for w in words], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    opens = [line for line in trace.read_text(errors="replace").splitlines() if f'"{source}' in line]
    changing = re.compile(
        r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|(unlink|rename|mkdir|rmdir|chmod|chown|utime|link)(at)?\("
    )
    promise.tried = len(opens)
    promise.seen = f"{len(opens):,} accesses, {len(before):,} entries the same"
    assert [line for line in opens if changing.search(line)] == []
    assert any("O_RDONLY" in line for line in opens)
    assert snapshot(source) == before


class Unplugging:
    """A pool that pulls the drive out before the file of that number."""

    def __init__(self, pool, source, at):
        self.pool, self.source, self.left = pool, source, at

    def examine_file(self, path, known):
        self.left -= 1
        if self.left == 0:
            self.source.rename(self.source.with_name("pulled out"))
        return self.pool.examine_file(path, known)

    def __getattr__(self, name):
        return getattr(self.pool, name)


def test_a_drive_pulled_out_costs_nothing_and_the_work_goes_on(tmp_path, rounds, promise):
    promise("R5", "A drive pulled out while ingesting, viewing or verifying is said; nothing is lost")
    promise.tried = rounds(3, 50)
    for number in range(promise.tried):
        folder = tmp_path / str(number)
        folder.mkdir()
        source, away = folder / "drive", folder / "pulled out"
        source.mkdir()
        drive(source)
        case, pool = made_case(folder), new_pool()
        author = case.examiners()[0].id
        with pytest.raises(KnownError, match="no longer there"):
            ingest(case, Unplugging(pool, source, 1 + number % 9), author, source, JobControl())
        away.rename(source)
        assert ingest(case, pool, author, source, JobControl()).finished
        assert (case.counts().photos, case.counts().duplicates, case.counts().problems) == (6, 1, 3)
        answers: list[object] = []
        take = answers.append
        pictures = Pictures(case, pool, lambda work: work(), lambda _want, answer, take=take: take(answer))
        with case.store.read() as connection:
            (sha256, *_others) = sorted(photos.known_hashes(connection))
        source.rename(away)
        for expected in (Missing, None):
            pictures.forget_failures()
            pictures.want([Want(sha256, (20, 20))])
            while not answers:
                pass
            found = answers.pop()
            assert isinstance(found, Missing) == (expected is Missing)
            if expected is Missing:
                (audit,) = verify_evidence(case, author, JobControl())
                assert not audit.connected
                away.rename(source)
        pictures.close()
        assert verify_evidence(case, author, JobControl())[0].sound
        assert verify(case, JobControl()).sound
        pool.close()
        case.close()
        shutil.rmtree(folder)


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


def test_hostile_names_are_only_names(tmp_path, promise):
    promise("R17", "Hostile names are kept to the byte and shown as plain text")
    source = tmp_path / "drive"
    source.mkdir()
    for number, name in enumerate(NAMES):
        with open(os.path.join(os.fsencode(source), name), "wb") as file:
            file.write(jpeg(seed=number) if number % 2 else b"no photograph")
    case = made_case(tmp_path)
    ingested(case, source)
    with case.store.read() as connection:
        kept = set(photos.hashes_by_path(connection, case.sources()[0].id))
    assert kept == set(NAMES)
    for row in problems(case):
        assert row.path.isprintable()
        assert "\u202e" not in row.path
    (audit,) = verify_evidence(case, case.examiners()[0].id, JobControl())
    assert audit.sound
    assert verify(case, JobControl()).sound
    promise.tried = len(NAMES)
    case.close()


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


def test_loops_links_pipes_and_endless_paths(tmp_path, rounds, promise, request):
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
    many = source / "many"
    many.mkdir()
    for number in range(rounds(200, 10_000)):
        (many / f"{number}.jpg").symlink_to("../a.jpg")
    deep(source, 3000)
    case = made_case(tmp_path)
    result = ingested(case, source)
    promise.tried = result.files
    assert result.finished
    assert (result.photos, result.duplicates) == (1, 1)
    reasons = {row.problem.reason for row in problems(case)}
    assert any("links are not followed" in reason for reason in reasons)
    assert any("not a regular file" in reason for reason in reasons)
    assert any("could not be read" in reason for reason in reasons)
    case.close()
