"""A worker's answer is untrusted text: here it becomes values of known types and sizes, or is refused.

Whoever parses hostile files may have been taken over by one. What comes from there is called `untrusted_...`
until it went through `parsed` and a function that reads it field by field: each field is asked for by its
name, its type and its limits, and what was not asked for is not looked at. A new operation gets a function
like `photo`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from reviewer.domain.photos.capture_dates import on_calendar
from reviewer.domain.photos.photo import Capture, OnePicture, Photo, Problem, ProblemKind

LONGEST_LINE = 1 << 20
MOST_PIXELS = 300_000_000
"""Whoever claims more has not decoded it: that is refused by the header."""
LONGEST_TEXT, LONGEST_NAME, MOST_TAGS = 500, 200, 400
MOST_PICTURES = 500
UNUSABLE = Problem(
    ProblemKind.DAMAGED,
    "The decoder gave an answer about this file that cannot be right, so none of it is kept.",
)
_OF_CONTENT = {
    ProblemKind.NOT_A_PHOTOGRAPH,
    ProblemKind.TRUNCATED,
    ProblemKind.DAMAGED,
    ProblemKind.TOO_LARGE,
    ProblemKind.TIMED_OUT,
}
"""A worker sees bytes: it cannot know that a file is empty, unreadable, or no file."""


class NotAsAgreed(Exception):
    """An answer that no worker gives that is still its own master."""


class Told:
    """An object of an answer whose fields are read one by one; NotAsAgreed for what is missing or unlike."""

    def __init__(self, untrusted: object) -> None:
        if not isinstance(untrusted, dict):
            raise NotAsAgreed("an object was agreed")
        self._untrusted: Mapping[str, object] = untrusted

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number; True and 1.0 are none."""
        value = self._field(name)
        if type(value) is not int or not least <= value <= most:
            raise NotAsAgreed(f"{name}: a number from {least} to {most} was agreed")
        return value

    def flag(self, name: str) -> bool:
        """True or false; false if nothing is said."""
        value = self._untrusted.get(name, False)
        if not isinstance(value, bool):
            raise NotAsAgreed(f"{name}: true or false was agreed")
        return value

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        """Text of at most `longest` characters; more is cut off."""
        return as_text(self._field(name), longest)

    def texts(self, name: str, most: int, longest: int = LONGEST_TEXT) -> tuple[str, ...]:
        """A list of at most `most` texts."""
        return tuple(as_text(each, longest) for each in self.list(name, most))

    def list(self, name: str, most: int) -> list[Any]:
        """A list of at most `most` parts, each still untrusted."""
        value = self._field(name)
        if not isinstance(value, list) or len(value) > most:
            raise NotAsAgreed(f"{name}: a list of at most {most} was agreed")
        return value

    def named_texts(self, name: str, most: int, longest: int) -> dict[str, str]:
        """An object whose values are texts."""
        value = self._field(name)
        if not isinstance(value, dict) or len(value) > most:
            raise NotAsAgreed(f"{name}: at most {most} named texts were agreed")
        return {as_text(key, LONGEST_NAME): as_text(text, longest) for key, text in value.items()}

    def part(self, name: str) -> Told:
        """An object within this one."""
        return Told(self._field(name))

    def has(self, name: str) -> bool:
        return name in self._untrusted

    def _field(self, name: str) -> object:
        if name not in self._untrusted:
            raise NotAsAgreed(f"{name} is missing")
        return self._untrusted[name]


def as_text(untrusted: object, longest: int) -> str:
    """Text that can be written down: a string without lone surrogates, cut after `longest` characters."""
    if not isinstance(untrusted, str):
        raise NotAsAgreed("text was agreed")
    text = untrusted[:longest]
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise NotAsAgreed("text that can be written was agreed")
    return text.replace("\0", " ")


