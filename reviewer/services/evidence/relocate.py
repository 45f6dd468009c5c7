"""A Source that lies in another place: another drive letter, another mount point. Found again by content.

A place is accepted when files spread over the whole Source are there with the very hashes of the ingest, and
refused when one of them is not. Each photograph is hashed again when it is shown, as ever.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import path_to_text
from reviewer.domain.photos.case import Source
from reviewer.media.workers.evidence_file import compute_hash, locate_original
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import JobControl
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photos
from reviewer.system.mounts import list_drive_roots

SAMPLE_SIZE = 60


@dataclass(frozen=True)
class LocationCheck:
    """How many files of a place were hashed, and how many of them have the hash of the ingest."""

    checked: int
    matched: int

    @property
    def is_the_source(self) -> bool:
        return self.checked > 0 and self.matched == self.checked


def find_missing_sources(case: OpenCase) -> list[Source]:
    """The Sources that are not where they were."""
    with case.store.read() as connection:
        roots = case_rows.load_source_roots(connection)
    return [source for source in case.sources() if not os.path.isdir(roots[source.id])]


def relocate_missing_sources(
    case: OpenCase, author: str, control: JobControl, drives: Iterable[bytes] | None = None
) -> list[tuple[Source, bytes]]:
    """Look for lost Sources on the connected drives; return those found, with their new places."""
    case.require_writable()
    found = []
    for source in find_missing_sources(case):
        with case.store.read() as connection:
            root = case_rows.load_source_roots(connection)[source.id]
        for place in _list_candidates(root, list_drive_roots() if drives is None else drives):
            control.check()
            looked = check_location(case, source.id, place)
            if looked.is_the_source:
                _record_move(case, source.id, place, looked, author)
                found.append((source, place))
                break
    return found


def move_source(case: OpenCase, source: str, folder: Path, author: str) -> LocationCheck:
    """Record `folder` as the new place of a Source. KnownError, with counts, if its content differs."""
    case.require_writable()
    place = os.path.abspath(os.fsencode(folder))
    looked = check_location(case, source, place)
    if not looked.is_the_source:
        raise KnownError(
            f"{path_to_text(place)} is not this source: of {looked.checked:,} files looked for, "
            f"{looked.matched:,} are there with the same content.",
            "Choose the folder that was ingested, not one above or below it.",
            code="another-source",
        )
    _record_move(case, source, place, looked, author)
    return looked


def check_location(case: OpenCase, source: str, place: bytes) -> LocationCheck:
    """Hash files spread over the Source below `place`; stop at the first that differs."""
    with case.store.read() as connection:
        known = {path: sha for path, sha in photos.load_hashes_by_path(connection, source).items() if sha}
    sample = _sample_evenly(sorted(known))
    matched = 0
    for path in sample:
        try:
            same = compute_hash(locate_original(place, path)) == known[path]
        except OSError:
            same = False
        if not same:
            break
        matched += 1
    return LocationCheck(len(sample), matched)


def _sample_evenly(paths: list[bytes]) -> list[bytes]:
    """At most SAMPLE of them, evenly over the list, the first and the last included."""
    if len(paths) <= SAMPLE_SIZE:
        return paths
    return [paths[round(at * (len(paths) - 1) / (SAMPLE_SIZE - 1))] for at in range(SAMPLE_SIZE)]


def _list_candidates(root: bytes, drives: Iterable[bytes]) -> Iterator[bytes]:
    """Where the folder may lie now: the same path, or its end, on each drive. Longest first."""
    parts = [part for part in root.replace(b"\\", b"/").split(b"/") if part and not part.endswith(b":")]
    for drive in drives:
        for skipped in range(len(parts) + 1):
            place = os.path.join(drive, *parts[skipped:])
            if place != root and os.path.isdir(place):
                yield place


def _record_move(case: OpenCase, source: str, place: bytes, looked: LocationCheck, author: str) -> None:
    body = {
        "path": path_to_text(place),
        "path_hex": place.hex(),
        "checked": looked.checked,
        "matched": looked.matched,
    }
    case.record(Draft(acts.SOURCE_MOVED, source, body), author)
