"""Patterns of folder names that a person can state: `{branch}/*/{examination}`.

A part in braces is a number (or a date, or any name that tells individuals apart), `*` is anything, all else
stands for itself. There is nothing more to it, so that a pattern can be read aloud and reading it takes no
longer than the name is long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.domain.errors import KnownError
from reviewer.domain.text_folding import to_ascii_digits

_PIECE = re.compile(r"\{([^{}]*)\}|(\*)|([^{}*]+)|(.)")
PLACEHOLDER_NAMES = ("branch", "detainee", "examination", "date", "individual")
"""What may stand in braces; the numbers may be written `number.branch` as well."""
_IDENTIFYING_NAMES = {"detainee", "examination", "individual"}
_NAMES_WITH_DIGIT = {"detainee", "examination", "date"}
ANYTHING = "*"


@dataclass(frozen=True)
class _PatternPiece:
    """A literal or, with a `name`, a place whose text is read."""

    text: str
    name: str = ""


@dataclass(frozen=True)
class FolderPattern:
    """The parts of a pattern, the innermost folder last; `with_file` if the last part is the file's name."""

    parts: tuple[tuple[_PatternPiece, ...], ...]
    with_file: bool

    @staticmethod
    def parse(text: str) -> FolderPattern:
        """Parse a pattern; KnownError says what is wrong with it.

        The last part is the name of the file if it has a dot in it: `{branch}-{examination}-*.*`. A slash at
        the end says that it is a folder all the same.
        """
        written = text.strip()
        parts = tuple(_parse_pieces(part) for part in written.strip("/").split("/"))
        names = [piece.name for part in parts for piece in part if piece.name not in {"", ANYTHING}]
        if not _IDENTIFYING_NAMES & set(names):
            raise KnownError(
                "The pattern does not say what tells one individual from another.",
                "Use {examination}, {detainee} or {individual} in it, e.g. {branch}/*/{examination}.",
                code="pattern",
            )
        twice = next((name for name in names if names.count(name) > 1), "")
        if twice:
            raise KnownError(f"The pattern has {{{twice}}} twice.", "Use * for what need not be read.")
        last = _PIECE.sub(lambda found: found.group(3) or "", written.rpartition("/")[2])
        return FolderPattern(parts, "." in last)

    def read(self, folder: str, name: str) -> dict[str, str] | None:
        """What stands at the named places of a file's path, or None if the path does not fit.

        The pattern is laid on the end of the path: the folders above it may be any.
        """
        path = [piece for piece in folder.split("/") if piece]
        if self.with_file:
            path.append(name)
        if len(path) < len(self.parts):
            return None
        found: dict[str, str] = {}
        for pieces, segment in zip(self.parts, path[-len(self.parts) :], strict=True):
            read = _match_segment(pieces, segment)
            if read is None:
                return None
            found.update(read)
        values = {key: to_ascii_digits(value).strip() for key, value in found.items()}
        fits = all(
            value and (key not in _NAMES_WITH_DIGIT or _has_digit(value)) for key, value in values.items()
        )
        return values if fits else None


def _parse_pieces(part: str) -> tuple[_PatternPiece, ...]:
    pieces: list[_PatternPiece] = []
    for name, star, literal, stray in _PIECE.findall(part):
        if stray:
            raise KnownError("The pattern has a brace without its other half.", code="pattern")
        if literal:
            pieces.append(_PatternPiece(literal))
            continue
        if pieces and pieces[-1].name:
            raise KnownError(
                "The pattern has two places side by side with nothing between them.",
                "Put the text between them that stands in the names, e.g. {branch}-{examination}.",
                code="pattern",
            )
        pieces.append(_PatternPiece("", ANYTHING if star else _check_placeholder_name(name)))
    if not pieces:
        raise KnownError("The pattern is empty, or has an empty part.", code="pattern")
    return tuple(pieces)


def _check_placeholder_name(name: str) -> str:
    wanted = name.strip().removeprefix("number.").casefold()
    if wanted not in PLACEHOLDER_NAMES:
        raise KnownError(
            f"The pattern has {{{name}}}, which is not known.",
            f"Known are: {', '.join(PLACEHOLDER_NAMES)}.",
            code="pattern",
        )
    return wanted


def _match_segment(pieces: tuple[_PatternPiece, ...], segment: str) -> dict[str, str] | None:
    """Each place takes as little as it can; the last literal stands at the end."""
    found: dict[str, str] = {}
    at, waiting = 0, ""
    for number, piece in enumerate(pieces):
        if piece.name:
            waiting = piece.name
            continue
        last = number == len(pieces) - 1
        begin = _find_literal(piece.text, segment, at, waiting, last)
        if begin < 0:
            return None
        if waiting and waiting != ANYTHING:
            found[waiting] = segment[at:begin]
        at, waiting = begin + len(piece.text), ""
    if not waiting:
        return found if at == len(segment) else None
    if waiting != ANYTHING:
        found[waiting] = segment[at:]
    return found


def _find_literal(literal: str, segment: str, at: int, waiting: str, last: bool) -> int:
    """Where a literal begins, -1 if it does not stand there: at once, or after what is waited for."""
    if not waiting:
        return at if segment.startswith(literal, at) else -1
    least = at if waiting == ANYTHING else at + 1
    if last:
        begin = len(segment) - len(literal)
        return begin if begin >= least and segment.endswith(literal) else -1
    return segment.find(literal, least)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
