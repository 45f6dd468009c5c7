"""Passphrases changed under a kill, clocks that jump, and a network that is never asked for."""

import os
import re
import select
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import KnownError, WrongPassphrase
from reviewer.services.case.enrolment import (
    BEFORE_SIGNING,
    VOUCHED_BEFORE,
    change_passphrase,
    enrol,
    replace_lost_passphrase,
)
from reviewer.services.case.history import iterate_entries
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.opening import create_case, open_case
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage.store import SaveFailed
from reviewer.system.clock import current_time
from reviewer.system.files import write_atomically
from tests.faults.conftest import Rounds
from tests.support.cases import PASSPHRASE, forget_receipts, kept, made_case, opened
from tests.support.photos import jpeg

ROOT = Path(__file__).parents[2]
CHANGING = """
import sys
from pathlib import Path
from reviewer.keys import passphrase
from reviewer.services.case.enrolment import change_passphrase
from reviewer.services.case.opening import open_case
passphrase.make_stretching = lambda: passphrase.KeyStretching(1, 1, 64)
present, number = sys.argv[2], int(sys.argv[3])
case = open_case(Path(sys.argv[1]), present)
while True:
    number += 1
    print("begin", number, flush=True)
    change_passphrase(case, present, f"passphrase number {number}")
    present = f"passphrase number {number}"
    print("done", number, flush=True)
"""


def test_killed_while_a_passphrase_is_changed_the_old_or_the_new_one_opens(tmp_path, rounds, chance, promise):
    promise(
        "R24", "Killed while a passphrase is changed: the old or the new one opens; wrong ones cost nothing"
    )
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    rng, present, number = chance(24), PASSPHRASE, 0
    for _round in range(rounds(4, 200)):
        command = [sys.executable, "-c", CHANGING, str(case.folder), present, str(number)]
        program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        said = program.stdout.readline()
        select.select([], [], [], rng.random() * 0.1)
        program.kill()
        said += program.communicate()[0]
        # whole lines only: the program may have been killed within one
        begun = max(map(int, re.findall(r"^begin (\d+)\n", said, re.MULTILINE)))
        done = max(map(int, re.findall(r"^done (\d+)\n", said, re.MULTILINE)), default=number)
        last = present if done == number else f"passphrase number {done}"
        with pytest.raises(WrongPassphrase):
            open_case(case.folder, f"never {number}")
        for words in (last, f"passphrase number {begun}"):
            try:
                again = open_case(case.folder, words)
            except WrongPassphrase:
                continue
            present, number = words, begun
            assert verify_case(again, JobControl()).sound
            again.close()
            break
        else:
            raise AssertionError("neither the old nor the new passphrase opens the case")
        promise.tried += 1


OTHER = "seven quiet rooms by the sea"


def cut_off(monkeypatch, folder, act, into):
    """Copy the case as a kill leaves it: the key file is written, the entry `act` is not."""
    whole = OpenCase.record

    def record(self, draft, author):
        if draft.act == act and not into.exists():
            shutil.copytree(folder, into)
        return whole(self, draft, author)

    monkeypatch.setattr(OpenCase, "record", record)


def write_note(case):
    desk = ActQueue(case, case.readers()[0], post_at_once)
    desk.submit(finding_commands.write_note(desk.reading("a" * 64), "written afterwards")).result()
    desk.detach()


def test_an_examiner_whose_new_key_was_not_recorded_is_not_accused(tmp_path, monkeypatch):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    recovery_key, me = case.recovery_key, case.readers()[0]
    case.close()
    with opened(case.folder, recovery_key) as found:
        cut_off(monkeypatch, found.folder, acts.EXAMINER_KEY_SET, tmp_path / "cut.case")
        replace_lost_passphrase(found, me, OTHER)
    forget_receipts()
    with opened(tmp_path / "cut.case", OTHER) as cut:
        write_note(cut)
        verdict = verify_case(cut, JobControl())
        assert verdict.sound, verdict.faults
        (told,) = [entry for entry in iterate_entries(cut) if entry.act == acts.EXAMINER_KEY_SET]
        assert (told.author, told.body["why"]) == (me.id, VOUCHED_BEFORE)
    with opened(tmp_path / "cut.case", OTHER) as again:
        assert verify_case(again, JobControl()).entries == verdict.entries, "it is recorded once"


def test_an_enrolment_that_was_cut_off_can_be_made_again_with_the_same_passphrase(tmp_path, monkeypatch):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    cut_off(monkeypatch, case.folder, acts.EXAMINER_ENROLLED, tmp_path / "cut.case")
    enrol(case, "Dr Hansen", OTHER)
    case.close()
    forget_receipts()
    with pytest.raises(KnownError, match="enrol again"):
        open_case(tmp_path / "cut.case", OTHER)
    with opened(tmp_path / "cut.case", PASSPHRASE) as cut:
        with pytest.raises(WrongPassphrase):
            open_case(cut.folder, OTHER, read_only=True)
        again = enrol(cut, "Dr Hansen", OTHER)
        assert verify_case(cut, JobControl()).sound
    with opened(tmp_path / "cut.case", OTHER) as theirs:
        assert theirs.readers() == [again]
        write_note(theirs)
        assert verify_case(theirs, JobControl()).sound


