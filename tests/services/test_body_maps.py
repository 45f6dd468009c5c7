"""The shapes of the body maps and the Regions of the vocabulary are the same things."""

import pytest

from reviewer.domain.body_map import area, body_map_from, contains
from reviewer.services.body_maps import load_body_maps
from reviewer.services.vocabulary import load_vocabulary

INSIDE = {("eyeball.L", "eye_lids_orbit.L"), ("eyeball.R", "eye_lids_orbit.R"), ("lips", "chin_jaw")}
INSIDE |= {("teeth", "lips"), ("teeth", "chin_jaw")}
SHAPES = [(body_map, shape) for body_map in load_body_maps() for shape in body_map.shapes]


def grid_inside(polygon, steps=25):
    xs, ys = [x for x, _y in polygon], [y for _x, y in polygon]
    for i in range(1, steps):
        for j in range(1, steps):
            x = min(xs) + (max(xs) - min(xs)) * i / steps
            y = min(ys) + (max(ys) - min(ys)) * j / steps
            if contains(polygon, x, y):
                yield x, y


def test_every_shape_is_something_that_can_be_shown():
    known = {key for each in load_vocabulary().regions if not each.pseudo for key in each.shown_as}
    drawn = [shape.key for _map, shape in SHAPES]
    assert len(set(drawn)) == len(drawn)
    assert set(drawn) <= known


def test_what_is_shown_again_is_a_region_too():
    again = [shape.region for body_map in load_body_maps() for shape in body_map.again]
    assert again
    assert all(load_vocabulary().region(region) for region in again)


@pytest.mark.parametrize(("body_map", "shape"), SHAPES, ids=[shape.key for _m, shape in SHAPES])
def test_each_shape_can_be_pointed_at(body_map, shape):
    assert area(shape.polygon) >= 75
    hits = [body_map.key_at(x, y) for x, y in grid_inside(shape.polygon)]
    assert shape.key in hits
    strangers = {hit for hit in hits if hit != shape.key and (hit, shape.key) not in INSIDE}
    others = [hit for hit in hits if hit in strangers]
    assert len(others) <= 0.02 * len(hits), strangers


def test_left_is_the_left_of_the_body():
    for body_map in load_body_maps():
        centre = {
            shape.region: sum(x for x, _y in shape.polygon) / len(shape.polygon) for shape in body_map.shapes
        }
        for key, x in centre.items():
            if key.endswith(".L"):
                on_the_right = x > centre[key[:-1] + "R"]
                assert on_the_right == (body_map.view == "front"), key


@pytest.mark.parametrize("path", ["M0,0 L1,0 L1,1", "M0,0 L1,1 Z", "M0,0 Q1,1 2,2 Z"])
def test_a_shape_that_is_not_closed_is_named(path):
    svg = f'''<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g class="outline"/>
    <g class="regions"><path id="nose" d="{path}"/></g></svg>'''
    with pytest.raises(ValueError, match="nose"):
        body_map_from(svg, "front")
