"""Areas to redact: what can be drawn, and which pixels are painted over for them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.geometry.orientation import compute_upright_size, to_upright
from reviewer.domain.photos.redaction import (
    REDACTION_DRAWN,
    Redaction,
    RedactionPurpose,
    draw_redaction,
    remove_redaction,
)
from reviewer.domain.photos.redaction_mask import (
    BLOCK_SIZE,
    MARGIN,
    find_blocks_under,
    find_rectangles_to_paint,
)
from reviewer.domain.vocabulary.body_map import polygon_contains

WIDTH, HEIGHT = 150, 110


def area(shape, *points, id_="r1"):
    return Redaction(id_, "p", shape, tuple(points), RedactionPurpose.FACE)


def test_an_area_is_drawn_by_an_act_on_its_photo():
    draft = draw_redaction(area(MarkShape.RECTANGLE, (0, 0), (149, 109)), WIDTH, HEIGHT)
    assert (draft.act, draft.subject) == (REDACTION_DRAWN, "p")
    assert draft.body == {
        "id": "r1",
        "shape": "rectangle",
        "points": [[0, 0], [149, 109]],
        "purpose": "face",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        area(MarkShape.LINE, (1, 1), (5, 5)),
        area(MarkShape.POINT, (1, 1)),
        area(MarkShape.RECTANGLE, (1, 1)),
        area(MarkShape.POLYGON, (1, 1), (5, 5)),
        area(MarkShape.POLYGON, (1, 1), (5, 5), (9, 9), (3, 3)),
        area(MarkShape.POLYGON, (7, 7), (7, 7), (7, 7)),
        area(MarkShape.RECTANGLE, (0, 0), (150, 20)),
        area(MarkShape.ELLIPSE, (-1, 0), (20, 20)),
        area(MarkShape.POLYGON, (0, 0), (20, 20), (20, 110)),
    ],
)
def test_what_covers_nothing_or_reaches_out_is_not_drawn(wrong):
    with pytest.raises(NotAllowed):
        draw_redaction(wrong, WIDTH, HEIGHT)


def test_only_an_area_that_is_there_is_removed():
    there = area(MarkShape.RECTANGLE, (0, 0), (9, 9))
    assert remove_redaction([there], "r1").body == {"id": "r1"}
    with pytest.raises(NotAllowed):
        remove_redaction([there], "r2")


def test_an_area_that_reaches_out_is_never_burnt_in_part():
    for points in (((0, 0), (150, 20)), ((0, -1), (5, 5)), ()):
        with pytest.raises(KnownError):
            find_rectangles_to_paint([area(MarkShape.RECTANGLE, *points)], WIDTH, HEIGHT, 1)


def test_a_rectangle_takes_whole_blocks_and_not_many_more():
    inside = area(MarkShape.RECTANGLE, (MARGIN, MARGIN), (BLOCK_SIZE - 1 - MARGIN, BLOCK_SIZE - 1 - MARGIN))
    assert find_rectangles_to_paint([inside], WIDTH, HEIGHT, 1) == [(0, 0, BLOCK_SIZE, BLOCK_SIZE)]
    beside = area(MarkShape.RECTANGLE, (MARGIN, MARGIN), (BLOCK_SIZE - MARGIN, BLOCK_SIZE - 1 - MARGIN))
    assert find_rectangles_to_paint([beside], WIDTH, HEIGHT, 1) == [(0, 0, 2 * BLOCK_SIZE, BLOCK_SIZE)]


def test_a_star_that_crosses_itself_has_no_hole():
    star = area(MarkShape.POLYGON, (75, 2), (110, 105), (20, 40), (130, 40), (40, 105))
    assert (75 // BLOCK_SIZE, 60 // BLOCK_SIZE) in find_blocks_under(star)


def test_an_ellipse_leaves_the_far_corners_of_its_box():
    blocks = find_blocks_under(area(MarkShape.ELLIPSE, (0, 0), (399, 399)))
    assert (12, 12) in blocks
    assert not {(0, 0), (24, 0), (0, 24), (24, 24)} & blocks


xs, ys = st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1)
points = st.tuples(xs, ys)
shapes = st.one_of(
    st.builds(lambda a, b: area(MarkShape.RECTANGLE, a, b), points, points),
    st.builds(lambda a, b: area(MarkShape.ELLIPSE, a, b), points, points),
    st.builds(lambda found: area(MarkShape.POLYGON, *found), st.lists(points, min_size=3, max_size=12)),
)


def lies_in(shape, x, y):
    """Whether any part of this pixel's middle lies within the shape, or on its outline."""
    (x1, y1), (x2, y2) = shape.points[0], shape.points[1]
    if shape.shape is MarkShape.RECTANGLE:
        return min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2)
    if shape.shape is MarkShape.ELLIPSE:
        across, down = abs(x2 - x1) + 1, abs(y2 - y1) + 1
        return ((2 * x - x1 - x2) / across) ** 2 + ((2 * y - y1 - y2) / down) ** 2 <= 1
    return (x, y) in shape.points or polygon_contains(shape.points, x, y)


@settings(max_examples=60, deadline=None)
@given(shape=shapes, orientation=st.integers(1, 8))
def test_every_pixel_of_any_shape_is_covered_and_nothing_outside_the_photograph(shape, orientation):
    rectangles = find_rectangles_to_paint([shape], WIDTH, HEIGHT, orientation)
    across, down = compute_upright_size(WIDTH, HEIGHT, orientation)
    painted = set()
    for left, top, right, bottom in rectangles:
        assert 0 <= left < right <= across
        assert 0 <= top < bottom <= down
        painted.update((x, y) for x in range(left, right) for y in range(top, bottom))
    for x in range(WIDTH):
        for y in range(HEIGHT):
            if lies_in(shape, x, y):
                assert to_upright((x, y), WIDTH, HEIGHT, orientation) in painted


@settings(max_examples=60, deadline=None)
@given(shape=shapes)
def test_whole_blocks_go_and_none_that_is_far_from_the_area(shape):
    columns, rows = zip(*shape.points, strict=True)
    reach = BLOCK_SIZE + MARGIN
    for left, top, right, bottom in find_rectangles_to_paint([shape], WIDTH, HEIGHT, 1):
        assert left % BLOCK_SIZE == 0
        assert top % BLOCK_SIZE == 0
        assert right % BLOCK_SIZE == 0 or right == WIDTH
        assert bottom % BLOCK_SIZE == 0 or bottom == HEIGHT
        assert min(columns) - reach <= left
        assert right <= max(columns) + reach + 1
        assert min(rows) - reach <= top
        assert bottom <= max(rows) + reach + 1
