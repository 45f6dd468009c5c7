"""Dates of queries: a year, a month or a day, and the moments it begins and is over, as texts that sort."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def is_written_like_a_date(text: str) -> bool:
    """Whether a text has the form of such a date, though the calendar may not have it ("2012-13")."""
    return _DATE.fullmatch(text) is not None


def parse_date_bounds(text: str) -> tuple[str, str] | None:
    """(first day, first day after) of "2012", "2012-05" or "2012-05-17"; None if it is no such date."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(digits) if digits else 0 for digits in match.groups())
    try:
        first = date(year, month or 1, day or 1)
        if match.group(3):
            after = first + timedelta(days=1)
        elif match.group(2):
            after = date(year + month // 12, month % 12 + 1, 1)
        else:
            after = date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None
    return first.isoformat(), after.isoformat()
