"""Areas to redact: what can be drawn, and which pixels are painted over for them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.geometry.mark import Shape
from reviewer.domain.geometry.orientation import to_upright, upright_size
from reviewer.domain.photos.redaction import REDACTION_DRAWN, Purpose, Redaction, draw, remove
from reviewer.domain.photos.redaction_mask import BLOCK, MARGIN, blocks_of, covered
from reviewer.domain.vocabulary.body_map import contains

WIDTH, HEIGHT = 150, 110


def area(shape, *points, id_="r1"):
    return Redaction(id_, "p", shape, tuple(points), Purpose.FACE)


def test_an_area_is_drawn_by_an_act_on_its_photo():
    draft = draw(area(Shape.RECTANGLE, (0, 0), (149, 109)), WIDTH, HEIGHT)
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
        area(Shape.LINE, (1, 1), (5, 5)),
        area(Shape.POINT, (1, 1)),
        area(Shape.RECTANGLE, (1, 1)),
        area(Shape.POLYGON, (1, 1), (5, 5)),
        area(Shape.POLYGON, (1, 1), (5, 5), (9, 9), (3, 3)),
        area(Shape.POLYGON, (7, 7), (7, 7), (7, 7)),
        area(Shape.RECTANGLE, (0, 0), (150, 20)),
        area(Shape.ELLIPSE, (-1, 0), (20, 20)),
        area(Shape.POLYGON, (0, 0), (20, 20), (20, 110)),
    ],
)
def test_what_covers_nothing_or_reaches_out_is_not_drawn(wrong):
    with pytest.raises(NotAllowed):
        draw(wrong, WIDTH, HEIGHT)


def test_only_an_area_that_is_there_is_removed():
    there = area(Shape.RECTANGLE, (0, 0), (9, 9))
    assert remove([there], "r1").body == {"id": "r1"}
    with pytest.raises(NotAllowed):
        remove([there], "r2")


def test_an_area_that_reaches_out_is_never_burnt_in_part():
    for points in (((0, 0), (150, 20)), ((0, -1), (5, 5)), ()):
        with pytest.raises(KnownError):
            covered([area(Shape.RECTANGLE, *points)], WIDTH, HEIGHT, 1)


def test_a_rectangle_takes_whole_blocks_and_not_many_more():
    inside = area(Shape.RECTANGLE, (MARGIN, MARGIN), (BLOCK - 1 - MARGIN, BLOCK - 1 - MARGIN))
    assert covered([inside], WIDTH, HEIGHT, 1) == [(0, 0, BLOCK, BLOCK)]
    beside = area(Shape.RECTANGLE, (MARGIN, MARGIN), (BLOCK - MARGIN, BLOCK - 1 - MARGIN))
    assert covered([beside], WIDTH, HEIGHT, 1) == [(0, 0, 2 * BLOCK, BLOCK)]


def test_a_star_that_crosses_itself_has_no_hole():
    star = area(Shape.POLYGON, (75, 2), (110, 105), (20, 40), (130, 40), (40, 105))
    assert (75 // BLOCK, 60 // BLOCK) in blocks_of(star)


def test_an_ellipse_leaves_the_far_corners_of_its_box():
    blocks = blocks_of(area(Shape.ELLIPSE, (0, 0), (399, 399)))
    assert (12, 12) in blocks
    assert not {(0, 0), (24, 0), (0, 24), (24, 24)} & blocks


xs, ys = st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1)
points = st.tuples(xs, ys)
shapes = st.one_of(
    st.builds(lambda a, b: area(Shape.RECTANGLE, a, b), points, points),
    st.builds(lambda a, b: area(Shape.ELLIPSE, a, b), points, points),
    st.builds(lambda found: area(Shape.POLYGON, *found), st.lists(points, min_size=3, max_size=12)),
)


def lies_in(shape, x, y):
    """Whether any part of this pixel's middle lies within the shape, or on its outline."""
    (x1, y1), (x2, y2) = shape.points[0], shape.points[1]
    if shape.shape is Shape.RECTANGLE:
        return min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2)
    if shape.shape is Shape.ELLIPSE:
        across, down = abs(x2 - x1) + 1, abs(y2 - y1) + 1
        return ((2 * x - x1 - x2) / across) ** 2 + ((2 * y - y1 - y2) / down) ** 2 <= 1
    return (x, y) in shape.points or contains(shape.points, x, y)


@settings(max_examples=60, deadline=None)
@given(shape=shapes, orientation=st.integers(1, 8))
def test_every_pixel_of_any_shape_is_covered_and_nothing_outside_the_photograph(shape, orientation):
    rectangles = covered([shape], WIDTH, HEIGHT, orientation)
    across, down = upright_size(WIDTH, HEIGHT, orientation)
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
    reach = BLOCK + MARGIN
    for left, top, right, bottom in covered([shape], WIDTH, HEIGHT, 1):
        assert left % BLOCK == 0
        assert top % BLOCK == 0
        assert right % BLOCK == 0 or right == WIDTH
        assert bottom % BLOCK == 0 or bottom == HEIGHT
        assert min(columns) - reach <= left
        assert right <= max(columns) + reach + 1
        assert min(rows) - reach <= top
        assert bottom <= max(rows) + reach + 1
