"""A worker's answer is untrusted text: here it becomes values of known types and sizes, or is refused.

A process that parses hostile files may have been taken over by one. What comes from there is called
`untrusted_...` until it went through `parse_answer` and a function that reads it field by field: each field
is asked for by its name, its type and its limits, and what was not asked for is not looked at. A new
operation gets a function like `photo_from_answer`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from reviewer.domain.photos.capture_dates import keep_valid_date
from reviewer.domain.photos.photo import Capture, Photo, PictureInFile, Problem, ProblemKind

LONGEST_ANSWER_LINE = 1 << 20
MOST_PIXELS = 300_000_000
"""An answer that claims more is wrong: such a file is refused by its header."""
LONGEST_TEXT, LONGEST_NAME, MOST_TAGS = 500, 200, 400
MOST_PICTURES = 500
UNUSABLE_ANSWER = Problem(
    ProblemKind.DAMAGED,
    "The decoder gave an answer about this file that cannot be right, so none of it is kept.",
)
_KINDS_OF_CONTENT = {
    ProblemKind.NOT_A_PHOTOGRAPH,
    ProblemKind.TRUNCATED,
    ProblemKind.DAMAGED,
    ProblemKind.TOO_LARGE,
    ProblemKind.TIMED_OUT,
}
"""A worker sees bytes: it cannot know that a file is empty, unreadable, or no file."""


class ProtocolViolation(Exception):
    """An answer that no worker gives unless it was taken over by a file."""


class UntrustedFields:
    """An object of an answer, read field by field; ProtocolViolation for one that is missing or wrong."""

    def __init__(self, untrusted: object) -> None:
        if not isinstance(untrusted, dict):
            raise ProtocolViolation("an object was agreed")
        self._untrusted: Mapping[str, object] = untrusted

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number; True and 1.0 are none."""
        value = self._field(name)
        if type(value) is not int or not least <= value <= most:
            raise ProtocolViolation(f"{name}: a number from {least} to {most} was agreed")
        return value

    def flag(self, name: str) -> bool:
        """True or false; false if nothing is said."""
        value = self._untrusted.get(name, False)
        if not isinstance(value, bool):
            raise ProtocolViolation(f"{name}: true or false was agreed")
        return value

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        """Text of at most `longest` characters; more is cut off."""
        return check_text(self._field(name), longest)

    def texts(self, name: str, most: int, longest: int = LONGEST_TEXT) -> tuple[str, ...]:
        """A list of at most `most` texts."""
        return tuple(check_text(text, longest) for text in self.list(name, most))

    def list(self, name: str, most: int) -> list[Any]:
        """A list of at most `most` parts, each still untrusted."""
        value = self._field(name)
        if not isinstance(value, list) or len(value) > most:
            raise ProtocolViolation(f"{name}: a list of at most {most} was agreed")
        return value

    def named_texts(self, name: str, most: int, longest: int) -> dict[str, str]:
        """An object whose values are texts."""
        value = self._field(name)
        if not isinstance(value, dict) or len(value) > most:
            raise ProtocolViolation(f"{name}: at most {most} named texts were agreed")
        return {check_text(key, LONGEST_NAME): check_text(text, longest) for key, text in value.items()}

    def part(self, name: str) -> UntrustedFields:
        """An object within this one."""
        return UntrustedFields(self._field(name))

    def has(self, name: str) -> bool:
        return name in self._untrusted

    def _field(self, name: str) -> object:
        if name not in self._untrusted:
            raise ProtocolViolation(f"{name} is missing")
        return self._untrusted[name]


def check_text(untrusted: object, longest: int) -> str:
    """Text that can be written down: a string without lone surrogates, cut after `longest` characters."""
    if not isinstance(untrusted, str):
        raise ProtocolViolation("text was agreed")
    text = untrusted[:longest]
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ProtocolViolation("text that can be written was agreed") from error
    return text.replace("\0", " ")


