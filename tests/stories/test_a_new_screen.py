"""What a new screen costs: in a copy of the program one is added, and the window shows it."""

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_EDITED = 3

NEW_SCREEN = '''"""The names of the examiners, and a way back."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidget, QPushButton

from reviewer.qt.widgets.page import Page
from reviewer.services.case.open_case import OpenCase


class NamesScreen(Page):
    def __init__(self, case: OpenCase) -> None:
        super().__init__("Names")
        self._case, self.list, self.back = case, QListWidget(), QPushButton("Read")
        self.back.clicked.connect(lambda: self.action_wanted.emit("window.read"))
        self.column.addWidget(self.list)
        self.column.addWidget(self.back)

    def refresh(self) -> None:
        self.list.clear()
        self.list.addItems([examiner.name for examiner in self._case.examiners()])
'''
ROW = (
    '    ScreenSpec("settings",',
    '    ScreenSpec("names", "Names", lambda parts: NamesScreen(parts.services.case)),\n',
)
IMPORT = (
    "from reviewer.qt.case.problems import",
    "from reviewer.qt.case.names_screen import NamesScreen\n",
)
ACTION = (
    '    _show_screen("records",',
    '    _show_screen("names", "Names screen", "Ctrl+Alt+N"),\n',
)
NEW = {"qt/case/names_screen.py": NEW_SCREEN}
EDITS = {"qt/main_window/screens.py": (IMPORT, ROW), "qt/main_window/window_actions.py": (ACTION,)}

VISIT = """
from pathlib import Path
import sys
from PySide6.QtWidgets import QToolButton
import reviewer
from reviewer.qt.app import new_application
from tests.stories.desk_story import Examiner

application = new_application()
visitor = Examiner().opens(Path(sys.argv[1])).presses("Ctrl+Alt+N")
screen = visitor.session.screens["names"]
print(reviewer.__file__)
print(visitor.window.screen_name, screen.isVisible(), screen.list.item(0).text())
(button,) = [one for one in visitor.window.findChildren(QToolButton) if one.text() == "Names"]
print(button.isChecked(), button.icon().isNull(), button.toolTip())
screen.back.click()
print(visitor.window.screen_name, screen.isVisible())
visitor.leaves()
"""


@pytest.fixture
def copy(tmp_path):
    """A copy of the program that has one screen more."""
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in ("reviewer", "resources"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(tmp_path / "resources/icons/records.svg", tmp_path / "resources/icons/names.svg")
    for name, text in NEW.items():
        (tmp_path / "reviewer" / name).write_text(text, encoding="utf-8")
    for name, insertions in EDITS.items():
        path = tmp_path / "reviewer" / name
        text = path.read_text(encoding="utf-8")
        for before, added in insertions:
            assert text.count(before) == 1, before
            text = text.replace(before, added + before)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def list_edited(copy):
    """The files that are in both and not the same."""
    files = [path.relative_to(copy) for path in copy.rglob("*") if path.is_file()]
    there = [file for file in files if (ROOT / file).exists()]
    return [file for file in there if not filecmp.cmp(ROOT / file, copy / file, shallow=False)]


def run(copy, *command):
    paths = os.pathsep.join((str(copy), str(ROOT)))
    return subprocess.run(
        [str(word) for word in command],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_new_screen_is_a_class_a_row_and_a_key(copy, case_folder):
    assert 0 < len(list_edited(copy)) <= MOST_EDITED

    shown = run(copy, sys.executable, "-c", VISIT, case_folder)

    assert shown.stdout.splitlines() == [
        str(copy / "reviewer" / "__init__.py"),
        "names True Dr Okoye",
        "True False Names (Ctrl+Alt+N)",
        "read False",
    ], shown.stderr
    shelves = run(
        copy, Path(sys.executable).parent / "lint-imports", "--no-cache", "--contract", "qt-shelves"
    )
    assert shelves.returncode == 0, shelves.stdout
