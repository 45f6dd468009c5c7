"""Killed at any moment: no act that was shown as saved is missing, and the case verifies."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cases import PASSPHRASE, forget_receipts, ingested, made_case, opened
from tests.support.photos import jpeg

NURSERY = Path(__file__).with_name("nursery.py")
WORDS = {
    "reading": "Nothing that was shown as saved is lost when the program dies while reading",
    "undo": "... while undoing and redoing",
    "ingest": "... while ingesting",
    "export": "... while exporting; no export is half made",
}
ROUNDS = {"reading": 25, "undo": 15, "ingest": 4, "export": 15}


@pytest.mark.parametrize("what", WORDS)
def test_killed_at_random_instants(tmp_path, rounds, chance, promise, what):
    promise(f"R1 {what}", WORDS[what])
    source = tmp_path / "drive"
    source.mkdir()
    if what == "ingest":
        for number in range(150):
            (source / f"{number:03d}.jpg").write_bytes(jpeg(seed=number % 140))
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    promise.tried = rounds(ROUNDS[what], 1000)
    command = [
        sys.executable,
        "-W",
        "ignore",
        NURSERY,
        case.folder,
        what,
        promise.tried,
        chance(7).random(),
        source,
    ]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, cwd=root, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    promise.lost = len(found["lost"])
    promise.seen = f"{found['acked']:,} told as saved, verified throughout"
    assert (found["lost"], found["faults"]) == ([], [])
    assert found["acked"] >= promise.tried
    if what == "ingest":
        forget_receipts()  # each round had a copy of its own
    with opened(case.folder, PASSPHRASE) as again:
        if what == "ingest":
            assert ingested(again, source).finished
            assert (again.counts().photos, again.counts().duplicates) == (140, 10)
