"""What the planner says of a size before it is drawn."""

import pytest

from reviewer.domain.search.sampling import needed
from reviewer.qt.search.sampler import _wish, sizes
from reviewer.services.search.sampling import Population, Unit

THERE = Population("category:detainee", Unit.INDIVIDUALS, 6786, 0)


def test_nothing_typed_shows_what_the_usual_exactnesses_need():
    shown = sizes("", THERE)
    assert [each.text for each in shown] == [
        f"±{points} points: {needed(points / 100, 6786):,} of 6,786 individuals" for points in (2, 3, 5, 10)
    ]


@pytest.mark.parametrize(
    ("typed", "needs"),
    [("5%", needed(0.05, 6786)), ("5% 90", needed(0.05, 6786, 0.9)), ("+-2.5 %", needed(0.025, 6786))],
)
def test_an_exactness_is_told_as_a_size(typed, needs):
    (option,) = sizes(typed, THERE)
    assert f"{needs:,} of 6,786" in option.text
    wish = _wish(option.key, THERE)
    assert needed(wish.within, 6786, wish.expected) == needs
    assert (wish.query, wish.of) == (THERE.query, THERE.of)


def test_a_size_is_told_as_an_exactness_and_never_above_what_there_is():
    (option,) = sizes("400", THERE)
    assert "±4.8 points" in option.detail
    assert _wish(option.key, THERE).size == 400
    (whole,) = sizes("9999", THERE)
    assert _wish(whole.key, THERE).size == 6786
    assert "±0.0 points" in whole.detail


@pytest.mark.parametrize("typed", ["0", "many", "0%", "5% 0", "100%", "-3", "٣"])
def test_what_is_no_size_is_said(typed):
    (option,) = sizes(typed, THERE)
    assert not option.enabled
    assert "138" in option.detail
