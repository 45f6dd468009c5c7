"""Hashes as people read them."""

from __future__ import annotations

_GROUP, _SHORT, _END = 8, 4, 4


def format_hash_in_eights(sha256: str) -> str:
    """All of it, in groups of eight."""
    return " ".join(sha256[place : place + _GROUP] for place in range(0, len(sha256), _GROUP))


def shorten_hash(sha256: str) -> str:
    """ "9b28 6add … 9ef1"."""
    if not sha256:
        return ""
    return f"{sha256[:_SHORT]} {sha256[_SHORT : 2 * _SHORT]} \u2026 {sha256[-_END:]}"
