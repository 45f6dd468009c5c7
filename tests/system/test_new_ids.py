"""Ids of what is new: hexadecimal digits that nobody takes for a number."""

import re
from pathlib import Path

import pytest

import reviewer
from reviewer.system import new_ids
from reviewer.system.new_ids import new_id

OF_SEEDS = {"services/case/opening.py", "services/case/reading_rules.py"}
"""Where the same call makes the seed of an order, which is no id."""


def test_an_id_is_sixteen_digits_and_each_is_another():
    made = [new_id() for _each in range(2_000)]
    assert len(set(made)) == len(made)
    assert all(re.fullmatch("[a-f][0-9a-f]{15}", each) for each in made)
    assert {each[0] for each in made} == set("abcdef")


@pytest.mark.parametrize("drawn", ["8296534059028758", "12e4567890123456", "0000000000000000"])
def test_what_a_spreadsheet_would_take_for_a_number_is_none_in_an_id(drawn, monkeypatch):
    float(drawn)
    monkeypatch.setattr(new_ids.secrets, "token_hex", lambda size: drawn[: 2 * size])
    with pytest.raises(ValueError, match="could not convert"):
        float(new_id())


def test_no_other_part_of_the_program_makes_ids_of_its_own():
    here = Path(reviewer.__file__).parent
    makers = {
        str(path.relative_to(here).as_posix())
        for path in here.rglob("*.py")
        if "token_hex(8)" in path.read_text(encoding="utf-8")
    }
    assert makers == OF_SEEDS
