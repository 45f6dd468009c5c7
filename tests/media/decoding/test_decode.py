"""Rows for examining and pictures for showing are the same pixels."""

import numpy as np
import pytest

from reviewer.media.decoding import decode, opening
from tests.support.photos import encoded, jpeg, picture

CONTENTS = {
    "photograph": lambda: jpeg(640, 480, orientation=6),
    "grey photograph": lambda: encoded(picture(640, 480).convert("L"), "JPEG"),
    "four inks": lambda: encoded(picture(64, 48).convert("CMYK"), "JPEG"),
    "cut photograph": lambda: jpeg(640, 480)[:-4000],
    "PNG": lambda: encoded(picture(64, 48), "PNG"),
    "16 bits": lambda: encoded(picture(64, 48).convert("L").convert("I;16"), "TIFF"),
}


@pytest.mark.parametrize("at_least", [None, (80, 60)])
@pytest.mark.parametrize("name", CONTENTS)
def test_rows_are_those_of_the_picture_with_the_same_damage(name, at_least):
    content = memoryview(CONTENTS[name]())
    rows, damage = decode.decode_rows(opening.open_content(content), at_least)
    shown, said = decode.decode_pixels(opening.open_content(content), at_least)
    assert (rows.dtype, rows.ndim, rows.shape[2]) == (np.uint8, 3, 3)
    assert np.array_equal(rows, np.asarray(shown))
    assert damage == said
    assert bool(damage) == (name == "cut photograph")
