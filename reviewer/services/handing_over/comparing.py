"""Whether what was handed over still is what was made: every file whose hash is noted, hashed again."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from reviewer.domain.errors import KnownError
from reviewer.domain.evidence import pack_format
from reviewer.services.case.made import Comparison, MadeThing, keep_comparison
from reviewer.services.case.open_case import OpenCase
from reviewer.services.export.redacted import TABLE
from reviewer.services.export.run import CHECKSUM_LIST
from reviewer.services.jobs import JobControl
from reviewer.services.pack.check import check_pack

_HASH_LENGTH = 64


def compare_again(case: OpenCase, made: MadeThing, control: JobControl) -> MadeThing:
    """Compare it where it lies and keep what was found; for a job. KnownError if it is not known where."""
    if made.place is None or not made.is_here:
        raise KnownError(
            "It is not found here.", "Say where it lies now, or connect its drive.", code="not-here"
        )
    return keep_comparison(case, made, _compare(made, made.place, control))


def measure(made: MadeThing) -> tuple[int, int]:
    """How many files there are and how many bytes they have together; (0, 0) where nothing is found."""
    if made.place is None or not made.place.exists():
        return 0, 0
    sizes = [path.stat().st_size for path in _iterate_files(made.place)]
    return len(sizes), sum(sizes)


def _compare(made: MadeThing, place: Path, control: JobControl) -> Comparison:
    if made.format == "pack":
        return _compare_pack(made, place, control)
    known = dict(_iterate_known(made.hashes, place))
    changed = missing = 0
    for done, (name, sha256) in enumerate(known.items(), start=1):
        control.advance(done, len(known))
        path = _find_file(made, place, name)
        if not path.is_file():
            missing += 1
        elif _hash_file(path) != sha256:
            changed += 1
    return Comparison(changed=changed, missing=missing)


def _compare_pack(made: MadeThing, place: Path, control: JobControl) -> Comparison:
    """A pack is compared by its own manifests, and these by the hash the ledger has."""
    verdict = check_pack(place, control)
    whole = verdict.sha256 == made.hashes.get(pack_format.TAG_MANIFEST)
    return Comparison(changed=len(verdict.faults) or (0 if whole else 1))


def _iterate_known(hashes: Mapping[str, str], place: Path) -> Iterator[tuple[str, str]]:
    """Names and hashes: those in the ledger, and those in a list whose own hash is in the ledger."""
    yield from hashes.items()
    listed = place / CHECKSUM_LIST
    if CHECKSUM_LIST in hashes and listed.is_file():
        for line in listed.read_text(encoding="utf-8").splitlines():
            sha256, name = line[:_HASH_LENGTH], line[_HASH_LENGTH + 2 :]
            if not line.startswith("\\") and name not in hashes:
                yield name, sha256
    copies = place / TABLE
    if TABLE in hashes and copies.is_file():
        with open(copies, encoding="utf-8-sig", newline="") as rows:
            yield from ((row["file"], row["copy_sha256"]) for row in csv.DictReader(rows) if row.get("file"))


def _hash_file(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _find_file(made: MadeThing, place: Path, name: str) -> Path:
    return place if len(made.hashes) == 1 and place.name == name else place / name


def _iterate_files(place: Path) -> Iterator[Path]:
    return (path for path in place.rglob("*") if path.is_file()) if place.is_dir() else iter((place,))
