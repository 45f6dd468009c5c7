"""Every act of the ledger has a row, words, a place in the format page and what it does to the tables."""

import re
from pathlib import Path

import pytest

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.acts.act import Act
from reviewer.domain.acts.table import ACTS, affected_by
from reviewer.domain.ledger.entry import ACT_TAKEN_BACK
from reviewer.services.reading.act_words import ACT_PHRASES
from reviewer.storage.replay.apply import CASE_ACT_HANDLERS

FORMAT_PAGE = Path(__file__).parents[3] / "docs" / "pack-format.md"
SECTIONS = {
    "Acts of a reading": acts.ACTS_OF_READING,
    "Shared acts": shared_acts.SHARED_ACTS,
    "Other acts": [act for act in acts.ACTS_OF_CASE if act.name != ACT_TAKEN_BACK],
}
NAMED_APART = {acts.CASE_CREATED, acts.EXAMINER_ENROLLED, acts.EXAMINER_KEY_SET}
"""Acts on the case that the page explains where it says who signs."""


def find_faults(act):
    """What is missing of an act, in words."""
    if act.name not in ACT_PHRASES:
        yield "its words"
    if f"`{act.name}`" not in FORMAT_PAGE.read_text(encoding="utf-8"):
        yield "its place in the format page"
    if act.find_affected is None and act.name not in {*CASE_ACT_HANDLERS, ACT_TAKEN_BACK}:
        yield "what it does to the tables"
    if act.find_affected is not None and not act.handlers:
        yield "what it does to the things it is about"


@pytest.mark.parametrize("name", ACTS)
def test_nothing_is_missing_of_an_act(name):
    assert list(find_faults(ACTS[name])) == []


def test_what_is_missing_of_a_new_act_is_found():
    assert list(find_faults(Act("dummy.done"))) == [
        "its words",
        "its place in the format page",
        "what it does to the tables",
    ]
    assert "what it does to the things it is about" in list(find_faults(Act("dummy.done", affected_by)))


def test_words_and_tables_know_no_act_that_has_no_row():
    assert set(ACT_PHRASES) == set(ACTS)
    assert set(CASE_ACT_HANDLERS) == {act.name for act in ACTS.values() if act.find_affected is None} - {
        ACT_TAKEN_BACK
    }


def test_every_name_of_an_act_in_the_modules_has_one_row():
    rows = [*acts.ACTS_OF_READING, *shared_acts.SHARED_ACTS, *acts.ACTS_OF_CASE]
    assert len(rows) == len(ACTS)
    named = {
        value
        for module in (acts, shared_acts)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str)
    }
    assert named == set(ACTS)


@pytest.mark.parametrize("section", SECTIONS)
def test_an_act_stands_in_its_section_of_the_format_page(section):
    page = FORMAT_PAGE.read_text(encoding="utf-8")
    text = page.split(f"\n## {section}\n", 1)[1].split("\n## ", 1)[0]
    named = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", text))
    assert {act.name for act in SECTIONS[section]} - named - NAMED_APART == set()
