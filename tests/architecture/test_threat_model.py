"""Each row of what is protected names the tests that try it, and they are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = [
    line
    for line in (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| against |")
]
NAME = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
WITHOUT_TESTS = {
    "somebody who changes a court pack after it was handed over",
}
"""Rows that may name none yet, by their first cell."""


def find_missing(text):
    """Names of tests in a text that are not there."""
    for path, function in NAME.findall(text):
        place = ROOT / path
        if not place.is_file():
            yield path
        elif function and f"def {function}(" not in place.read_text(encoding="utf-8"):
            yield f"{path}::{function}"


def test_each_row_names_a_test():
    without = {row.split(" | ")[0].removeprefix("| ") for row in ROWS if not NAME.search(row)}
    assert without <= WITHOUT_TESTS


def test_every_test_that_is_named_is_there():
    assert [missing for row in ROWS for missing in find_missing(row)] == []


def test_a_name_that_is_not_there_is_found():
    assert list(find_missing("`tests/none.py`, `tests/architecture/test_threat_model.py::test_none`")) == [
        "tests/none.py",
        "tests/architecture/test_threat_model.py::test_none",
    ]
