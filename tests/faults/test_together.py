"""Two programs on one case, a failing disk, backups, old versions, and nothing left behind."""

import json
import os
import re
import select
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as engine

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import CaseBusy, KnownError
from reviewer.domain.reading.reading import Finding
from reviewer.services.case.backup import back_up
from reviewer.services.case.history import iterate_entries
from reviewer.services.case.opening import open_case
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage.engine import cipher, database
from reviewer.storage.migrations import runner
from tests.faults.conftest import Rounds
from tests.support.cases import KEPT, PASSPHRASE, forget_receipts, kept, made_case, opened
from tests.support.patience import PATIENCE

ROOT = Path(__file__).parents[2]

COMPETING = """
import sys
from pathlib import Path
from reviewer.domain.commands import finding_commands as intents
from reviewer.domain.errors import CaseBusy
from reviewer.domain.reading.reading import Finding
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.jobs import post_at_once
from reviewer.services.case.opening import open_case
folder, who, wanted = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
made = refused = 0
while made < wanted:
    try:
        case = open_case(folder, "correct horse battery staple")
    except CaseBusy as error:
        assert "open elsewhere" in str(error)
        refused += 1
        continue
    desk = ActQueue(case, case.readers()[0], post_at_once)
    for _ in range(min(5, wanted - made)):
        finding = Finding(f"{who}-{made}", "elec.mark", "1.0.0")
        desk.submit(intents.add_finding(desk.reading("a" * 64), finding)).result()
        made += 1
    desk.detach()
    case.close()
print(made, refused)
"""


def run(code, *words, **options):
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def test_four_programs_on_one_case_lose_nothing(tmp_path, rounds, promise):
    promise("R14", "Two programs cannot damage a case: one writes, the others are told at once")
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    wanted = rounds(10, 200)
    programs = [run(COMPETING, case.folder, who, wanted) for who in range(4)]
    told = [program.communicate(timeout=550) for program in programs]
    assert [program.returncode for program in programs] == [0] * 4, told
    with opened(case.folder, PASSPHRASE) as again:
        assert again.counts().findings == 4 * wanted
        assert verify_case(again, JobControl()).sound
    refused = sum(int(out.split()[1]) for out, _err in told)
    promise.tried, promise.seen = 4 * wanted, f"{refused:,} openings refused with a sentence"


