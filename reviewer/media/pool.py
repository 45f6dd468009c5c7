"""A few decoding processes, shared by everybody who needs a photograph parsed.

This process opens an original, hashes it and puts its bytes into shared memory; a worker process parses
them. A worker that takes too long or dies is replaced, and the file becomes a Problem.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.domain.content_kind import NOT_TOLD, Content, ContentKind
from reviewer.domain.photo import GREYS, Capture, Photo, Problem, ProblemKind
from reviewer.media import evidence_file
from reviewer.media.buffers import Buffer
from reviewer.media.rota import Rota
from reviewer.media.told_content import content_of, problem_by_content
from reviewer.media.worker_process import COMMAND, WorkerLost, WorkerProcess

LARGEST_FILE = 512 << 20
TOLD_BY = 1 << 20
"""What a file is that is too large is told by so many first bytes."""
SECONDS = 10.0
JOBS_BEFORE_RENEWAL = 500
_EMPTY = Problem(ProblemKind.EMPTY, "The file is empty.")


@dataclass(frozen=True)
class Examined:
    """One file examined: a Photo or a Problem; neither if its content was known and not looked at again."""

    sha256: str
    size: int
    photo: Photo | None = None
    problem: Problem | None = None
    thumbnail: bytes | None = None
    greys: bytes = b""
    content: Content = NOT_TOLD
    """What the content is, if it is no Photo."""


@dataclass(frozen=True)
class Picture:
    """Upright sRGB pixels: rows of blue, green, red, unused; `stride` bytes each.

    `profile` names the embedded ICC profile, `origin` what the file holds if that is not 8-bit RGB.
    """

    width: int
    height: int
    stride: int
    pixels: bytes
    profile: str = ""
    origin: str = ""
    damage: str = ""


@dataclass(frozen=True)
class RenderedFile:
    """One file rendered, with the hash of the very bytes that were decoded."""

    sha256: str
    picture: Picture | None = None
    problem: Problem | None = None


class _Interrupted(Exception):
    """The screen needed the worker; the file is to be examined again."""


class DecoderPool:
    """Blocking calls for any number of threads; `close` ends all processes."""

    def __init__(
        self, workers: int = 2, *, seconds: float = SECONDS, command: Sequence[str] = COMMAND
    ) -> None:
        self.workers = workers
        self._seconds = seconds
        self._command = command
        self._all = [WorkerProcess(command) for _ in range(workers + 1)]
        self._rota = Rota(self._all[1:], for_screen=self._all[0])
        self._patience = threading.Lock()

    def stand_by(self) -> None:
        """Somebody looks at a screen: be ready to render while files are examined."""
        self._rota.stand_by()

    def examine_file(
        self, path: bytes | str | Path, known: Callable[[str], bool] = lambda _sha256: False
    ) -> Examined:
        """Hash a file and find out all about it. `known` contents are hashed only."""
        name = os.fsencode(path)
        try:
            return self._examined(name, known, interruptible=True)
        except _Interrupted:  # such files come one after the other and to their end: the rest is free
            with self._patience:
                return self._examined(name, known, interruptible=False)

    def _examined(self, path: bytes, known: Callable[[str], bool], *, interruptible: bool) -> Examined:
        with self._rota.examining(interruptible=interruptible) as worker:
            content = self._read(worker, path)
            if isinstance(content, Problem):
                return Examined("", 0, problem=content)
            early = _unfit(content)
            if early is not None:
                told = self._told(worker, content)
                early = problem_by_content(early, told)
                return Examined(content.sha256, content.size, problem=early, content=told)
            if known(content.sha256):
                return Examined(content.sha256, content.size)
            answer, thumbnail = self._ask(worker, {"op": "examine", "size": content.size})
            if not answer.get("ok"):
                told = self._told(worker, content)
                problem = problem_by_content(_problem(answer), told)
                return Examined(content.sha256, content.size, problem=problem, content=told)
        photo, greys = _photo(content, answer), _greys(answer)
        return Examined(content.sha256, content.size, photo, None, thumbnail, greys)

    def render_file(self, path: bytes | str | Path, box: tuple[int, int] | None) -> RenderedFile:
        """Decode a file for the screen, fitted into `box` (pixels), or whole. Goes before examining."""
        with self._rota.showing() as worker:
            content = self._read(worker, os.fsencode(path))
            if isinstance(content, Problem):
                return RenderedFile("", problem=content)
            early = _unfit(content)
            if early is not None:
                return RenderedFile(content.sha256, problem=early)
            request = {"op": "render", "size": content.size, "box": list(box) if box else None}
            answer, pixels = self._ask(worker, request)
        if not answer.get("ok"):
            return RenderedFile(content.sha256, problem=_problem(answer))
        return RenderedFile(content.sha256, _picture(answer, pixels))

    def pids(self) -> list[int]:
        """The processes that run now."""
        return [worker.pid for worker in self._all if worker.pid is not None]

    def buffers(self) -> list[Buffer]:
        """The shared memory in use."""
        return [buffer for worker in self._all for buffer in worker.buffers()]

    def layers(self) -> tuple[str, ...]:
        """What confines the decoding processes, in words; empty before the first one was ready."""
        return next((worker.layers for worker in self._all if worker.layers), ())

    def close(self) -> None:
        """Wait for calls under way and end every worker."""
        self._rota.close()
        for worker in self._all:
            worker.close()

    def _read(self, worker: WorkerProcess, path: bytes) -> evidence_file.Content | Problem:
        try:
            handle = evidence_file.opened(path)
            try:
                size = evidence_file.size_of(handle)
                return evidence_file.read_into(handle, worker.room(min(size, LARGEST_FILE)))
            finally:
                os.close(handle)
        except OSError as error:
            return Problem(ProblemKind.UNREADABLE, f"The file could not be read: {error.strerror}.")

    def _told(self, worker: WorkerProcess, content: evidence_file.Content) -> Content:
        """What a content is that was not or could not be decoded, or its beginning if it is large."""
        if content.size == 0:
            return Content(ContentKind.EMPTY)
        request = {"op": "tell", "size": content.size, "whole": content.held}
        if not content.held:
            request["size"] = TOLD_BY
        answer, _nothing = self._ask(worker, request)
        return content_of(answer)

    def _ask(self, worker: WorkerProcess, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Ask, once more in a fresh process if the first one was lost."""
        if worker.jobs >= JOBS_BEFORE_RENEWAL:
            worker.end()
        for _attempt in range(2):
            try:
                return worker.ask(request, self._seconds)
            except WorkerLost as lost:
                if worker.is_interrupted:
                    raise _Interrupted from lost
                worker.end()
                worker.begin()  # so that whoever comes next finds it ready
                if lost.overran:
                    return _as_answer(ProblemKind.TIMED_OUT, "Decoding took too long and was stopped."), b""
        return _as_answer(ProblemKind.DAMAGED, "Decoding this file brought the decoder down."), b""


