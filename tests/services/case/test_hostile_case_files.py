"""Files of a case and of a person, written by somebody else: one sentence, or as if they were not there."""

import json
import os
import shutil
import tracemalloc
from contextlib import closing

import pytest
from PySide6.QtWidgets import QWidget

from reviewer.domain import plain_json
from reviewer.domain.errors import KnownError
from reviewer.domain.evidence.foreign_manifest import ALGORITHMS, parse_foreign_manifest
from reviewer.domain.ledger.receipt import receipt_from_text
from reviewer.keys import key_file
from reviewer.qt.actions.keymap import _read_changes
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.services.account import presets, recent_cases
from reviewer.services.account.viewing_comfort import load_comfort
from reviewer.services.case.opening import needs_passphrase, open_case
from reviewer.services.case.receipts import read_receipt
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from reviewer.storage.previews import PreviewStore
from reviewer.system.files import read_at_most
from reviewer.system.paths import data_folder
from tests.support.cases import made_case

SHAPES = {
    "nothing": b"",
    "brackets": b"[" * 100_000,
    "objects": b'{"a":' * 100_000,
    "no number": b'{"format": NaN, "slots": [Infinity]}',
    "digits": b'{"format": ' + b"9" * 9000 + b"}",
    "another kind": b'["a", 1, null]',
    "text": b'"text"',
    "said twice": b'{"a": 1, "a": 2}',
    "no encoding": b"\xff\xfe\x00" * 1000,
    "surrogate": b'{"cipher": "\\ud800", "slots": {}}',
    "long": b"x" * (3 << 20),
}
OF_CASE = ("heads.journal", "writer.lock", "keys.json", "previews.db", "case.db")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    case = made_case(folder)
    case.close()
    return case.folder


@pytest.mark.parametrize("name", OF_CASE)
def test_a_file_of_a_case_that_somebody_else_wrote_is_one_sentence(whole, tmp_path, name, expected_logs):
    expected_logs |= {""}  # what is made anew is told in the log
    for number, content in enumerate(SHAPES.values()):
        folder = tmp_path / f"{number}.case"
        shutil.copytree(whole, folder)
        (folder / name).write_bytes(content)
        if name == "keys.json":
            (folder / "keys-copy.json").write_bytes(content)
        try:
            needs_passphrase(folder)
            open_case(folder).close()
        except KnownError as error:
            assert error.message.endswith(".")
            assert error.exit_status == 3


JOURNALS = {
    "no end": b"1" * (1 << 20),
    "one line without end": b"x" * (1 << 20) + b"\n",
    "lines that are none": b"\n" * 200_000,
    "positions far away": b"".join(b"%d %s\n" % (10**17 + each, b"a" * 64) for each in range(5000)),
    "digits": b"9" * 9000 + b" " + b"a" * 64 + b"\n",
}


@pytest.mark.parametrize("shape", JOURNALS)
def test_a_journal_that_somebody_else_wrote_is_read_in_pieces(whole, tmp_path, shape, expected_logs):
    expected_logs |= {""}
    folder = shutil.copytree(whole, tmp_path / "hostile.case")
    content = JOURNALS[shape]
    (folder / "heads.journal").write_bytes(content)
    with closing(open_case(folder, read_only=True)) as case:
        tracemalloc.start()
        try:
            faults = verify_case(case, JobControl()).faults
            assert tracemalloc.get_traced_memory()[1] < 3_000_000
        finally:
            tracemalloc.stop()
    assert any("heads.journal" in fault.where or "entry" in fault.where for fault in faults)
    assert len(faults) < 3000
    try:
        open_case(folder).close()
    except KnownError as error:
        assert error.exit_status == 3


@pytest.mark.parametrize("kind", ["a folder", "a pipe"])
def test_a_journal_that_is_no_file_is_not_waited_for(whole, tmp_path, kind):
    folder = shutil.copytree(whole, tmp_path / "hostile.case")
    journal = folder / "heads.journal"
    journal.unlink()
    if kind == "a folder":
        journal.mkdir()
    elif not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names here")
    else:
        os.mkfifo(journal)
    with pytest.raises(KnownError, match="is no file") as raised:
        open_case(folder)
    assert raised.value.exit_status == 3
    with closing(open_case(folder, read_only=True)) as case:
        assert [fault.where for fault in verify_case(case, JobControl()).faults] == ["heads.journal"]


