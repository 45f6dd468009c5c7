"""Apparent age is a range of years; bands of earlier statements are ranges too."""

import pytest

from reviewer.domain.errors import NotAllowed
from reviewer.domain.people.ages import do_age_ranges_overlap, normalise_age, parse_age_range
from reviewer.domain.people.individual import AGE_BANDS


def test_every_earlier_band_is_read_and_kept_as_it_was():
    assert [parse_age_range(each) for each in AGE_BANDS] == [
        (0, 11), (12, 17), (18, 29), (30, 44), (45, 59), (60, 120), None,
    ]  # fmt: skip
    assert [normalise_age(each) for each in AGE_BANDS] == list(AGE_BANDS)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("25-40", "25-40"),
        (" 25 to 40 ", "25-40"),
        ("٢٥-٤٠", "25-40"),
        ("over 60", "60 and over"),
        (">60", "60 and over"),
        ("Under 12", "under 12"),
        ("0-11", "under 12"),
        ("Cannot tell", "cannot tell"),
    ],
)
def test_what_is_typed_is_kept_in_one_form(typed, kept):
    assert normalise_age(typed) == kept
    assert normalise_age(kept) == kept


@pytest.mark.parametrize("typed", ["34", "40-25", "old", "25-400", "under 0", "", "200 and over"])
def test_no_single_year_and_no_nonsense(typed):
    with pytest.raises(NotAllowed, match="range of years" if typed == "34" else "from and to"):
        normalise_age(typed)


def test_ranges_meet_at_their_ends():
    assert do_age_ranges_overlap((18, 29), (29, 40))
    assert not do_age_ranges_overlap((18, 29), (30, 44))
