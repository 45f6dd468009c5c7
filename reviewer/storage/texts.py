"""The texts that full text is searched in: kept beside what they come from, in folded form."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.sqlite import insert

from reviewer.domain.text_folding import folded
from reviewer.storage import tables as t


def put(connection: Connection, kind: str, owner: str, text: str) -> None:
    """Keep the text of one owner, "" takes it away. `owner`: "examiner photo" of a note, id of a record."""
    if not text.strip():
        connection.execute(delete(t.texts).where(t.texts.c.kind == kind, t.texts.c.owner == owner))
        return
    statement = insert(t.texts).values(kind=kind, owner=owner, text=folded(text))
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["kind", "owner"], set_={"text": statement.excluded.text}
        )
    )


def add_many(connection: Connection, kind: str, texts: Iterable[tuple[str, str]]) -> None:
    """Keep texts of owners that have none yet: (owner, text). For many at once."""
    rows = [{"kind": kind, "owner": owner, "text": folded(text)} for owner, text in texts if text.strip()]
    if rows:
        connection.execute(t.texts.insert(), rows)
