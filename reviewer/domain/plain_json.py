"""JSON out of a file that anybody may have written: a value that can be looked at, or ValueError."""

from __future__ import annotations

import json
from typing import Any, NoReturn

MOST_BYTES = 64 << 20
"""Bytes or characters; no file of this kind that the program writes comes near."""


def parse_untrusted_json(content: str | bytes, most: int = MOST_BYTES) -> Any:
    """The value; ValueError for what is too long, too deep, no JSON, not in UTF-8, says a name twice, or has
    a number that is none (NaN, infinity)."""
    if len(content) > most:
        raise ValueError("too long")
    text = content.decode("utf-8") if isinstance(content, bytes) else content
    try:
        return json.loads(text, object_pairs_hook=_refuse_repeated_names, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("too deep") from None


def _refuse_repeated_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is said twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
