"""Names are only names: how any file name is kept exactly, and how it is shown safely."""

from __future__ import annotations

import re
import unicodedata

from reviewer.domain.errors import KnownError

LONGEST_NAME = 200
LONGEST_FEW_WORDS = 400
"""Characters of what a person says in a few words."""
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_HARMLESS = frozenset("\u200c\u200d")  # joiners that Arabic and Persian names need
_DIGITS = re.compile(r"(\d+)")


def make_printable(text: str) -> str:
    """`text` with every character that could hide or reorder others shown as its number: \\u202e, \\x0a."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(_escape_character(character) for character in text)


def _escape_character(character: str) -> str:
    if character in _HARMLESS or unicodedata.category(character) not in _HIDDEN_CATEGORIES:
        return character
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:  # a byte of a name that is no valid UTF-8 (PEP 383)
        return f"\\x{number - 0xDC00:02x}"
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def path_to_text(path: bytes) -> str:
    """A path as it is shown and searched: undecodable bytes and control characters as numbers."""
    return make_printable(path.decode("utf-8", "surrogateescape"))


def make_natural_sort_key(name: str) -> list[tuple[int, int, str]]:
    """A sort key by which "IMG 9" stands before "IMG 10"."""
    parts = _DIGITS.split(name.casefold())
    return [(0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts if part]


def to_storable_text(text: str) -> str:
    """Text as it can be kept: no lone surrogates, no NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def validate_name(name: str, of_what: str) -> str:
    """A name as it can be kept: one line, no control characters, not empty, not endless. Or KnownError."""
    name = to_storable_text(name).strip()
    if not name:
        raise KnownError(f"The {of_what} needs a name.", code="bad-name")
    if make_printable(name) != name:
        raise KnownError(
            f"The name of the {of_what} has control characters in it: {make_printable(name)[:80]}.",
            "Type it again without them.",
            code="bad-name",
        )
    if len(name) > LONGEST_NAME:
        raise KnownError(
            f"The name of the {of_what} is longer than {LONGEST_NAME} characters.", code="bad-name"
        )
    return name
