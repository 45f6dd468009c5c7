"""Months as text, "2012-08"."""

from __future__ import annotations

_MOST = 1200


def between(first: str, last: str) -> list[str]:
    """Every month from the first to the last, both included; at most a hundred years, else these two only."""
    year, month = int(first[:4]), int(first[5:7])
    found = [first]
    while found[-1] < last and len(found) < _MOST:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        found.append(f"{year:04d}-{month:02d}")
    return found if found[-1] == last else [first, last]
