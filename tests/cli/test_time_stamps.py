"""`reviewer stamp-request`, `stamp-add` and `stamps`."""

import json
from datetime import UTC, datetime

import pytest

from reviewer.main import main
from tests.support.authority import Authority
from tests.support.cases import made_case


@pytest.fixture
def folder(tmp_path):
    case = made_case(tmp_path)
    case.close()
    return case.folder


def test_a_time_stamp_is_asked_for_brought_in_and_listed(folder, tmp_path, capsys):
    authority, now = Authority(), datetime.now(UTC).replace(microsecond=0)
    request, answer = tmp_path / "request.tsq", tmp_path / "answer.tsr"
    assert main(["stamp-request", str(folder), str(request)]) == 0
    assert "asks for a time stamp over 2 entries" in capsys.readouterr().out
    answer.write_bytes(authority.answer(request.read_bytes(), now))
    (tmp_path / "root.pem").write_bytes(authority.root_pem())
    assert main(["stamp-add", str(folder), str(answer), "--root", str(tmp_path / "root.pem")]) == 0
    line = capsys.readouterr().out
    assert line.endswith("2 entries, CN=Test time authority, signed up to a root that was chosen\n")
    assert main(["stamps", str(folder)]) == 0
    assert capsys.readouterr().out == line
    assert main(["stamps", str(folder), "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["entries"], told["vouched"]) == (2, True)
    assert main(["verify", str(folder)]) == 0
    assert capsys.readouterr().out.endswith(f"time stamp of {line}")
    assert main(["verify", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stamps"] == [told]
    assert main(["count", str(folder), "--json"]) == 0
    stamp = json.loads(capsys.readouterr().out)["basis"]["stamp"]
    assert (stamp["entries"], stamp["vouched"]) == (2, True)
    page = tmp_path / "report.html"
    assert main(["report", str(folder), str(page)]) == 0
    said = f"The first 2 entries were there at {told['time']}, as CN=Test time authority signed."
    assert said in page.read_text(encoding="utf-8").replace("\n", " ")


def test_what_is_no_time_stamp_is_one_sentence(folder, tmp_path, capsys):
    (tmp_path / "answer.tsr").write_bytes(b"junk")
    assert main(["stamp-add", str(folder), str(tmp_path / "answer.tsr")]) == 3
    assert "It is no time stamp, or a damaged one." in capsys.readouterr().err
