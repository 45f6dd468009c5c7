"""Dates as people write them, read without guessing: what could be two days is never read as one.

"03/04/2012" is 3 April or 4 March. A column decides it if one of its values is a date in one order only;
otherwise a person has to say. What is a date in neither order (31/02/2012) decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewer.domain.text_folding import ascii_digits, folded


class DateOrder(StrEnum):
    """Which of the first two numbers of a date is the day. ISO: only dates that begin with the year."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    ISO = "iso"


@dataclass(frozen=True)
class Evidence:
    """What the values of a column say of its order: `order` is None if they do not decide it.

    `needed` says whether any value depends on the order; `example` is the one that decides it, or is open.
    """

    order: DateOrder | None
    needed: bool
    example: str = ""
    contradictory: bool = False


_NUMERIC = re.compile(r"^(\d{1,2})\s*[-/. ،]\s*(\d{1,2})\s*[-/. ،]\s*(\d{4}|\d{2})$")
_YEAR_FIRST = re.compile(r"^(\d{4})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*(\d{1,2}))?$")
_YEAR = re.compile(r"^\d{4}$")
_NAMED = re.compile(r"^(\d{1,2})\.?\s+(\D+?)\.?,?\s+(\d{4})$")
_NAMED_FIRST = re.compile(r"^(\D+?)\.?\s+(\d{1,2}),?\s+(\d{4})$")
_TIME = re.compile(r"[T\s]\s*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:Z|[+-]\d{2}:?\d{2}|am|pm|AM|PM)?$")
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")

_MONTHS = (
    "january jan janvier januar jänner كانون_الثاني يناير",
    "february feb février fevrier févr februar شباط فبراير",
    "march mar mars märz maerz mär آذار اذار مارس",
    "april apr avril avr نيسان أبريل ابريل",
    "may mai أيار ايار مايو",
    "june jun juin juni حزيران يونيو",
    "july jul juillet juil juli تموز يوليو",
    "august aug août aout آب اب أغسطس اغسطس",
    "september sep sept septembre أيلول ايلول سبتمبر",
    "october oct octobre oktober okt تشرين_الأول تشرين_أول أكتوبر",
    "november nov novembre تشرين_الثاني تشرين_ثاني نوفمبر",
    "december dec décembre decembre déc dezember dez كانون_الأول كانون_أول ديسمبر",
)
"""English, French, German, and Arabic as written in the Levant and in Egypt."""

_MONTH_OF = {
    folded(name.replace("_", " ")): number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names.split()
}


@dataclass(frozen=True)
class ReadDate:
    """`value` is ISO 8601, as exact as what was written (2012, 2012-08, 2012-08-14), or "" with a doubt."""

    value: str
    doubt: str = ""


def evidence_of(texts: Iterable[str]) -> Evidence:
    """What a column of texts says of the order of its dates."""
    day_first, month_first, open_ = "", "", ""
    for text in texts:
        found = _NUMERIC.match(_plain(text))
        if found is None:
            continue
        first, second = int(found[1]), int(found[2])
        year = int(found[3]) if len(found[3]) == 4 else 2000
        as_day, as_month = bool(_day(year, second, first).value), bool(_day(year, first, second).value)
        if as_day and not as_month:
            day_first = day_first or text.strip()
        elif as_month and not as_day:
            month_first = month_first or text.strip()
        elif as_day and first != second:
            open_ = open_ or text.strip()
    if day_first and month_first:
        return Evidence(None, True, f"{day_first} and {month_first}", contradictory=True)
    order = DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST if month_first else None
    return Evidence(order, bool(open_) or order is not None, day_first or month_first or open_)


def read_date(text: str, order: DateOrder | None) -> ReadDate:
    """One date, by the order of its column; what is impossible or can be two days is a doubt."""
    plain = _plain(text)
    if found := _YEAR_FIRST.match(plain):
        return _exact(found[1], found[2], found[3])
    if _YEAR.match(plain):
        return ReadDate(plain) if 1000 <= int(plain) <= 2999 else ReadDate("", "no year")
    if found := _NUMERIC.match(plain):
        return _ordered(found[1], found[2], found[3], order)
    if found := _NAMED.match(plain):
        return _named(found[1], found[2], found[3])
    if found := _NAMED_FIRST.match(plain):
        return _named(found[2], found[1], found[3])
    return ReadDate("", "not read as a date")


def _plain(text: str) -> str:
    stripped = _MARKS.sub("", ascii_digits(text)).strip()
    return _TIME.sub("", stripped).strip()


def _exact(year: str, month: str, day: str | None) -> ReadDate:
    if day is None:
        whole = 1 <= int(month) <= 12
        return ReadDate(f"{year}-{int(month):02d}") if whole else ReadDate("", "there is no such month")
    return _day(int(year), int(month), int(day))


def _ordered(first: str, second: str, year: str, order: DateOrder | None) -> ReadDate:
    if order == DateOrder.ISO:
        return ReadDate("", "does not begin with the year")
    if len(year) == 2:
        return ReadDate("", "a year of two digits can be of two centuries")
    if int(first) == int(second):
        return _day(int(year), int(second), int(first))
    if order is None:
        return ReadDate("", "can be two days: the order of day and month is not known")
    day, month = (first, second) if order == DateOrder.DAY_FIRST else (second, first)
    read = _day(int(year), int(month), int(day))
    if read.value or not _day(int(year), int(day), int(month)).value:
        return read
    return ReadDate("", f"no date if read {order}")


def _named(day: str, name: str, year: str) -> ReadDate:
    month = _MONTH_OF.get(folded(" ".join(name.split())))
    return ReadDate("", "not read as a date") if month is None else _day(int(year), month, int(day))


def _day(year: int, month: int, day: int) -> ReadDate:
    try:
        return ReadDate(date(year, month, day).isoformat())
    except ValueError:
        return ReadDate("", "there is no such day")
