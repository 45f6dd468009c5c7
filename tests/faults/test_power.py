"""The power fails: what was not synchronised may be there, gone or torn, in any mixture.

Every write of a working program is recorded from outside; from that the disk is built as it may look when
the power fails at a random moment: what a file was synchronised with is there, each later write is applied,
dropped or cut at a sector, independently of the others. (As SQLite's own crash tests do.)
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from reviewer.domain.commands import finding_commands
from reviewer.services.case.history import iterate_entries
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from tests.support.cases import PASSPHRASE, forget_receipts, made_case, opened

ROOT = Path(__file__).parents[2]
SECTOR = 512
WORKING = """
import sys
from pathlib import Path
from reviewer.domain.commands import finding_commands as intents
from reviewer.domain.reading.reading import Finding
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.jobs import post_at_once
from reviewer.services.case.opening import open_case
case = open_case(Path(sys.argv[1]), "correct horse battery staple")
desk = ActQueue(case, case.readers()[0], post_at_once)
for number in range(60):
    finding = Finding(f"f{number}", "elec.mark", "1.0.0")
    entry = desk.submit(intents.add_finding(desk.reading(f"{number % 5:064x}"), finding)).result().entry
    sys.stdout.write(f"saved {entry.hash}\\n")
    sys.stdout.flush()
    if number % 20 == 19:
        case.store.checkpoint()