def test_keys_given_to_an_old_case_and_not_recorded_are_recorded_later(tmp_path, monkeypatch):
    folder = kept("1.1", tmp_path / "kept.case")
    cut_off(monkeypatch, folder, acts.EXAMINER_KEY_SET, tmp_path / "cut.case")
    open_case(folder).close()
    forget_receipts()
    with opened(tmp_path / "cut.case") as cut:
        write_note(cut)
        told = [entry.body["why"] for entry in iterate_entries(cut) if entry.act == acts.EXAMINER_KEY_SET]
        assert told == [BEFORE_SIGNING] * 2
        verdict = verify_case(cut, JobControl())
        assert verdict.sound, verdict.faults


@pytest.mark.parametrize("fails", ["the entry", "the second copy"])
def test_a_full_disk_while_keys_change_leaves_them_as_they_were(tmp_path, monkeypatch, fails):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    recovery_key, me = case.recovery_key, case.readers()[0]
    full = OSError(28, "No space left on device")

    def not_saved(*_words):
        raise SaveFailed("Not saved: full.")

    def not_written(path, content):
        if path.name == "keys-copy.json":
            raise full
        write_atomically(path, content)

    def attempt(work, *words):
        with monkeypatch.context() as patched:
            if fails == "the entry":
                patched.setattr(OpenCase, "record", not_saved)
            else:
                patched.setattr("reviewer.keys.key_file.write_atomically", not_written)
            with pytest.raises((SaveFailed, OSError)):
                work(*words)
        work(*words)

    attempt(enrol, case, "Dr Hansen", OTHER)
    attempt(change_passphrase, case, PASSPHRASE, "my new passphrase")
    write_note(case)
    case.close()
    with opened(case.folder, recovery_key) as found:
        attempt(replace_lost_passphrase, found, me, PASSPHRASE)
        write_note(found)
        assert verify_case(found, JobControl()).sound
    for words in (OTHER, PASSPHRASE):
        with opened(case.folder, words) as again:
            write_note(again)
            assert verify_case(again, JobControl()).sound


ENROLLING = """
import sys
from pathlib import Path
from reviewer.domain.errors import KnownError
from reviewer.keys import passphrase
from reviewer.services.case.enrolment import enrol, replace_lost_passphrase
from reviewer.services.case.opening import open_case
passphrase.make_stretching = lambda: passphrase.KeyStretching(1, 1, 64)
folder, recovery_key, number = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
case = open_case(folder, recovery_key)
print("begin", flush=True)
replace_lost_passphrase(case, case.examiners()[0], f"passphrase number {number}")
print("placed", flush=True)
enrol(case, f"Dr {number}", f"passphrase of Dr {number}")
print("enrolled", flush=True)
"""


def test_killed_while_keys_are_set_nobody_is_accused_and_nobody_kept_out(tmp_path, rounds, chance, promise):
    promise(
        "R24 keys", "Killed while keys are set: what was said is so, nobody is accused, enrolling goes on"
    )
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    recovery_key, words = case.recovery_key, PASSPHRASE
    case.close()
    rng = chance(240)
    for number in range(rounds(4, 200)):
        command = [sys.executable, "-c", ENROLLING, str(case.folder), recovery_key, str(number)]
        program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        said = program.stdout.readline()
        select.select([], [], [], rng.random() * 0.06)
        program.kill()
        said += program.communicate()[0]
        new = f"passphrase number {number}"
        try:
            again = open_case(case.folder, new)
            words = new
        except WrongPassphrase:
            assert "placed" not in said
            again = open_case(case.folder, words)
        write_note(again)
        known = {each.name for each in again.examiners()}
        assert "enrolled" not in said or f"Dr {number}" in known
        enrol(again, f"Dr {number}", f"passphrase of Dr {number}")
        verdict = verify_case(again, JobControl())
        assert verdict.sound, verdict.faults
        again.close()
        with opened(case.folder, f"passphrase of Dr {number}") as theirs:
            assert [each.name for each in theirs.readers()] == [f"Dr {number}"]
        promise.tried += 1


def test_a_clock_that_jumps_is_on_record_and_disturbs_no_order(tmp_path, rounds, chance, promise):
    promise("R15", "A clock that was set back is visible, and the order of acts holds")
    shift, rng = [timedelta()], chance(15)
    case = create_case(
        tmp_path / "c.case", "Clock", "Dr N", PASSPHRASE, clock=lambda: current_time() + shift[0]
    )
    desk = ActQueue(case, case.readers()[0], post_at_once)
    back, latest = 0, list(iterate_entries(case))[-1].at
    going = Rounds(rounds(20, 500))
    while going.more(back > 0):
        shift[0] = timedelta(days=rng.choice([0, -2, 2, -20_000, 20_000, 0.04]))
        entry = (
            desk.submit(finding_commands.write_note(desk.reading("a" * 64), f"{going.done}")).result().entry
        )
        back += entry.at < latest
        latest = entry.at
        promise.tried += 1
    told = [entry for entry in iterate_entries(case) if entry.act == acts.CLOCK_SET_BACK]
    ticks = [entry.tick for entry in iterate_entries(case)]
    assert len(told) == back
    assert ticks == list(range(1, len(ticks) + 1))
    assert verify_case(case, JobControl()).sound
    promise.seen = f"set back {back} times, told {len(told)} times"
    desk.detach()
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
