"""What is examined anew when a folder is added again, and whether that found anything else than before.

Whatever was no photograph is examined anew: it may be readable now, whole, or of a format that this version
opens. A photograph is read again if its size or time is another one, or if it is damaged. What cannot be
read now stays as it was read. Nothing is known because its name is.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping

from reviewer.domain.photos.case import ExaminedFile, FoundFile
from reviewer.domain.photos.photo import IngestOutcome, Problem, ProblemKind
from reviewer.media.workers.evidence_file import locate_original
from reviewer.services.ingest.scan import ScanEntry
from reviewer.storage.photos.standing import KnownFile

KnownFiles = Mapping[bytes, KnownFile]
NOT_USED_OUTCOMES = frozenset({IngestOutcome.PROBLEM, IngestOutcome.LEFT_OUT})
_READ_LATER = Problem(
    ProblemKind.FOLDER_READ,
    "This folder could be read when it was added again: what is in it has rows of its own.",
)


def must_examine_again(met: ScanEntry, known: KnownFile) -> bool:
    """Return whether a known name has to be examined again."""
    if known.outcome in NOT_USED_OUTCOMES or known.damaged or met.problem is not None:
        return True
    return (met.file.size, met.file.modified_ns) != (known.size, known.modified_ns)


def is_worth_keeping(examined: ExaminedFile, known: KnownFile) -> bool:
    """Return whether what was found now replaces what was known."""
    problem = examined.problem
    is_something_else = examined.left_out or (problem is not None and problem.kind is ProblemKind.NOT_A_FILE)
    if not examined.sha256 and known.sha256 and not is_something_else:
        return False
    if known.outcome not in NOT_USED_OUTCOMES:
        return examined.sha256 != known.sha256
    return _to_comparable(examined) != (
        known.sha256,
        known.outcome is IngestOutcome.LEFT_OUT,
        known.problem_kind,
        known.problem_reason,
        known.content_kind,
        known.media_type,
    )


def has_other_content(examined: ExaminedFile, known: KnownFile) -> bool:
    """Return whether the content of a file read before has changed."""
    return bool(examined.sha256 and known.sha256) and examined.sha256 != known.sha256


def _to_comparable(examined: ExaminedFile) -> tuple[str, bool, str, str, str, str]:
    problem = examined.problem
    return (
        examined.sha256,
        examined.left_out,
        str(problem.kind) if problem else "",
        problem.reason if problem else "",
        examined.content_kind,
        examined.media_type,
    )


def find_folders_read_later(root: bytes, known: KnownFiles, met: Collection[bytes]) -> Iterator[ScanEntry]:
    """The folders that had a row because they could not be walked, and have been walked now."""
    for path, before in known.items():
        if before.outcome in NOT_USED_OUTCOMES and not before.sha256 and path not in met:
            place = locate_original(root, path)
            if os.path.isdir(place) and not os.path.islink(place):
                yield ScanEntry(FoundFile(path, 0, 0), _READ_LATER, left_out=True)
