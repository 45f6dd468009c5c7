"""DAT and OPT of a pack say what its CSV file says, read by a reader written from the format."""

import csv

import pytest

from reviewer.domain.evidence import load_files, pack_format
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.redaction import REDACTION_DRAWN
from reviewer.services.pack.run import PackRequest
from tests.support.cases import ingested, made_case, opened_copy
from tests.support.packs import (
    NOT_SOUND,
    PNG,
    SOUND,
    hashed_anew,
    kept_pack,
    own_verdict,
    packed,
    photos_of,
    signed_anew,
    verified,
)
from tests.support.photos import drive, encoded, picture
from tests.support.shared import REDACTION
from tests.support.tables import rows

CONFIDENTIAL = "þ secret ®\r\nsecond line\nthird\rfourth\x14\tend"
LOADED = "<U+00FE> secret <U+00AE>®second line®third®fourth<U+0014><U+0009>end"


def read_dat(path):
    """The records of a Concordance DAT by the names in its first line: bytes in, no code of the program."""
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    *lines, end = content[3:].split(b"\r\n")
    assert end == b""
    found = []
    for line in lines:
        values = line.split(b"\x14")
        for value in values:
            assert value.startswith(b"\xc3\xbe")
            assert value.endswith(b"\xc3\xbe")
            assert value.count(b"\xc3\xbe") == 2
        found.append([value[2:-2].decode("utf-8") for value in values])
    head, *records = found
    return [dict(zip(head, record, strict=True)) for record in records]


def read_opt(path):
    """The lines of an Opticon file: seven fields each."""
    return list(csv.reader(path.read_text(encoding="ascii").splitlines()))


@pytest.fixture(scope="module")
def oddly_named(tmp_path_factory):
    """A case with names that have the delimiters in them, and a file of three pictures."""
    folder = tmp_path_factory.mktemp("load files")
    source = drive(folder / "drive", photos=2)
    pages = [picture(40, 30, seed) for seed in (71, 72, 73)]
    three = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    (source / "þorn ®.tif").write_bytes(three)
    (source / '=a, "b".png').write_bytes(encoded(picture(30, 20, 74), "PNG"))
    made = made_case(folder)
    ingested(made, source)
    made.close()
    return made.folder


@pytest.fixture
def case(oddly_named, tmp_path):
    with opened_copy(oddly_named, tmp_path) as made:
        yield made


def made(case, out, **wish):
    return packed(case, out, PackRequest(query="", confidentiality=CONFIDENTIAL, **wish)).folder / "data"


def test_each_field_of_the_dat_is_that_of_the_csv_file_and_what_was_replaced_is_named(case, tmp_path):
    data = made(case, tmp_path / "pack", originals=True)
    exact, loaded = rows(data / "loadfile.csv"), read_dat(data / "loadfile.dat")
    assert len(exact) == len(loaded) == len(photos_of(case)) > 3
    for row, record in zip(exact, loaded, strict=True):
        assert list(record) == [*pack_format.LOAD_COLUMNS, "native_path", "replaced"]
        replaced = record["replaced"].split("; ")
        assert {name for name in row if row[name] != record[name]} == set(replaced)
        assert (row["confidentiality"], record["confidentiality"]) == (CONFIDENTIAL, LOADED)
        assert record["native_path"] == row["file"].removeprefix("data/").replace("/", "\\")
    (thorn,) = [record for record in loaded if record["type"] == "TIFF"]
    assert thorn["title"] == thorn["source_path"] == "<U+00FE>orn <U+00AE>.tif"
    assert thorn["replaced"] == "title; source_path; confidentiality"
    assert sum(record["title"] == '\'=a, "b".png' for record in loaded) == 1


def test_the_opt_has_a_line_for_each_file_that_is_there_and_counts_its_pictures(case, tmp_path):
    data = made(case, tmp_path / "pack", originals=True)
    loaded, lines = read_dat(data / "loadfile.dat"), read_opt(data / "loadfile.opt")
    assert [line[0] for line in lines] == [record["exhibit"] for record in loaded]
    for line, record in zip(lines, loaded, strict=True):
        key, volume, path, document, folder, box, pages = line
        assert (volume, document, folder, box) == ("VOL001", "Y", "", "")
        assert data.joinpath(*path.split("\\")).is_file()
        assert path == record["native_path"]
        assert pages == ("3" if record["type"] == "TIFF" else "1"), key


def test_redacted_twins_have_lines_of_their_own_and_one_picture(case, tmp_path):
    (thorn,) = [
        r["sha256"] for r in read_dat(made(case, tmp_path / "listed") / "loadfile.dat") if r["type"] == "TIFF"
    ]
    case.record(Draft(REDACTION_DRAWN, thorn, REDACTION), case.examiners()[0].id)

    def redact(photo):
        return PNG if photo == thorn else None

    data = made(case, tmp_path / "both", originals=True, redact=lambda _state: redact)
    loaded, lines = read_dat(data / "loadfile.dat"), read_opt(data / "loadfile.opt")
    (twin,) = [record["exhibit"] for record in loaded if record["copy"] == "redacted"]
    assert twin.endswith("R")
    assert [line[0] for line in lines] == [record["exhibit"] for record in loaded]
    assert {line[0]: line[6] for line in lines}[twin] == "1"
    assert {line[0]: line[6] for line in lines}[twin[:-1]] == "3"


def test_exhibits_without_files_are_in_the_dat_and_not_in_the_opt(case, tmp_path):
    data = made(case, tmp_path / "pack")
    loaded = read_dat(data / "loadfile.dat")
    assert len(loaded) == len(photos_of(case))
    assert {record["native_path"] for record in loaded} == {""}
    assert read_opt(data / "loadfile.opt") == []


@pytest.mark.parametrize("name", [pack_format.LOAD_DAT, pack_format.LOAD_OPT])
def test_a_byte_that_was_changed_in_one_is_seen_by_both_checkers_and_the_file_is_named(case, tmp_path, name):
    folder = made(case, tmp_path / "pack", originals=True).parent
    assert name in (folder / pack_format.MANIFEST).read_text(encoding="utf-8")
    assert verified(folder)[0] == own_verdict(folder)[0] == SOUND
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    for status, words in (verified(folder), own_verdict(folder)):
        assert status == NOT_SOUND
        assert name in words
        assert pack_format.LOAD_FILE not in words, "no other file is accused"


def test_a_pack_made_before_there_were_such_files_is_still_sound(tmp_path):
    folder, sign, examiner = kept_pack(tmp_path)
    for name in (pack_format.LOAD_DAT, pack_format.LOAD_OPT):
        (folder / name).unlink()
    hashed_anew(folder)
    signed_anew(folder, sign, examiner)
    assert verified(folder)[0] == own_verdict(folder)[0] == SOUND


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        ("as it is: ä \\ ¶ <U+00FE>", "as it is: ä \\ ¶ <U+00FE>"),
        ("þ®\x14", "<U+00FE><U+00AE><U+0014>"),
        ("a\r\nb\rc\n", "a®b®c®"),
        ("\x00\x0b\x85\u2028\u2029", "<U+0000><U+000B><U+0085><U+2028><U+2029>"),
    ],
)
def test_how_a_value_is_written(text, written):
    assert load_files.escape_dat_value(text) == written
