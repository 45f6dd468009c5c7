"""When Photos were taken, asked of the engine as `domain.capture_dates` asks it of one text.

Rows of earlier versions hold strings that no calendar has. They are sealed and stay; no query takes one of
them for a date.
"""

from __future__ import annotations

from sys import intern
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Text, and_, case, cast, func, not_, or_, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from reviewer.domain.photos.capture_dates import ODD_DISTANCE_YEARS, UsualDates
from reviewer.storage.engine import tables as t

SqlCondition = ColumnElement[bool]


def is_date(column: ColumnElement[str]) -> SqlCondition:
    """Whether a text is a date of the calendar: the engine says it back as it stands.

    What the engine takes for another day (30 February) or for no day it says otherwise, or not at all. It has
    an hour 24, which no clock of a camera has.
    """
    said = func.coalesce(func.datetime(column), "")
    length = func.length(column)
    an_hour = func.substr(column, 12, 2) != "24"
    return and_(column >= "0001", length.in_((10, 16, 19)), an_hour, func.substr(said, 1, length) == column)


def valid_date_column(column: ColumnElement[str]) -> ColumnElement[str]:
    """The date that stands in a column, "" if it is none."""
    return case((is_date(column), column), else_="")


def load_times_taken(connection: Connection) -> dict[str, str]:
    """SHA-256 -> when each Photo was taken by its camera's clock, "" where no date was recorded."""
    c = t.photos.c
    rows = connection.execute(select(c.sha256, valid_date_column(c.taken_at)))
    return {intern(sha256): str(at) for sha256, at in rows}


def find_doubtful_photos(connection: Connection) -> frozenset[str]:
    """The Photos (SHA-256) with something odd about their date."""
    return frozenset(connection.execute(select(t.photos.c.sha256).where(is_doubtful(t.photos.c))).scalars())


def is_doubtful(photos: ReadOnlyColumnCollection[str, Any]) -> SqlCondition:
    """Whether something about the date was odd, is no date, or lies far outside the others of the Case."""
    written = and_(photos.taken_at != "", not_(is_date(photos.taken_at)))
    return or_(photos.taken_doubt != "", written, is_far_outside(photos.taken_at))


def load_usual_dates(connection: Connection) -> UsualDates:
    """What dates of this Case are usual."""
    row = connection.execute(
        select(_select_median_year().label("year"), _select_last_ingest_day().label("day"))
    ).one()
    return UsualDates(int(row.year or 0), str(row.day or "")[:10])


def is_far_outside(column: ColumnElement[str]) -> SqlCondition:
    """Whether a date lies far outside the usual ones of the Case, as `Span.doubt` says it."""
    year = cast(func.substr(column, 1, 4), Integer)
    tomorrow = func.date(_select_last_ingest_day(), "+1 day")
    far = or_(
        func.abs(year - _select_median_year()) > ODD_DISTANCE_YEARS,
        and_(tomorrow.is_not(None), func.substr(column, 1, 10) > tomorrow),
    )
    return and_(is_date(column), far)


def _select_median_year() -> ColumnElement[int]:
    """The year of the Photo in the middle of all that have a date, None without any."""
    photos, counted = t.photos.alias("middle").c, t.photos.alias("counted").c
    half = select(func.count() // 2).where(is_date(counted.taken_at)).scalar_subquery()
    middle = select(photos.taken_at).where(is_date(photos.taken_at)).order_by(photos.taken_at)
    found = middle.limit(1).offset(half).scalar_subquery()
    return cast(func.substr(found, 1, 4), Integer)


def _select_last_ingest_day() -> ColumnElement[str]:
    c = t.sources.c
    last = case((c.ingested_at > c.added_at, c.ingested_at), else_=c.added_at)
    return cast(func.substr(select(func.max(last)).scalar_subquery(), 1, 10), Text)
