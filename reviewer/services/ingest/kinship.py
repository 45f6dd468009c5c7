"""Whether the files of a Source are in another Source too: one lies in the other, is the same folder under
another path, or is a copy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from reviewer.domain.evidence.nested_sources import is_folder_within
from reviewer.domain.photos.case import Source
from reviewer.services.case.open_case import OpenCase
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import standing

COPY_THRESHOLD = 0.95
"""Of the photographs of a Source, for it to be called a copy of another."""


def describe_related_sources(case: OpenCase, source: str) -> tuple[str, ...]:
    """A sentence for each other Source that holds the files of this one, or most of its contents."""
    with case.store.read() as connection:
        roots = case_rows.load_source_roots(connection)
        photos, shared = standing.count_shared_photos(connection, source)
    said = []
    for other in case.sources():
        if other.id == source:
            continue
        sentence = _describe_nesting(roots, source, other)
        if not sentence and photos and shared.get(other.id, 0) >= COPY_THRESHOLD * photos:
            sentence = _describe_copy(other, shared[other.id], photos, os.path.isdir(roots[other.id]))
        if sentence:
            said.append(sentence)
    return tuple(said)


def _describe_nesting(roots: Mapping[str, bytes], source: str, other: Source) -> str:
    here, there = roots[source], roots[other.id]
    once = "Files that are in both were met under two names, and are one file each in every count of files."
    if _is_same_folder(here, there):
        return f"This is the same folder as the source {other.path}, reached by another path. {_MET_TWICE}"
    if is_folder_within(here, there):
        return f"This source lies within the source {other.path}. {once}"
    if is_folder_within(there, here):
        return f"The source {other.path} lies within this one. {once}"
    if any(_is_same_folder(parent, there) for parent in _list_parents(here)):
        return f"This source lies within the source {other.path}, reached by another path. {_MET_TWICE}"
    if any(_is_same_folder(here, parent) for parent in _list_parents(there)):
        return f"The source {other.path} lies within this one, reached by another path. {_MET_TWICE}"
    return ""


_MET_TWICE = "The same files were met twice, and are counted twice where the program says files."


def _describe_copy(other: Source, shared: int, photos: int, is_there: bool) -> str:
    same = f"Of the {photos:,} photographs in this source, {shared:,} are in the source {other.path} too"
    if is_there:
        return f"{same}: one may be a copy of the other. Nothing is read twice."
    return (
        f"{same}, which is not connected: this may be that source in another place. If it is, name its place "
        "on the Integrity screen or with `reviewer locate`, so that its originals are found here."
    )


def _list_parents(folder: bytes) -> list[bytes]:
    return [os.fsencode(parent) for parent in Path(os.fsdecode(folder)).parents]


def _is_same_folder(one: bytes, other: bytes) -> bool:
    """Return whether both paths lead to one folder, as the system sees it."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
