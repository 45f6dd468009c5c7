"""What the file of a Photo says of its own making, read from the original once more, for looking at."""

from __future__ import annotations

import os
from collections.abc import Sequence

from reviewer.domain.photos.photo import Problem, ProblemKind
from reviewer.media.workers.file_details import FileDetails as FileDetails
from reviewer.media.workers.file_details import Thumbnail as Thumbnail
from reviewer.media.workers.pool import DecoderPool

_MISSING = Problem(
    ProblemKind.UNREADABLE, "The original is not where it was ingested from. Is the drive connected?"
)
_CHANGED = Problem(ProblemKind.UNREADABLE, "The file is no longer what was ingested, so it is not read.")


def read_details(pool: DecoderPool, paths: Sequence[bytes], sha256: str) -> FileDetails:
    """Read the details from the first of these files with the content wanted, or return the Problem;
    blocks."""
    problem = _MISSING
    for path in paths:
        if not os.path.isfile(path):
            continue
        found = pool.read_details(path)
        if found.sha256 == sha256:
            return found
        problem = _CHANGED if found.sha256 else (found.problem or problem)
    return FileDetails(sha256, problem=problem)
