"""An encrypted case: who gets in, what lies on disk, what verify says; receipts and backups."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import (
    CaseBusy,
    KeysDamaged,
    KnownError,
    LedgerDamaged,
    NeedsPassphrase,
    WrongPassphrase,
)
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.ledger.receipt import receipt_from_text
from reviewer.domain.reading.reading import Finding
from reviewer.services.case.backup import back_up
from reviewer.services.case.enrolment import (
    change_passphrase,
    enrol,
    make_recovery_key,
    replace_lost_passphrase,
)
from reviewer.services.case.history import iterate_entries
from reviewer.services.case.opening import needs_passphrase, open_case
from reviewer.services.case.receipts import check_receipt, make_receipt
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from tests.support.cases import PASSPHRASE, forget_receipts, ingested, made_case, opened
from tests.support.photos import drive

ROOT = Path(__file__).parents[3]
OTHER = "seven quiet rooms by the sea"
CANARY = "canary-7f3a"


@pytest.fixture
def case(tmp_path):
    made = made_case(tmp_path, name=f"Case {CANARY}", examiner=f"Dr {CANARY}", passphrase=PASSPHRASE)
    yield made
    made.close()


def act(case, text):
    desk = ActQueue(case, case.readers()[0], post_at_once)
    desk.submit(
        finding_commands.add_finding(desk.reading("a" * 64), Finding(text, "elec.mark", "1.0.0"))
    ).result()
    desk.submit(finding_commands.write_note(desk.reading("a" * 64), f"{CANARY} {text}")).result()
    desk.detach()


def test_it_opens_with_its_passphrase_and_with_nothing_else(case):
    folder = case.folder
    case.close()
    assert needs_passphrase(folder)
    with pytest.raises(NeedsPassphrase):
        open_case(folder)
    with pytest.raises(WrongPassphrase):
        open_case(folder, OTHER)
    with opened(folder, PASSPHRASE) as again:
        assert again.name == f"Case {CANARY}"
        assert [each.name for each in again.readers()] == [f"Dr {CANARY}"]
        assert verify_case(again, JobControl()).sound


def test_nothing_readable_lies_on_disk_while_it_is_open_and_after(case, tmp_path):
    (tmp_path / f"drive {CANARY}").mkdir()
    ingested(case, drive(tmp_path / f"drive {CANARY}"))
    act(case, "note")
    for moment in ("open", "closed"):
        for path in case.folder.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            for secret in (
                CANARY.encode(),
                b"IMG_0001",
                b"elec.mark",
                b"JFIF",
                b"Exif",
                b"SQLite format",
            ):
                assert secret not in content, (moment, path.name, secret)
        case.close()


def test_every_entry_is_signed(case):
    act(case, "f1")
    assert all(len(entry.signature) == 128 for entry in iterate_entries(case))
    verdict = verify_case(case, JobControl())
    assert (verdict.sound, verdict.entries) == (True, 4)


def test_a_second_examiner_acts_only_under_their_own_passphrase(case):
    first = case.readers()[0]
    second = enrol(case, "Dr Hansen", OTHER)
    assert enrol(case, "dr hansen", "another passphrase!") == second
    with pytest.raises(KnownError, match="Only the examiner"):
        case.record(Draft(acts.BACKUP_MADE, "x"), second.id)
    case.close()
    with opened(case.folder, OTHER) as theirs:
        assert theirs.readers() == [second]
        with pytest.raises(KnownError, match="Only the examiner"):
            ActQueue(theirs, first, post_at_once).submit(
                finding_commands.write_note(ActQueue(theirs, first, post_at_once).reading("a" * 64), "x")
            ).result()
        act(theirs, "f2")
        assert verify_case(theirs, JobControl()).sound


def test_a_changed_passphrase_and_a_new_recovery_key_stand_in_the_ledger(case):
    with pytest.raises(WrongPassphrase, match="present passphrase"):
        change_passphrase(case, OTHER, "something else entirely")
    change_passphrase(case, PASSPHRASE, OTHER)
    assert len(make_recovery_key(case).split("-")) == 9
    assert [entry.act for entry in iterate_entries(case)][-2:] == [
        acts.PASSPHRASE_CHANGED,
        acts.RECOVERY_KEY_MADE,
    ]
    case.close()
    with opened(case.folder, OTHER) as again:
        assert verify_case(again, JobControl()).sound


def test_the_recovery_key_gives_a_new_passphrase_and_says_so(case):
    key, me = case.recovery_key, case.readers()[0]
    act(case, "before")
    case.close()
    with opened(case.folder, key) as found:
        assert (found.readers(), [e.name for e in found.examiners()]) == ([], [me.name])
        replace_lost_passphrase(found, me, OTHER)
        act(found, "after")
        verdict = verify_case(found, JobControl())
        assert verdict.sound, verdict.faults
    with opened(case.folder, OTHER) as again:
        assert [e.body["why"] for e in iterate_entries(again) if e.act == acts.EXAMINER_KEY_SET] == [
            "opened with the recovery key"
        ]
    with opened(case.folder, key, read_only=True) as looked_at:
        assert len(looked_at.readers()) == 1


def test_a_damaged_database_is_told_from_a_wrong_passphrase(case):
    folder = case.folder
    case.close()
    content = bytearray((folder / "case.db").read_bytes())
    content[20:40] = bytes(20)
    (folder / "case.db").write_bytes(content)
    with pytest.raises(LedgerDamaged):
        open_case(folder, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        open_case(folder, OTHER)
    for name in ("keys.json", "keys-copy.json"):
        (folder / name).unlink()
    with pytest.raises(KeysDamaged, match="gone"):
        open_case(folder, PASSPHRASE)


def test_a_plain_database_put_in_its_place_does_not_open(case, tmp_path):
    case.close()
    (tmp_path / "plain").mkdir()
    plain = made_case(tmp_path / "plain")
    plain.close()
    shutil.copy(plain.folder / "case.db", case.folder / "case.db")
    with pytest.raises(LedgerDamaged):
        open_case(case.folder, PASSPHRASE)


def test_a_lost_copy_of_the_key_file_is_named(case):
    (case.folder / "keys-copy.json").unlink()
    faults = verify_case(case, JobControl()).faults
    assert [fault.where for fault in faults] == ["keys-copy.json"]


def test_a_second_window_is_told_within_a_moment(case):
    with pytest.raises(CaseBusy, match="open elsewhere"):
        open_case(case.folder, PASSPHRASE)
    with opened(case.folder, PASSPHRASE, or_read_only=True) as other:
        assert "open elsewhere" in other.read_only
        assert other.counts().examiners == 1


# receipts


def test_a_receipt_holds_as_the_case_grows_and_as_it_was_written_down(case):
    act(case, "one")
    receipt = make_receipt(case, case.readers()[0])
    act(case, "two")
    assert check_receipt(case, receipt) == []
    again = receipt_from_text(receipt.text())
    assert (again.case, again.entries, again.head) == (receipt.case, receipt.entries, receipt.head)
    typed = receipt.text().upper().replace("CASE NUMBER", "Case number").replace("ENTRIES", "Entries")
    assert (
        receipt_from_text(typed.replace("HEAD", "Head").replace(receipt.case.upper(), receipt.case)).head
        == receipt.head
    )
    assert check_receipt(case, again) == []


def test_a_receipt_finds_a_whole_folder_that_was_put_back(case, tmp_path):
    """The one thing no check of the folder alone can see."""
    folder = case.folder
    act(case, "one")
    case.close()
    shutil.copytree(folder, tmp_path / "old.case")
    with opened(folder, PASSPHRASE) as again:
        act(again, "two")
        receipt = make_receipt(again)
    forget_receipts()
    with opened(tmp_path / "old.case", PASSPHRASE) as old:
        assert verify_case(old, JobControl()).sound
        (fault,) = check_receipt(old, receipt)
        assert "2 of them are gone" in fault.what
        act(old, "another history")
        (fault,) = check_receipt(old, receipt)
        assert "are not those the receipt stands for" in fault.what


def test_a_receipt_of_another_case_and_what_is_none(case, tmp_path):
    (tmp_path / "other").mkdir()
    other = made_case(tmp_path / "other")
    assert check_receipt(case, make_receipt(other))[0].what == "is of another case"
    other.close()
    for text in ("", "Head\nEntries", json.dumps({}), "Case number x\nEntries 5\nHead 1234"):
        with pytest.raises(KnownError, match="no receipt"):
            receipt_from_text(text)


# backups


def test_a_backup_opens_elsewhere_with_the_same_passphrase(case, tmp_path, monkeypatch):
    act(case, "one")
    (tmp_path / "stick").mkdir()
    made = back_up(case, tmp_path / "stick", case.readers()[0].id, JobControl())
    act(case, "two")
    assert [path.name for path in (tmp_path / "stick").iterdir()] == [made.folder.name]
    monkeypatch.setenv("REVIEWER_DATA", str(tmp_path / "another machine"))
    with opened(made.folder, PASSPHRASE) as restored:
        assert (restored.counts().entries, restored.counts().head) == (made.entries, made.head)
        assert verify_case(restored, JobControl()).sound
        act(restored, "on the other machine")
        assert verify_case(restored, JobControl()).sound
    assert [entry.act for entry in iterate_entries(case)].count(acts.BACKUP_MADE) == 1


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_a_backup_has_its_name_when_all_of_it_is_on_the_drive(case, tmp_path):
    act(case, "one")
    folder = case.folder
    case.close()
    for name in ("stick", "words"):
        (tmp_path / name).mkdir()
    (tmp_path / "words" / "it").write_text(f"{PASSPHRASE}\n")
    trace = tmp_path / "trace"
    strace = ["strace", "-f", "-y", "-qq", "-e", "trace=fsync,fdatasync,/^rename", "-o", trace]
    words = ["--passphrase-file", tmp_path / "words" / "it"]
    program = [sys.executable, "-m", "reviewer", "backup", folder, tmp_path / "stick", *words]
    done = subprocess.run([*strace, *program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = (tmp_path / "stick").iterdir()
    before, after = trace.read_text().split(f'"{made}.unfinished", ')
    synced = set(re.findall(r"sync\(\d+<(.+?)(?:/\.(.+?)\.\w+)?>\)", before))
    names = {found[1] or Path(found[0]).name for found in synced if found[0].startswith(f"{made}.unfinished")}
    assert names >= {"keys.json", "keys-copy.json", "heads.journal", "case.db", f"{made.name}.unfinished"}
    assert re.search(rf"fsync\(\d+<{re.escape(str(tmp_path / 'stick'))}>\)", after)


def test_a_backup_that_cannot_be_made_leaves_nothing(case, tmp_path, monkeypatch):
    author = case.readers()[0].id
    with pytest.raises(KnownError, match="no folder"):
        back_up(case, tmp_path / "none", author, JobControl())
    with pytest.raises(KnownError, match="inside its own case"):
        back_up(case, case.folder, author, JobControl())
    (tmp_path / "stick").mkdir()

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reviewer.services.case.backup.write_atomically", full)
    with pytest.raises(KnownError, match="No space left"):
        back_up(case, tmp_path / "stick", author, JobControl())
    assert list((tmp_path / "stick").iterdir()) == []