def test_the_lock_of_a_killed_program_is_gone_with_it(tmp_path, promise):
    promise("R14 stale", "The lock of a program that died holds nobody up")
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    holding = (
        "import sys; from pathlib import Path; from reviewer.services.case.opening import open_case\n"
        "open_case(Path(sys.argv[1]), 'correct horse battery staple')\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    program = run(holding, case.folder, stdin=subprocess.PIPE)
    assert program.stdout.readline() == "open\n"
    with pytest.raises(CaseBusy):
        open_case(case.folder, PASSPHRASE)
    program.kill()
    program.communicate()
    open_case(case.folder, PASSPHRASE).close()
    promise.tried = 1


FAILING = """
import sys
from pathlib import Path
from reviewer.domain.commands import finding_commands as intents
from reviewer.domain.reading.reading import Finding
from reviewer.services.case import writer
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.jobs import post_at_once
from reviewer.services.case.opening import open_case
writer.SECONDS_BETWEEN_TRIES = 0.001
case = open_case(Path(sys.argv[1]), "correct horse battery staple")
troubles = []
case.on_trouble.connect(troubles.append)
desk = ActQueue(case, case.readers()[0], post_at_once)
photo = f"{int(sys.argv[2]):064x}"  # a reading of its own for each round
for number in range(int(sys.argv[3])):
    finding = Finding(f"{sys.argv[2]}-{number}", "elec.mark", "1.0.0")
    print(desk.submit(intents.add_finding(desk.reading(photo), finding)).result(120).entry.hash, flush=True)
print("troubles", sum(each is not None for each in troubles), flush=True)
case.close()
"""


@pytest.mark.skipif(shutil.which("fiu-run") is None, reason="needs fiu-utils")
def test_errors_of_the_disk_are_said_and_nothing_is_lost(tmp_path, rounds, promise):
    """A round in which the case cannot even be opened is one more round and no verdict."""
    promise("R4", "Errors of the disk are reported and not swallowed; nothing that was saved is lost")
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    said, troubles, finished = set(), 0, 0
    failing = [
        f"enable_random name=posix/io/{name},probability={share}"
        for name, share in (("rw/pwrite", 0.02), ("sync/fdatasync", 0.02), ("file/ftruncate", 0.05))
    ]
    options = [word for each in failing for word in ("-c", each)]
    least = rounds(4, 100)
    going = Rounds(least)
    while going.more(finished >= least and troubles > 0):
        promise.tried += 1
        command = [
            "fiu-run",
            "-x",
            *options,
            sys.executable,
            "-c",
            FAILING,
            str(case.folder),
            str(going.done),
            "60",
        ]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        words = done.stdout.splitlines()
        finished += done.returncode == 0
        said |= {word for word in words if re.fullmatch("[0-9a-f]{64}", word)}
        troubles += sum(int(word.split()[1]) for word in words if word.startswith("troubles"))
    with opened(case.folder, PASSPHRASE) as again:
        missing = said - {entry.hash for entry in iterate_entries(again)}
        promise.lost = len(missing)
        promise.seen = f"{len(said):,} saved, {troubles:,} failed commits said and tried again"
        assert not missing
        verdict = verify_case(again, JobControl())
        assert verdict.sound, verdict.faults
    assert len(said) >= 60 * finished, "each round that ended well was told of every act"


def test_a_backup_of_any_moment_is_whole(tmp_path, rounds, chance, promise):
    promise("R27", "A backup made while acts go on restores to what the case was")
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    author, over, going = case.readers()[0], threading.Event(), threading.Event()
    desk = ActQueue(case, author, post_at_once)
    (tmp_path / "stick").mkdir()

    def work():
        number = 0
        while not over.is_set():
            if not going.wait(0.1):  # acts go on while it is backed up, not while the copy is verified
                continue
            finding = Finding(f"f{number}", "elec.mark", "1.0.0")
            desk.submit(finding_commands.add_finding(desk.reading(f"{number % 9:064x}"), finding)).result()
            number += 1

    hand = threading.Thread(target=work)
    hand.start()
    try:
        rng = chance(27)
        for _number in range(rounds(3, 100)):
            going.set()
            select.select([], [], [], rng.random() * 0.05)
            made = back_up(case, tmp_path / "stick", author.id, JobControl())
            going.clear()
            with opened(made.folder, PASSPHRASE) as restored:
                assert (restored.counts().entries, restored.counts().head) == (made.entries, made.head)
                assert verify_case(restored, JobControl()).sound
            shutil.rmtree(made.folder)
            promise.tried += 1
    finally:
        over.set()
        hand.join()
    desk.detach()
    case.close()


# versions


VERSIONS = sorted(path.name.removesuffix(".tar.xz") for path in KEPT.glob("*.tar.xz"))


def test_there_is_a_kept_case_of_each_version():
    assert sorted(runner.format_version(step.VERSION) for step in runner.STEPS) == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_a_case_of_each_version_opens_verifies_and_goes_on(tmp_path, promise, version):
    promise("R28", "A case of each earlier version opens with everything in it")
    folder = kept(version, tmp_path / "kept.case")
    words = PASSPHRASE if (folder / "keys.json").exists() else None
    with opened(folder, words) as case:
        before = case.counts()
        assert (case.name, before.files, before.findings) == ("Kept case", 2, 8)
        assert {each.name for each in case.examiners()} == {"Dr Okoye", "Dr Hansen"}
        verdict = verify_case(case, JobControl())
        assert verdict.sound, verdict.faults
        desk = ActQueue(case, case.readers()[0], post_at_once)
        desk.submit(finding_commands.write_note(desk.reading("a" * 64), "later")).result()
        desk.detach()
        assert all(len(entry.signature) == 128 for entry in list(iterate_entries(case))[before.entries :])
        assert verify_case(case, JobControl()).sound
    assert (
        database.check_database(folder / "case.db", None if words is None else key_of(folder))
        == database.LATEST_VERSION
    )
    promise.tried = 1


def key_of(folder):
    with opened(folder, PASSPHRASE, read_only=True) as case:
        return case.keys.database_key()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (engine.OperationalError("database or disk is full"), "disk is full. It is as it was"),
        (engine.DatabaseError("database disk image is malformed"), "is damaged"),
    ],
)
def test_a_case_that_cannot_be_brought_up_gets_a_sentence(tmp_path, monkeypatch, error, said):
    def refuses(_connection):
        raise error

    folder = kept("1.1", tmp_path / "old.case")
    with monkeypatch.context() as patched:
        patched.setattr(runner, "run_migrations", refuses)
        with pytest.raises(KnownError, match=said):
            open_case(folder)
    with opened(folder) as case:
        assert verify_case(case, JobControl()).sound


def test_killed_while_it_is_brought_up_a_case_is_whole(tmp_path, rounds, chance, promise):
    promise("R28 killed", "Killed while it is brought to a new version, a case is whole")
    migrating = (
        "import sys; from pathlib import Path; from reviewer.storage.engine import database\n"
        "print('begin', flush=True); database.migrate_database(Path(sys.argv[1])); print('done', flush=True)"
    )
    rng = chance(28)
    for number in range(rounds(4, 100)):
        forget_receipts()
        folder = kept(rng.choice(["1.0", "1.1"]), tmp_path / f"{number}.case")
        program = run(migrating, folder / "case.db")
        assert program.stdout.readline() == "begin\n"
        select.select([], [], [], rng.random() * 0.03)
        program.kill()
        program.communicate()
        with opened(folder) as case:
            assert case.counts().findings == 8
            verdict = verify_case(case, JobControl())
            assert verdict.sound, verdict.faults
        promise.tried += 1
        shutil.rmtree(folder)


