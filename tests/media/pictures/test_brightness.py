"""Brightness counted in classes: of every pixel once, black in the first and white in the last."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reviewer.media.pictures.views import BRIGHTNESS_CLASSES, count_brightness
from reviewer.media.workers.pool import Picture


def picture(rows):
    height, width = rows.shape[:2]
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[:, :, :3] = rows
    return Picture(width, height, 4 * width, pixels.tobytes())


def test_black_and_white_are_at_the_ends():
    rows = np.zeros((4, 6, 3), np.uint8)
    rows[0] = 255
    counts = count_brightness(picture(rows))
    assert (counts[0], counts[-1], sum(counts)) == (18, 6, 24)
    assert len(counts) == BRIGHTNESS_CLASSES


@given(st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255)))
def test_a_colour_is_as_bright_as_the_standard_says(colour):
    blue, green, red = colour
    rows = np.full((2, 2, 3), colour, np.uint8)
    (place,) = (place for place, count in enumerate(count_brightness(picture(rows))) if count)
    bright = 0.299 * red + 0.587 * green + 0.114 * blue
    assert abs(place * 4 + 1.5 - bright) <= 2.6
