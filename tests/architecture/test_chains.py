"""The window asks its session for what it wants, and does not reach through it."""

import ast
from pathlib import Path

import pytest

QT = Path(__file__).parents[2] / "reviewer" / "qt"
MOST_DOTS = 2
"""session.screens.find is asked; session.case.writer.drain reaches through."""


def list_names(node):
    """The names of a chain of attributes, from its root on; a call in it counts as the name it calls."""
    names = []
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            node = node.func
        else:
            return names[::-1]
    return [*names, node.id][::-1]


def list_chains(text):
    """Chains from a session on that have more than MOST_DOTS dots; joining a signal is no dot."""
    found = []
    for node in ast.walk(ast.parse(text)):
        names = list_names(node) if isinstance(node, ast.Attribute) else []
        if names and names[-1] == "connect":
            names.pop()
        roots = [
            place for place, name in enumerate(names) if name.strip("_") in {"session", "require_session"}
        ]
        if roots and len(names) - 1 - roots[-1] > MOST_DOTS:
            found.append(f"line {node.lineno}: {'.'.join(names)}")
    return found


def test_nothing_reaches_through_a_session():
    found = {str(path): list_chains(path.read_text(encoding="utf-8")) for path in QT.rglob("*.py")}
    assert len(found) > 100
    assert {path: chains for path, chains in found.items() if chains} == {}


@pytest.mark.parametrize(
    "line",
    [
        "session.reading.side.note.keep()",
        "self._session.case.writer.drain(3)",
        "window.require_session().case.folder.stem",
        "self._session.reading.side.note.left.connect(print)",
    ],
)
def test_what_reaches_through_is_found(line):
    assert list_chains(line)


@pytest.mark.parametrize("line", ["session.keep_typed()", "session.reading.covered.connect(print)"])
def test_what_is_asked_is_not_found(line):
    assert list_chains(line) == []
