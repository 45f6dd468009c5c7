"""Dialogs that ask for folders and files begin where somebody keeps things, never where the program runs."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from reviewer.qt.widgets import choosing_files
from reviewer.qt.widgets.choosing_files import find_start_folder

QT = Path(choosing_files.__file__).parents[1]


def test_they_begin_at_home_or_beside_what_is_known(tmp_path):
    assert find_start_folder() == str(Path.home())
    assert find_start_folder(tmp_path) == str(tmp_path)
    assert find_start_folder(str(tmp_path / "gone" / "report.pdf")) == str(tmp_path)
    assert find_start_folder("a place that is no whole way") == str(Path.home())


@pytest.mark.parametrize(
    ("method", "ask"),
    [
        ("getExistingDirectory", lambda: choosing_files.ask_folder(None, "Where?")),
        ("getOpenFileName", lambda: choosing_files.ask_file(None, "Which?")),
        ("getSaveFileName", lambda: choosing_files.ask_new_file(None, "Where?", "key.txt")),
    ],
)
def test_each_dialog_is_told_where_to_begin(monkeypatch, method, ask):
    told = []

    def answer(_parent, _question, begin, *_kinds):
        told.append(begin)
        return "" if method == "getExistingDirectory" else ("", "")

    monkeypatch.setattr(QFileDialog, method, answer)
    assert ask() == ""
    assert Path(told[0]).is_relative_to(Path.home())


def test_nothing_else_asks_for_files():
    asking = [path.name for path in QT.rglob("*.py") if "QFileDialog" in path.read_text(encoding="utf-8")]
    assert asking == ["choosing_files.py"]
