"""The manual says what the program does."""

import importlib.util
from pathlib import Path

from reviewer.cli.parser import make_parser

ROOT = Path(__file__).parents[2]


def keys_page():
    spec = importlib.util.spec_from_file_location("manual_keys", ROOT / "packaging" / "manual_keys.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_of_keys_is_that_of_the_catalogue():
    module = keys_page()
    assert module.PAGE.read_text(encoding="utf-8") == module.page()


def test_every_verb_is_in_the_manual():
    text = (ROOT / "docs" / "manual" / "command-line.md").read_text(encoding="utf-8")
    (verbs,) = [action for action in make_parser()._actions if action.choices]
    for verb in verbs.choices:
        assert f"`reviewer {verb} " in text or f"`reviewer {verb}`" in text, verb
