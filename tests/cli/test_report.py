"""`reviewer report`: a file or a folder of sheets, and one sentence for what cannot be."""

import json
import re

import pytest
from docx import Document

from reviewer.domain.acts import shared_acts
from reviewer.domain.ledger.entry import Draft
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import opened_copy
from tests.support.shared import made_individual


@pytest.fixture
def folder(drive_case, tmp_path):
    with opened_copy(drive_case, tmp_path) as case:
        author = case.examiners()[0].id
        photos = [item.sha256 for item in Worklist(case, author).load().items]
        made = [made_individual(f"i{n}", photos[n : n + 2]) for n in (0, 2)]
        case.record(Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": made}), author)
    return case.folder


@pytest.mark.parametrize(
    ("name", "begins"), [("r.pdf", b"%PDF-1.7"), ("r.html", b"<!DOCTYPE html>"), ("r.docx", b"PK")]
)
def test_a_report_of_the_collection(run, folder, tmp_path, name, begins):
    status, out, _err = run("report", folder, tmp_path / name)
    assert (status, out) == (0, f"{tmp_path / name}: 1 file\n")
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_receipt_can_be_typed_in_again(run, folder, tmp_path):
    assert run("report", folder, tmp_path / "receipt.html", "--receipt")[0] == 0
    rows = re.findall(r"<td[^>]*>([^<]*)</td>", (tmp_path / "receipt.html").read_text(encoding="utf-8"))
    typed = "\n".join(f"{name}  {value}" for name, value in zip(rows[:12:2], rows[1:12:2], strict=True))
    (tmp_path / "typed.txt").write_text(typed, encoding="utf-8")
    status, out, err = run("verify", folder, "--receipt", tmp_path / "typed.txt")
    assert status == 0, out + err


def test_a_sheet_of_one_and_of_each(run, folder, tmp_path):
    assert run("report", folder, tmp_path / "one.html", "--individual", "i2")[0] == 0
    assert b"Sheet of one individual" in (tmp_path / "one.html").read_bytes()
    status, out, _err = run(
        "report",
        folder,
        tmp_path / "all",
        "--sheets",
        "--form",
        "html",
        "--photos",
        "small",
        "--json",
    )
    assert status == 0
    assert json.loads(out)["files"] == ["00001.html", "00002.html"]
    assert b"data:image/jpeg" in (tmp_path / "all" / "00001.html").read_bytes()


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["one.docx", "--individual", "i2"], "Sheet of one individual"),
        (["receipt.docx", "--receipt"], "Case Test"),
        (["all", "--sheets", "--form", "docx"], "Sheet of one individual"),
    ],
)
def test_sheets_and_receipts_as_documents(run, folder, tmp_path, words, begins):
    status, _out, err = run("report", folder, tmp_path / words[0], *words[1:])
    assert status == 0, err
    made = [tmp_path / words[0]] if words[0] != "all" else sorted((tmp_path / "all").iterdir())
    for each in made:
        title, subtitle, notice = Document(str(each)).paragraphs[:3]
        assert title.text
        assert subtitle.text.startswith(begins)
        assert re.search(r"no record: .* as of entry \d+ of the ledger", notice.text)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["r.doc"], "a PDF, HTML or Word (.docx) file, not .doc"),
        (["r.pdf", "--individual", "99"], "no individual with the number 99"),
        (["r.pdf", "--as-of", "9999"], "The ledger has"),
        (["r.pdf", "--query", "colour:red"], "there is no field colour"),
        (["all", "--sheets", "--individual", "i0"], "Either one individual, or"),
        (["r.pdf", "--receipt", "--as-of", "3"], "A receipt is of the whole ledger"),
        (["r.pdf", "--receipt", "--query", "branch:215"], "A receipt is of the whole ledger"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(run, folder, tmp_path, words, why):
    status, _out, err = run("report", folder, tmp_path / words[0], *words[1:])
    assert status != 0
    assert why in err
    assert not (tmp_path / words[0]).exists()
