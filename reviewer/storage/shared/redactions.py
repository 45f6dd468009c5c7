"""The areas to redact, by Photo."""

from __future__ import annotations

from sqlalchemy import Connection, select

from reviewer.domain.grouping import group_pairs
from reviewer.domain.photos.redaction import Redaction
from reviewer.storage.engine import tables as t
from reviewer.storage.shared.shared_rows import REDACTION_ROWS


def load_redactions_of(connection: Connection, photo: str) -> tuple[Redaction, ...]:
    """Load the areas of one Photo (SHA-256), in the order in which they were drawn."""
    c = t.redactions.c
    rows = connection.execute(select(t.redactions).where(c.photo == photo).order_by(c.at, c.id))
    return tuple(REDACTION_ROWS.make(row) for row in rows)


def load_all_redactions(connection: Connection) -> dict[str, tuple[Redaction, ...]]:
    """Photo (SHA-256) -> its areas, of every Photo that has any, in the order in which they were drawn."""
    c = t.redactions.c
    rows = connection.execute(select(t.redactions).order_by(c.at, c.id))
    found = group_pairs((row.photo, REDACTION_ROWS.make(row)) for row in rows)
    return {photo: tuple(areas) for photo, areas in found.items()}