def parse_answer(untrusted_line: bytes) -> dict[str, Any]:
    """Parse one line of an answer: an object of untrusted values; ProtocolViolation for any other line.

    Depth, length and the kinds of numbers are bounded here, so that looking at the values can do no harm.
    """
    if len(untrusted_line) >= LONGEST_ANSWER_LINE or not untrusted_line.endswith(b"\n"):
        raise ProtocolViolation("a whole line was agreed")
    return parse_content(untrusted_line)


def parse_content(untrusted: bytes, most_lists: int = LONGEST_ANSWER_LINE) -> dict[str, Any]:
    """The same for an answer that lay in the output buffer; lists and objects are what grows in memory."""
    if untrusted.count(b"[") + untrusted.count(b"{") > most_lists:
        raise ProtocolViolation("fewer lists were agreed")
    try:
        found = json.loads(
            untrusted.decode("utf-8"),
            object_pairs_hook=_reject_duplicate_names,
            parse_float=_reject_fraction,
            parse_constant=_reject_fraction,
        )
    except (ValueError, RecursionError, MemoryError) as error:
        raise ProtocolViolation("JSON was agreed") from error
    if not isinstance(found, dict):
        raise ProtocolViolation("an object was agreed")
    return found


def _reject_duplicate_names(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object; a name said twice could be read in two ways."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is said twice")
    return found


def _reject_fraction(_number: str) -> NoReturn:
    """No answer has fractions, so there is no NaN and no infinity either."""
    raise ValueError("whole numbers were agreed")


def problem_from_answer(untrusted: Mapping[str, Any]) -> Problem:
    """Read why a file is no photograph from a worker's answer."""
    try:
        fields = UntrustedFields(untrusted).part("problem")
        kind = ProblemKind(fields.text("kind", 40))
        return Problem(kind, fields.text("reason")) if kind in _KINDS_OF_CONTENT else UNUSABLE_ANSWER
    except (ProtocolViolation, ValueError):
        return UNUSABLE_ANSWER


def photo_from_answer(untrusted: Mapping[str, Any], sha256: str, size: int, likeness: str) -> Photo:
    """The Photo of an answer. Hash, size and likeness are of our own making."""
    fields = UntrustedFields(untrusted)
    capture = fields.part("capture")
    width, height = fields.number("width", 1, MOST_PIXELS), fields.number("height", 1, MOST_PIXELS)
    if width * height > MOST_PIXELS:
        raise ProtocolViolation("so many pixels are refused by the header")
    return Photo(
        sha256=sha256,
        size=size,
        format=fields.text("format", 8),
        width=width,
        height=height,
        orientation=fields.number("orientation", 1, 8),
        capture=Capture(
            keep_valid_date(capture.text("taken_at", 40)),
            capture.text("make", LONGEST_NAME),
            capture.text("model", LONGEST_NAME),
            capture.named_texts("tags", MOST_TAGS, LONGEST_TEXT),
            capture.text("taken_from", LONGEST_NAME),
            capture.text("taken_doubt"),
        ),
        likeness=likeness,
        damage=fields.text("damage"),
        pictures=tuple(_picture_from_answer(picture) for picture in fields.list("pictures", MOST_PICTURES)),
        shown_as=fields.text("shown_as", LONGEST_NAME),
    )


def _picture_from_answer(untrusted: object) -> PictureInFile:
    """One of several pictures in a file: [width, height, orientation, words]."""
    if not isinstance(untrusted, list) or len(untrusted) != 4:
        raise ProtocolViolation("four values of a picture were agreed")
    fields = UntrustedFields(dict(zip(("width", "height", "orientation", "words"), untrusted, strict=True)))
    return PictureInFile(
        fields.number("width", 1, MOST_PIXELS),
        fields.number("height", 1, MOST_PIXELS),
        fields.number("orientation", 1, 8),
        fields.text("words", LONGEST_NAME),
    )


def read_small_size(untrusted: Mapping[str, Any], longest: int, count: int) -> tuple[int, int]:
    """Width and height of a small picture whose `count` bytes are rows of red, green, blue."""
    fields = UntrustedFields(untrusted)
    width, height = fields.number("small_width", 1, longest), fields.number("small_height", 1, longest)
    if count != 3 * width * height:
        raise ProtocolViolation("the small picture is not of its size")
    return width, height
