"""What is asked of the database is asked in storage: others pass a connection on and say nothing by it.
And there is one engine in a process, in the program as in its tests."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "reviewer"
OTHERS = ("domain", "system", "keys", "media", "services", "cli", "api", "qt")
SPEECH = {
    "exec_driver_sql", "execute", "executemany", "execution_options", "dbapi_connection", "scalar_one",
    "scalars", "begin_nested", "orig",
}  # fmt: skip
SQL = re.compile(r"(PRAGMA|SELECT|INSERT INTO|DELETE FROM|CREATE TABLE|DROP TABLE|VACUUM)\b")


def find_speech(source: str) -> list[str]:
    """The words of a module that are spoken to a database."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in SPEECH:
            found.append(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
            found.append(node.value)
    return found


@pytest.mark.parametrize("layer", OTHERS)
def test_nobody_but_storage_speaks_to_the_database(layer):
    sources = {path: path.read_text(encoding="utf-8") for path in (PACKAGE / layer).rglob("*.py")}
    assert sources
    assert {path: said for path, source in sources.items() if (said := find_speech(source))} == {}


def test_it_would_be_found():
    assert find_speech('for (line,) in c.exec_driver_sql("PRAGMA integrity_check(1)"): pass') == [
        "exec_driver_sql",
        "PRAGMA integrity_check(1)",
    ]
    assert find_speech("raise Fault(str(error.orig)) from error") == ["orig"]


def find_second_engines(source: str) -> list[str]:
    """Imports of Python's own SQLite. Two copies of the engine in one process let go of each other's locks
    and cut off the index of the log that the other has mapped (sqlite.org/howtocorrupt.html, 2.2)."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return [name for name in names if name.split(".")[0] == "sqlite3"]


@pytest.mark.parametrize("folder", ["reviewer", "tests"])
def test_one_engine_opens_what_a_case_may_hold_open(folder):
    sources = {path: path.read_text(encoding="utf-8") for path in (PACKAGE.parent / folder).rglob("*.py")}
    assert {path for path, source in sources.items() if find_second_engines(source)} == set()


def test_a_second_engine_would_be_found():
    assert find_second_engines("import sqlite3\nfrom sqlite3.dbapi2 import connect") == [
        "sqlite3",
        "sqlite3.dbapi2",
    ]
