"""The texts that full text is searched in: kept beside what they come from, in folded form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from reviewer.domain.text_folding import fold_text
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import name_photo


def put_text(connection: Connection, kind: str, owner: str, text: str) -> None:
    """Keep the text of one owner, "" takes it away. `owner`: "examiner photo" of a note, id of a record."""
    if not text.strip():
        connection.execute(delete(t.texts).where(t.texts.c.kind == kind, t.texts.c.owner == owner))
        return
    statement = insert(t.texts).values(kind=kind, owner=owner, text=fold_text(text))
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["kind", "owner"], set_={"text": statement.excluded.text}
        )
    )


def add_texts(connection: Connection, kind: str, texts: Iterable[tuple[str, str]]) -> None:
    """Keep texts of owners that have none yet: (owner, text). For many at once."""
    rows = [{"kind": kind, "owner": owner, "text": fold_text(text)} for owner, text in texts if text.strip()]
    if rows:
        connection.execute(t.texts.insert(), rows)


def join_record_cells(cells: Sequence[str]) -> str:
    """What of a row of a file of records is searched: its cells, those that say something."""
    return "\n".join(cell for cell in cells if cell.strip())


def find_text_differences(connection: Connection) -> Iterator[str]:
    """The owners, in words, whose kept text is not that of their note or record."""
    kept = {(row.kind, row.owner): row.text for row in connection.execute(select(t.texts))}
    for kind, owner, text in _iterate_expected_texts(connection):
        if kept.pop((kind, owner), "") != fold_text(text):
            yield f"the text of {kind} {owner}"
    for kind, owner in sorted(kept):
        yield f"the text of {kind} {owner}"


def _iterate_expected_texts(connection: Connection) -> Iterator[tuple[str, str, str]]:
    c, r = t.readings.c, t.records.c
    for row in connection.execute(select(c.examiner, name_photo(c.photo), c.note).where(c.note != "")):
        if row.note.strip():
            yield "note", f"{row.examiner} {row.photo}", row.note
    for record in connection.execute(select(r.id, r.cells)):
        try:
            text = join_record_cells(json.loads(record.cells))
        except (ValueError, TypeError):
            text = ""  # what is wrong with such a row is found by its seal
        if text:
            yield "record", str(record.id), text


def is_index_whole(connection: Connection) -> bool:
    """Whether the index holds the words of the texts at their places, and no others.

    The engine's own check would have to write; so the index is made once more, in memory, and compared word
    by word. DatabaseError (a sign that it is not whole) is for whoever asks.
    """
    try:
        for statement in _INDEX_STATEMENTS:
            connection.exec_driver_sql(statement)
        unlike = connection.exec_driver_sql(_INDEX_DIFFERS_QUERY).scalar()
    finally:
        for name in ("now_words", "anew_words", "anew"):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{name}")
    return not unlike


_INDEX_STATEMENTS = (
    "CREATE VIRTUAL TABLE temp.anew USING fts5 ("
    "text, content = '', tokenize = 'unicode61 remove_diacritics 2')",
    "INSERT INTO temp.anew (rowid, text) SELECT id, text FROM main.texts",
    "CREATE VIRTUAL TABLE temp.anew_words USING fts5vocab ('temp', 'anew', 'instance')",
    "CREATE VIRTUAL TABLE temp.now_words USING fts5vocab ('main', 'texts_index', 'instance')",
)
_INDEX_DIFFERS_QUERY = (
    "SELECT EXISTS (SELECT term, doc, offset FROM temp.anew_words EXCEPT "
    "SELECT term, doc, offset FROM temp.now_words) OR EXISTS "
    "(SELECT term, doc, offset FROM temp.now_words EXCEPT SELECT term, doc, offset FROM temp.anew_words)"
)
