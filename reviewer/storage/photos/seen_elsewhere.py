"""The files that were seen elsewhere, as the standing acts say."""

from __future__ import annotations

from sqlalchemy import Connection, select

from reviewer.domain.photos.seen_elsewhere import SeenElsewhere
from reviewer.storage.engine import tables as t


def load_files_seen_elsewhere(connection: Connection) -> dict[str, SeenElsewhere]:
    """Id of a file (with its content) -> what was said of it."""
    return {row.file: SeenElsewhere(*row) for row in connection.execute(select(t.seen_elsewhere))}