HOSTILE_ROWS = [
    "INSERT INTO {table} VALUES ('{name}', 5, 'x')",
    "INSERT INTO {table} VALUES ('{name}', 'text', 'x')",
    "INSERT INTO {table} VALUES ('{name}', 1e999, 'x')",
    "INSERT INTO {table} VALUES ('{name}', zeroblob(5000000), 'x')",
    "INSERT INTO {table} VALUES ('{name}', x'00', zeroblob(100))",
    "INSERT INTO {table} VALUES (x'ff00', x'00', 'x')",
    "INSERT INTO {table} VALUES ('\u00e4', x'00', 'x')",
    "INSERT INTO {table} VALUES (CAST(x'ff' AS TEXT), x'00', 'x')",
]


@pytest.mark.parametrize("statement", HOSTILE_ROWS)
@pytest.mark.parametrize("table", ["pictures", "looks"])
def test_a_row_of_small_pictures_of_another_kind_is_left_out(tmp_path, table, statement):
    name = "a" * 64
    store = PreviewStore(tmp_path / "previews.db", read_only=False)
    store.put([("b" * 64, b"picture")])
    store.put_fingerprints([("b" * 64, b"greys")])
    store._connection.execute(statement.format(table=table, name=name))
    store._connection.commit()
    assert store.get(name) is None
    assert store.get("b" * 64) == b"picture"
    assert name not in store.load_fingerprints([name])
    assert set(store.load_fingerprints()) <= {"b" * 64}
    assert store.faults() != []
    store.close()


@pytest.mark.parametrize("path", ["10000000000", "'text'", "zeroblob(5000000)", "1.5"])
def test_a_note_or_checked_file_of_another_kind_is_left_out(tmp_path, path):
    store = PreviewStore(tmp_path / "previews.db", read_only=False)
    store.note_checked("run", "source", [(b"path", "hash")])
    store._connection.execute(f"INSERT INTO checked VALUES ('run', 'source', {path}, 'hash')")
    store._connection.execute(f"INSERT INTO notes VALUES ('note', {path})")
    store._connection.commit()
    assert store.load_checked("run", "source") == {b"path": "hash"}
    assert len(store.load_note("note")) < 100
    store.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_settings_of_the_window_that_somebody_else_wrote_do_no_harm(qapp, shape):
    data_folder().mkdir(parents=True, exist_ok=True)
    (data_folder() / "window.ini").write_bytes(SHAPES[shape])
    taste = WindowSettings()
    assert 0.8 <= taste.theme().text_scale <= 2
    assert (taste.side_width(), taste.columns("x"), taste.geometry().size()) == (0, [], 0)


@pytest.mark.parametrize(
    "value", ["nan", "1e999", "-5", "9" * 5000, "@Variant(\\0\\0\\0\\x7f)", "@ByteArray(x)", "@Invalid()"]
)
def test_values_of_the_window_have_limits(qapp, value):
    data_folder().mkdir(parents=True, exist_ok=True)
    names = ("theme", "text_scale", "side_width_by_hand", "geometry")
    lines = "".join(f"{name}={value}\n" for name in names)
    (data_folder() / "window.ini").write_text(f"[General]\n{lines}")
    taste = WindowSettings()
    assert 0.8 <= taste.theme().text_scale <= 2
    assert 0 <= taste.side_width() <= 10_000
    QWidget().restoreGeometry(taste.geometry())


MANIFESTS = {
    **SHAPES,
    "other separators": b"path;sha256,x,y\na;b,c,d\n",
    "a cell without end": b'path,sha256\n"' + b"x" * 200_000 + b"\n",
    "a heading without end": b"path,sha256," + b"x" * 200_000 + b"\n",
    "a zero": b"path,sha256\na\0b," + b"a" * 64 + b"\n",
    "half of UTF-16": b"\xff\xfe" + "path,sha256\n".encode("utf-16-le") + b"\x00\xd8\n",
    "hashdeep without columns": b"%%%% HASHDEEP-1.0\n%%%% \na,b,c\n",
    "hash of no letters": b"path,sha256\na," + "٣".encode() * 64 + b"\n",
}


@pytest.mark.parametrize("shape", MANIFESTS)
def test_a_manifest_that_somebody_made_up_is_one_sentence(shape):
    try:
        found = parse_foreign_manifest(MANIFESTS[shape], "manifest.csv")
    except KnownError as error:
        assert error.message.endswith(".")
    else:
        assert all(len(digest) in ALGORITHMS for digest in found.files.values())