def _unfit(content: evidence_file.Content) -> Problem | None:
    if content.size == 0:
        return _EMPTY
    if content.size > LARGEST_FILE or not content.held:
        millions = content.size // 1_000_000
        return Problem(
            ProblemKind.TOO_LARGE, f"The file has {millions:,} MB; the program opens up to 536 MB."
        )
    return None


def _as_answer(kind: ProblemKind, reason: str) -> dict[str, Any]:
    return {"ok": False, "problem": {"kind": str(kind), "reason": reason}}


def _problem(answer: dict[str, Any]) -> Problem:
    told = answer.get("problem", {})
    try:
        return Problem(ProblemKind(told["kind"]), str(told["reason"])[:500])
    except (KeyError, ValueError, TypeError):
        return Problem(ProblemKind.DAMAGED, "The picture cannot be decoded.")


def _photo(content: evidence_file.Content, answer: dict[str, Any]) -> Photo:
    """The Photo of an answer; a worker is not trusted, so numbers are brought into their ranges."""
    capture = answer["capture"]
    return Photo(
        sha256=content.sha256,
        size=content.size,
        format=str(answer["format"])[:8],
        width=max(1, int(answer["width"])),
        height=max(1, int(answer["height"])),
        orientation=min(8, max(1, int(answer["orientation"]))),
        capture=Capture(
            str(capture["taken_at"])[:40],
            str(capture["make"])[:200],
            str(capture["model"])[:200],
            {str(name): str(value) for name, value in capture["tags"].items()},
        ),
        likeness=str(answer["likeness"])[:16],
        damage=str(answer["damage"])[:500],
    )


def _greys(answer: dict[str, Any]) -> bytes:
    """What near-duplicates are found by; b"" if a worker's answer does not fit: it is made anew then."""
    try:
        greys = bytes.fromhex(str(answer.get("greys", "")))
    except ValueError:
        return b""
    return greys if len(greys) == GREYS * GREYS else b""


def _picture(answer: dict[str, Any], pixels: bytes) -> Picture:
    width, height, stride = int(answer["width"]), int(answer["height"]), int(answer["stride"])
    if width < 1 or height < 1 or stride < 4 * width or len(pixels) != stride * height:
        raise ValueError("a worker's answer does not fit its pixels")
    profile, origin = str(answer["profile"])[:200], str(answer["origin"])[:40]
    return Picture(width, height, stride, pixels, profile, origin, str(answer["damage"])[:500])
