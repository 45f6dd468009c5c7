"""A few decoding processes, shared by everybody who needs a photograph parsed.

This process opens an original, hashes it and puts its bytes into shared memory; a worker process parses
them. A worker that takes too long or dies is replaced, and the file becomes a Problem.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reviewer.domain.photos.photo import Problem
from reviewer.media.workers import handing_over, questions
from reviewer.media.workers.buffers import Buffer
from reviewer.media.workers.decoded import ExaminationResult as ExaminationResult
from reviewer.media.workers.decoded import Picture as Picture
from reviewer.media.workers.decoded import RenderedFile as RenderedFile
from reviewer.media.workers.file_details import FileDetails, ask_for_details
from reviewer.media.workers.handing_over import HandedPart
from reviewer.media.workers.proof import FRESH_PROCESS_COMMAND, FreshProcessVerifier
from reviewer.media.workers.questions import AnswerOfOne
from reviewer.media.workers.scheduler import WorkerScheduler
from reviewer.media.workers.worker_process import COMMAND, WorkerLost, WorkerProcess

SECONDS = 10.0
JOBS_BEFORE_RENEWAL = 500
SHARE_FOR_SEVERAL = 0.25
"""Of the seconds that a file is given, for several small ones: who needs longer gets them all, alone."""


class _Interrupted(Exception):
    """The worker was needed for the screen; the file has to be examined again."""


class DecoderPool:
    """Blocking calls for any number of threads; `close` ends all processes."""

    def __init__(
        self,
        workers: int = 2,
        *,
        seconds: float = SECONDS,
        command: Sequence[str] = COMMAND,
        proving: Sequence[str] | None = FRESH_PROCESS_COMMAND,
    ) -> None:
        self.workers = workers
        self.askers = workers + 1
        """How many threads keep them at work: one makes small pictures of what was told meanwhile."""
        self.prover = FreshProcessVerifier(proving, seconds) if proving else None
        """Answers by processes that saw nothing else; None if nobody is to be compared with them."""
        self._distrusted: set[int] = set()
        self._seconds = seconds
        self._command = command
        self._all = [WorkerProcess(command) for _ in range(workers + 1)]
        self._rota = WorkerScheduler(self._all[1:], for_screen=self._all[0])
        self._patience = threading.Lock()

    def stand_by(self) -> None:
        """Be ready to render for the screen while files are examined."""
        self._rota.stand_by()

    def examine_file(
        self, path: bytes | str | Path, known: Callable[[str], bool] = lambda _sha256: False
    ) -> ExaminationResult:
        """Hash a file and find out all about it. `known` contents are hashed only."""
        name = os.fsencode(path)
        try:
            return self._examine(name, known, interruptible=True)
        except _Interrupted:  # such files come one after the other and to their end: the rest is free
            with self._patience:
                return self._examine(name, known, interruptible=False)

    def examine_several(
        self, paths: Sequence[bytes], known: Callable[[str], bool] = lambda _sha256: False
    ) -> list[ExaminationResult | None]:
        """The same of a few small files in one question, in a moment; None for each that has to be examined
        by itself: whatever goes wrong with one of them says nothing about any of them."""
        with self._rota.lease_for_ingest(interruptible=True) as worker:
            parts = handing_over.read_several_into_worker(worker, paths)
            asked = [part for part in parts if part is not None and not known(part.content.sha256)]
            told = self._ask_about_several(worker, asked) if asked else []
            by = worker.number
        # small pictures are made while the process is at work for somebody else
        found = {
            part.start: questions.make_result_of_one(part, answer, by)
            for part, answer in zip(asked, told, strict=False)
        }
        for part in parts:
            if part is not None and part not in asked:
                found[part.start] = ExaminationResult(part.content.sha256, part.content.size)
        return [found.get(part.start) if part is not None else None for part in parts]

    def _ask_about_several(self, worker: WorkerProcess, parts: Sequence[HandedPart]) -> list[AnswerOfOne]:
        """The answers that came; who does not answer soon is not asked about several any longer."""
        self._renew_if_due(worker)
        try:
            told = questions.ask_to_examine_several(
                parts, lambda request: worker.ask(request, self._seconds * SHARE_FOR_SEVERAL)
            )
        except WorkerLost:
            if not worker.is_interrupted:
                worker.end()
                worker.begin()
            return []
        worker.jobs += len(parts) - 1
        return told

    def _examine(
        self, path: bytes, known: Callable[[str], bool], *, interruptible: bool
    ) -> ExaminationResult:
        with self._rota.lease_for_ingest(interruptible=interruptible) as worker:
            content = handing_over.read_into_worker(worker, path)
            if isinstance(content, Problem):
                return ExaminationResult("", 0, problem=content)
            return questions.ask_to_examine(
                content, lambda request: self._ask(worker, request), lambda: worker.number, known
            )

    def render_file(
        self, path: bytes | str | Path, box: tuple[int, int] | None, page: int = 1, expected: int = 0
    ) -> RenderedFile:
        """Decode a file for the screen, fitted into `box` (pixels), or whole. Goes before examining.

        `page` is which picture of the file, counted from 1. `expected`: how many bytes its pixels will take,
        if that is known; it comes sooner then.
        """
        with self._rota.lease_for_screen() as worker:
            content = handing_over.read_into_worker(worker, os.fsencode(path), beside=True)
            if isinstance(content, Problem):
                return RenderedFile("", problem=content)
            try:
                return questions.ask_to_render(
                    content, box, page, lambda request: self._ask(worker, request, expected)
                )
            finally:
                content.wait()

    def read_details(self, path: bytes | str | Path) -> FileDetails:
        """What a file says of its own making, with its embedded thumbnail. Goes before examining."""
        with self._rota.lease_for_screen() as worker:
            content = handing_over.read_into_worker(worker, os.fsencode(path))
            if isinstance(content, Problem):
                return FileDetails("", problem=content)
            return ask_for_details(content, lambda request: self._ask(worker, request))

    def distrust(self, number: int) -> None:
        """The process of this number answers for no further file."""
        self._distrusted.add(number)

    def distrust_all(self) -> None:
        """No process that runs now answers for a further file."""
        self._distrusted |= {worker.number for worker in self._all}

    def pids(self) -> list[int]:
        """The processes that run now."""
        return [worker.pid for worker in self._list_workers() if worker.pid is not None]

    def buffers(self) -> list[Buffer]:
        """The shared memory in use."""
        return [buffer for worker in self._list_workers() for buffer in worker.buffers()]

    def layers(self) -> tuple[str, ...]:
        """What confines the decoding processes, in words; empty before the first one was ready."""
        return next((worker.layers for worker in self._all if worker.layers), ())

    def close(self) -> None:
        """Wait for calls under way and end every worker."""
        self._rota.close()
        for worker in self._all:
            worker.close()
        if self.prover is not None:
            self.prover.close()

    def _list_workers(self) -> list[WorkerProcess]:
        return [*self._all, self.prover.worker()] if self.prover is not None else self._all

    def _ask(
        self, worker: WorkerProcess, request: dict[str, Any], expected: int = 0
    ) -> tuple[dict[str, Any], bytes]:
        """Ask, once more in a fresh process if the first one was lost."""
        self._renew_if_due(worker)
        for _attempt in range(2):
            try:
                return worker.ask(request, self._seconds, expected=expected)
            except WorkerLost as lost:
                if worker.is_interrupted:
                    raise _Interrupted from lost
                worker.end()
                worker.begin()  # so that whoever comes next finds it ready
                if lost.overran:
                    return handing_over.OVERRAN_ANSWER, b""
        return handing_over.DIED_ANSWER, b""

    def _renew_if_due(self, worker: WorkerProcess) -> None:
        if worker.jobs >= JOBS_BEFORE_RENEWAL or worker.number in self._distrusted:
            worker.end()
