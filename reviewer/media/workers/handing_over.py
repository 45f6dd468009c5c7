"""From a path to bytes in a worker's input buffer, hashed on the way; what cannot be handed over is a
Problem."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reviewer.domain.photos.photo import Problem, ProblemKind
from reviewer.media.workers import evidence_file
from reviewer.media.workers.evidence_file import HandedFile, HashedContent
from reviewer.media.workers.worker_process import WorkerProcess

LARGEST_FILE = 512 << 20
EMPTY_FILE = Problem(ProblemKind.EMPTY, "The file is empty.")
MOST_TOGETHER, BYTES_TOGETHER = 8, 4 << 20
"""Files of one question, and bytes of all of them."""
_PLACES = 64
"""Where a file begins among several: at multiples of that, as a file does that comes alone."""


@dataclass(frozen=True)
class HandedPart:
    """A file that lies in the input among others, from `start` on."""

    start: int
    content: HashedContent


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


def read_several_into_worker(worker: WorkerProcess, paths: Sequence[bytes]) -> list[HandedPart | None]:
    """Files side by side in the input buffer of `worker`. None for one that is to come alone: it is empty, it
    cannot be read, or it does not fit among the others, whatever it was when somebody last looked."""
    room = worker.provide_room(BYTES_TOGETHER)[:BYTES_TOGETHER]
    parts: list[HandedPart | None] = []
    start = 0
    for path in paths:
        content = _read_part(path, room[start:], is_shared=not worker.input.only_ours)
        parts.append(HandedPart(start, content) if content is not None else None)
        if content is not None:
            start += -(-content.size // _PLACES) * _PLACES
    return parts


def _read_part(path: bytes, room: memoryview, *, is_shared: bool) -> HashedContent | None:
    try:
        handle = evidence_file.open_original(path)
        try:
            if not 0 < evidence_file.measure_file(handle) <= len(room):
                return None
            content = evidence_file.read_and_hash(handle, room, is_shared=is_shared)
            return content if content.held and content.size else None
        finally:
            os.close(handle)
    except OSError:
        return None


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
