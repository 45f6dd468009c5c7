"""The areas to redact, by Photo."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from reviewer.domain.grouping import group_pairs
from reviewer.domain.photos.redaction import Redaction
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import numbers_as_subquery, select_named
from reviewer.storage.shared.shared_rows import REDACTION_ROWS


def load_redactions(
    connection: Connection, of: Sequence[str] | None = None
) -> dict[str, tuple[Redaction, ...]]:
    """Photo (SHA-256) -> its areas, in the order in which they were drawn; of every Photo, or of these, that
    has any."""
    c = t.redactions.c
    query = select_named(t.redactions).order_by(c.at, c.id)
    rows = connection.execute(query if of is None else query.where(c.photo.in_(numbers_as_subquery(of))))
    found = group_pairs((row.photo, REDACTION_ROWS.make(row)) for row in rows)
    return {photo: tuple(areas) for photo, areas in found.items()}