def parsed(untrusted_line: bytes) -> dict[str, Any]:
    """One line of an answer as an object whose values are still untrusted; NotAsAgreed for any other line.

    Depth, length and the kinds of numbers are bounded here, so that looking at the values can do no harm.
    """
    if len(untrusted_line) >= LONGEST_LINE or not untrusted_line.endswith(b"\n"):
        raise NotAsAgreed("a whole line was agreed")
    return parsed_content(untrusted_line)


def parsed_content(untrusted: bytes, most_lists: int = LONGEST_LINE) -> dict[str, Any]:
    """The same for an answer that lay in the output buffer; lists and objects are what grows in memory."""
    if untrusted.count(b"[") + untrusted.count(b"{") > most_lists:
        raise NotAsAgreed("fewer lists were agreed")
    try:
        found = json.loads(
            untrusted.decode("utf-8"),
            object_pairs_hook=_once_each,
            parse_float=_refused,
            parse_constant=_refused,
        )
    except (ValueError, RecursionError, MemoryError) as error:
        raise NotAsAgreed("JSON was agreed") from error
    if not isinstance(found, dict):
        raise NotAsAgreed("an object was agreed")
    return found


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; whoever says a name twice wants to be read in two ways."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is said twice")
    return found


def _refused(_number: str) -> NoReturn:
    """No answer has fractions, so there is no NaN and no infinity either."""
    raise ValueError("whole numbers were agreed")


def problem(untrusted: Mapping[str, Any]) -> Problem:
    """Why a file is no photograph, as a worker tells it."""
    try:
        told = Told(untrusted).part("problem")
        kind = ProblemKind(told.text("kind", 40))
        return Problem(kind, told.text("reason")) if kind in _OF_CONTENT else UNUSABLE
    except (NotAsAgreed, ValueError):
        return UNUSABLE


def photo(untrusted: Mapping[str, Any], sha256: str, size: int, likeness: str) -> Photo:
    """The Photo of an answer. Hash, size and likeness are of our own making."""
    told = Told(untrusted)
    capture = told.part("capture")
    width, height = told.number("width", 1, MOST_PIXELS), told.number("height", 1, MOST_PIXELS)
    if width * height > MOST_PIXELS:
        raise NotAsAgreed("so many pixels are refused by the header")
    return Photo(
        sha256=sha256,
        size=size,
        format=told.text("format", 8),
        width=width,
        height=height,
        orientation=told.number("orientation", 1, 8),
        capture=Capture(
            on_calendar(capture.text("taken_at", 40)),
            capture.text("make", LONGEST_NAME),
            capture.text("model", LONGEST_NAME),
            capture.named_texts("tags", MOST_TAGS, LONGEST_TEXT),
            capture.text("taken_from", LONGEST_NAME),
            capture.text("taken_doubt"),
        ),
        likeness=likeness,
        damage=told.text("damage"),
        pictures=tuple(_one_picture(each) for each in told.list("pictures", MOST_PICTURES)),
        shown_as=told.text("shown_as", LONGEST_NAME),
    )


def _one_picture(untrusted: object) -> OnePicture:
    """One of several pictures in a file: [width, height, orientation, words]."""
    if not isinstance(untrusted, list) or len(untrusted) != 4:
        raise NotAsAgreed("four values of a picture were agreed")
    told = Told(dict(zip(("width", "height", "orientation", "words"), untrusted, strict=True)))
    return OnePicture(
        told.number("width", 1, MOST_PIXELS),
        told.number("height", 1, MOST_PIXELS),
        told.number("orientation", 1, 8),
        told.text("words", LONGEST_NAME),
    )


def small_size(untrusted: Mapping[str, Any], longest: int, count: int) -> tuple[int, int]:
    """Width and height of a small picture whose `count` bytes are rows of red, green, blue."""
    told = Told(untrusted)
    width, height = told.number("small_width", 1, longest), told.number("small_height", 1, longest)
    if count != 3 * width * height:
        raise NotAsAgreed("the small picture is not of its size")
    return width, height
