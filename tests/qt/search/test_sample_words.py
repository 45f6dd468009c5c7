"""What the planner says of a size before it is drawn."""

import pytest

from reviewer.domain.search.sampling import compute_sample_size
from reviewer.qt.search.sample_words import list_sizes, make_request
from reviewer.services.search.sampling import Population, SampleUnit

THERE = Population("category:detainee", SampleUnit.INDIVIDUALS, 6786, 0)


def test_nothing_typed_shows_what_the_usual_exactnesses_need():
    shown = list_sizes("", THERE)
    assert [each.text for each in shown] == [
        f"±{points} points: {compute_sample_size(points / 100, 6786):,} of 6,786 individuals"
        for points in (2, 3, 5, 10)
    ]


@pytest.mark.parametrize(
    ("typed", "needs"),
    [
        ("5%", compute_sample_size(0.05, 6786)),
        ("5% 90", compute_sample_size(0.05, 6786, 0.9)),
        ("+-2.5 %", compute_sample_size(0.025, 6786)),
    ],
)
def test_an_exactness_is_told_as_a_size(typed, needs):
    (option,) = list_sizes(typed, THERE)
    assert f"{needs:,} of 6,786" in option.text
    wish = make_request(option.key, THERE)
    assert compute_sample_size(wish.within, 6786, wish.expected) == needs
    assert (wish.query, wish.of) == (THERE.query, THERE.of)


def test_a_size_is_told_as_an_exactness_and_never_above_what_there_is():
    (option,) = list_sizes("400", THERE)
    assert "±4.8 points" in option.detail
    assert make_request(option.key, THERE).size == 400
    (whole,) = list_sizes("9999", THERE)
    assert make_request(whole.key, THERE).size == 6786
    assert "±0.0 points" in whole.detail


@pytest.mark.parametrize("typed", ["0", "many", "0%", "5% 0", "100%", "-3", "٣"])
def test_what_is_no_size_is_said(typed):
    (option,) = list_sizes(typed, THERE)
    assert not option.enabled
    assert "138" in option.detail
