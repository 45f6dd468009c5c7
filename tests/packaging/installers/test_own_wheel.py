"""The program's own wheel is the same bytes on another day and in another folder, and whole."""

import shutil
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def own_wheel(installers):
    return installers("own_wheel")


def _make_small_copy(folder):
    """A clone with one module only: that is enough to see what two builds differ in."""
    (folder / "reviewer").mkdir(parents=True)
    (folder / "resources" / "fonts").mkdir(parents=True)
    (folder / "docs" / "manual").mkdir(parents=True)
    for name in ("pyproject.toml", "README.md", "LICENSE", "reviewer/__init__.py", "reviewer/main.py"):
        shutil.copyfile(ROOT / name, folder / name)
    (folder / "resources" / "fonts" / "a.ttf").write_bytes(b"\0" * 100)
    (folder / "docs" / "manual" / "page.md").write_text("A page.\n")
    return folder


def test_two_builds_in_two_folders_are_the_same_bytes(own_wheel, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = [
        own_wheel.build_own_wheel(tmp_path / name, _make_small_copy(tmp_path / f"of-{name}"), sys.executable)
        for name in ("one", "another/deeper")
    ]
    assert made[0].read_bytes() == made[1].read_bytes()
    assert made[0].name == f"reviewer-{own_wheel.read_version()}-py3-none-any.whl"


def test_the_wheel_holds_every_module_and_its_time_is_the_one_that_was_given(
    own_wheel, tmp_path, monkeypatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    with zipfile.ZipFile(own_wheel.build_own_wheel(tmp_path, python=sys.executable)) as archive:
        names = set(archive.namelist())
        assert {member.date_time for member in archive.infolist()} == {time.gmtime(1_700_000_000)[:6]}
        assert {member.compress_type for member in archive.infolist()} == {zipfile.ZIP_STORED}
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "reviewer").rglob("*.py")}
    assert modules == {name for name in names if name.endswith(".py") and "/_resources/" not in name}


def test_without_a_clone_the_time_is_the_earliest_that_a_zip_can_name(own_wheel, tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert own_wheel.read_build_time(tmp_path) == own_wheel.EARLIEST
