"""A pack whose ledger holds a time stamp: both checkers look at it, as the format page says."""

import base64
import importlib.util
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reviewer.domain.acts.acts import HEAD_STAMPED
from reviewer.domain.ledger.time_stamp import compute_imprint
from reviewer.services.evidence.time_stamps import add_stamp, write_request
from reviewer.services.jobs import JobControl
from tests.support.authority import Authority
from tests.support.cases import made_case
from tests.support.packs import NOT_SOUND, SOUND, VERIFY, own_verdict, packed, verified
from tests.support.rewriting import entries_of, replace_ledger, reseal

FORMAT_PAGE = VERIFY.with_name("FORMAT.md")


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture
def case(tmp_path, authority):
    """Its one time stamp was given when it was made."""
    case = made_case(tmp_path)
    now = datetime.now(UTC).replace(microsecond=0)
    write_request(case, tmp_path / "request.tsq")
    (tmp_path / "answer.tsr").write_bytes(authority.answer((tmp_path / "request.tsq").read_bytes(), now))
    (tmp_path / "root.pem").write_bytes(authority.root_pem())
    author = case.examiners()[0].id
    add_stamp(case, author, tmp_path / "answer.tsr", tmp_path / "root.pem", JobControl())
    yield case
    case.close()


@pytest.fixture
def without_library():
    """verify.py where the package that reads time stamps is not installed."""
    spec = importlib.util.spec_from_file_location("verify_without_library", VERIFY)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.decode_timestamp_response = None
    return module.main


def forged(case, **change):
    """The time stamp with something else in it, sealed and signed anew by its examiner."""
    author, entries = case.examiners()[0].id, entries_of(case)
    entries[-1] = replace(entries[-1], body={**entries[-1].body, **change})
    replace_ledger(case, reseal(entries, author, lambda hash_: case.keys.sign(author, hash_)))


def test_both_checkers_find_a_time_stamp_good(case, tmp_path, without_library, capsys):
    packed(case, tmp_path / "pack")
    (stamp,) = [entry for entry in entries_of(case) if entry.act == HEAD_STAMPED]
    assert own_verdict(tmp_path / "pack") == (SOUND, "")
    status, told = verified(tmp_path / "pack")
    assert status == SOUND, told
    imprint = compute_imprint(case.id, stamp.body["entries"], stamp.body["head"])
    assert f"openssl ts -verify -digest {imprint}" in told
    assert without_library(tmp_path / "pack") == SOUND
    assert f"openssl ts -verify -digest {imprint}" in capsys.readouterr().out
    method = (tmp_path / "pack" / "data" / "METHOD.txt").read_text(encoding="utf-8")
    assert "\nTIME STAMPS\n" in method
    assert f"at {stamp.body['time']}: CN=Test time authority\n" in method


def test_a_pack_without_time_stamps_speaks_of_none(tmp_path):
    case = made_case(tmp_path)
    packed(case, tmp_path / "pack")
    assert "TIME STAMPS" not in (tmp_path / "pack/data/METHOD.txt").read_text(encoding="utf-8")
    case.close()


@pytest.mark.parametrize("kind", ["a time put in", "another head", "another authority's signature"])
def test_both_checkers_name_a_time_stamp_that_is_forged(
    case, tmp_path, authority, kind, monkeypatch, without_library
):
    monkeypatch.setattr("reviewer.services.pack.run._check_made", lambda *_: None)
    body = entries_of(case)[-1].body
    request = (tmp_path / "request.tsq").read_bytes()
    other = Authority().answer(request, datetime.fromisoformat(body["time"]))
    change = {
        "a time put in": {"time": "2019-06-01T14:00:00.000+00:00"},
        "another head": {"head": "a" * 64},
        "another authority's signature": {"token": base64.b64encode(other).decode()},
    }[kind]
    forged(case, **change)
    packed(case, tmp_path / "pack")
    status, told = verified(tmp_path / "pack")
    assert status == NOT_SOUND
    assert "time stamp" in told
    assert own_verdict(tmp_path / "pack")[0] == NOT_SOUND
    seen_without = {"another head"}
    assert without_library(tmp_path / "pack") == (NOT_SOUND if kind in seen_without else SOUND)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_the_commands_of_the_format_page_write_the_token_and_check_it(case, tmp_path, authority):
    packed(case, tmp_path / "pack")
    shutil.copy(tmp_path / "root.pem", tmp_path / "pack" / "root.pem")
    page = FORMAT_PAGE.read_text(encoding="utf-8")
    extract = re.search(r'^    python -Ic "(.+)"$', page, re.MULTILINE)[1]
    subprocess.run([sys.executable, "-Ic", extract], cwd=tmp_path / "pack", check=True)
    number = 1 + [entry.act for entry in entries_of(case)].index(HEAD_STAMPED)
    imprint = re.search(r"-digest ([0-9a-f]{64})", verified(tmp_path / "pack")[1])[1]
    command = re.search(r"^    (openssl ts -verify .+)$", page, re.MULTILINE)[1]
    command = command.replace("HASH", imprint).replace("7.tsr", f"{number}.tsr")
    for root, right in (("root.pem", True), ("other.pem", False)):
        (tmp_path / "pack" / "other.pem").write_bytes(Authority().root_pem())
        ran = subprocess.run(
            command.replace("root.pem", root).split(), cwd=tmp_path / "pack", capture_output=True, check=False
        )
        assert (ran.returncode == 0) == right, ran.stderr
