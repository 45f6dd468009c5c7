"""Sources that lie within each other: the same files are met there twice."""

from __future__ import annotations

from collections.abc import Mapping


def find_overlapping_sources(roots: Mapping[str, bytes]) -> frozenset[str]:
    """Find the Sources (id -> path of the root) that lie in, or contain, a further one of them."""
    found: set[str] = set()
    for one, inner in roots.items():
        for other, outer in roots.items():
            if one != other and is_folder_within(inner, outer):
                found |= {one, other}
    return frozenset(found)


def is_folder_within(inner: bytes, outer: bytes) -> bool:
    """Whether the path of one folder lies in that of the other, or is the same."""
    return (_normalise_root(inner) + b"/").startswith(_normalise_root(outer) + b"/")


def locate_file(root: bytes, path: bytes) -> bytes:
    """Return where a file lies: the same path, whichever Source it was reached through."""
    return _normalise_root(root) + b"/" + path


def _normalise_root(root: bytes) -> bytes:
    """Without the separator at the end; a path of Windows begins with its drive and parts with
    backslashes."""
    if root[1:3] == b":\\":
        root = root.replace(b"\\", b"/")
    return root.rstrip(b"/")
