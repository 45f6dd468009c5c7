"""What was on screen at 100 %: cells add up, and what is left can be shown."""

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.geometry.viewed_area import CELL_SIZE, ViewedArea

sizes = st.tuples(st.integers(1, 900), st.integers(1, 900))


def area(rectangles):
    return sum((right - left) * (bottom - top) for left, top, right, bottom in rectangles)


@given(sizes)
def test_nothing_was_seen_and_then_everything(size):
    seen = ViewedArea(*size)
    assert seen.permille == 0
    assert area(seen.unseen()) == size[0] * size[1]
    assert seen.note((0, 0, *size), lambda _point: True)
    assert seen.permille == 1000
    assert list(seen.unseen()) == []
    assert not seen.note((0, 0, *size), lambda _point: True)


@given(sizes, st.tuples(*[st.integers(-100, 1000)] * 4))
def test_only_cells_that_were_shown_whole_count(size, corners):
    left, right = sorted(corners[:2])
    top, bottom = sorted(corners[2:])

    def shows(point):
        return left <= point[0] <= right and top <= point[1] <= bottom

    seen = ViewedArea(*size)
    seen.note((left, top, right, bottom), shows)
    for a, b, c, d in seen.unseen():
        assert (c - a) % CELL_SIZE == 0 or c == size[0]
        assert d - b <= CELL_SIZE
    shown = max(0, min(right, size[0]) - max(0, left)) * max(0, min(bottom, size[1]) - max(0, top))
    assert size[0] * size[1] - area(seen.unseen()) <= shown
