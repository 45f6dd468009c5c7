"""Manifests of sources hold in the programs that check such files, whatever the names."""

import os
import shutil
import subprocess

import pytest

from reviewer.domain.evidence.foreign_manifest import parse_foreign_manifest
from reviewer.services.export.sums import format_checksum_line
from tests.support.cases import ingested, made_case
from tests.support.exports import content, made
from tests.support.photos import drive, jpeg
from tests.support.tables import rows

HOSTILE = (
    b"plain.jpg",
    b" space at both ends ",
    b"back\\slash.jpg",
    b"line\nfeed.jpg",
    b"carriage\rreturn.jpg",
    b"\\n.jpg",
    b"\xff\xfe no text.jpg",
    "ملف.jpg".encode(),
    b"=1+1,comma.jpg",
    b"#comment.jpg",
)


pytestmark = pytest.mark.linux  # names with line ends and with bytes that are no text


@pytest.fixture
def case(tmp_path):
    root = os.fsencode(tmp_path / "drive")
    os.mkdir(root)
    for number, name in enumerate(HOSTILE):
        with open(os.path.join(root, name), "wb") as file:
            file.write(jpeg(seed=number + 1))
    (tmp_path / "drive" / "empty.jpg").write_bytes(b"")
    os.symlink("plain.jpg", os.path.join(root, b"link\nelsewhere.jpg"))
    second = tmp_path / "second"
    second.mkdir()
    made_ = made_case(tmp_path)
    ingested(made_, tmp_path / "drive")
    ingested(made_, drive(second))
    yield made_
    made_.close()


def checked(manifest, folder):
    """What the real program says of every file: OK or FAILED."""
    command = ["sha256sum", "--check", "--strict", manifest]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs the real sha256sum")
def test_the_real_program_finds_every_file_by_the_manifest(case, tmp_path):
    out = made(case, "manifest", tmp_path / "out")
    for number, source in ((1, "drive"), (2, "second")):
        done = checked(out / f"source-{number}.sha256", tmp_path / source)
        assert (done.returncode, done.stderr) == (0, b""), done
        assert done.stdout.count(b": OK") == len((out / f"source-{number}.sha256").read_bytes().splitlines())
    with open(os.path.join(os.fsencode(tmp_path / "drive"), HOSTILE[3]), "ab") as file:
        file.write(b"more")
    done = checked(out / "source-1.sha256", tmp_path / "drive")
    assert done.returncode == 1
    assert done.stdout.count(b"FAILED") == 1


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs the real sha256sum")
def test_lines_are_those_the_real_program_writes(case, tmp_path):
    out = made(case, "manifest", tmp_path / "out")
    names = [name for name in HOSTILE if b"\r" not in name]  # older versions leave a carriage return as it is
    said = subprocess.run(["sha256sum", *names], cwd=tmp_path / "drive", capture_output=True, check=True)
    written = (out / "source-1.sha256").read_bytes()
    assert set(said.stdout.splitlines()) <= set(written.splitlines())


def test_bytes_of_lines():
    assert format_checksum_line("a" * 64, b"x\xff y") == b"a" * 64 + b"  x\xff y\n"
    assert format_checksum_line("a" * 64, b"a\\b\nc\rd") == b"\\" + b"a" * 64 + b"  a\\\\b\\nc\\rd\n"


def test_hashdeep_holds_every_name_it_can_say_and_the_others_are_told(case, tmp_path):
    out = made(case, "manifest", tmp_path / "out")
    content_ = (out / "source-1.hashdeep").read_bytes()
    assert content_.startswith(b"%%%% HASHDEEP-1.0\n%%%% size,sha256,filename\n## ")
    kept = [line.split(b",", 2) for line in content_.splitlines() if line[:1].isdigit()]
    there = {name for name in HOSTILE if b"\n" not in name and b"\r" not in name}
    assert {name for _size, _hash, name in kept} == there | {b"empty.jpg"}
    for size, _hash, name in kept:
        assert int(size) == os.path.getsize(os.path.join(os.fsencode(tmp_path / "drive"), name))
    assert parse_foreign_manifest(content_, "x").kind == "hashdeep"
    noted = {row["path"]: row["what"] for row in rows(out / "noted.csv")}
    assert "no name with a line end" not in noted
    assert "line end" in noted["line\\x0afeed.jpg"]
    assert "line end" in noted["carriage\\x0dreturn.jpg"]
    assert "could not be read" in noted["link\\x0aelsewhere.jpg"]
    first, second = rows(out / "sources.csv")
    assert (first["names"], first["listed"], first["not_in_hashdeep"], first["not_hashed"]) == (
        "12",
        "11",
        "2",
        "1",
    )
    assert first["sealed_manifest"] == case.sources()[0].manifest
    assert second["folder"].endswith("second")


def test_the_same_state_gives_the_same_bytes(case, tmp_path):
    first, again = made(case, "manifest", tmp_path / "a"), made(case, "manifest", tmp_path / "b")
    assert content(first) == content(again)
