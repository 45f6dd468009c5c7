"""Files of a case and of a person, written by somebody else: one sentence, or as if they were not there."""

import json
import shutil

import pytest

from reviewer.domain import plain_json
from reviewer.domain.errors import KnownError
from reviewer.domain.receipt import receipt_from
from reviewer.keys import key_file
from reviewer.qt.actions.keymap import _changes
from reviewer.services import presets, recent_cases
from reviewer.services.care import load_care
from reviewer.services.opening import needs_passphrase, open_case
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
    whole = {**told, "sum": key_file._sum(told)}
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
    {"format": 2},
]


def test_the_key_file_that_is_taken_for_good_here_is_good():
    assert key_file.decoded(keys()).slots[0].stretching.memory_kib == 64


@pytest.mark.parametrize("changed", HOSTILE_KEYS, ids=lambda changed: str(changed)[:60])
def test_costs_and_shapes_that_would_hold_the_program_are_a_damaged_key_file(tmp_path, changed):
    for name in key_file.NAMES:
        (tmp_path / name).write_bytes(keys(**changed))
    with pytest.raises(KnownError, match="key file of this case is damaged"):
        key_file.load(tmp_path)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_person_keeps_is_as_if_it_were_not_there(shape):
    data_folder().mkdir(parents=True, exist_ok=True)
    for name in ("care.json", "enhancement_presets.json", "recent_cases.json", "recent.json"):
        (data_folder() / name).write_bytes(SHAPES[shape])
    assert recent_cases.recent_cases() == []
    assert presets.load_presets() == {}
    load_care("somebody")
    complaints = []
    _changes(SHAPES[shape].decode("utf-8", "replace"), complaints)
    with pytest.raises(KnownError):
        receipt_from(SHAPES[shape].decode("utf-8", "replace"))


def test_a_receipt_whose_number_has_no_end_is_none():
    lines = f"Case number: 1\nEntries: {'9' * 9000}\nHead\n" + " ".join(["abcd"] * 16)
    with pytest.raises(KnownError, match="no receipt"):
        receipt_from(lines)


def test_what_is_not_a_file_or_too_large_is_not_read(tmp_path):
    (tmp_path / "large").write_bytes(bytes(100))
    for path in (tmp_path / "large", tmp_path):
        with pytest.raises(ValueError, match=r"too large|no file"):
            read_at_most(path, 99)
    with pytest.raises(ValueError, match="too long"):
        plain_json.value_from(b"1" * 100, most=99)
