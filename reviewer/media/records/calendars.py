"""From days of the Hijri and the Persian calendar to days of ours, by kept tables (hijridate, persiantools).

The Hijri calendar here is that of Umm al-Qura. Elsewhere a month begins when the new moon was seen, so that a
day may be one earlier or later; nobody can tell from the date alone.
"""

from __future__ import annotations

from datetime import date

from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

from reviewer.domain.records.calendars import Calendar


def to_our_calendar(calendar: Calendar, year: int, month: int, day: int) -> tuple[date, str]:
    """The day of our calendar, and how exact that is. ValueError for a day that is not in the tables."""
    if calendar is Calendar.PERSIAN:
        persian = JalaliDate(year, month, day)  # type: ignore[no-untyped-call]
        return persian.to_gregorian(), "to the day"
    if calendar is Calendar.HIJRI:
        try:
            return Hijri(year, month, day).to_gregorian(), "the day may be one earlier or later"
        except OverflowError:
            raise ValueError("the tables reach from 1343 to 1500") from None
    return date(year, month, day), "to the day"
