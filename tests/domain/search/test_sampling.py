"""How many are needed, and which are drawn."""

import hashlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.search.sampling import (
    allocate_proportionally,
    compute_half_width,
    compute_sample_size,
    compute_wilson_interval,
    draw_simple_sample,
    draw_stratified_sample,
    order_for_drawing,
)

SIZES = st.dictionaries(st.text("abc", max_size=2), st.integers(1, 40), min_size=1)


@pytest.mark.parametrize(
    ("points", "expected", "size"), [(0.05, 0.9, 138), (0.03, 0.9, 384), (0.05, 0.5, 384)]
)
def test_the_sizes_of_the_reference(points, expected, size):
    assert compute_sample_size(points, expected=expected) == size


def test_a_small_population_needs_fewer_and_never_more_than_there_are():
    assert compute_sample_size(0.05, 6_786) == 364  # 384.1 / (1 + 383.1 / 6786)
    assert compute_sample_size(0.05, 100) == 80
    assert compute_sample_size(0.001, 100) == 100
    assert compute_sample_size(0.05, 0) == 0


def test_a_tenth_of_the_bodies_at_two_percent_tells_about_a_point():
    assert compute_half_width(680, 6_786, 0.02) == pytest.approx(0.010, abs=0.0005)
    assert compute_half_width(10, 10) == 0


@pytest.mark.parametrize("wrong", [0, 1, -0.1])
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError):
        compute_sample_size(wrong)
    with pytest.raises(ValueError):
        compute_sample_size(0.05, expected=wrong)


def test_wilson_against_the_published_example():
    """Newcombe, Stat. Med. 17 (1998), table I: 81 of 263 is 0.2553 to 0.3662; 0 of 20 is 0 to 0.1611."""
    assert compute_wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=0.00005)
    assert compute_wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=0.00005)


def test_drawing_is_the_stated_method_and_can_be_done_by_hand():
    units = [f"unit {n}" for n in range(50)]
    by_hand = sorted(units, key=lambda unit: hashlib.sha256(f"7 {unit}".encode()).hexdigest())[:5]
    assert list(draw_simple_sample(units, 5, 7).units) == by_hand
    assert draw_simple_sample(units, 5, 8).units != draw_simple_sample(units, 5, 7).units


def test_the_order_of_the_units_makes_no_difference_and_more_keep_those_drawn():
    units = [str(n) for n in range(200)]
    shuffled = units[:]
    random.Random(1).shuffle(shuffled)
    assert draw_simple_sample(units, 20, 3) == draw_simple_sample(shuffled, 20, 3)
    assert draw_simple_sample(units, 30, 3).units[:20] == draw_simple_sample(units, 20, 3).units
    assert len(order_for_drawing([*units, *units], 3)) == 200


def test_every_unit_is_drawn_about_as_often():
    """Chi-squared of 20 units over 400 seeds, 5 drawn each: below the 99.9 % point of 19 degrees."""
    units = [str(n) for n in range(20)]
    counts = dict.fromkeys(units, 0)
    for seed in range(400):
        for unit in draw_simple_sample(units, 5, seed).units:
            counts[unit] += 1
    assert sum((count - 100) ** 2 / 100 for count in counts.values()) < 43.8


@given(SIZES, st.integers(0, 200))
def test_proportional_shares_add_up_and_are_next_to_exact(sizes, size):
    shares = allocate_proportionally(sizes, size)
    total = sum(sizes.values())
    assert sum(shares.values()) == min(size, total)
    for value, there in sizes.items():
        assert shares[value] <= there
        assert abs(shares[value] - min(size, total) * there / total) < 1


@given(SIZES, st.integers(0, 200), st.booleans())
def test_strata_give_what_was_said(sizes, size, equal):
    value_of = {f"{value}{n}": value for value, there in sizes.items() for n in range(there)}
    drawn = draw_stratified_sample(value_of, size, 1, equal=equal)
    there = {}
    for unit in value_of.values():
        there[unit] = there.get(unit, 0) + 1
    assert len(drawn.units) == len(set(drawn.units)) == min(size, len(value_of))
    assert {each.value: each.there for each in drawn.strata} == there
    assert sum(each.drawn for each in drawn.strata) == len(drawn.units)
    if equal:
        most = max(each.drawn for each in drawn.strata)
        assert all(each.drawn in {each.there, most, most - 1} for each in drawn.strata)
