"""Every encoding that lists come in is read in the confined process; a guess is called one."""

import os
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from reviewer.domain.errors import KnownError
from reviewer.domain.records.alphabets import find_best_alphabet
from reviewer.domain.records.table import RecordCellKind
from reviewer.domain.records.text_encodings import CODECS, ENCODING_NAMES
from reviewer.media.records import table_reader
from reviewer.media.records.delimited import read_delimited
from reviewer.media.records.encoding_guess import detect_encoding
from reviewer.media.records.table_reader import COMMAND, read_grid
from reviewer.media.workers.worker_process import WorkerProcess
from tests.support.lists import COME_IN, drawn, encoded

SHARED = Path(__file__).parents[4] / "shared"
FULL = os.environ.get("REVIEWER_FAULTS") == "full"


@pytest.fixture
def one_process(monkeypatch):
    """One confined process for all files of a test; each file has one of its own otherwise."""

    class Kept(WorkerProcess):
        def close(self):
            """It is closed when the test is over."""

    kept = Kept(COMMAND)
    monkeypatch.setattr(table_reader, "WorkerProcess", lambda _command: kept)
    yield kept
    WorkerProcess.close(kept)


def test_every_encoding_and_every_way_out_that_an_error_names_works_in_the_confined_process(one_process):
    rng = random.Random(1)
    reads = {name: language for language, names in COME_IN.items() for name in names}
    for name in ENCODING_NAMES:
        content = "Ort,No\nA,1\n".encode(CODECS[name])
        assert read_grid(content, "a.csv", encoding=name).rows[1].cells[0].text == "A", name
        if name in reads:
            content = encoded(drawn(reads[name], 3, rng), name)
            assert read_grid(content, "a.csv", encoding=name).encoding == name
    without_mark = "الاسم,رقم\nمحمد,1\n".encode("utf-16-be")
    assert read_grid(without_mark, "a.csv", encoding="utf-16").rows[1].cells[0].text == "محمد"
    followed = 0
    for content in (b"\0\1\2\0ab", b"Name,Ort\n\xe1,\xc7\n", "Björn,1\n".encode() * 9 + b"Zo\xeb,2\n"):
        with pytest.raises(KnownError) as caught:
            read_grid(content, "a.csv")
        for name in set(re.findall(r"[a-z]+[-\d]+[a-z\d-]*", f"{caught.value.message} {caught.value.hint}")):
            if name in ENCODING_NAMES:
                followed += 1
                try:
                    assert read_grid(content, "a.csv", encoding=name).encoding == name
                except KnownError as error:
                    assert "damaged" not in error.code and "Error)" not in error.message
    assert followed >= 4


def test_no_list_is_read_in_a_wrong_encoding_and_few_are_asked_about():
    rng = random.Random(12)
    rows, times = ((10, 40, 200), 8) if FULL else ((10, 40), 1)
    outcomes = Counter()
    for language, names in COME_IN.items():
        for name in names:
            for count in [each for each in rows for _time in range(times)]:
                content = encoded(drawn(language, count, rng), name)
                try:
                    found, why = detect_encoding(content)
                except KnownError as error:
                    assert error.code == "records-encoding"
                    outcomes["asked", count] += 1
                    continue
                outcomes["read", count] += 1
                right = content.decode(CODECS[name]).removeprefix("\ufeff")
                assert content.decode(CODECS[found]).removeprefix("\ufeff") == right, (name, found, why)
                assert found in {"utf-8", "utf-16"} or why.startswith("a guess: read so, ")
    for count in rows:
        assert outcomes["asked", count] <= (0.1 if count < 40 else 0.05) * sum(
            outcomes[way, count] for way in ("asked", "read")
        )


def test_the_share_is_of_all_words_and_not_only_of_those_that_fit():
    names = "محمد,أحمد علي,مهند,سلمى".replace(",", "\n")
    as_1256 = names.encode("iso8859-6").decode("cp1256").split()
    alphabet, fits, total = find_best_alphabet((word, 1) for word in as_1256)
    assert (alphabet, fits, total) == ("Arabic", 2, 5)
    found, why = detect_encoding(f"No,Name\n{names}\n".encode("iso8859-6"))
    assert (found, why) == (
        "iso-8859-6",
        "a guess: read so, 100 % of its 5 words with other letters than A to Z can be Arabic",
    )


def test_two_readings_that_fit_are_asked_about_and_both_are_named():
    with pytest.raises(KnownError) as caught:
        detect_encoding("Nom,No\nMère,1\n".encode("cp1252"))
    assert "windows-1252 (100 % of 1 words fit " in caught.value.message


def test_one_byte_that_does_not_fit_is_said_with_its_line_and_can_be_marked():
    content = "Name,No\nBjörn,1\nZoë,2\n".encode() * 4 + b"Zo\xeb,3\n"
    with pytest.raises(KnownError) as caught:
        read_delimited(content, "", False)
    assert "UTF-8 but for 1 byte: byte 99, in line 13" in caught.value.message
    assert "utf-8-marked" in caught.value.hint
    cell = read_delimited(content, "utf-8-marked", False).rows[-1].cells[0]
    assert (cell.text, cell.kind) == ("Zo\ufffd", RecordCellKind.DOUBTFUL)
    with pytest.raises(KnownError, match="byte 99, in line 13, does not fit"):
        read_delimited(content, "utf-8", False)


def test_bytes_that_are_no_text_are_refused():
    for content in (bytes(range(256)), b"\0" * 40, b"\x00\xff\xfe\x01" * 8):
        with pytest.raises(KnownError):
            detect_encoding(content)


@pytest.mark.skipif(not (SHARED / "inputs" / "tables").is_dir(), reason="the shared inputs are not there")
@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("c3_utf16le_nobom.csv", "utf-16-le"),
        ("c10_iso8859_6.csv", "iso-8859-6"),
        ("c20_iso8859_6_english_header.csv", "iso-8859-6"),
        ("ar_names.csv", "utf-8"),
    ],
)
def test_shared_lists_are_read_in_their_encoding(name, encoding):
    content = (SHARED / "inputs" / "tables" / name).read_bytes()
    grid = read_delimited(content, "", False)
    assert grid.encoding == encoding
    assert any("محمد" in cell.text for row in grid.rows for cell in row.cells)
