"""Passphrases changed under a kill, clocks that jump, and a network that is never asked for."""

import os
import random
import re
import select
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from reviewer.domain import acts, intents
from reviewer.domain.errors import WrongPassphrase
from reviewer.services.desk import Desk
from reviewer.services.history import entries
from reviewer.services.jobs import JobControl, at_once
from reviewer.services.opening import create_case, open_case
from reviewer.services.verify import verify
from reviewer.system.clock import now
from tests.support.cases import PASSPHRASE, made_case, opened
from tests.support.photos import jpeg

ROOT = Path(__file__).parents[2]
CHANGING = """
import sys
from pathlib import Path
from reviewer.keys import passphrase
from reviewer.services.enrolment import change_passphrase
from reviewer.services.opening import open_case
passphrase.new_stretching = lambda: passphrase.Stretching(1, 1, 64)
present, number = sys.argv[2], int(sys.argv[3])
case = open_case(Path(sys.argv[1]), present)
while True:
    number += 1
    print("begin", number, flush=True)
    change_passphrase(case, present, f"passphrase number {number}")
    present = f"passphrase number {number}"
    print("done", number, flush=True)
"""


def test_killed_while_a_passphrase_is_changed_the_old_or_the_new_one_opens(tmp_path, rounds, promise):
    promise(
        "R24", "Killed while a passphrase is changed: the old or the new one opens; wrong ones cost nothing"
    )
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    rng, present, number = random.Random(24), PASSPHRASE, 0
    for _round in range(rounds(4, 200)):
        command = [sys.executable, "-c", CHANGING, str(case.folder), present, str(number)]
        program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        said = [program.stdout.readline()]
        select.select([], [], [], rng.random() * 0.1)
        program.kill()
        said += program.communicate()[0].splitlines()
        begun = max(int(line.split()[1]) for line in said if line.startswith("begin"))
        done = max((int(line.split()[1]) for line in said if line.startswith("done")), default=number)
        last = present if done == number else f"passphrase number {done}"
        with pytest.raises(WrongPassphrase):
            open_case(case.folder, f"never {number}")
        for words in (last, f"passphrase number {begun}"):
            try:
                again = open_case(case.folder, words)
            except WrongPassphrase:
                continue
            present, number = words, begun
            assert verify(again, JobControl()).sound
            again.close()
            break
        else:
            raise AssertionError("neither the old nor the new passphrase opens the case")
        promise.tried += 1


def test_a_clock_that_jumps_is_on_record_and_disturbs_no_order(tmp_path, rounds, promise):
    promise("R15", "A clock that was set back is visible, and the order of acts holds")
    shift, rng = [timedelta()], random.Random(15)
    case = create_case(tmp_path / "c.case", "Clock", "Dr N", PASSPHRASE, clock=lambda: now() + shift[0])
    desk = Desk(case, case.readers()[0], at_once)
    back, latest = 0, list(entries(case))[-1].at
    for number in range(rounds(20, 500)):
        shift[0] = timedelta(days=rng.choice([0, -2, 2, -20_000, 20_000, 0.04]))
        entry = desk.do(intents.write_note(desk.reading("a" * 64), f"{number}")).result().entry
        back += entry.at < latest
        latest = entry.at
        promise.tried += 1
    told = [entry for entry in entries(case) if entry.act == acts.CLOCK_SET_BACK]
    ticks = [entry.tick for entry in entries(case)]
    assert len(told) == back > 0
    assert ticks == list(range(1, len(ticks) + 1))
    assert verify(case, JobControl()).sound
    promise.seen = f"set back {back} times, told {len(told)} times"
    desk.leave()
    case.close()


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_a_whole_session_asks_for_no_network(tmp_path, promise):
    promise("R22", "The program never opens a network socket")
    (tmp_path / "evidence").mkdir()
    for number in range(4):
        (tmp_path / "evidence" / f"{number}.jpg").write_bytes(jpeg(400, 300, seed=number))
    (tmp_path / "words").write_text(f"{PASSPHRASE}\n")
    trace = tmp_path / "trace"
    window = Path(__file__).with_name("window_session.py")
    session = [sys.executable, window, tmp_path / "a.case", tmp_path / "evidence", tmp_path / "words"]
    strace = ["strace", "-f", "-qq", "-e", "trace=network", "-o", trace]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "REVIEWER_DATA": str(tmp_path / "data"),
    }
    command = [str(word) for word in (*strace, *session)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = re.findall(r" socket(?:pair)?\((AF_\w+)", trace.read_text())
    promise.tried, promise.seen = len(made), f"{len(made)} sockets, all of them local (AF_UNIX)"
    assert set(made) == {"AF_UNIX"}
    with opened(tmp_path / "a.case", PASSPHRASE) as case:
        assert case.counts().findings == 1