OPENING = """
import sys; from pathlib import Path; from reviewer.services.case.opening import open_case
print("begin", flush=True); open_case(Path(sys.argv[1])); print("done", flush=True); sys.stdin.read()
"""


def test_killed_while_it_is_opened_and_brought_up_a_case_is_whole(tmp_path, rounds, chance, promise):
    """With all that opening does besides: the lock, the key file that is made, keys that are recorded."""
    promise("R28 opened", "Killed while an earlier version's case is opened for writing, it is whole")
    rng, before_done = chance(280), 0
    going = Rounds(rounds(6, 100))
    while going.more(before_done > 0):
        forget_receipts()
        folder = kept(rng.choice(["1.0", "1.1"]), tmp_path / f"{going.done}.case")
        program = run(OPENING, folder, stdin=subprocess.PIPE)
        assert program.stdout.readline() == "begin\n"
        pause = rng.random() * 0.5 if 1 < going.done <= going.least else 0  # the first one at once
        select.select([], [], [], pause)
        program.kill()
        before_done += "done" not in program.communicate()[0]
        with opened(folder) as case:
            assert case.counts().findings == 8
            assert len(case.readers()) == 2
            old = case.counts().entries
            for reader in case.readers():
                desk = ActQueue(case, reader, post_at_once)
                desk.submit(finding_commands.write_note(desk.reading("a" * 64), "later")).result()
                desk.detach()
            assert all(entry.signature for entry in list(iterate_entries(case))[old:])
            keys_set = [
                entry.subject for entry in iterate_entries(case) if entry.act == acts.EXAMINER_KEY_SET
            ]
            assert sorted(keys_set) == sorted(each.id for each in case.examiners()), "each key is stated once"
            verdict = verify_case(case, JobControl())
            assert verdict.sound, verdict.faults
        promise.tried += 1
        shutil.rmtree(folder)
    promise.seen = f"{before_done:,} killed before the case was open"


# what is left behind


CANARIES = ("canaryname", "canarycase", "canarynote", "canaryphoto")


def test_nothing_readable_is_left_anywhere(tmp_path, promise, monkeypatch):
    """Every file that a whole session opened for writing, whichever folder it lies in."""
    promise("R23", "Locked or closed, nothing readable is left")
    from tests.support.photos import jpeg

    source = tmp_path / "evidence"
    source.mkdir()
    for number in range(4):
        (source / f"canaryphoto {number}.jpg").write_bytes(jpeg(400, 300, seed=number))
    for name in ("home", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("REVIEWER_DATA", str(tmp_path / "home" / "data"))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "words").write_text(f"{PASSPHRASE}\n")
    window = Path(__file__).with_name("window_session.py")
    command = [
        sys.executable,
        str(window),
        str(tmp_path / "secret.case"),
        str(source),
        str(tmp_path / "words"),
    ]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    trace = tmp_path / "trace"
    if shutil.which("strace"):
        command = ["strace", "-f", "-qq", "-e", "trace=openat,open,creat,rename", "-o", str(trace), *command]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["findings"] == 1
    recent = tmp_path / "home" / "data" / "recent.json"
    (row,) = json.loads(recent.read_bytes())
    assert (row["folder"], row["name"], row["opened_at"]) == (told["folder"], "", "")
    assert set(row) == {"folder", "name", "examiner", "opened_at"}
    recent.write_text(recent.read_text().replace(told["folder"], ""))  # that much of a case is kept
    written = {
        Path(found)
        for found in re.findall(r'"([^"]+)", O_(?:WRONLY|RDWR)', trace.read_text(errors="replace"))
    }
    files = {path for path in tmp_path.rglob("*") if path.is_file()} | {p for p in written if p.is_file()}
    files -= {*source.iterdir(), trace, tmp_path / "words"}
    files = {
        path
        for path in files
        if not str(path).startswith(("/dev/", "/proc/")) and "__pycache__" not in str(path)
    }
    for path in files:
        content = path.read_bytes()
        for canary in (*CANARIES, str(source), PASSPHRASE, "JFIF", "Exif"):
            assert canary.encode() not in content, (path, canary)
            assert canary.encode("utf-16-le") not in content, (path, canary)
            assert canary not in str(path.relative_to(tmp_path) if path.is_relative_to(tmp_path) else path)
    promise.tried, promise.seen = len(files), f"{len(files)} files searched for {len(CANARIES) + 4} canaries"
    assert len(files) >= 8


def test_a_plain_copy_of_the_key_never_lies_beside(tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    key = case.keys.database_key()
    case.close()
    for path in case.folder.iterdir():
        assert key not in path.read_bytes()
        assert key.hex().encode() not in path.read_bytes()
    assert not cipher.is_unencrypted(case.folder / "case.db")
