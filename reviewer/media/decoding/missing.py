"""What is missing at the end of a picture, and how that is said."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

MISSING_GREY = (128, 128, 128)
"""What is shown where there is nothing, red, green, blue."""


def measure_missing_share(array: NDArray[Any]) -> float:
    """The share of a picture that is of one colour, from the bottom up: so decoders fill what is missing."""
    lines = (array == array[-1, -1]).all(axis=tuple(range(1, array.ndim)))
    return 1.0 if lines.all() else int(np.argmin(lines[::-1])) / len(lines)


def describe_missing(share: float) -> str:
    """Say how much of a picture is missing; `share` is 0 to 1."""
    percent = round(100 * share)
    what = f"about {percent} % of the picture is missing at its end" if percent else "detail is missing"
    return f"The file ends early: {what}."


def fill_missing_lines(there: Image.Image, height: int) -> tuple[Image.Image, str]:
    """Make a whole RGB picture from its upper lines, with grey below them, and the sentence that says so."""
    whole = Image.new("RGB", (there.width, height), MISSING_GREY)
    whole.paste(there, (0, 0))
    return whole, describe_missing(1 - there.height / height)
