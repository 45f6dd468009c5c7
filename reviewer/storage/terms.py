"""Which Terms Findings speak of, whatever version of the vocabulary they are from."""

from __future__ import annotations

from sqlalchemy import Connection, select

from reviewer.storage import tables as t


def terms_in_use(connection: Connection) -> list[str]:
    """The keys, sorted."""
    return sorted(connection.execute(select(t.findings.c.term).distinct()).scalars())
