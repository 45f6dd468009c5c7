"""JSON that is written item by item: an object that ends with one long list, or has more behind it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

JsonObject = dict[str, Any]


def to_json_bytes(value: object) -> bytes:
    """Return compact JSON in UTF-8, with the keys in the given order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


class JsonListWriter:
    """Writes `{...head, "name": [` at once, then items, then `]` and what follows."""

    def __init__(self, file: BinaryIO, head: Mapping[str, Any], name: str) -> None:
        self._file, self.count = file, 0
        begun = to_json_bytes(dict(head))[:-1]
        self._file.write(begun + (b"," if head else b"") + to_json_bytes(name) + b":[\n")

    def add(self, item: object) -> None:
        self._file.write((b",\n" if self.count else b"") + to_json_bytes(item))
        self.count += 1

    def end(self, tail: Mapping[str, Any] | None = None) -> None:
        """No item follows; the keys of `tail` do."""
        rest = to_json_bytes(dict(tail))[1:] if tail else b"}"
        self._file.write(b"\n]" + (b"," if tail else b"") + rest + b"\n")
