"""The same question, put to a process that has seen nothing but this one file.

A worker that was taken over by a file can say what it likes about the files after it. Whether it does is
found by asking again here and comparing the answers, to the byte (docs/decisions/0032).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reviewer.domain.photos.photo import Problem
from reviewer.media.workers import handing_over, questions
from reviewer.media.workers.copies import CAN_COPY, ONE_FILE_EACH
from reviewer.media.workers.decoded import ExaminationResult, RenderedFile
from reviewer.media.workers.evidence_file import HandedFile
from reviewer.media.workers.worker_process import COMMAND, WorkerLost, WorkerProcess

FRESH_PROCESS_COMMAND = (*COMMAND, ONE_FILE_EACH)
_TIME_FACTOR = 3
"""Times the seconds that a worker is given: a proof is made with what time is left over."""


class FreshProcessVerifier:
    """Blocking calls, one after the other, from any thread; started when it is first asked."""

    def __init__(self, command: Sequence[str] = FRESH_PROCESS_COMMAND, seconds: float = 10.0) -> None:
        self._worker = WorkerProcess(command)
        self._seconds = _TIME_FACTOR * seconds
        self._one_at_a_time = threading.Lock()
        self._closed = False

    is_cheap = CAN_COPY
    """Whether a copy answers. Elsewhere a whole process is started and ended for each file."""

    def worker(self) -> WorkerProcess:
        return self._worker

    def examine(self, path: bytes | str | Path) -> ExaminationResult:
        """Examine a file; `by` is 0: the answer needs no further verification."""
        with self._one_at_a_time:
            content = self._read_file(path)
            if isinstance(content, Problem):
                return ExaminationResult("", 0, problem=content)
            return questions.ask_to_examine(content, self._ask, lambda: 0)

    def render(self, path: bytes | str | Path, box: tuple[int, int] | None, page: int = 1) -> RenderedFile:
        """The picture of a file."""
        with self._one_at_a_time:
            content = self._read_file(path)
            if isinstance(content, Problem):
                return RenderedFile("", problem=content)
            return questions.ask_to_render(content, box, page, self._ask)

    def close(self) -> None:
        """Wait for the call under way and end the process."""
        with self._one_at_a_time:
            self._closed = True
            self._worker.close()

    def _read_file(self, path: bytes | str | Path) -> HandedFile | Problem:
        if self._closed:
            raise RuntimeError("the pool is closed")
        return handing_over.read_into_worker(self._worker, os.fsencode(path))

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        try:
            untrusted, pixels = self._worker.ask(request, self._seconds)
        except WorkerLost as lost:
            self._worker.end()
            return (handing_over.OVERRAN_ANSWER if lost.overran else handing_over.DIED_ANSWER), b""
        if not CAN_COPY:
            self._worker.end()
            self._worker.begin()
        return (handing_over.DIED_ANSWER, b"") if untrusted.get("lost") is True else (untrusted, pixels)
