"""The numbers behind looking and drawing."""

import math

from hypothesis import assume, given
from hypothesis import strategies as st

from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.qt.canvas.drawing import ShapeInProgress
from reviewer.qt.canvas.hit import find_handle, is_hit, simplify_stroke
from reviewer.qt.canvas.marks import RecordedGrid
from reviewer.qt.canvas.tools import MARK_TOOLS
from reviewer.qt.canvas.view_transform import (
    MOST_SCALE,
    ViewTransform,
    centre_view,
    compute_fill_scale,
    compute_fit_scale,
    pan_view,
    zoom_view,
)

sizes = st.tuples(st.integers(1, 6000), st.integers(1, 6000))
viewports = st.tuples(st.integers(50, 3000), st.integers(50, 3000))
points = st.tuples(st.floats(0, 4000), st.floats(0, 4000))


angles = st.sampled_from([0, 90, 180, 270]) | st.integers(0, 359)


def fitted(image, viewport, angle=0.0):
    return centre_view(image, compute_fit_scale(image, viewport, angle), angle)


@given(sizes, viewports, angles)
def test_fitted_and_turned_all_corners_are_in_sight_and_filled_no_ground_is(image, viewport, angle):
    corners = [(x, y) for x in (0, image[0]) for y in (0, image[1])]
    shown = [fitted(image, viewport, angle).to_screen(corner, viewport) for corner in corners]
    for place in (0, 1):
        assert min(each[place] for each in shown) >= -1e-6
        assert max(each[place] for each in shown) <= viewport[place] + 1e-6
    if angle % 90 == 0 and compute_fill_scale(image, viewport, angle) < MOST_SCALE:
        shown = [
            centre_view(image, compute_fill_scale(image, viewport, angle), angle).to_screen(corner, viewport)
            for corner in corners
        ]
        for place in (0, 1):
            assert min(each[place] for each in shown) <= 1e-6
            assert max(each[place] for each in shown) >= viewport[place] - 1e-6


@given(sizes, viewports, angles, points, st.floats(0.05, 32))
def test_a_point_goes_to_the_screen_and_comes_back(image, viewport, angle, point, scale):
    view = ViewTransform(scale, image[0] / 2, image[1] / 2, angle)
    assert math.dist(view.to_image(view.to_screen(point, viewport), viewport), point) < 1e-6


def test_a_quarter_turn_is_clockwise_and_exact():
    view = ViewTransform(1.0, 50, 50, 90)
    assert view.to_screen((50, 0), (200, 200)) == (150, 100)


@given(sizes, viewports)
def test_a_fitted_photograph_is_all_in_sight_and_never_enlarged(image, viewport):
    view = fitted(image, viewport)
    assert view.scale <= 1.0
    left, top = view.to_screen((0, 0), viewport)
    right, bottom = view.to_screen(image, viewport)
    assert left >= -1e-6
    assert top >= -1e-6
    assert right <= viewport[0] + 1e-6
    assert bottom <= viewport[1] + 1e-6


@given(
    st.tuples(st.integers(3000, 6000), st.integers(3000, 6000)),
    st.tuples(st.integers(50, 1000), st.integers(50, 1000)),
    st.floats(1, 20),
    st.data(),
)
def test_zooming_in_keeps_the_point_under_the_cursor(image, viewport, by, data):
    """From 100 %, where the photograph covers the viewport."""
    start = zoom_view(
        fitted(image, viewport), 1 / compute_fit_scale(image, viewport), (0, 0), image, viewport
    )
    at = tuple(data.draw(st.floats(0, limit)) for limit in viewport)
    after = zoom_view(start, by, at, image, viewport)
    assert math.isclose(after.scale, min(MOST_SCALE, by))
    assert math.dist(after.to_screen(start.to_image(at, viewport), viewport), at) < 1e-6 * after.scale


@given(sizes, viewports, st.floats(-9000, 9000), st.floats(-9000, 9000))
def test_a_photograph_cannot_be_pushed_out_of_sight(image, viewport, dx, dy):
    view = pan_view(fitted(image, viewport), dx, dy, image, viewport)
    assert 0 <= view.x <= image[0]
    assert 0 <= view.y <= image[1]


@given(points, points)
def test_the_middle_of_a_rectangle_is_a_hit_and_far_away_is_not(one, two):
    assume(abs(one[0] - two[0]) > 20 and abs(one[1] - two[1]) > 20)
    middle = ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)
    for shape in (MarkShape.RECTANGLE, MarkShape.ELLIPSE):
        assert is_hit(shape, [one, two], middle, 5)
        assert not is_hit(shape, [one, two], (9000, 9000), 5)
    assert is_hit(MarkShape.LINE, [one, two], middle, 5)


def test_handles_are_gripped_nearby_and_the_nearest_wins():
    assert find_handle([(0, 0), (10, 0)], (9, 1), 5) == 1
    assert find_handle([(0, 0), (10, 0)], (50, 50), 5) is None


@given(st.lists(points, min_size=2, max_size=60))
def test_a_simpler_stroke_keeps_its_ends_and_stays_near(stroke):
    from itertools import pairwise

    from reviewer.qt.canvas.hit import measure_distance

    simple = simplify_stroke(stroke, 2.0)
    assert (simple[0], simple[-1]) == (stroke[0], stroke[-1])
    for point in stroke:
        assert min(measure_distance(point, a, b) for a, b in pairwise(simple)) <= 2.0 + 1e-6


@given(st.integers(1, 8), st.data())
def test_what_is_drawn_upright_comes_back_where_it_was_drawn(orientation, data):
    grid = RecordedGrid(400, 300, orientation)
    width, height = grid.upright
    point = (data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1)))
    recorded = grid.to_recorded_points([(point[0] + 0.5, point[1] + 0.5)])
    assert grid.to_upright_mark(Mark("m", MarkShape.POINT, tuple(recorded))) == [
        (point[0] + 0.5, point[1] + 0.5)
    ]


def test_a_slip_of_the_mouse_draws_nothing():
    for shape in (MarkShape.RECTANGLE, MarkShape.ELLIPSE, MarkShape.LINE, MarkShape.FREEHAND):
        drawing = ShapeInProgress(MARK_TOOLS[shape])
        drawing.press((10, 10))
        drawing.move((11, 11))
        assert drawing.get_points(1.0) is None
