"""The manual says what the program does."""

import importlib.util
import re
from pathlib import Path

import pytest

from reviewer.cli.parser import make_parser
from reviewer.domain.reading.enhancement import TOOLS

ROOT = Path(__file__).parents[2]


def keys_page():
    spec = importlib.util.spec_from_file_location("manual_keys", ROOT / "packaging" / "manual_keys.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_of_keys_is_that_of_all_actions():
    module = keys_page()
    assert module.PAGE.read_text(encoding="utf-8") == module.page()


def test_every_tool_of_enhancement_is_in_the_manual():
    text = " ".join((ROOT / "docs" / "manual" / "reading.md").read_text(encoding="utf-8").casefold().split())
    _before, _heading, steps = text.partition("## see more: steps of enhancement")
    assert [tool.name for tool in TOOLS if tool.name.casefold() not in steps] == []


def test_every_verb_is_in_the_manual():
    text = (ROOT / "docs" / "manual" / "command-line.md").read_text(encoding="utf-8")
    (verbs,) = [action for action in make_parser()._actions if action.choices]
    for verb in verbs.choices:
        assert f"`reviewer {verb} " in text or f"`reviewer {verb}`" in text, verb


EVERYWHERE = {"--help", "--json", "--jsonl", "--passphrase-file"}
"""Said once above and below the table of verbs."""


def verbs_of(parser, name=""):
    """(words of the verb, its parser), those below another verb with both words."""
    below = [action for action in parser._actions if isinstance(action.choices, dict)]
    if not below:
        yield name, parser
    for action in below:
        for verb, inner in action.choices.items():
            yield from verbs_of(inner, f"{name} {verb}".strip())


VERBS = dict(verbs_of(make_parser()))


def usages():
    """How the manual writes each call, row by row."""
    text = (ROOT / "docs" / "manual" / "command-line.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| `(reviewer.*?)` \|", text.replace("\\|", "/"), flags=re.MULTILINE)
    assert len(cells) > 30
    return cells


@pytest.mark.parametrize("verb", VERBS)
def test_the_manual_has_the_options_that_help_tells(verb):
    rows = " ".join(each for each in usages() if f"{each} ".startswith(f"reviewer {verb} "))
    real = {
        option for action in VERBS[verb]._actions for option in action.option_strings if option[:2] == "--"
    }
    assert set(re.findall(r"--[a-z-]+", rows)) - EVERYWHERE == real - EVERYWHERE
    for action in VERBS[verb]._actions:
        if not action.option_strings:
            assert action.metavar in rows, f"{verb}: {action.metavar}"


def test_no_verb_stands_twice_with_the_same_words():
    begun = [each.partition("[")[0].strip() for each in usages()]
    assert len(set(begun)) == len(begun), sorted(each for each in begun if begun.count(each) > 1)


def test_every_page_that_the_program_names_is_there():
    named = set()
    for path in (ROOT / "reviewer").rglob("*.py"):
        named |= set(re.findall(r"docs/[\w/.-]*\w", path.read_text(encoding="utf-8")))
    assert len(named) > 5
    for each in named:
        folder, _slash, name = each.rpartition("/")
        assert (ROOT / each).exists() or list((ROOT / folder).glob(f"{name}-*.md")), each
