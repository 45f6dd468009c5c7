"""Dates that files say of their own making: a date is one only if the calendar has it.

The standing form is "2012-08-14 10:22:05", "2012-08-14 10:22" or "2012-08-14", as exact as what was written;
it sorts as text. Times are those of the camera's clock, without a zone, but for GPS, which is UTC. What was
written and is no such date is told as it stands, and read as no date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from reviewer.domain.names import printable
from reviewer.domain.photos.photo import Capture
from reviewer.domain.text_folding import ascii_digits

GPS_TIME = "GPS date and time, UTC"
FIRST_YEAR_OF_EXIF = 1995
"""Exif 1.0 was published in 1995: no camera wrote such a date before."""
FAR_YEARS = 5
"""How many years from the middle of all dates of a Case a date is odd."""
_TAGS = ("DateTimeOriginal", "DateTimeDigitized", "DateTime")
_OFFSETS = {
    "DateTimeOriginal": "OffsetTimeOriginal",
    "DateTimeDigitized": "OffsetTimeDigitized",
    "DateTime": "OffsetTime",
}
_STANDING = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?")
_WRITTEN = re.compile(
    r"(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})"
    r"(?:[ T]+(?:(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?|[ :]+))?"
    r"\s*(?:Z|[+-]\d\d:?\d\d)?"
)
_GPS_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_TOLD = 60


@dataclass(frozen=True)
class Taken:
    """`at` in the standing form, "" if nothing written is a date; `source` names the tag it is from.

    `doubt` is "" or whole sentences about what is odd with it.
    """

    at: str = ""
    source: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Span:
    """What dates of a Case are usual: `year` is the median year of all its Photos that have a date (0 if none
    has), `ingested` the last day on which anything came into it ("" if nothing did)."""

    year: int = 0
    ingested: str = ""

    def doubt(self, taken_at: str) -> str:
        """A sentence if a date lies far outside, "" otherwise. One day is left for clocks in other zones."""
        at = on_calendar(taken_at)
        if not at or not self.year:
            return ""
        if self.ingested and (date.fromisoformat(at[:10]) - date.fromisoformat(self.ingested)).days > 1:
            return f"{at} lies after {self.ingested}, when the last files were ingested: the clock was wrong."
        years = int(at[:4]) - self.year
        if abs(years) > FAR_YEARS:
            where = "after" if years > 0 else "before"
            return (
                f"{at[:4]} lies {abs(years)} years {where} {self.year}, the middle of all dates of the case: "
                "the clock may have been wrong."
            )
        return ""


def moment_of(text: str) -> str:
    """A written date in the standing form, "" if it is none. The year comes first, or nothing is read."""
    found = _WRITTEN.fullmatch(ascii_digits(text).strip())
    if found is None:
        return ""
    year, month, day, hour, minute, second = found.groups()
    try:
        said = date(int(year), int(month), int(day)).isoformat()
        if hour is None:
            return said
        at = time(int(hour), int(minute), int(second or 0))
    except ValueError:
        return ""
    return f"{said} {at:%H:%M}" if second is None else f"{said} {at:%H:%M:%S}"


def on_calendar(taken_at: str) -> str:
    """`taken_at` as it was kept, if it is a date of the calendar in the standing form; else "".

    Cases of earlier versions hold strings that are none. `storage.taken` asks the same of the engine.
    """
    return taken_at if _STANDING.fullmatch(taken_at) and moment_of(taken_at) == taken_at else ""


def exact_moment(taken_at: str) -> datetime | None:
    """The second in which a Photo was taken; None if what is known is less exact, or nothing is."""
    standing = on_calendar(taken_at)
    return datetime.fromisoformat(standing) if len(standing) == len("2012-08-14 10:22:05") else None


def taken_of(tags: Mapping[str, str]) -> Taken:
    """The first good date of the tags that hold one, by name, and what is odd about it.

    Order: when it was taken, when it was digitised, when the file was last changed, and the clock of GPS.
    """
    refused: list[str] = []
    for name in _TAGS:
        if name not in tags:
            continue
        at = moment_of(tags[name])
        if at:
            return Taken(at, name, _sentences([*refused, *_odd(name, at, refused)]))
        refused.append(not_a_date(tags[name], name))
    at = _gps_moment(tags)
    if at:
        told = [*refused, f"The date is that of {GPS_TIME}.", *_never_set(at)]
        return Taken(at, GPS_TIME, _sentences(told))
    return Taken("", "", _sentences(refused))


def kept_doubt(taken_at: str, taken_doubt: str) -> str:
    """What is odd about a date as it was kept: by earlier versions also what is no date."""
    if taken_doubt or not taken_at or on_calendar(taken_at):
        return taken_doubt
    return not_a_date(taken_at)


def not_a_date(written: str, tag: str = "") -> str:
    """The sentence about something that was written and is no date."""
    told = printable(written.strip())[:_LONGEST_TOLD] if written.strip(" :") else "blanks"
    where = f" ({tag})" if tag else ""
    return f"Recorded as {told}{where}, not a date."


def offset_of(tags: Mapping[str, str], source: str) -> str:
    """The offset from UTC that was recorded for a tag, as it stands ("+03:00"), "" if there is none."""
    return tags.get(_OFFSETS.get(source, ""), "").strip()


def recorded_in_words(capture: Capture) -> str:
    """The date in a few words: "2012-08-14 10:22 as recorded, +03:00 (DateTime)"."""
    if not capture.taken_at:
        return "no date recorded"
    told = f"{capture.taken_at[:16]} as recorded"
    offset = offset_of(capture.tags, capture.taken_from)
    told += f", {offset}" if offset else ""
    return f"{told} ({capture.taken_from})" if capture.taken_from not in {"", _TAGS[0]} else told


def _odd(name: str, at: str, refused: list[str]) -> list[str]:
    odd = _never_set(at)
    if name == "DateTime":
        odd.append("The date is that of DateTime: when the file was last changed, not when it was taken.")
    elif refused:
        odd.append(f"The date is that of {name}.")
    return odd


def _never_set(at: str) -> list[str]:
    """Clocks that lost their power begin on the first day of some year, at midnight."""
    if int(at[:4]) < FIRST_YEAR_OF_EXIF or at[:10] == "2000-01-01" or at[5:16] == "01-01 00:00":
        return [f"{at} is where clocks begin that were never set."]
    return []


def _gps_moment(tags: Mapping[str, str]) -> str:
    day = moment_of(tags.get("GPSDateStamp", ""))[:10]
    numbers = [float(each) for each in _GPS_NUMBERS.findall(tags.get("GPSTimeStamp", ""))]
    if not day:
        return ""
    if len(numbers) != 3:
        return day
    try:
        return f"{day} {time(int(numbers[0]), int(numbers[1]), int(numbers[2])):%H:%M:%S}"
    except ValueError:
        return day


def _sentences(parts: list[str]) -> str:
    return " ".join(dict.fromkeys(parts))
