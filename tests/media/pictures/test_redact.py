"""Painting over: every pixel of what is covered is black, every other one is as it was decoded."""

import io

import numpy as np
import simplejpeg
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.geometry.orientation import compute_upright_size
from reviewer.domain.photos.redaction import Redaction
from reviewer.domain.photos.redaction_mask import find_rectangles_to_paint
from reviewer.media.pictures.redact import encode_redacted_copy, mask_small_picture
from reviewer.media.workers.pool import Picture

WIDTH, HEIGHT = 90, 70


def noise(width, height, spare=0):
    """A picture without a black pixel, rows `spare` bytes longer than they need to be."""
    rng = np.random.default_rng(4)
    rows = rng.integers(1, 256, (height, 4 * width + spare), dtype=np.uint8)
    colours = rows[:, : 4 * width].reshape(height, width, 4)[:, :, 2::-1]
    return Picture(width, height, 4 * width + spare, rows.tobytes()), colours


def shown(content):
    with Image.open(io.BytesIO(content)) as found:
        assert found.mode == "RGB"
        return np.asarray(found)


points = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1))
areas = st.lists(
    st.one_of(
        st.builds(lambda a, b: Redaction("r", "p", MarkShape.RECTANGLE, (a, b)), points, points),
        st.builds(lambda a, b: Redaction("r", "p", MarkShape.ELLIPSE, (a, b)), points, points),
        st.builds(
            lambda found: Redaction("r", "p", MarkShape.POLYGON, tuple(found)),
            st.lists(points, min_size=3, max_size=8),
        ),
    ),
    max_size=3,
)


@settings(max_examples=80, deadline=None)
@given(areas=areas, orientation=st.integers(1, 8), spare=st.sampled_from([0, 12]))
def test_what_is_covered_is_black_and_the_rest_untouched(areas, orientation, spare):
    picture, colours = noise(*compute_upright_size(WIDTH, HEIGHT, orientation), spare)
    rectangles = find_rectangles_to_paint(areas, WIDTH, HEIGHT, orientation)
    expected = colours.copy()
    for left, top, right, bottom in rectangles:
        expected[top:bottom, left:right] = 0
    content = encode_redacted_copy(picture, rectangles)
    assert np.array_equal(shown(content), expected)
    assert content == encode_redacted_copy(picture, rectangles)
    assert bool(areas) == bool((expected == 0).any())


def test_the_picture_that_was_given_stays_as_it_is():
    picture, _colours = noise(20, 20)
    before = bytes(picture.pixels)
    encode_redacted_copy(picture, [(0, 0, 20, 20)])
    assert picture.pixels == before


def test_a_small_picture_is_black_where_the_areas_are_and_around():
    pixels = np.full((60, 80, 3), 200, np.uint8)
    pixels[20:30, 40:60] = (255, 0, 0)
    small = simplejpeg.encode_jpeg(pixels, quality=95)
    seen = simplejpeg.decode_jpeg(mask_small_picture(small, (800, 600), [(400, 200, 600, 300)])).astype(int)
    assert seen.shape == (60, 80, 3)
    assert seen[19:31, 39:61].max() < 30
    red = (seen[:, :, 0] - seen[:, :, 1]) > 40
    assert not red.any(), "nothing of the covered colour is left anywhere"
    assert abs(seen[5, 5].mean() - 200) < 6


def test_an_area_at_the_edge_is_covered_to_the_edge():
    small = simplejpeg.encode_jpeg(np.full((60, 80, 3), 200, np.uint8), quality=95)
    seen = simplejpeg.decode_jpeg(
        mask_small_picture(small, (800, 600), [(0, 0, 16, 16), (784, 584, 800, 600)])
    )
    assert seen[0, 0].max() < 30
    assert seen[-1, -1].max() < 30
