"""What comes out the same on every system, as it was when the program was made (expected.json).

`python packaging/self_test_files.py` writes it anew, and a test says when that is due.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewer.system.resources import find_resource

NAME = "expected.json"


@dataclass(frozen=True)
class Expected:
    """`exports` are SHA-256 by name; `shapes` that of a picture of straight edges, `card` the mean grey of
    each square of a picture with words, row by row, `width` that of a line of words at 100 pixels; `code` is
    the one of a self-test in which all is well."""

    exports: Mapping[str, str]
    shapes: str
    card: Sequence[Sequence[int]]
    width: float
    code: str


def load_expected() -> Expected:
    """Read the file of the program. FileNotFoundError, ValueError or TypeError if it is not whole."""
    return Expected(**json.loads(find_resource("self_test", NAME).read_text(encoding="utf-8")))
