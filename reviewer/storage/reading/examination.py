"""When an Examination was made, as the acts of it say."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from reviewer.domain.acts import acts
from reviewer.storage.engine import tables as t


def find_examination_periods(
    connection: Connection, examiners: Collection[str]
) -> dict[str, tuple[str, str]]:
    """Photo (SHA-256) -> the times (ISO 8601, UTC) of the first and of the last act that one of these
    Examiners (ids) made on its Reading, those that were taken back among them; all Photos that have any."""
    c = t.ledger.c
    query = (
        select(c.subject, func.min(c.at).label("first"), func.max(c.at).label("last"))
        .where(c.author.in_(list(examiners)), c.act.in_(acts.list_acts_of_reading()))
        .group_by(c.subject)
    )
    return {row.subject: (row.first, row.last) for row in connection.execute(query)}
