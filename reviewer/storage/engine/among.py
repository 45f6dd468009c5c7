"""Many ids in one query, as one parameter: thousands of parameters cost more than the query itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, CursorResult, Select, bindparam, func, select

from reviewer.storage.engine import tables as t


def ids_as_subquery(ids: Sequence[str]) -> Select[Any]:
    """These ids as a subquery, for `column.in_(among(ids))`."""
    listed = func.json_each(json.dumps(list(ids))).table_valued("value")
    return select(listed.c.value)


@dataclass(frozen=True)
class ReadingSelection:
    """Which Readings are meant: those of these Examiners (ids) of these Photos (SHA-256)."""

    examiners: Collection[str]
    photos: Sequence[str]

    def rows(self, connection: Connection, narrowed: Select[Any]) -> CursorResult[Any]:
        """What a query that was narrowed by `narrow_to_readings` finds of them."""
        values = {"of_examiners": list(self.examiners), "of_photos": json.dumps(list(self.photos))}
        return connection.execute(narrowed, values)


def narrow_to_readings(query: Select[Any], table: Any) -> Select[Any]:
    """The query with only the rows of certain Readings, which `ReadingSelection.rows` names.

    The index over (examiner, photo) finds them. To be made once: making a query costs more than asking it.
    """
    photos = func.json_each(bindparam("of_photos")).table_valued("value")
    n = t.photo_numbers.c
    numbers = select(n.number).where(n.sha256.in_(select(photos.c.value)))
    whose = table.c.examiner.in_(bindparam("of_examiners", expanding=True))
    return query.where(whose, table.c.photo.in_(numbers))
