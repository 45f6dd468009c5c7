"""Killed at any moment: no act that was shown as saved is missing, and the ledger verifies."""

import random
import subprocess
import sys
from pathlib import Path

from reviewer.services.jobs import JobControl
from reviewer.services.verify import verify
from reviewer.storage import readings
from tests.support.cases import ingested, made_case, opened
from tests.support.photos import jpeg

ACTING = Path(__file__).with_name("acting.py")
INGESTING = """
import sys
from pathlib import Path
from reviewer.services.decoding import new_pool
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl
from reviewer.services.opening import open_case
case = open_case(Path(sys.argv[1]))
print("open", flush=True)
author = case.examiners()[0].id
kept = lambda: print("kept", flush=True)
ingest(case, new_pool(), author, Path(sys.argv[2]), JobControl(), kept)
print("done", flush=True)
"""


def kill_after(command, lines):
    """Run a program, kill it once it has printed so many lines; what it printed."""
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as program:
        printed = [line for line, _n in zip(program.stdout, range(lines), strict=False)]
        program.kill()
        return printed + program.stdout.read().splitlines(keepends=True)


def test_killed_while_acts_are_made(tmp_path, rounds):
    case = made_case(tmp_path)
    case.close()
    rng, saved = random.Random(4), set()
    times = rounds(12, 200)
    for number in range(times):
        printed = kill_after([str(ACTING), str(case.folder), str(number)], rng.randrange(1, 12))
        saved |= {line.split()[1] for line in printed if line.startswith("saved ") and line.endswith("\n")}
        if number % 20 == 19 or number == times - 1:
            with opened(case.folder) as again:
                verdict = verify(again, JobControl())
                assert verdict.sound, verdict.faults
                with again.store.read() as connection:
                    there = {f.id for reading in readings.load_all(connection) for f in reading.findings}
            assert saved <= there, "an act that was shown as saved is missing"
    assert len(saved) >= times


def test_killed_while_ingesting(tmp_path, rounds):
    source = tmp_path / "drive"
    source.mkdir()
    for number in range(150):
        (source / f"{number:03d}.jpg").write_bytes(jpeg(seed=number % 140))
    rng = random.Random(5)
    for number in range(rounds(2, 40)):
        folder = tmp_path / f"round {number}"
        folder.mkdir()
        case = made_case(folder)
        case.close()
        kill_after(["-c", INGESTING, str(case.folder), str(source)], rng.randrange(1, 5))
        with opened(case.folder) as again:
            assert verify(again, JobControl()).sound
            before = again.counts().files
            result = ingested(again, source)
            assert (result.known, result.files) == (before, 150)
            assert (again.counts().photos, again.counts().duplicates) == (140, 10)
            assert verify(again, JobControl()).sound
