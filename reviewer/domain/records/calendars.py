"""Calendars in which records give dates, and which dates of a record can be meant.

A year like 1433 is one of the Hijri calendar, one like 1391 of the Persian or the Hijri one; nobody can tell
by the number alone. Such a date is a doubt, until a person says which calendar the column has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewer.domain.errors import KnownError
from reviewer.domain.search.dates import parse_date_bounds
from reviewer.domain.text_folding import fold_text, to_ascii_digits

FIRST_PLAUSIBLE = "2000-01-01"
"""From here on, unless a person says otherwise, a date of a record is one that can be meant."""


class Calendar(StrEnum):
    """By which calendar the dates of a column count."""

    GREGORIAN = "gregorian"
    HIJRI = "hijri"
    PERSIAN = "persian"


CALENDAR_NAMES = {
    Calendar.GREGORIAN: "Gregorian",
    Calendar.HIJRI: "Hijri (Umm al-Qura)",
    Calendar.PERSIAN: "Persian (solar Hijri)",
}

CalendarConversion = Callable[[Calendar, int, int, int], tuple[date, str]]
"""Calendar, year, month, day -> the day of our calendar and how exact that is, in words. ValueError if the
calendar does not have the day, or the converter does not know it."""

_MONTHS = {
    Calendar.HIJRI: (
        "محرم muharram",
        "صفر safar",
        "ربيع_الأول ربيع_الاول rabi_al-awwal",
        "ربيع_الثاني ربيع_الآخر rabi_al-thani",
        "جمادى_الأولى جمادى_الاولى جمادي_الاولى jumada_al-ula",
        "جمادى_الآخرة جمادى_الثانية jumada_al-akhira",
        "رجب rajab",
        "شعبان shaban sha'ban",
        "رمضان ramadan",
        "شوال shawwal",
        "ذو_القعدة ذي_القعدة dhu_al-qidah",
        "ذو_الحجة ذي_الحجة dhu_al-hijjah",
    ),
    Calendar.PERSIAN: (
        "فروردین farvardin",
        "اردیبهشت ordibehesht",
        "خرداد khordad",
        "تیر tir",
        "مرداد امرداد mordad",
        "شهریور shahrivar",
        "مهر mehr",
        "آبان aban",
        "آذر azar",
        "دی dey",
        "بهمن bahman",
        "اسفند esfand",
    ),
}
_MONTH_OF = {
    calendar: {
        fold_text(name.replace("_", " ")): number
        for number, names in enumerate(months, start=1)
        for name in names.split()
    }
    for calendar, months in _MONTHS.items()
}


@dataclass(frozen=True)
class DateWindow:
    """Dates that can be meant, both ends included, as ISO 8601 days; "" for no end."""

    first: str = ""
    last: str = ""

    def describe_doubt(self, value: str) -> str:
        """Why a date of our calendar (a year, a month or a day) cannot be meant; "" if it can."""
        if self.first and value < self.first[: len(value)]:
            return f"lies before {self.first}, the first date that is taken to be meant"
        if self.last and value > self.last[: len(value)]:
            return f"lies after {self.last}, the last date that is taken to be meant"
        return ""


ANY_DATE = DateWindow()


def parse_date_window(text: str) -> DateWindow:
    """The window of "2000..2024", "2011-03..2013-08-31", "..2013"; KnownError for anything else."""
    low, dots, high = to_ascii_digits(text).strip().partition("..")
    first = parse_date_bounds(low.strip()) if low.strip() else ("", "")
    last = parse_date_bounds(high.strip()) if high.strip() else ("", "")
    if not dots or first is None or last is None or not (low.strip() or high.strip()):
        raise KnownError(
            f"{text} is no span of dates.",
            "Write it like 2000..2024 or 2011-03..2013-08-31.",
            code="records-dates",
        )
    ends = date.fromordinal(date.fromisoformat(last[1]).toordinal() - 1).isoformat() if last[1] else ""
    if first[0] and ends and ends < first[0]:
        raise KnownError(f"The span {text} ends before it begins.", code="records-dates")
    return DateWindow(first[0], ends)


def suggest_other_calendar(year: int) -> str:
    """Return a sentence if a year more likely belongs to a different calendar, else ""."""
    hijri, persian = round(year * 0.970224 + 621.5774), year + 621
    if 1420 < year <= 1500:
        return (
            f"{year} can be a year of the Hijri calendar (about {hijri}); say which calendar the column has"
        )
    if 1300 <= year <= 1420:
        return (
            f"{year} can be a year of the Persian calendar (about {persian}) or of the Hijri one "
            f"(about {hijri}); say which calendar the column has"
        )
    return ""


def find_month(calendar: Calendar, name: str) -> int | None:
    """The number of a month of the Hijri or the Persian calendar by its name."""
    return _MONTH_OF.get(calendar, {}).get(fold_text(" ".join(name.split())))


def can_be_a_day(calendar: Calendar, year: int, month: int, day: int) -> bool:
    """Whether a calendar may have such a day; for the Hijri one every month may have 30."""
    if calendar is Calendar.GREGORIAN:
        try:
            date(year, month, day)
        except ValueError:
            return False
        return True
    most = 31 if calendar is Calendar.PERSIAN and month <= 6 else 30
    return 1 <= month <= 12 and 1 <= day <= most


def refuse_conversion(_calendar: Calendar, _year: int, _month: int, _day: int) -> tuple[date, str]:
    """For readings that only know our own calendar."""
    raise ValueError("no converter was given")
