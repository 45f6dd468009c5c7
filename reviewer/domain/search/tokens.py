"""A query cut into pieces: brackets, words, conditions; each knows the column it stands in.

Cutting never fails on what is half typed except for a quote that is not closed and a field without a value;
`tolerant` cutting, for completion, takes even these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.errors import KnownError

_CONDITION = re.compile(r"([^\W\d_]+(?:_[^\W\d_]+)*)(:|>=|<=|!=|=|>|<)")
_QUOTES = {'"': '"', "\u201c": "\u201d", "\u201e": "\u201c", "\u00ab": "\u00bb"}
"""Opening quotes and what closes them: also those that phones and word processors set by themselves."""


class QueryError(KnownError):
    """A query that makes no sense; the message names the column, `column` counts from 1."""

    code = "query"

    def __init__(self, column: int, what: str, hint: str = "") -> None:
        super().__init__(f"Column {column}: {what}", hint)
        self.column = column


class TokenKind(StrEnum):
    OPEN = "("
    CLOSE = ")"
    AND = "and"
    OR = "or"
    NOT = "not"
    WORDS = "words"
    CONDITION = "condition"
    END = "end"


@dataclass(frozen=True)
class QueryToken:
    """`text` is the value or the words; `start` and `end` are places in the text, `value_at` where the value
    begins. `quoted` values are taken as they are."""

    piece: TokenKind
    start: int
    end: int
    text: str = ""
    field: str = ""
    relation: str = ""
    value_at: int = 0
    quoted: bool = False

    @property
    def column(self) -> int:
        return self.start + 1


def tokenize(text: str, *, tolerant: bool = False) -> list[QueryToken]:
    """The pieces in order, END last. QueryError for a quote that never closes or a field without a value."""
    found, place = [], 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        token = _read_token(text, place, tolerant)
        found.append(token)
        place = token.end
    return [*found, QueryToken(TokenKind.END, len(text), len(text))]


def _read_token(text: str, place: int, tolerant: bool) -> QueryToken:
    character = text[place]
    if character in "()":
        return QueryToken(TokenKind(character), place, place + 1)
    if character in "-\u2212" and place + 1 < len(text) and not text[place + 1].isspace():
        return QueryToken(TokenKind.NOT, place, place + 1)
    condition = _CONDITION.match(text, place)
    if condition is not None:
        return _read_condition(text, place, condition, tolerant)
    value, end, quoted = _read_value(text, place, tolerant)
    word = value.casefold()
    if not quoted and word in {"and", "or", "not"}:
        return QueryToken(TokenKind(word), place, end)
    return QueryToken(TokenKind.WORDS, place, end, value, value_at=place, quoted=quoted)


def _read_condition(text: str, place: int, match: re.Match[str], tolerant: bool) -> QueryToken:
    value, end, quoted = _read_value(text, match.end(), tolerant)
    field, relation = match.groups()
    if not value.strip() and not tolerant:
        raise QueryError(match.end() + 1, f"after {field}{relation} a value was expected.")
    return QueryToken(TokenKind.CONDITION, place, end, value, field, relation, match.end(), quoted)


def _read_value(text: str, place: int, tolerant: bool) -> tuple[str, int, bool]:
    """A value that begins at `place`: what it says, where it ends, whether it stands in quotes."""
    closing = _QUOTES.get(text[place]) if place < len(text) else None
    if closing is None:
        end = place
        while end < len(text) and not text[end].isspace() and text[end] not in '()"':
            end += 1
        return text[place:end], end, False
    end, said = place + 1, []
    while end < len(text) and text[end] != closing:
        if text[end] == "\\" and end + 1 < len(text):
            end += 1
        said.append(text[end])
        end += 1
    if end >= len(text) and not tolerant:
        raise QueryError(place + 1, "this quote is never closed.", 'Add a closing ".')
    return "".join(said), min(end + 1, len(text)), True


def quote_value(value: str, *, quoted: bool = False) -> str:
    """A value as it is typed: in quotes where it would be read differently without."""
    plain = (
        bool(value)
        and not quoted
        and not any(character.isspace() or character in '()"' for character in value)
        and value[0] not in "-\u2212\u201c\u201e\u00ab"
    )
    if plain:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
