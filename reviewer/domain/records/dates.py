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

from reviewer.domain.records.calendars import (
    CALENDAR_NAMES,
    Calendar,
    CalendarConversion,
    can_be_a_day,
    find_month,
    refuse_conversion,
    suggest_other_calendar,
)
from reviewer.domain.text_folding import fold_text, to_ascii_digits


class DateOrder(StrEnum):
    """Which of the first two numbers of a date is the day. ISO: only dates that begin with the year."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    ISO = "iso"


@dataclass(frozen=True)
class DateOrderEvidence:
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
_CALENDAR_MARKS = {
    Calendar.PERSIAN: re.compile(r"\s*(?:هـ\s*\.?\s*ش|ه\s*\.\s*ش|شمسی|شمسي|SH)\.?$"),
    Calendar.HIJRI: re.compile(r"\s*(?:هـ|(?<=[\d\s])[هھ]|هجرية|هجريه|هجري|AH|A\.H|H)\.?$"),
    Calendar.GREGORIAN: re.compile(r"\s*(?:(?<=[\d\s])م|ميلادية|ميلاديه|ميلادي|AD|CE)\.?$"),
}
_IN_TWO = "a year or a month of another calendar lies in two of ours; only whole days are converted"
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
    fold_text(name.replace("_", " ")): number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names.split()
}


@dataclass(frozen=True)
class ParsedDate:
    """`value` is ISO 8601, as exact as what was written (2012, 2012-08, 2012-08-14), or "" with a doubt."""

    value: str
    doubt: str = ""


def find_date_order_evidence(
    texts: Iterable[str], calendar: Calendar = Calendar.GREGORIAN
) -> DateOrderEvidence:
    """What a column of texts says of the order of its dates."""
    day_first, month_first, open_ = "", "", ""
    for text in texts:
        found = _NUMERIC.match(_split_calendar_mark(text)[0])
        if found is None:
            continue
        first, second = int(found[1]), int(found[2])
        year = int(found[3]) if len(found[3]) == 4 else 2000
        as_day = can_be_a_day(calendar, year, second, first)
        as_month = can_be_a_day(calendar, year, first, second)
        if as_day and not as_month:
            day_first = day_first or text.strip()
        elif as_month and not as_day:
            month_first = month_first or text.strip()
        elif as_day and first != second:
            open_ = open_ or text.strip()
    if day_first and month_first:
        return DateOrderEvidence(None, True, f"{day_first} and {month_first}", contradictory=True)
    order = DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST if month_first else None
    return DateOrderEvidence(order, bool(open_) or order is not None, day_first or month_first or open_)


def parse_record_date(
    text: str,
    order: DateOrder | None,
    calendar: Calendar = Calendar.GREGORIAN,
    convert: CalendarConversion = refuse_conversion,
) -> ParsedDate:
    """One date, by the order and the calendar of its column; what is impossible or can be two is a doubt.

    A date of another calendar is converted, and its doubt says so, with how exact that is.
    """
    plain, marked = _split_calendar_mark(text)
    if marked is not None and marked is not calendar:
        return ParsedDate("", f"marked as one of the {CALENDAR_NAMES[marked]} calendar; say which it is")
    return _DateReader(order, calendar, convert).read(plain)


def _split_calendar_mark(text: str) -> tuple[str, Calendar | None]:
    """A date without its time of day and its mark of a calendar, and which calendar that was."""
    stripped = _TIME.sub("", _MARKS.sub("", to_ascii_digits(text)).strip()).strip()
    for calendar, marks in _CALENDAR_MARKS.items():
        if found := marks.search(stripped):
            return stripped[: found.start()].strip(), calendar
    return stripped, None


@dataclass(frozen=True)
class _DateReader:
    order: DateOrder | None
    calendar: Calendar
    convert: CalendarConversion

    def read(self, plain: str) -> ParsedDate:
        if found := _YEAR_FIRST.match(plain):
            return self.read_year_first(found[1], found[2], found[3])
        if _YEAR.match(plain):
            return self.read_year(int(plain))
        if found := _NUMERIC.match(plain):
            return self.read_numeric(found[1], found[2], found[3])
        if found := _NAMED.match(plain):
            return self.read_named_month(found[1], found[2], found[3])
        found = _NAMED_FIRST.match(plain)
        return (
            self.read_named_month(found[2], found[1], found[3])
            if found
            else ParsedDate("", "not read as a date")
        )

    def read_day(self, year: int, month: int, day: int) -> ParsedDate:
        if other := self._find_other_calendar(year):
            return ParsedDate("", other)
        if not can_be_a_day(self.calendar, year, month, day):
            return ParsedDate("", "there is no such day")
        if self.calendar is Calendar.GREGORIAN:
            return ParsedDate(date(year, month, day).isoformat())
        try:
            found, exact = self.convert(self.calendar, year, month, day)
        except ValueError as error:
            return ParsedDate("", f"not converted from the {CALENDAR_NAMES[self.calendar]} calendar: {error}")
        name = CALENDAR_NAMES[self.calendar]
        return ParsedDate(found.isoformat(), f"converted from the {name} calendar, {exact}")

    def read_year(self, year: int) -> ParsedDate:
        if not 1000 <= year <= 2999:
            return ParsedDate("", "no year")
        if other := self._find_other_calendar(year):
            return ParsedDate("", other)
        return ParsedDate(str(year)) if self.calendar is Calendar.GREGORIAN else ParsedDate("", _IN_TWO)

    def read_year_first(self, year: str, month: str, day: str | None) -> ParsedDate:
        if day is not None:
            return self.read_day(int(year), int(month), int(day))
        if other := self._find_other_calendar(int(year)):
            return ParsedDate("", other)
        if self.calendar is not Calendar.GREGORIAN:
            return ParsedDate("", _IN_TWO)
        whole = 1 <= int(month) <= 12
        return ParsedDate(f"{year}-{int(month):02d}") if whole else ParsedDate("", "there is no such month")

    def read_numeric(self, first: str, second: str, year: str) -> ParsedDate:
        if self.order == DateOrder.ISO:
            return ParsedDate("", "does not begin with the year")
        odd = (
            "a year of two digits can be of two centuries"
            if len(year) == 2
            else self._find_other_calendar(int(year))
        )
        if odd:
            return ParsedDate("", odd)
        if int(first) == int(second):
            return self.read_day(int(year), int(second), int(first))
        if self.order is None:
            return ParsedDate("", "can be two days: the order of day and month is not known")
        day, month = (first, second) if self.order == DateOrder.DAY_FIRST else (second, first)
        read = self.read_day(int(year), int(month), int(day))
        if read.value or not can_be_a_day(self.calendar, int(year), int(day), int(month)):
            return read
        return ParsedDate("", f"no date if read {self.order}")

    def read_named_month(self, day: str, name: str, year: str) -> ParsedDate:
        ours = _MONTH_OF.get(fold_text(" ".join(name.split())))
        for calendar in (Calendar.HIJRI, Calendar.PERSIAN):
            of_other = find_month(calendar, name)
            if of_other is not None and ours is None:
                if calendar is not self.calendar:
                    return ParsedDate(
                        "", f"a month of the {CALENDAR_NAMES[calendar]} calendar; say which it is"
                    )
                return self.read_day(int(year), of_other, int(day))
        if ours is None or self.calendar is not Calendar.GREGORIAN:
            return ParsedDate("", "not read as a date")
        return self.read_day(int(year), ours, int(day))

    def _find_other_calendar(self, year: int) -> str:
        """Why a year cannot be one of this calendar, "" if it can."""
        if self.calendar is Calendar.GREGORIAN:
            return suggest_other_calendar(year)
        return (
            ""
            if 1200 <= year <= 1600
            else f"{year} is no year of the {CALENDAR_NAMES[self.calendar]} calendar"
        )
