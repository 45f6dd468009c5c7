"""What an installer left beside the program is one line of plain text, and nothing where it left none."""

import sys

import pytest

from reviewer.system import installed
from reviewer.system.installed import MARK, read_installer_mark, read_mark_in


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Reviewer Setup 0.3.0\n", "Reviewer Setup 0.3.0"),
        (b"\n  Debian package 0.3.0-1  \nanother line", "Debian package 0.3.0-1"),
        ("مثبّت 3\u202e\x07".encode(), "مثبّت 3"),
        (b"x" * 5000, "x" * 80),
        (b"Setup \xff", "Setup \ufffd"),
        (b"\n\n", ""),
        (b"", ""),
    ],
)
def test_the_first_line_is_told_without_what_cannot_be_printed(tmp_path, content, told):
    (tmp_path / MARK).write_bytes(content)
    assert read_mark_in(tmp_path) == told


def test_where_no_installer_left_a_mark_nothing_is_told(tmp_path):
    assert read_mark_in(tmp_path) == ""
    (tmp_path / MARK).mkdir()
    assert read_mark_in(tmp_path) == ""
    assert read_installer_mark() == "", "a clone has none"


def test_the_mark_lies_in_the_package_also_of_a_frozen_program(tmp_path, monkeypatch):
    (tmp_path / "reviewer").mkdir()
    (tmp_path / "reviewer" / MARK).write_text("AppImage 2", encoding="utf-8")
    monkeypatch.setattr(installed, "_PACKAGE", tmp_path / "reviewer")
    assert read_installer_mark() == "AppImage 2"
    monkeypatch.setattr(installed, "_PACKAGE", tmp_path)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert read_installer_mark() == "AppImage 2"
