"""Whether the window has its typefaces and is drawn: a process of its own draws off screen and tells.

Straight edges must be the same to the bit. Smoothed shapes and words differ a little between systems: of them
the mean grey of each square of 20 pixels is compared, and the width of a line. Of the window itself what is
compared is how it is laid out, not its pixels.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from reviewer.services.self_test.expected import Expected, load_expected
from reviewer.services.self_test.part import REINSTALL, PartFailed, PartResult
from reviewer.system.own_process import WITHOUT_WINDOW, make_environment

COMMAND = (sys.executable, "-P", "-m", "reviewer.qt.window_check")
TOLERANCE = 14
"""Levels of 255 by which a square may be off: other smoothing of edges and letters, on the same shapes."""
WIDTH_TOLERANCE = 0.02
FEWEST_COLOURS, FEWEST_MENUS = 20, 6
SIZE = [1366, 768]
WAYS = ["case.demonstration", "case.new", "case.open"]
_SECONDS = 120
_OFF_SCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*.debug=false;qt.qpa.*=false"}
_MISSING_LIBRARY = "Install the library that is named, by the means of the system, and run this again."


def draw_window(command: Sequence[str] = COMMAND) -> dict[str, Any]:
    """Let the other process draw; what it tells. PartFailed if it cannot be started or ends without it."""
    try:
        ran = subprocess.run(
            list(command),
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=make_environment(_OFF_SCREEN, without="QT_"),
            stdin=subprocess.DEVNULL,
            creationflags=WITHOUT_WINDOW,
        )
        told = json.loads(ran.stdout)
    except subprocess.TimeoutExpired:
        raise PartFailed(f"the window was not drawn within {_SECONDS} seconds.", REINSTALL) from None
    except (OSError, ValueError):
        raise PartFailed(
            f"the window cannot be drawn: {_find_last_line(ran.stderr)}", _MISSING_LIBRARY
        ) from None
    if not isinstance(told, dict):
        raise PartFailed("the window was drawn and nothing was told of it.", REINSTALL)
    return told


def _find_last_line(errors: bytes) -> str:
    lines = [line for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else "its process ended without a word."


def check_fonts(told: Mapping[str, Any]) -> PartResult:
    """Judge what was told of the typefaces."""
    for name, family in told["families"].items():
        if family != name:
            raise PartFailed(
                f"the typeface {name} is not there, {family or 'none'} stands in for it.", REINSTALL
            )
    for name, letters in told["missing"].items():
        if letters:
            raise PartFailed(f"{name} lacks these letters: {letters!a}.", REINSTALL)
    if not told["joined"]:
        raise PartFailed("Arabic letters are not joined.", REINSTALL)
    expected = load_expected().width
    if abs(told["width"] - expected) > WIDTH_TOLERANCE * expected:
        raise PartFailed(f"a line is {told['width']} pixels wide in place of {expected}.", REINSTALL)
    return PartResult(f"{' and '.join(told['families'])}; Latin, Arabic and Persian, joined", "fonts")


def check_window(told: Mapping[str, Any]) -> PartResult:
    """Judge what was told of the window and of the pictures drawn."""
    expected, window = load_expected(), told["window"]
    if told["shapes"] != expected.shapes:
        raise PartFailed("straight edges are not drawn as they are everywhere.", REINSTALL)
    off = find_greatest_difference(told["card"], expected)
    if off > TOLERANCE:
        raise PartFailed(f"shapes and words are drawn otherwise: by {off} of 255 levels.", REINSTALL)
    if window["size"] != SIZE or window["menus"] < FEWEST_MENUS or window["ways"] != WAYS:
        raise PartFailed("the window is not laid out as it should be.", REINSTALL)
    if window["colours"] < FEWEST_COLOURS:
        raise PartFailed("the window is blank.", REINSTALL)
    return PartResult(
        f"drawn off screen with Qt {told['qt']}, off by {off} of 255 levels at most", expected.shapes
    )


def find_greatest_difference(card: Sequence[Sequence[int]], expected: Expected) -> int:
    """By how many levels the square that differs most is off; 255 if the pictures have other sizes."""
    if [len(row) for row in card] != [len(row) for row in expected.card]:
        return 255
    rows = zip(card, expected.card, strict=True)
    return max(abs(one - other) for row, right in rows for one, other in zip(row, right, strict=True))
