"""What was ingested and sealed at an earlier position: rows of files up to where each Source was through."""

from __future__ import annotations

from sqlalchemy import Connection

from reviewer.domain.acts import acts
from reviewer.storage import ledger

_HIDDEN = (
    "CREATE TEMP TABLE then_hidden_files (id INTEGER PRIMARY KEY, photo INTEGER)",
    "CREATE TEMP TABLE then_hidden_photos (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE then_hidden_records (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE changed_files AS SELECT * FROM main.changed_files WHERE false",
)
_LATER_FILES = """
    INSERT INTO temp.then_hidden_files
    SELECT id, photo FROM main.source_files WHERE source = ? AND +id > ?
"""
"""With the sign before it, the condition on the id lets the engine read the index of the Source alone."""
_LATER_PHOTOS = """
    INSERT INTO temp.then_hidden_photos
    SELECT DISTINCT photo FROM temp.then_hidden_files h WHERE photo IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM main.source_files f WHERE f.photo = h.photo
        AND NOT EXISTS (SELECT 1 FROM temp.then_hidden_files o WHERE o.id = f.id)
    )
"""
_LATER_RECORDS = """
    INSERT INTO temp.then_hidden_records
    SELECT id FROM main.records WHERE file NOT IN (SELECT id FROM temp.record_files)
"""
_CHANGED_FILES = """
    INSERT INTO temp.changed_files SELECT c.* FROM main.changed_files c
    JOIN main.source_files f ON f.id = c.source_file WHERE f.source = ? AND c.id <= ?
"""


def hide_later_evidence(connection: Connection, last: int) -> None:
    """Note in temporary tables which files, Photos and records were not sealed yet at the position `last`.

    What the Sources and files of records were then is in temporary tables of these names.
    """
    for table in _HIDDEN:
        connection.exec_driver_sql(table)
    through = {
        source: end for source, end in connection.exec_driver_sql("SELECT id, through FROM temp.sources")
    }
    for source in connection.exec_driver_sql("SELECT id FROM main.sources").scalars().all():
        connection.exec_driver_sql(_LATER_FILES, (source, through.get(source, 0)))
        if source in through:
            found = ledger.find_latest(connection, acts.CHANGED_FILES_FOUND, source, last)
            if found is not None:
                connection.exec_driver_sql(_CHANGED_FILES, (source, found[1].body["through"]))
    for statement in (_LATER_PHOTOS, _LATER_RECORDS):
        connection.exec_driver_sql(statement)
