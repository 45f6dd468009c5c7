"""A bit that turned anywhere, a row exchanged, a tail cut off, an old copy put back: all are found."""

import re
import shutil
from contextlib import closing, contextmanager

import pytest
from sqlcipher3 import dbapi2 as engine

from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import KnownError
from reviewer.domain.reading.reading import Finding
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.opening import open_case
from reviewer.services.case.receipts import check_receipt, make_receipt
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from tests.faults.conftest import Rounds
from tests.support.cases import PASSPHRASE, forget_receipts, ingested, made_case, opened
from tests.support.photos import drive, jpeg

FILES = ("case.db", "case.db-wal", "heads.journal", "previews.db", "keys.json")
PLAIN = ("case.db", "case.db-wal", "heads.journal")
PLACES = {
    "case.db": r"the database( file)?$|.*/case\.db is damaged|The case database is damaged"
    r"|\d+ pages of the database were not whole",
    "case.db-wal": r"entry \d+ was committed and is gone",
    "heads.journal": r"line \d+ of heads\.journal$|heads\.journal |entry \d+( |$)",
    "previews.db": r"previews\.db$",
    "keys.json": r"keys\.json$",
}
"""How the place of damage in a file is named, at the beginning of what is said."""

PLACES_PLAIN = {
    **PLACES,
    "case.db": PLACES["case.db"] + r"|entry \d+ of \w+@\w+$|source /|[a-z_]+ \(",
}
"""Without authenticated pages it is what lay there that is named."""


def acts(case, count):
    desk = ActQueue(case, case.readers()[0], post_at_once)
    for number in range(count):
        photo = f"{number % 7:064x}"
        finding = Finding(f"{case.counts().entries}-{number}", "elec.mark", "1.0.0")
        desk.submit(finding_commands.add_finding(desk.reading(photo), finding)).result()
    desk.detach()


def as_it_lies(folder, passphrase):
    """A case as it lies on disk while it is open: a write-ahead log with the last commits beside it."""
    source = drive(folder / "drive")
    for number in range(8):
        (source / f"large {number}.jpg").write_bytes(jpeg(640, 480, seed=50 + number))
    case = made_case(folder, passphrase=passphrase)
    ingested(case, source)
    acts(case, 160)  # most of the database is then content, and not pages that hold nothing
    case.store.checkpoint()
    case.previews._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    acts(case, 20)
    shutil.copytree(case.folder, folder / "copy.case")
    case.close()
    (folder / "copy.case" / "case.db-shm").unlink()
    return folder / "copy.case"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return as_it_lies(tmp_path_factory.mktemp("flips"), PASSPHRASE)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return as_it_lies(tmp_path_factory.mktemp("plain"), None)


def found(folder, passphrase=PASSPHRASE):
    """What opening it for writing and verifying say; "" if they find nothing."""
    try:
        with opened(folder, passphrase) as case:
            faults = verify_case(case, JobControl()).faults
            return faults[0].where if faults else "".join(case.notices)
    except KnownError as error:
        return str(error)


def held(folder, passphrase=PASSPHRASE):
    """How much is in it, and the head, which stands for every entry."""
    with opened(folder, passphrase, read_only=True) as case:
        return case.counts()


