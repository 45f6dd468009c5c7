"""The manifest of a Source: every file in it with its hash and size, and one hash over all of that.

A line is `sha256 size path` and a line feed, as bytes; the path is the file's own bytes. Lines are sorted
by their bytes. A file whose content could not be read has `-` for its hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

UNREAD_HASH = "-"


def format_manifest_line(sha256: str, size: int, path: bytes) -> bytes:
    return f"{sha256 or UNREAD_HASH} {size} ".encode("ascii") + path + b"\n"


def compute_manifest_hash(lines: Iterable[bytes]) -> str:
    """SHA-256 over the sorted lines, as 64 hex digits."""
    digest = hashlib.sha256()
    for line in sorted(lines):
        digest.update(line)
    return digest.hexdigest()
