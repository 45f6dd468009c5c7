"""Keys in sentences and in the manual stand as this system writes them: Ctrl, or ⌘ where Qt takes Command."""

import ast
import re
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from reviewer.qt.actions import key_words
from reviewer.qt.actions.key_words import format_key, name_keys
from reviewer.qt.help.manual import load_pages
from reviewer.qt.widgets.message_line import MessageLine
from reviewer.qt.widgets.plain_text import PlainLabel

QT = Path(__file__).parents[3] / "reviewer" / "qt"
SIGNS = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧", "Meta": "⌃"}


@pytest.fixture
def on_a_mac(monkeypatch):
    """Qt there writes signs without a plus between them."""

    def format_there(key):
        *modifiers, last = re.split(r"\+(?=.)", key)
        return "".join(SIGNS[modifier] for modifier in modifiers) + last

    monkeypatch.setattr(key_words, "format_key", format_there)


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        ("Ctrl+Z takes it back.", "⌘Z takes it back."),
        ("Ingest a folder: Ctrl+Shift+2.", "Ingest a folder: ⌘⇧2."),
        ("menu Case, Ingest (Ctrl+Shift+2).", "menu Case, Ingest (⌘⇧2)."),
        ("Ctrl+F, then Ctrl+D, saves a query.", "⌘F, then ⌘D, saves a query."),
        ("`Ctrl++` and `Ctrl+-` change the size", "`⌘+` and `⌘-` change the size"),
        ("Shift+Down, or Ctrl and a click.", "⇧Down, or ⌘ and a click."),
        ("Alt+1 faces", "⌥1 faces"),
        ("`Ctrl+C` in a terminal stops it", "`Ctrl+C` in a terminal stops it"),
        ("/drive/Ctrl+Z.jpg is missing", "/drive/Ctrl+Z.jpg is missing"),
        ("Ctrl.jpg", "Ctrl.jpg"),
        ("Control and Controls", "Control and Controls"),
        ("C+Ctrl+", "C+Ctrl+"),
    ],
)
def test_a_sentence_names_keys_as_the_system_does(on_a_mac, sentence, there):
    assert name_keys(sentence) == there


@pytest.mark.skipif(sys.platform == "darwin", reason="keys are written otherwise there")
def test_where_the_key_is_called_ctrl_nothing_changes():
    for page in load_pages().values():
        assert name_keys(page.text) == page.text
    for node in sentences():
        assert name_keys(node.value) == node.value
    assert format_key(QKeySequence("Ctrl+Shift+F")) == format_key("Ctrl+Shift+F") == "Ctrl+Shift+F"


def test_pages_of_the_manual_name_keys_as_the_system_does(on_a_mac):
    load_pages.cache_clear()
    try:
        pages = load_pages()
    finally:
        load_pages.cache_clear()
    left = [
        line for page in pages.values() for line in page.text.splitlines() if re.search(r"\bCtrl\b", line)
    ]
    assert [line for line in left if "in a terminal" not in line] == []
    assert "⌘Z" in "".join(page.text for page in pages.values())


def test_what_is_said_names_keys_as_the_system_does(on_a_mac, qtbot):
    for label in (PlainLabel(), MessageLine("message")):
        qtbot.addWidget(label)
        label.say("Ctrl+Z takes it back.")
        assert label.text() == "⌘Z takes it back."


_WORDS = re.compile(r"[a-z]{2,} [a-z]{2,}")
_SAYING = {"name_keys", "say", "_say", "_finish", "NotAllowed", "KnownError"}


def sentences():
    """Every text of the window that names a key with Ctrl in words of a sentence, and no docstring."""
    for path in sorted(set(QT.rglob("*.py")) - {Path(key_words.__file__)}):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for parent in ast.walk(tree):
            for child in ast.iter_child_nodes(parent):
                child.parent = parent
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and not isinstance(node.parent, ast.Expr) and re.search(r"\bCtrl\b", node.value):
                node.path = path
                yield node


def is_said_by_what_names_keys(node):
    while hasattr(node, "parent"):
        node = node.parent
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in _SAYING:
                return True
    return False


def test_every_sentence_of_the_window_with_a_key_is_named_so():
    found = list(sentences())
    assert len(found) > 50
    said = [node for node in found if _WORDS.search(node.value)]
    assert len(said) > 10
    wrong = [node for node in said if not is_said_by_what_names_keys(node)]
    assert [f"{node.path.name}:{node.lineno} {node.value}" for node in wrong] == []
