"""What is asked of the database is asked in storage: others pass a connection on and say nothing by it."""

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
