"""The shapes of the body maps and what can be shown of a body are the same things."""

import pytest

from reviewer.domain.vocabulary.body_map import body_map_from_svg, compute_polygon_area, polygon_contains
from reviewer.services.vocabulary.body_maps import (
    find_maps_showing,
    find_maps_showing_all,
    load_body_maps,
    load_map_pages,
)
from reviewer.services.vocabulary.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
INSIDE = {
    "eyeball.L": {"eye_lids_orbit.L", "lids_inner.L"},
    "eyeball.R": {"eye_lids_orbit.R", "lids_inner.R"},
    "lips": {"chin_jaw"},
    "teeth": {"lips", "chin_jaw", "mouth_inside"},
    "mouth_inside": {"lips"},
    "tongue": {"lips", "mouth_inside"},
    "penis": {"scrotum"},
}
MAPS = [body_map for page in load_map_pages() for body_map in page.maps]
SHAPES = [(body_map, shape) for body_map in MAPS for shape in (*body_map.shapes, *body_map.again)]


def grid_inside(polygon, steps=25):
    xs, ys = [x for x, _y in polygon], [y for _x, y in polygon]
    for i in range(1, steps):
        for j in range(1, steps):
            x = min(xs) + (max(xs) - min(xs)) * i / steps
            y = min(ys) + (max(ys) - min(ys)) * j / steps
            if polygon_contains(polygon, x, y):
                yield x, y


def test_all_that_can_be_shown_is_drawn_and_nothing_else():
    shown = {key for region in VOCABULARY.body for key in region.shown_as}
    assert {shape.key for _map, shape in SHAPES} == shown
    for body_map in MAPS:
        keys = [shape.key for shape in body_map.shapes]
        assert len(set(keys)) == len(keys), body_map.view


@pytest.mark.parametrize(
    ("body_map", "shape"), SHAPES, ids=[f"{body_map.view} {shape.key}" for body_map, shape in SHAPES]
)
def test_each_shape_can_be_pointed_at(body_map, shape):
    assert compute_polygon_area(shape.polygon) >= 75
    assert body_map.key_at(*body_map.find_point_in(shape)) == shape.key
    hits = [body_map.key_at(x, y) for x, y in grid_inside(shape.polygon)]
    assert shape.key in hits
    others = [hit for hit in hits if hit != shape.key and shape.key not in INSIDE.get(hit, ())]
    assert len(others) <= 0.02 * len(hits), set(others)


@pytest.mark.parametrize("body_map", MAPS, ids=[each.view for each in MAPS])
def test_its_box_leaves_no_point_of_a_shape_out(body_map):
    """By the rule for polygons itself, over the whole figure and at every corner of a shape."""
    points = [(body_map.width * i / 40, body_map.height * j / 40) for i in range(41) for j in range(41)]
    for shape in (*body_map.shapes, *body_map.again):
        for x, y in (*points, *shape.polygon):
            assert shape.contains(x, y) == polygon_contains(shape.polygon, x, y), (shape.key, x, y)


@pytest.mark.parametrize("body_map", MAPS, ids=[each.view for each in MAPS])
def test_left_is_the_left_of_the_body(body_map):
    centre = {shape.key: sum(x for x, _y in shape.polygon) / len(shape.polygon) for shape in body_map.shapes}
    sided = [key for key in centre if ".L" in key]
    if not body_map.sides:
        assert len({".L" in key for key in centre if ".L" in key or ".R" in key}) == 1, "one side only"
        return
    for key in sided:
        on_the_right = centre[key] > centre[key.replace(".L", ".R")]
        assert on_the_right == (body_map.sides == ("R", "L")), key


def test_a_figure_seen_from_the_front_never_shows_what_lies_behind():
    front, back = load_body_maps()
    seen = {shape.key for shape in (*front.shapes, *front.again)}
    hidden = {shape.key for shape in (*back.shapes, *back.again)}
    assert not seen & hidden
    assert not [key for key in seen if key.endswith("/back")]
    assert not [key for key in hidden if key.endswith(("/front", "/palm", "/upper"))]


def test_the_fewest_figures_that_show_a_region_are_taken():
    assert [each.view for each in find_maps_showing(["chest.L"])] == ["front", "back"]
    assert [each.view for each in find_maps_showing(["mastoid.R", "tongue"])] == [
        "front",
        "back",
        "right",
        "opened",
    ]
    shown = {shape.region for each in find_maps_showing_all() for shape in (*each.shapes, *each.again)}
    assert shown == {region.key for region in VOCABULARY.body}


@pytest.mark.parametrize("path", ["M0,0 L1,0 L1,1", "M0,0 L1,1 Z", "M0,0 Q1,1 2,2 Z"])
def test_a_shape_that_is_not_closed_is_named(path):
    svg = f'''<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" data-name="Front" data-sides="R L">
    <g class="outline"/>
    <g class="regions"><path id="nose" d="{path}"/></g></svg>'''
    with pytest.raises(ValueError, match="nose"):
        body_map_from_svg(svg, "front")
