"""The exported ledger is checked by somebody who has nothing of this program: by the lines of the manual."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.domain.ledger.entry import to_canonical_json
from reviewer.services.case.history import iterate_entries
from tests.support.cases import PASSPHRASE, ingested, made_case
from tests.support.exports import content, made
from tests.support.photos import drive

MANUAL = Path(__file__).parents[3] / "docs" / "manual" / "exports.md"


@pytest.fixture
def case(tmp_path):
    (tmp_path / "drive").mkdir()
    made_ = made_case(tmp_path, "=Träger ملف", passphrase=PASSPHRASE)
    ingested(made_, drive(tmp_path / "drive"))
    yield made_
    made_.close()


def outsider(folder, tmp_path):
    """What the program printed in the manual says of an export."""
    (code,) = re.findall(r"```python\n(# check_ledger.py.*?)```", MANUAL.read_text("utf-8"), re.DOTALL)
    script = tmp_path / "check_ledger.py"
    script.write_text(code, encoding="utf-8")
    return subprocess.run([sys.executable, "-I", script, folder], capture_output=True, text=True, check=False)


def test_each_line_holds_the_very_bytes_that_were_hashed(case, tmp_path):
    out = made(case, "ledger", tmp_path / "out")
    lines = (out / "ledger.jsonl").read_bytes().splitlines()
    kept = list(iterate_entries(case))
    assert len(lines) == len(kept)
    for line, entry in zip(lines, kept, strict=True):
        told = json.loads(line)
        begins = b'{"content":'
        assert line.startswith(begins + to_canonical_json(told["content"]) + b',"hash":"')
        sealed = told["prev"].encode() + b"\n" + to_canonical_json(told["content"])
        assert hashlib.sha256(sealed).hexdigest() == told["hash"] == entry.hash
        assert told["signature"] == entry.signature != ""
    about = json.loads((out / "about.json").read_bytes())
    assert (about["ledger_head"], about["ledger_entries"]) == (case.counts().head, len(kept))
    (me,) = json.loads((out / "examiners.json").read_bytes())["examiners"]
    assert me["ed25519_public_key"] == case.examiners()[0].key


def test_an_outsider_finds_it_whole(case, tmp_path):
    done = outsider(made(case, "ledger", tmp_path / "out"), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{case.counts().entries} entries, all of them follow" in done.stdout
    assert case.counts().head in done.stdout


@pytest.mark.parametrize("what", ["content", "signature", "gap", "key", "tail"])
def test_an_outsider_finds_what_was_altered(case, tmp_path, what):
    out = made(case, "ledger", tmp_path / "out")
    path = out / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    if what == "content":
        lines[2] = lines[2].replace(b'"tick":3', b'"tick":4')
    elif what == "signature":
        told = json.loads(lines[2])
        told["signature"] = "0" * 128
        lines[2] = to_canonical_json(told) + b"\n"
    elif what == "gap":
        del lines[1]
    elif what == "tail":
        del lines[-1]
    else:
        people = json.loads((out / "examiners.json").read_bytes())
        people["examiners"][0]["ed25519_public_key"] = "1" * 64
        (out / "examiners.json").write_bytes(to_canonical_json(people))
    path.write_bytes(b"".join(lines))
    done = outsider(out, tmp_path)
    assert done.returncode != 0, done.stdout


def test_the_same_state_gives_the_same_bytes(case, tmp_path):
    assert content(made(case, "ledger", tmp_path / "a")) == content(made(case, "ledger", tmp_path / "b"))
