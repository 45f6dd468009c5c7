"""From a path to bytes in a worker's input buffer, hashed on the way; what cannot be handed over is a
Problem."""

from __future__ import annotations

import os
from typing import Any

from reviewer.domain.photos.photo import Problem, ProblemKind
from reviewer.media.workers import evidence_file
from reviewer.media.workers.evidence_file import HandedFile
from reviewer.media.workers.worker_process import WorkerProcess

LARGEST_FILE = 512 << 20
EMPTY_FILE = Problem(ProblemKind.EMPTY, "The file is empty.")


def read_into_worker(worker: WorkerProcess, path: bytes, *, beside: bool = False) -> HandedFile | Problem:
    """The file in the input buffer of `worker`, or why it could not be read.

    With `beside` nobody waits for its hash yet: that is computed while the process is at work, if only this
    program can write into the buffer.
    """
    try:
        handle = evidence_file.open_original(path)
        try:
            size = evidence_file.measure_file(handle)
            room = worker.provide_room(min(size, LARGEST_FILE))
            if beside and worker.input.only_ours:
                return evidence_file.read_and_hash_beside(handle, room)
            return evidence_file.read_and_hash(handle, room, is_shared=not worker.input.only_ours)
        finally:
            os.close(handle)
    except OSError as error:
        return Problem(ProblemKind.UNREADABLE, f"The file could not be read: {error.strerror}.")


def check_size(content: HandedFile) -> Problem | None:
    """Return why a content is not given to a worker, or None if it is."""
    if content.size == 0:
        return EMPTY_FILE
    if content.size > LARGEST_FILE or not content.held:
        millions = content.size // 1_000_000
        return Problem(
            ProblemKind.TOO_LARGE, f"The file has {millions:,} MB; the program opens up to 536 MB."
        )
    return None


def _make_answer(kind: ProblemKind, reason: str) -> dict[str, Any]:
    return {"ok": False, "problem": {"kind": str(kind), "reason": reason}}


OVERRAN_ANSWER = _make_answer(ProblemKind.TIMED_OUT, "Decoding took too long and was stopped.")
DIED_ANSWER = _make_answer(ProblemKind.DAMAGED, "Decoding this file brought the decoder down.")
"""What is answered in the place of a process that gave no answer."""


def is_worker_answer(untrusted: dict[str, Any]) -> bool:
    """Whether a process said it, and not this program in its place."""
    return untrusted is not OVERRAN_ANSWER and untrusted is not DIED_ANSWER
