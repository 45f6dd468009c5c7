"""The maps between recorded and upright pixels agree with each other and with the standard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.geometry.orientation import compute_upright_size, to_recorded, to_upright


@given(
    st.integers(1, 8),
    st.integers(1, 50).flatmap(lambda w: st.tuples(st.just(w), st.integers(0, w - 1))),
    st.integers(1, 50).flatmap(lambda h: st.tuples(st.just(h), st.integers(0, h - 1))),
)
def test_there_and_back_is_the_same_pixel(orientation, across, down):
    (width, x), (height, y) = across, down
    shown = to_upright((x, y), width, height, orientation)
    limit = compute_upright_size(width, height, orientation)
    assert 0 <= shown[0] < limit[0]
    assert 0 <= shown[1] < limit[1]
    assert to_recorded(shown, width, height, orientation) == (x, y)


@pytest.mark.parametrize(
    ("orientation", "where_the_first_pixel_is_shown"),
    # Exif 2.32, table 6: where the 0th row and the 0th column are; grid 4 wide, 3 high.
    [(1, (0, 0)), (2, (3, 0)), (3, (3, 2)), (4, (0, 2)), (5, (0, 0)), (6, (2, 0)), (7, (2, 3)), (8, (0, 3))],
)
def test_the_first_pixel_goes_where_the_standard_says(orientation, where_the_first_pixel_is_shown):
    assert to_upright((0, 0), 4, 3, orientation) == where_the_first_pixel_is_shown
