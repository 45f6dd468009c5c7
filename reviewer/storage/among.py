"""Many ids in one query, as one parameter: thousands of parameters cost more than the query itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select


def among(ids: Sequence[str]) -> Select[Any]:
    """These ids as a subquery, for `column.in_(among(ids))`."""
    each = func.json_each(json.dumps(list(ids))).table_valued("value")
    return select(each.c.value)


@dataclass(frozen=True)
class Of:
    """Which Readings are meant: those of these Examiners (ids) of these Photos (SHA-256)."""

    examiners: Collection[str]
    photos: Sequence[str]

    def narrowed(self, query: Select[Any], table: Any) -> Select[Any]:
        """The query with only their rows; the index over (examiner, photo) finds them."""
        whose = table.c.examiner.in_(tuple(self.examiners))
        return query.where(whose, table.c.photo.in_(among(self.photos)))
