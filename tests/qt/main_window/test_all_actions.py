"""An action stands in one row of one list: its words, its keys, and what it does."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from reviewer.qt.actions import binder as binder_module
from reviewer.qt.actions.binder import ActionBinder, Availability
from reviewer.qt.actions.keymap import make_default_keymap
from reviewer.qt.actions.spec import ALWAYS, CASE, PHOTO, Action, ActionGroup
from reviewer.qt.main_window.all_actions import ALL_ACTIONS

ROOT = Path(__file__).parents[3]


def test_each_action_has_words_a_group_and_something_that_it_does():
    for action in ALL_ACTIONS:
        assert isinstance(action, Action), action.id
        assert action.text.strip() == action.text and len(action.text) > 3, action.id
        assert action.group and "." in action.id, action.id
        assert callable(action.do), action.id


def test_a_group_says_what_its_actions_share_and_each_says_what_differs():
    group = ActionGroup("x", "Group", PHOTO, writes=True)
    done = []
    action = group.make("go", "Go there", "A Ctrl++", done.append, context=CASE, writes=False)
    assert (action.id, action.keys, action.group) == ("x.go", ("A", "Ctrl++"), "Group")
    assert (action.context, action.writes) == (CASE, False)
    assert group.make("no-key", "Stay", "", done.append) == Action(
        "x.no-key", "Stay", (), PHOTO, "Group", True, do=done.append
    )


def test_an_action_acts_on_what_it_was_bound_to_last(qtbot):
    group = ActionGroup("x", "Group", ALWAYS)
    action = group.make("go", "Go there", "A", lambda done: done.append("went"))
    window = QWidget()
    qtbot.addWidget(window)
    binder = ActionBinder(window, make_default_keymap([action]), lambda _words: None)
    assert binder.list_unbound() == ["x.go"]
    first, second = [], []
    binder.bind([action], first)
    binder.bind([action], second)
    binder.run("x.go")
    assert (first, second, binder.list_unbound()) == ([], ["went"], [])
    with pytest.raises(KeyError):
        binder.bind([group.make("other", "Go elsewhere", "B", print)], None)


def test_a_tooltip_is_written_when_what_it_says_changes_and_not_before(qtbot, monkeypatch):
    group = ActionGroup("x", "Group", CASE)
    action = group.make("go", "Go there", "Ctrl+A", lambda _target: None)
    window, written = QWidget(), []
    qtbot.addWidget(window)
    monkeypatch.setattr(binder_module, "name_keys", lambda words: written.append(words) or words)
    binder = ActionBinder(window, make_default_keymap([action]), lambda _words: None)
    for _ in range(3):
        binder.update(Availability())
    assert written == ["Go there", "No case is open."]
    binder.update(Availability(case=True))
    assert binder.find("x.go").toolTip() == "Go there (Ctrl+A)"
    binder.name_action("x.go", "Go back")
    assert binder.find("x.go").toolTip() == "Go back (Ctrl+A)"


def test_every_action_that_a_button_names_is_there():
    ids = {action.id for action in ALL_ACTIONS}
    group = "|".join({id_.partition(".")[0] for id_ in ids})
    named = set()
    for path in (ROOT / "reviewer" / "qt").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and re.fullmatch(rf"({group})\.[a-z0-9-]*\w", str(node.value)):
                named.add(node.value)
    assert len(named) > 60
    assert named - ids == {"window.ini", "window.qss"}, "files of the window, and no action"


_ROW = '_GALLERY.make("rest", "Rest the eyes", "Ctrl+F9", lambda screen: screen.rest(), writes=True)'
_VIEWS = """
import importlib.util, json, sys
from PySide6.QtWidgets import QApplication, QLabel, QWidget
spec = importlib.util.spec_from_file_location("manual_keys", sys.argv[1])
manual = importlib.util.module_from_spec(spec)
spec.loader.exec_module(manual)
from reviewer.qt.actions.binder import ActionBinder, Availability
from reviewer.qt.actions.keymap import make_default_keymap, parse_keymap
from reviewer.qt.gallery.actions import GALLERY_ACTIONS
from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from reviewer.qt.main_window.palette import ask_command
from reviewer.qt.widgets.keys_sheet import KeysSheet

class Box:
    def ask(self, question):
        self.question = question

class Screen:
    rested = 0
    def rest(self):
        self.rested += 1

before = QApplication.instance() is None
rows = [row for row in manual.table().splitlines() if "gallery.rest" in row]
application = QApplication(sys.argv[:1])
keymap, window, box, screen, said = make_default_keymap(ALL_ACTIONS), QWidget(), Box(), Screen(), []
binder = ActionBinder(window, keymap, said.append)
binder.bind(GALLERY_ACTIONS, screen)
binder.update(Availability(case=True, screen="gallery", read_only="Kept."))
ask_command(box, binder, keymap)
(found,) = box.question.find("rest the eyes")
binder.run("gallery.rest")
sheet = KeysSheet(window, keymap)
sheet.toggle("gallery")
for _turn in range(9):
    application.processEvents()
print(json.dumps({
    "without a window": before,
    "manual": rows,
    "palette": [found.text, found.keys, found.detail],
    "sheet": [label.text() for label in sheet.findChildren(QLabel) if label.text() in ("Rest the eyes",)],
    "clash": list(parse_keymap('"gallery.group" = ["Ctrl+F9"]', ALL_ACTIONS).complaints),
    "rested": screen.rested,
}))
"""


def test_a_new_action_takes_one_row_in_one_file_and_every_view_has_it(tmp_path):
    """In a copy of the program; nothing but the list of the gallery is edited."""
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "reviewer", copy / "reviewer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources" / "vocabulary", copy / "resources" / "vocabulary")
    (copy / "packaging").mkdir()
    shutil.copy(ROOT / "packaging" / "manual_keys.py", copy / "packaging")
    listed = copy / "reviewer" / "qt" / "gallery" / "actions.py"
    text = listed.read_text(encoding="utf-8")
    assert text.endswith("),\n)\n")
    listed.write_text(text.removesuffix(")\n") + f"    {_ROW},\n)\n", encoding="utf-8")
    seen = subprocess.run(
        [sys.executable, "-c", _VIEWS, str(copy / "packaging" / "manual_keys.py")],
        env={**os.environ, "PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen"},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert seen.returncode == 0, seen.stderr
    assert json.loads(seen.stdout) == {
        "without a window": True,
        "manual": ["| Gallery | Rest the eyes | `Ctrl+F9` | `gallery.rest` |"],
        "palette": ["Rest the eyes", "Ctrl+F9", "This case is open for reading only. Kept."],
        "sheet": ["Rest the eyes"],
        "clash": [
            "Ctrl+F9 is the key of gallery.group and of gallery.rest; the first one has it.",
        ],
        "rested": 1,
    }
