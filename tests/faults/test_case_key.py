"""The key of a case is changed under a kill, and old key files are tried with all old secrets."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.domain.errors import LedgerDamaged, WrongPassphrase
from reviewer.keys import key_file
from reviewer.services.case.case_key import KeyChangeReason, change_case_key, remove_examiner
from reviewer.services.case.enrolment import change_passphrase, enrol, make_recovery_key
from reviewer.services.case.opening import open_case
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from reviewer.storage.engine import cipher
from tests.support.cases import PASSPHRASE, made_case, opened

NURSERY = Path(__file__).with_name("nursery_keys.py")
OTHER = "seven quiet rooms by the sea"
COPY = "case-before-1.6-from-1.5.db"
BIG_CASE = os.environ.get("REVIEWER_BIG_CASE", "")
"""The folder of an encrypted case of 55,000 photographs under PASSPHRASE, where there is one."""


@pytest.fixture
def folder(tmp_path):
    if BIG_CASE:
        return shutil.copytree(BIG_CASE, tmp_path / "big.case")
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    return case.folder


def killed(folder, how, rounds, seed):
    command = [sys.executable, "-W", "ignore", NURSERY, folder, how, rounds, seed]
    done = subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["lost"], found["faults"]) == ([], [])
    return found


def is_whole(case):
    """Its pages hold, and it verifies, but for a large case whose readings were put in without entries."""
    return not case.store.find_damaged_pages() and (BIG_CASE or verify_case(case, JobControl()).sound)


def test_killed_before_each_thing_it_does_to_a_file_the_old_or_the_new_key_opens_all(
    tmp_path, rounds, promise
):
    promise("R38 steps", "Killed at each step of a change of the key: all is there, under the old or the new")
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    with case.store.read() as connection:  # what a change of the format leaves beside it
        raw = connection.connection.dbapi_connection
        cipher.copy_database(raw, case.folder / COPY, case.keys.database_key())
    case.close()
    found = killed(case.folder, "steps", 1 if rounds(0, 1) else 5, 1)
    promise.tried = found["kills"]
    assert found["kills"] > 5
    assert 0 < found["changed"] < found["kills"]


def test_killed_at_random_instants_of_a_change_of_the_key(folder, rounds, chance, promise):
    promise("R38", "Killed while the key of a case is changed and acts are saved: nothing is lost")
    found = killed(folder, "random", rounds(2, 100), chance(38).random())
    promise.tried = found["kills"]
    gaps = found["gaps"]
    promise.seen = (
        f"a change takes {found['seconds']:.1f} s; longest wait of a reader {gaps['read'] * 1000:.0f} ms, "
        f"of an act {gaps['write'] * 1000:.0f} ms"
    )
    with opened(folder, PASSPHRASE) as case:
        assert is_whole(case)


def test_twenty_old_key_files_with_old_secrets_open_nothing_after_a_removal(
    folder, tmp_path, rounds, promise
):
    promise("R39", "After a removal old key files with old passphrases and recovery keys open nothing")
    words, secrets, kept = PASSPHRASE, [PASSPHRASE, OTHER], []
    with opened(folder, words) as case:
        hansen = next((each for each in case.examiners() if each.name == "Dr Hansen"), None)
        hansen = hansen or enrol(case, "Dr Hansen", OTHER)
        for number in range(rounds(2, 10)):
            change_passphrase(case, words, f"grey lantern over quiet river {number}")
            words = f"grey lantern over quiet river {number}"
            kept.append((folder / "keys.json").read_bytes())
            secrets += [words, make_recovery_key(case)]
            kept.append((folder / "keys.json").read_bytes())
        author = case.keys.examiner
        remove_examiner(case, hansen, "left the institute", author)
        change_case_key(case, KeyChangeReason.REMOVED, JobControl())
    for old in kept:
        for name in key_file.KEY_FILE_NAMES:
            (folder / name).rename(tmp_path / name)
            (folder / name).write_bytes(old)
        for secret in secrets:
            with pytest.raises((WrongPassphrase, LedgerDamaged)):
                open_case(folder, secret, read_only=True)
        for name in key_file.KEY_FILE_NAMES:
            (tmp_path / name).replace(folder / name)
        promise.tried += 1
    for secret in set(secrets) - {words}:
        with pytest.raises(WrongPassphrase):
            open_case(folder, secret, read_only=True)
    promise.seen = f"{len(kept)} key files with {len(secrets)} secrets: 0 opened"
    with opened(folder, words) as case:
        assert is_whole(case)