case.close()
"""
_CALL = re.compile(
    r"\d+ +(pwrite64|write|ftruncate|fsync|fdatasync)\(\d+<([^>]*)>"
    r"(?:, (?:\"((?:\\x[0-9a-f]{2})*)\", (\d+)(?:, (\d+))?|(\d+)))?\) += (\d+)"
)


@dataclass(frozen=True)
class Call:
    """One call on one file: "write" (data, offset; None: at its end), "cut" (offset) or "sync"."""

    kind: str
    path: str
    data: bytes = b""
    offset: int | None = None


def whole_lines(trace):
    """The lines of strace; a call during which another thread was heard stands in two, made one here."""
    begun = {}
    for line in trace.read_text().splitlines():
        thread = line.split(" ", 1)[0]
        if line.endswith(" <unfinished ...>"):
            begun[thread] = line.removesuffix(" <unfinished ...>")
        elif " resumed>" in line:
            yield begun.pop(thread, "") + line.split(" resumed>", 1)[1]
        else:
            yield line


def recorded(trace):
    for line in whole_lines(trace):
        found = _CALL.fullmatch(line)
        if not found:
            continue
        name, path, data, _count, offset, size, done = found.groups()
        path = bytes.fromhex(path.replace("\\x", "")).decode()
        if name in {"fsync", "fdatasync"}:
            yield Call("sync", path)
        elif name == "ftruncate":
            yield Call("cut", path, offset=int(size))
        else:
            content = bytes.fromhex((data or "").replace("\\x", ""))[: int(done)]
            yield Call("write", path, content, int(offset) if offset is not None else None)


def applied(image, call):
    if call.kind == "cut":
        del image[call.offset :]
        image.extend(bytes(call.offset - len(image)))
    elif call.kind == "write":
        at = len(image) if call.offset is None else call.offset
        image.extend(bytes(max(0, at - len(image))))
        image[at : at + len(call.data)] = call.data


def after_the_power_failed(rng, calls, content):
    """A file as it may be on disk after these calls."""
    image = bytearray(content)
    last_sync = max((number for number, call in enumerate(calls) if call.kind == "sync"), default=-1)
    for number, call in enumerate(calls):
        luck = rng.random()
        if number < last_sync or luck < 0.5:
            applied(image, call)
        elif luck < 0.75 and call.kind == "write" and len(call.data) > SECTOR:
            torn = call.data[: SECTOR * rng.randrange(1, -(-len(call.data) // SECTOR))]
            applied(image, Call("write", call.path, torn, call.offset))
    return bytes(image)


def test_a_page_torn_while_the_log_was_folded_in_is_no_damage(tmp_path):
    """Its whole twin is still in the write-ahead log; a page that has none there is damage."""
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    with opened(case.folder, PASSPHRASE) as working:
        desk = ActQueue(working, working.readers()[0], post_at_once)
        desk.submit(finding_commands.write_note(desk.reading("a" * 64), "a note")).result()
        desk.detach()
        torn, damaged = (shutil.copytree(case.folder, tmp_path / name) for name in ("torn", "damaged"))
    log = (torn / "case.db-wal").read_bytes()
    page_size, frame = int.from_bytes(log[8:12], "big"), 32
    logged = set()
    while frame + 24 + page_size <= len(log):
        logged.add(int.from_bytes(log[frame : frame + 4], "big"))
        frame += 24 + page_size
    pages = (torn / "case.db").stat().st_size // page_size
    inside = max(page for page in logged if 1 < page <= pages)
    outside = next(page for page in range(2, pages + 1) if page not in logged)
    for folder, page in ((torn, inside), (damaged, outside)):
        with (folder / "case.db").open("r+b") as file:
            file.seek((page - 1) * page_size + 100)
            file.write(bytes(500))
    with opened(torn, PASSPHRASE) as again:
        assert verify_case(again, JobControl()).sound
    with opened(damaged, PASSPHRASE) as again:
        assert not verify_case(again, JobControl()).sound


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_after_any_power_failure_the_case_is_what_was_said(tmp_path, rounds, chance, promise):
    promise("R2", "Nothing that was shown as saved is lost when the power fails")
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    before = shutil.copytree(case.folder, tmp_path / "before")
    trace = tmp_path / "trace"
    calls_of = "trace=pwrite64,write,ftruncate,fsync,fdatasync"
    strace = ["strace", "-f", "-y", "-xx", "-s", "1000000", "-qq", "-e", calls_of, "-o", str(trace)]
    command = [*strace, sys.executable, "-c", WORKING, str(case.folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    calls = list(recorded(trace))
    names = ("case.db", "case.db-wal", "heads.journal")
    of = {name: [call for call in calls if call.path.endswith("/" + name)] for name in names}
    assert all(any(call.kind == "write" for call in found) for found in of.values())
    said = [
        (number, call.data.split()[1].decode())
        for number, call in enumerate(calls)
        if call.kind == "write" and call.data.startswith(b"saved ")
    ]
    assert len(said) == 60
    rng = chance(2)
    for number in range(rounds(25, 1000)):
        moment = rng.randrange(len(calls))
        forget_receipts()
        folder = shutil.copytree(before, tmp_path / f"{number}.case")
        for name in names:
            until = [call for call in calls[:moment] if call.path.endswith("/" + name)]
            content = (before / name).read_bytes() if (before / name).exists() else b""
            if until or content:
                (folder / name).write_bytes(after_the_power_failed(rng, until, content))
        expected = {hash_ for at, hash_ in said if at < moment}
        with opened(folder, PASSPHRASE) as again:
            there = {entry.hash for entry in iterate_entries(again)}
            promise.lost += len(expected - there)
            assert expected <= there, f"the power failed after call {moment}"
            verdict = verify_case(again, JobControl())
            assert verdict.sound, verdict.faults
        promise.tried += 1
        shutil.rmtree(folder)
    promise.seen = f"{len(calls):,} calls of a session, rebuilt up to a random one"


def test_a_page_torn_while_the_log_was_folded_in_is_put_right_and_said(tmp_path):
    """The log is synchronised before its pages go into the database, and holds them until those are."""
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    kept = shutil.copytree(case.folder, tmp_path / "kept.case")
    case.close()
    content = bytearray((kept / "case.db").read_bytes())
    log = (kept / "case.db-wal").read_bytes()
    pages = {int.from_bytes(log[at : at + 4]) for at in range(32, len(log), 24 + 4096)}
    torn = max(page for page in pages if page * 4096 <= len(content)) * 4096
    content[torn - 2 * SECTOR : torn] = bytes(2 * SECTOR)
    (kept / "case.db").write_bytes(content)
    with opened(kept, PASSPHRASE) as again:
        (told,) = again.notices
        assert "1 pages" in told
        assert "power failure" in told
        assert verify_case(again, JobControl()).sound
    with opened(kept, PASSPHRASE) as again:
        assert again.notices == []
        assert verify_case(again, JobControl()).sound