def everything(folder):
    """Every row of every table of a case without encryption; but not what the engine notes for itself of how
    its indexes are filled, which it makes anew and which holds nothing of the case."""
    with closing(engine.connect(folder / "case.db")) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        names = [name for (name,) in tables if not name.startswith("sqlite_stat")]
        return [(name, *connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names]


def test_a_sound_case_is_never_accused(sound, plain, tmp_path, rounds, promise):
    promise("R11 clean", "A sound case is never accused")
    for number in range(rounds(3, 100)):
        for lies, words in ((sound, PASSPHRASE), (plain, None)):
            folder = shutil.copytree(lies, tmp_path / f"{number}.case")
            promise.tried += 1
            assert found(folder, words) == ""
            assert found(folder, words) == ""
            shutil.rmtree(folder)


@contextmanager
def flipped(lies, tmp_path, name, rng):
    """A copy of a case with one bit turned in a file."""
    folder = shutil.copytree(lies, tmp_path / "flipped.case")
    spoilt = bytearray((lies / name).read_bytes())
    spoilt[rng.randrange(len(spoilt))] ^= 1 << rng.randrange(8)
    (folder / name).write_bytes(spoilt)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", FILES)
def test_every_flipped_bit_is_found(sound, tmp_path, rounds, chance, promise, name):
    """In the write-ahead log a bit may lie where nothing is any more; then nothing is lost either."""
    promise(f"R11 {name}", f"Any flipped bit in {name} is found, and its place named")
    harmless, whole, least = 0, held(shutil.copytree(sound, tmp_path / "whole.case")), rounds(40, 2000)
    going, rng = Rounds(least), chance(11)
    while going.more(promise.tried - harmless >= least // 4):
        promise.tried += 1
        with flipped(sound, tmp_path, name, rng) as folder:
            said = previews_found(folder) if name == "previews.db" else found(folder)
            if said:
                assert re.match(PLACES[name], said), said
            else:
                assert name == "case.db-wal"
                assert held(folder) == whole, "an act is gone and nobody said so"
                harmless += 1
    promise.seen = f"{promise.tried - harmless:,} named" + (f", {harmless:,} harmless" if harmless else "")


@pytest.mark.parametrize("name", PLAIN)
def test_a_flipped_bit_in_a_case_without_encryption_is_found_or_harmless(
    plain, tmp_path, rounds, chance, promise, name, expected_logs
):
    """Bits where a page holds nothing change nothing that anybody recorded."""
    expected_logs.add("the write-ahead log could not be folded in")
    promise(
        f"R11 {name}, plain", f"A flipped bit in {name} without encryption is named, or nothing is lost by it"
    )
    harmless, whole, least = 0, everything(shutil.copytree(plain, tmp_path / "whole.case")), rounds(40, 2000)
    going, rng = Rounds(least), chance(11)
    while going.more(promise.tried - harmless >= least // 20):
        promise.tried += 1
        with flipped(plain, tmp_path, name, rng) as folder:
            said = found(folder, None)
            if said:
                assert re.match(PLACES_PLAIN[name], said), said
            else:
                assert name != "heads.journal"
                assert everything(folder) == whole, "something is gone and nobody said so"
                harmless += 1
    promise.seen = f"{promise.tried - harmless:,} named, {harmless:,} harmless"


def test_the_previews_that_are_flipped_are_pictures(sound):
    assert (sound / "previews.db").stat().st_size > 50_000


def previews_found(folder):
    """Read only: opening for writing would throw a damaged file of previews away and make it anew."""
    with opened(folder, PASSPHRASE, read_only=True) as case:
        faults = verify_case(case, JobControl()).faults
    return faults[0].where if faults else ""


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("how", ["cut", "emptied", "appended"])
def test_a_file_that_was_cut_or_grew_is_found(sound, tmp_path, promise, name, how):
    promise(f"R11 {how}", f"A file that was {how} is found, or nothing is lost by it")
    whole = held(shutil.copytree(sound, tmp_path / "whole.case"))
    folder = shutil.copytree(sound, tmp_path / "spoilt.case")
    content = (folder / name).read_bytes()
    changed = {"cut": content[: len(content) * 2 // 3], "emptied": b"", "appended": content + b"\1" * 700}[
        how
    ]
    (folder / name).write_bytes(changed)
    promise.tried = 1
    if not (previews_found(folder) if name == "previews.db" else found(folder)):
        assert (name, how) in {
            ("case.db-wal", "appended"),
            ("previews.db", "emptied"),
        }, "what was told of nothing"
        assert held(folder) == whole


@pytest.mark.parametrize("count", [1, 700, 4096, 40960])
@pytest.mark.parametrize("name", ["case.db", "previews.db"])
@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
def test_bytes_behind_a_database_are_named_with_their_file(tmp_path, passphrase, name, count):
    case = made_case(tmp_path, passphrase=passphrase)
    acts(case, 3)
    case.close()
    with open(case.folder / name, "ab") as file:
        file.write(b"\1" * count)
    with opened(case.folder, passphrase, read_only=True) as again:
        faults = verify_case(again, JobControl()).faults
    assert {fault.where for fault in faults} == {{"case.db": "the database file"}.get(name, name)}
    assert any(f"{count:,} bytes stand behind" in fault.what for fault in faults)


def test_a_database_that_grows_while_it_is_verified_is_not_accused(tmp_path):
    """Pages may lie in the write-ahead log alone, or be moved out of it while somebody reads."""
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    with opened(case.folder, PASSPHRASE, read_only=True) as other:
        for _round in range(5):
            acts(case, 30)
            assert verify_case(other, JobControl()).sound
            case.store.checkpoint()
            assert verify_case(other, JobControl()).sound
    case.close()


def raw(folder, *statements):
    """Change the database behind the program's back, with its key."""
    with opened(folder, PASSPHRASE, read_only=True) as case:
        key = case.keys.database_key().hex()
    connection = engine.connect(folder / "case.db", isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    for trigger in ("ledger_is_never_updated", "ledger_is_never_deleted"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


INSIDE = {
    "two rows swapped": (
        "UPDATE ledger SET position = -1 WHERE position = 20",
        "UPDATE ledger SET position = 20 WHERE position = 21",
        "UPDATE ledger SET position = 21 WHERE position = -1",
    ),
    "the last rows deleted": ("PRAGMA foreign_keys = OFF", "DELETE FROM ledger WHERE position > 50"),
    "a row in the middle deleted": ("PRAGMA foreign_keys = OFF", "DELETE FROM ledger WHERE position = 30"),
    "a signature exchanged": (
        "UPDATE ledger SET signature = (SELECT signature FROM ledger WHERE position = 9) WHERE position = 30",
    ),
    "a signature taken away": ("UPDATE ledger SET signature = '' WHERE position = 30",),
    "an act told otherwise": ("UPDATE ledger SET body = replace(body, 'elec', 'burn') WHERE position = 30",),
    "another moment": ("UPDATE ledger SET at = '2020-01-01T00:00:00.000+00:00' WHERE position = 30",),
    "a finding exchanged": ("UPDATE findings SET term = 'burn.burn' WHERE id LIKE '%-3'",),
    "another key": ("UPDATE examiners SET key = replace(key, 'a', 'b')",),
}


@pytest.mark.parametrize("what", INSIDE)
def test_what_somebody_with_the_key_changes_is_found(sound, tmp_path, promise, what):
    promise("R11 inside", "What somebody with the key changes in the database is found")
    folder = shutil.copytree(sound, tmp_path / "spoilt.case")
    raw(folder, *INSIDE[what])
    promise.tried = 1
    assert found(folder)


def test_last_weeks_copy_is_found_by_the_journal_and_a_whole_old_folder_by_the_receipt(tmp_path, promise):
    promise("R11 rollback", "Last week's copy put back is found, the whole folder by a receipt")
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    acts(case, 5)
    case.close()
    old = shutil.copytree(case.folder, tmp_path / "old")
    with opened(case.folder, PASSPHRASE) as again:
        acts(again, 5)
        receipt = make_receipt(again)
    forget_receipts()
    mixed = shutil.copytree(case.folder, tmp_path / "mixed")
    shutil.copy(old / "case.db", mixed / "case.db")
    assert "older copy" in found(mixed)
    assert found(old) == ""
    case = open_case(old, PASSPHRASE)
    assert "5 of them are gone" in check_receipt(case, receipt)[0].what
    enrol(case, "Somebody", "somebody's own passphrase")
    case.close()
    promise.tried = 2
