"""The line on paper is the one that an installed copy ends its self-test with."""

import subprocess
import sys
from importlib.metadata import distribution

import pytest

from reviewer.system.identity import hash_packages, list_packages
from tests.packaging.stick.small_stick import write_wheel


@pytest.fixture
def sheet(installers):
    return installers("sheet")


def test_a_wheel_counts_as_it_does_when_it_is_installed(sheet, tmp_path):
    """Files of its data folder lie elsewhere once they are installed."""
    thing = {"thing.py": b"x = 1\n", "thing-1.data/platlib/thing.libs/one.dll": b"a library"}
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    write_wheel(wheels / "thing-1-py3-none-any.whl", "thing", "1", thing)
    write_wheel(
        wheels / "reviewer-1-py3-none-any.whl", "reviewer", "1", {"r.py": b""}, ["Requires-Dist: thing"]
    )
    for wheel in wheels.iterdir():
        sheet.lay_record(wheel, tmp_path / "laid")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-compile"]
    command += ["--disable-pip-version-check", "--target", tmp_path / "installed", *wheels.iterdir()]
    subprocess.run(command, check=True)
    assert (tmp_path / "installed/thing.libs/one.dll").is_file()
    laid, installed = (hash_packages(list_packages(tmp_path / name)) for name in ("laid", "installed"))
    assert laid == installed != ""


def test_the_sheet_has_the_sums_and_a_line_for_each_system(sheet, tmp_path):
    (tmp_path / "wheels").mkdir()
    write_wheel(tmp_path / "wheels/reviewer-1-py3-none-any.whl", "reviewer", "1", {"r.py": b""})
    (tmp_path / "SHA256SUMS").write_bytes(b"")
    entry = {"system": "linux-x86_64", "python": "3.12", "wheels": ["reviewer-1-py3-none-any.whl"]}
    made = sheet.write_sheet(tmp_path, [entry], "1", tmp_path / "SHA256SUMS", tmp_path / "sheet.txt")
    text = made.read_text(encoding="utf-8")
    assert "e3b0c442 98fc1c14 9afbf4c8 996fb924 27ae41e4 649b934c a495991b 7852b855" in text
    assert text.rstrip().endswith("| linux-x86_64, Python 3.12")
    assert f"reviewer {distribution('reviewer').version} | program " in text
