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

from reviewer.domain.names import make_printable
from reviewer.domain.photos.photo import Capture
from reviewer.domain.text_folding import to_ascii_digits

GPS_TIME = "GPS date and time, UTC"
FIRST_YEAR_OF_EXIF = 1995
"""Exif 1.0 was published in 1995: no camera wrote such a date before."""
ODD_DISTANCE_YEARS = 5
"""How many years from the middle of all dates of a Case a date is odd."""
_TAGS = ("DateTimeOriginal", "DateTimeDigitized", "DateTime")
_OFFSETS = {
    "DateTimeOriginal": "OffsetTimeOriginal",
    "DateTimeDigitized": "OffsetTimeDigitized",
    "DateTime": "OffsetTime",
}
_NORMAL_FORM = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?")
_WRITTEN_DATE = re.compile(
    r"(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})"
    r"(?:[ T]+(?:(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?|[ :]+))?"
    r"\s*(?:Z|[+-]\d\d:?\d\d)?"
)
_GPS_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_QUOTED = 60


@dataclass(frozen=True)
class CaptureDate:
    """`at` in the standing form, "" if nothing written is a date; `source` names the tag it is from.

    `doubt` is "" or whole sentences about what is odd with it.
    """

    at: str = ""
    source: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class UsualDates:
    """What dates of a Case are usual: `year` is the median year of all its Photos that have a date (0 if none
    has), `ingested` the last day on which anything came into it ("" if nothing did)."""

    year: int = 0
    ingested: str = ""

    def describe_doubt(self, taken_at: str) -> str:
        """A sentence if a date lies far outside, "" otherwise. One day is left for clocks in other zones."""
        at = keep_valid_date(taken_at)
        if not at or not self.year:
            return ""
        if self.ingested and (date.fromisoformat(at[:10]) - date.fromisoformat(self.ingested)).days > 1:
            return f"{at} lies after {self.ingested}, when the last files were ingested: the clock was wrong."
        years = int(at[:4]) - self.year
        if abs(years) > ODD_DISTANCE_YEARS:
            where = "after" if years > 0 else "before"
            return (
                f"{at[:4]} lies {abs(years)} years {where} {self.year}, the middle of all dates of the case: "
                "the clock may have been wrong."
            )
        return ""


def parse_capture_date(text: str) -> str:
    """A written date in the standing form, "" if it is none. The year comes first, or nothing is read."""
    found = _WRITTEN_DATE.fullmatch(to_ascii_digits(text).strip())
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


def keep_valid_date(taken_at: str) -> str:
    """`taken_at` as it was kept, if it is a date of the calendar in the standing form; else "".

    Cases of earlier versions hold strings that are none. `storage.taken` asks the same of the engine.
    """
    return taken_at if _NORMAL_FORM.fullmatch(taken_at) and parse_capture_date(taken_at) == taken_at else ""


def parse_exact_moment(taken_at: str) -> datetime | None:
    """The second in which a Photo was taken; None if what is known is less exact, or nothing is."""
    standing = keep_valid_date(taken_at)
    return datetime.fromisoformat(standing) if len(standing) == len("2012-08-14 10:22:05") else None


def find_capture_date(tags: Mapping[str, str]) -> CaptureDate:
    """The first good date of the tags that hold one, by name, and what is odd about it.

    Order: when it was taken, when it was digitised, when the file was last changed, and the clock of GPS.
    """
    refused: list[str] = []
    for name in _TAGS:
        if name not in tags:
            continue
        at = parse_capture_date(tags[name])
        if at:
            return CaptureDate(at, name, _join_sentences([*refused, *_find_oddities(name, at, refused)]))
        refused.append(describe_invalid_date(tags[name], name))
    at = _parse_gps_moment(tags)
    if at:
        oddities = [*refused, f"The date is that of {GPS_TIME}.", *_find_signs_of_unset_clock(at)]
        return CaptureDate(at, GPS_TIME, _join_sentences(oddities))
    return CaptureDate("", "", _join_sentences(refused))


def describe_stored_doubt(taken_at: str, taken_doubt: str) -> str:
    """What is odd about a date as it was kept: by earlier versions also what is no date."""
    if taken_doubt or not taken_at or keep_valid_date(taken_at):
        return taken_doubt
    return describe_invalid_date(taken_at)


def describe_invalid_date(written: str, tag: str = "") -> str:
    """The sentence about something that was written and is no date."""
    shown = make_printable(written.strip())[:_LONGEST_QUOTED] if written.strip(" :") else "blanks"
    where = f" ({tag})" if tag else ""
    return f"Recorded as {shown}{where}, not a date."


def find_utc_offset(tags: Mapping[str, str], source: str) -> str:
    """Return the recorded offset from UTC of a tag, as written ("+03:00"), "" if none was recorded."""
    return tags.get(_OFFSETS.get(source, ""), "").strip()


def describe_recorded_date(capture: Capture) -> str:
    """The date in a few words: "2012-08-14 10:22 as recorded, +03:00 (DateTime)"."""
    if not capture.taken_at:
        return "no date recorded"
    words = f"{capture.taken_at[:16]} as recorded"
    offset = find_utc_offset(capture.tags, capture.taken_from)
    words += f", {offset}" if offset else ""
    return f"{words} ({capture.taken_from})" if capture.taken_from not in {"", _TAGS[0]} else words


def _find_oddities(name: str, at: str, refused: list[str]) -> list[str]:
    odd = _find_signs_of_unset_clock(at)
    if name == "DateTime":
        odd.append("The date is that of DateTime: when the file was last changed, not when it was taken.")
    elif refused:
        odd.append(f"The date is that of {name}.")
    return odd


def _find_signs_of_unset_clock(at: str) -> list[str]:
    """Clocks that lost their power begin on the first day of some year, at midnight."""
    if int(at[:4]) < FIRST_YEAR_OF_EXIF or at[:10] == "2000-01-01" or at[5:16] == "01-01 00:00":
        return [f"{at} is where clocks begin that were never set."]
    return []


def _parse_gps_moment(tags: Mapping[str, str]) -> str:
    day = parse_capture_date(tags.get("GPSDateStamp", ""))[:10]
    numbers = [float(number) for number in _GPS_NUMBERS.findall(tags.get("GPSTimeStamp", ""))]
    if not day:
        return ""
    if len(numbers) != 3:
        return day
    try:
        return f"{day} {time(int(numbers[0]), int(numbers[1]), int(numbers[2])):%H:%M:%S}"
    except ValueError:
        return day


def _join_sentences(parts: list[str]) -> str:
    return " ".join(dict.fromkeys(parts))
