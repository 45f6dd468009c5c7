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
from reviewer.media.workers.decoded import Examined, RenderedFile
from reviewer.media.workers.evidence_file import Content
from reviewer.media.workers.worker_process import COMMAND, WorkerLost, WorkerProcess

APART = (*COMMAND, ONE_FILE_EACH)
_PATIENCE = 3
"""Times the seconds that a worker is given: a proof is made with what time is left over."""


class Prover:
    """Blocking calls, one after the other, from any thread; started when it is first asked."""

    def __init__(self, command: Sequence[str] = APART, seconds: float = 10.0) -> None:
        self._worker = WorkerProcess(command)
        self._seconds = _PATIENCE * seconds
        self._one_at_a_time = threading.Lock()
        self._closed = False

    is_cheap = CAN_COPY
    """Whether a copy answers. Elsewhere a whole process is started and ended for each file."""

    def worker(self) -> WorkerProcess:
        return self._worker

    def examine(self, path: bytes | str | Path) -> Examined:
        """All about a file; `by` is 0: it is nobody's word that would have to be proved."""
        with self._one_at_a_time:
            content = self._handed(path)
            if isinstance(content, Problem):
                return Examined("", 0, problem=content)
            return questions.all_about(content, self._asked, lambda: 0)

    def render(self, path: bytes | str | Path, box: tuple[int, int] | None, page: int = 1) -> RenderedFile:
        """The picture of a file."""
        with self._one_at_a_time:
            content = self._handed(path)
            if isinstance(content, Problem):
                return RenderedFile("", problem=content)
            return questions.picture_of(content, box, page, self._asked)

    def close(self) -> None:
        """Wait for the call under way and end the process."""
        with self._one_at_a_time:
            self._closed = True
            self._worker.close()

    def _handed(self, path: bytes | str | Path) -> Content | Problem:
        if self._closed:
            raise RuntimeError("the pool is closed")
        return handing_over.read_for(self._worker, os.fsencode(path))

    def _asked(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        try:
            untrusted, pixels = self._worker.ask(request, self._seconds)
        except WorkerLost as lost:
            self._worker.end()
            return (handing_over.OVERRAN if lost.overran else handing_over.DIED), b""
        if not CAN_COPY:
            self._worker.end()
            self._worker.begin()
        return (handing_over.DIED, b"") if untrusted.get("lost") is True else (untrusted, pixels)