@pytest.mark.parametrize("shape", SHAPES)
def test_a_receipt_that_is_none_is_one_sentence(tmp_path, shape):
    (tmp_path / "receipt.txt").write_bytes(SHAPES[shape])
    for path in (tmp_path / "receipt.txt", tmp_path, tmp_path / "gone"):
        with pytest.raises(KnownError):
            read_receipt(path)


GOOD_SLOT = {
    "examiner": "e1",
    "public": "ab",
    "argon2id": {"iterations": 1, "lanes": 1, "memory_kib": 64, "salt": "00" * 16},
    "case_key": {"nonce": "00" * 12, "data": "00" * 48},
    "signing_key": {"nonce": "00" * 12, "data": "00" * 48},
}


def keys(**changed):
    """A key file whose sum is right, so that only what it says can be wrong."""
    told = {
        "format": 1,
        "generation": 1,
        "cipher": "sqlcipher-4",
        "recovery": None,
        "slots": [GOOD_SLOT],
        **changed,
    }
    whole = {**told, "sum": key_file._compute_checksum(told)}
    return json.dumps(whole, indent=1, sort_keys=True).encode("ascii") + b"\n"


def slot(**costs):
    return [{**GOOD_SLOT, "argon2id": {**GOOD_SLOT["argon2id"], **costs}}]


HOSTILE_KEYS = [
    {"slots": slot(memory_kib=2**31)},
    {"slots": slot(memory_kib=1)},
    {"slots": slot(iterations=2**31)},
    {"slots": slot(iterations=-1)},
    {"slots": slot(iterations="3")},
    {"slots": slot(iterations=True)},
    {"slots": slot(lanes=0)},
    {"slots": slot(lanes=2**24)},
    {"slots": slot(salt="zz")},
    {"slots": slot(salt=5)},
    {"slots": slot(more=1)},
    {"slots": [GOOD_SLOT, GOOD_SLOT]},
    {"slots": [{**GOOD_SLOT, "examiner": str(number)} for number in range(2000)]},
    {"slots": {"a": 1}},
    {"slots": [[]]},
    {"slots": [{**GOOD_SLOT, "case_key": "text"}]},
    {"slots": [{**GOOD_SLOT, "examiner": ["e1"]}]},
    {"slots": [{"examiner": "e1", "public": "ab", "plain": "00"}]},
    {"recovery": []},
    {"recovery": {"nonce": "0", "data": ""}},
    {"generation": -1},
    {"generation": 2**70},
    {"generation": "1"},
    {"cipher": 5},
    {"format": 0},
    {"format": "2"},
]


def test_the_key_file_that_is_taken_for_good_here_is_good():
    assert key_file.decode_key_file(keys()).slots[0].stretching.memory_kib == 64


@pytest.mark.parametrize("changed", HOSTILE_KEYS, ids=lambda changed: str(changed)[:60])
def test_costs_and_shapes_that_would_hold_the_program_are_a_damaged_key_file(tmp_path, changed):
    for name in key_file.KEY_FILE_NAMES:
        (tmp_path / name).write_bytes(keys(**changed))
    with pytest.raises(KnownError, match="key file of this case is damaged"):
        key_file.load_key_file(tmp_path)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_person_keeps_is_as_if_it_were_not_there(shape):
    data_folder().mkdir(parents=True, exist_ok=True)
    for name in ("care.json", "enhancement_presets.json", "recent_cases.json", "recent.json"):
        (data_folder() / name).write_bytes(SHAPES[shape])
    assert recent_cases.load_recent_cases() == []
    assert not any(chain.steps for chain in presets.load_presets().values())
    load_comfort("somebody")
    complaints = []
    _read_changes(SHAPES[shape].decode("utf-8", "replace"), complaints)
    with pytest.raises(KnownError):
        receipt_from_text(SHAPES[shape].decode("utf-8", "replace"))


def test_a_receipt_whose_number_has_no_end_is_none():
    lines = f"Case number: 1\nEntries: {'9' * 9000}\nHead\n" + " ".join(["abcd"] * 16)
    with pytest.raises(KnownError, match="no receipt"):
        receipt_from_text(lines)


def test_what_is_not_a_file_or_too_large_is_not_read(tmp_path):
    (tmp_path / "large").write_bytes(bytes(100))
    for path in (tmp_path / "large", tmp_path):
        with pytest.raises(ValueError, match=r"too large|no file"):
            read_at_most(path, 99)
    with pytest.raises(ValueError, match="too long"):
        plain_json.parse_untrusted_json(b"1" * 100, most=99)
