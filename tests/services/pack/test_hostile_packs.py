"""Files of a court pack that somebody made up: faults of the pack in both checkers, and never without end."""

import subprocess
import sys

import pytest

from reviewer.domain.evidence import pack_format
from reviewer.services.pack import check
from tests.support.packs import VERIFY
from tests.support.patience import PATIENCE

INFO = b"Pack-Format: 1\n"
LEDGERS = {
    "nothing": b"",
    "brackets": b"[" * 100_000 + b"\n",
    "objects": b'{"a":' * 100_000 + b"\n",
    "digits": b'{"format": ' + b"9" * 9000 + b"}\n",
    "no number": b'{"format":NaN}\n',
    "a line without end": b'{"format":1,"act":"' + b"x" * 2_000_000,
    "no encoding": b"\xff\xfe\n",
    "surrogate": b'{"format":"\\ud800"}\n',
    "text": b'"text"\n',
}


@pytest.mark.parametrize("shape", LEDGERS)
def test_a_ledger_that_somebody_made_up_is_a_fault_of_the_pack(tmp_path, shape, monkeypatch):
    monkeypatch.setattr(check, "LARGEST_FILE", 1 << 20)
    for name in (
        pack_format.LEDGER,
        pack_format.KEYS,
        pack_format.VOCABULARY,
        pack_format.SIGNATURE,
        pack_format.METHOD,
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(LEDGERS[shape])
    (tmp_path / pack_format.BAG_INFO).write_bytes(INFO)
    verdict = check.check_pack(tmp_path)
    assert not verdict.sound
    assert any("the ledger cannot be read" in fault for fault in verdict.faults)


def test_the_checker_of_the_pack_says_so_too(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / pack_format.BAG_INFO).write_bytes(INFO)
    for shape in ("brackets", "digits", "surrogate"):
        (tmp_path / pack_format.LEDGER).write_bytes(LEDGERS[shape])
        done = subprocess.run(
            [sys.executable, "-I", str(VERIFY), str(tmp_path)],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert (done.returncode, done.stderr) == (1, "")
        assert "NOT SOUND" in done.stdout


def test_a_file_that_is_read_as_a_whole_has_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(check, "LARGEST_FILE", 1000)
    (tmp_path / "data").mkdir()
    (tmp_path / pack_format.BAG_INFO).write_bytes(INFO)
    (tmp_path / pack_format.MANIFEST).write_bytes(bytes(1001))
    faults = check.check_pack(tmp_path).faults
    assert any("too large" in fault for fault in faults)
