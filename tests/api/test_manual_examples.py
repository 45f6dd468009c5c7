"""The examples of docs/api.md are run as they stand, on the case the page speaks of."""

import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "api.md"
EXAMPLES = re.findall(
    r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL
)


def printed_by(code):
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        exec(compile(code, str(PAGE), "exec"), {"__name__": "__main__"})  # noqa: S102 - our own page
    return written.getvalue()


def test_there_are_five_and_each_says_what_it_prints():
    text = PAGE.read_text(encoding="utf-8")
    assert len(EXAMPLES) == text.count("```python") == 5


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_prints_what_the_page_says(number, demonstration, monkeypatch):
    code, said = EXAMPLES[number]
    monkeypatch.chdir(demonstration.path.parent)
    assert printed_by(code) == said
