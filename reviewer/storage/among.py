"""Many ids in one query, as one parameter: thousands of parameters cost more than the query itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select


def among(ids: Sequence[str]) -> Select[Any]:
    """These ids as a subquery, for `column.in_(among(ids))`."""
    each = func.json_each(json.dumps(list(ids))).table_valued("value")
    return select(each.c.value)
