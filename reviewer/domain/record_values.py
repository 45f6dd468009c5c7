"""From a cell to a value of a Fact: normalised, or left empty with the doubt that says why.

The raw text always stays beside it. Nothing is filled in, rounded or corrected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from reviewer.domain.individual import AGE_BANDS, STATES, Fact
from reviewer.domain.record_dates import DateOrder, read_date
from reviewer.domain.record_table import Cell, CellKind
from reviewer.domain.text_folding import ascii_digits, folded

_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")
_WHOLE = re.compile(r"^([+-]?\d+)\.0+$")
_NUMBER = re.compile(r"^[\w?][\w?/ .\-]*$")
_MOST_AGE = 120

_SEX_NAMES = {
    "male": "male m man masculine ذكر رجل homme masculin männlich mann",
    "female": "female f woman feminine أنثى انثى امرأة femme féminin weiblich w frau",
    "cannot tell": "? unknown مجهول inconnu unbekannt",
}
_SEX_OF = {folded(name): sex for sex, names in _SEX_NAMES.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Value:
    """`value` is "" when there is a doubt about what the cell says, or nothing in it."""

    value: str
    raw: str
    doubt: str = ""


def read_value(fact: Fact | None, cell: Cell, order: DateOrder | None = None) -> Value:
    """What a cell says of a Fact (None: of nothing; only its own doubt is kept)."""
    raw = cell.text
    if fact is None or cell.kind in {CellKind.ERROR, CellKind.DOUBTFUL} or not raw.strip():
        return Value("", raw, cell.doubt or ("an error value" if cell.kind is CellKind.ERROR else ""))
    value, doubt = _READERS.get(fact, _as_text)(cell, order)
    return Value(value, raw, "; ".join(each for each in (cell.doubt, doubt) if each))


def number_key(value: str) -> str:
    """The form in which two numbers of cards are compared: case, spaces and hyphens do not matter.

    Leading zeros do: that they are missing is said by `differs_in_zeros`.
    """
    return re.sub(r"[\s.\-_]+", "", ascii_digits(_MARKS.sub("", value))).casefold()


def zeroless_key(value: str) -> str:
    """`number_key` without the zeros at its beginning: what a program that takes numbers for sums leaves."""
    key = number_key(value)
    return key.lstrip("0") or key


def is_legible(value: str) -> bool:
    """Whether every sign of a number could be read; a `?` stands for one that could not."""
    return bool(value) and "?" not in value


def cleaned(text: str) -> str:
    """Text without invisible marks of direction and with single spaces; its letters as they are."""
    return " ".join(_MARKS.sub("", text).split())


def _as_text(cell: Cell, _order: DateOrder | None) -> tuple[str, str]:
    return cleaned(cell.text), ""


def _number(cell: Cell, _order: DateOrder | None) -> tuple[str, str]:
    text = ascii_digits(cleaned(cell.text)).replace("\u066b", ".").replace("؟", "?")
    if cell.kind is CellKind.DATE:
        return "", "a date where a number is expected"
    if whole := _WHOLE.match(text):
        text = whole[1]
    elif cell.kind is CellKind.NUMBER and not text.lstrip("-").isdigit():
        return "", "no whole number"
    if text.startswith("-") or not _NUMBER.match(text) or not any(c.isalnum() or c == "?" for c in text):
        return "", "not read as a number of a card"
    return text, "" if is_legible(text) else "not all of it is legible"


def _sex(cell: Cell, _order: DateOrder | None) -> tuple[str, str]:
    found = _SEX_OF.get(folded(cleaned(cell.text)).strip(" ."))
    return (found, "") if found else ("", "not read as male or female")


def _age(cell: Cell, _order: DateOrder | None) -> tuple[str, str]:
    text = ascii_digits(cleaned(cell.text)).replace("\u2013", "-").casefold()
    text = re.sub(r"\s*-\s*", "-", text)
    if text in AGE_BANDS:
        return text, ""
    if cell.kind is CellKind.DATE:
        return "", "a date where an age is expected"
    whole = _WHOLE.match(text)
    digits = whole[1] if whole else text
    if not digits.isdecimal() or len(digits) > 3 or int(digits) > _MOST_AGE:
        return "", "not read as an age or one of the age bands"
    return _band(int(digits)), ""


def _band(years: int) -> str:
    limits = ((12, 0), (18, 1), (30, 2), (45, 3), (60, 4))
    return next((AGE_BANDS[place] for limit, place in limits if years < limit), AGE_BANDS[5])


def _date(cell: Cell, order: DateOrder | None) -> tuple[str, str]:
    if cell.kind is CellKind.DATE:
        return cell.text[:10], ""
    if cell.kind is CellKind.NUMBER and len(cell.text) != 4:
        return "", "a number where a date is expected"
    read = read_date(cell.text, order)
    return read.value, read.doubt


def _state(cell: Cell, _order: DateOrder | None) -> tuple[str, str]:
    text = cleaned(cell.text).casefold()
    return (text, "") if text in STATES else ("", "none of the states the program knows")


_Reader = Callable[[Cell, DateOrder | None], tuple[str, str]]
_READERS: dict[Fact, _Reader] = {
    Fact.DETAINEE_NUMBER: _number,
    Fact.BRANCH_NUMBER: _number,
    Fact.EXAMINATION_NUMBER: _number,
    Fact.SEX: _sex,
    Fact.AGE_BAND: _age,
    Fact.DIED_ON: _date,
    Fact.STATE: _state,
}
