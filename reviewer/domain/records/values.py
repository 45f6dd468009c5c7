"""From a cell to a value of a Fact: normalised, or left empty with the doubt that says why.

The raw text always stays beside it. Nothing is filled in, rounded or corrected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from reviewer.domain.people.ages import normalise_age, parse_age_range
from reviewer.domain.people.individual import AGE_BANDS, BODY_STATES, Fact
from reviewer.domain.records.calendars import (
    ANY_DATE,
    CALENDAR_NAMES,
    Calendar,
    CalendarConversion,
    DateWindow,
    refuse_conversion,
)
from reviewer.domain.records.dates import DateOrder, parse_record_date
from reviewer.domain.records.table import RecordCell, RecordCellKind
from reviewer.domain.text_folding import fold_text, to_ascii_digits

_INVISIBLE_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")
_WHOLE_NUMBER = re.compile(r"^([+-]?\d+)\.0+$")
_NUMBER = re.compile(r"^[\w?][\w?/ .\-]*$")
_THOUSANDS = re.compile(r"^\d{1,3}(?:[.,' \u00a0\u202f\u066c]\d{3})+$")
_RANGE = re.compile(r"^(\d{2,})\s*(?:[-\u2013\u2014]|to|bis|à|الى|إلى)\s*(\d{2,})$")
_LONGEST_RANGE, _LONGEST_SHORT_RANGE = 1000, 100
_TRUTH_WORDS = "true false yes no نعم لا oui non ja nein vrai faux wahr falsch"
_TRUTHS = {fold_text(word) for word in _TRUTH_WORDS.split()}
_MOST_AGE = 120

_SEX_NAMES = {
    "male": "male m man masculine ذكر رجل homme masculin männlich mann",
    "female": "female f woman feminine أنثى انثى امرأة femme féminin weiblich w frau",
    "cannot tell": "? unknown مجهول inconnu unbekannt",
}
_SEX_OF = {fold_text(name): sex for sex, names in _SEX_NAMES.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class FactValue:
    """`value` is "" when there is a doubt about what the cell says, or nothing in it."""

    value: str
    raw: str
    doubt: str = ""


@dataclass(frozen=True)
class DateConventions:
    """How the dates of a column are read: order of day and month, calendar, which ones can be meant."""

    order: DateOrder | None = None
    calendar: Calendar = Calendar.GREGORIAN
    window: DateWindow = ANY_DATE
    convert: CalendarConversion = refuse_conversion


_DEFAULT_CONVENTIONS = DateConventions()


def read_value(
    fact: Fact | None, cell: RecordCell, dates: DateConventions = _DEFAULT_CONVENTIONS
) -> FactValue:
    """What a cell says of a Fact (None: of nothing; only its own doubt is kept)."""
    raw = cell.text
    if fact is None or cell.kind in {RecordCellKind.ERROR, RecordCellKind.DOUBTFUL} or not raw.strip():
        return FactValue(
            "", raw, cell.doubt or ("an error value" if cell.kind is RecordCellKind.ERROR else "")
        )
    value, doubt = _READERS.get(fact, _read_text)(cell, dates)
    return FactValue(value, raw, "; ".join(reason for reason in (cell.doubt, doubt) if reason))


def make_number_key(value: str) -> str:
    """The form in which two numbers of cards are compared: case, spaces and hyphens do not matter.

    Leading zeros do: that they are missing is said by `describe_differences`.
    """
    return re.sub(r"[\s.\-_]+", "", to_ascii_digits(_INVISIBLE_MARKS.sub("", value))).casefold()


def make_zeroless_key(value: str) -> str:
    """The key without the zeros at its beginning, as a program leaves it that takes numbers for sums."""
    key = make_number_key(value)
    return key.lstrip("0") or key


def is_legible(value: str) -> bool:
    """Whether every sign of a number could be read; a `?` stands for one that could not."""
    return bool(value) and "?" not in value


def clean_cell_text(text: str) -> str:
    """Text without invisible marks of direction and with single spaces; its letters as they are."""
    return " ".join(_INVISIBLE_MARKS.sub("", text).split())


def _read_text(cell: RecordCell, _dates: DateConventions) -> tuple[str, str]:
    return clean_cell_text(cell.text), ""


def _read_number(cell: RecordCell, _dates: DateConventions) -> tuple[str, str]:
    text = to_ascii_digits(clean_cell_text(cell.text)).replace("\u066b", ".").replace("؟", "?")
    if odd := _find_number_doubt(cell, text):
        return "", odd
    if whole := _WHOLE_NUMBER.match(text):
        text = whole[1]
    elif cell.kind is RecordCellKind.NUMBER and not text.lstrip("-").isdigit():
        return "", "no whole number"
    if text.startswith("-") or not _NUMBER.match(text) or not any(c.isalnum() or c == "?" for c in text):
        return "", "not read as a number of a card"
    return text, "" if is_legible(text) else "not all of it is legible"


def _find_number_doubt(cell: RecordCell, text: str) -> str:
    """Why a cell can be something else than the number it looks like, "" if it cannot."""
    if cell.kind is RecordCellKind.DATE:
        return "a date where a number is expected"
    if cell.kind is RecordCellKind.TRUTH or fold_text(text) in _TRUTHS:
        return "true or false where a number is expected"
    if cell.kind is RecordCellKind.TEXT and _THOUSANDS.match(text):
        return f"can be {re.sub('[^0-9]', '', text)} with a sign for thousands, or another number"
    return "can be a range of numbers: more than one person" if _is_range(text) else ""


def _is_range(text: str) -> bool:
    """ "3450-3452" and "3450-52", not "215-3450", "3452-17" or "9580-901"."""
    found = _RANGE.match(text)
    if found is None or len(found[2]) > len(found[1]):
        return False
    more = int(found[2]) - int(found[1][-len(found[2]) :])
    return 0 < more <= (_LONGEST_RANGE if len(found[2]) == len(found[1]) else _LONGEST_SHORT_RANGE)


def _read_sex(cell: RecordCell, _dates: DateConventions) -> tuple[str, str]:
    found = _SEX_OF.get(fold_text(clean_cell_text(cell.text)).strip(" ."))
    return (found, "") if found else ("", "not read as male or female")


def _read_age(cell: RecordCell, _dates: DateConventions) -> tuple[str, str]:
    text = to_ascii_digits(clean_cell_text(cell.text)).replace("\u2013", "-").casefold()
    text = re.sub(r"\s*-\s*", "-", text)
    if text in AGE_BANDS:
        return text, ""
    if parse_age_range(text) is not None:
        return normalise_age(text), ""
    if cell.kind is RecordCellKind.DATE:
        return "", "a date where an age is expected"
    whole = _WHOLE_NUMBER.match(text)
    digits = whole[1] if whole else text
    if not digits.isdecimal() or len(digits) > 3 or int(digits) > _MOST_AGE:
        return "", "not read as an age or one of the age bands"
    return _find_age_band(int(digits)), ""


def _find_age_band(years: int) -> str:
    limits = ((12, 0), (18, 1), (30, 2), (45, 3), (60, 4))
    return next((AGE_BANDS[place] for limit, place in limits if years < limit), AGE_BANDS[5])


def _read_date(cell: RecordCell, dates: DateConventions) -> tuple[str, str]:
    if cell.kind is RecordCellKind.TRUTH:
        return "", "true or false where a date is expected"
    if cell.kind is RecordCellKind.NUMBER and len(cell.text) != 4:
        return "", "a number where a date is expected"
    if cell.kind is RecordCellKind.DATE and dates.calendar is not Calendar.GREGORIAN:
        return "", f"a date of our calendar in a column of the {CALENDAR_NAMES[dates.calendar]} one"
    text = cell.text[:10] if cell.kind is RecordCellKind.DATE else cell.text
    read = parse_record_date(text, dates.order, dates.calendar, dates.convert)
    outside = dates.window.describe_doubt(read.value) if read.value else ""
    if outside:
        return "", f"{read.value} {outside}"
    return read.value, read.doubt


def _read_state(cell: RecordCell, _dates: DateConventions) -> tuple[str, str]:
    text = clean_cell_text(cell.text).casefold()
    return (text, "") if text in BODY_STATES else ("", "none of the states the program knows")


_ValueReader = Callable[[RecordCell, DateConventions], tuple[str, str]]
_READERS: dict[Fact, _ValueReader] = {
    Fact.DETAINEE_NUMBER: _read_number,
    Fact.BRANCH_NUMBER: _read_number,
    Fact.EXAMINATION_NUMBER: _read_number,
    Fact.SEX: _read_sex,
    Fact.AGE_BAND: _read_age,
    Fact.DIED_ON: _read_date,
    Fact.STATE: _read_state,
}
