"""One decoding process as its parent sees it: start, ask with a deadline, kill."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from multiprocessing.shared_memory import SharedMemory
from typing import Any

LONGEST_ANSWER = 1 << 20
INPUT = 16 << 20
OUTPUT = 64 << 20
COMMAND = (sys.executable, "-m", "reviewer.media.worker")


class WorkerLost(Exception):
    """The process ended, overran its time or answered nonsense; `overran` tells which."""

    def __init__(self, overran: bool) -> None:
        super().__init__("overran its time" if overran else "ended")
        self.overran = overran


class WorkerProcess:
    """A worker with its two buffers. Not for several threads at once."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = list(command)
        self.input = SharedMemory(create=True, size=INPUT)
        self._output = SharedMemory(create=True, size=OUTPUT)
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.jobs = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def memory_names(self) -> list[str]:
        return [self.input.name, self._output.name]

    def room(self, size: int) -> memoryview:
        """The input buffer, at least `size` bytes of it."""
        if size > self.input.size:
            _drop(self.input)
            self.input = SharedMemory(create=True, size=size)
        return _view(self.input)

    def ask(self, request: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """Send a request about the input buffer; the answer and the bytes that came with it."""
        answer = self._asked(request, seconds)
        wanted = answer.get("grow")
        if isinstance(wanted, int) and OUTPUT < wanted <= 4 * 400_000_000:
            _drop(self._output)
            self._output = SharedMemory(create=True, size=wanted)
            answer = self._asked(request, seconds)
        count = answer.get("bytes", 0)
        if not isinstance(count, int) or not 0 <= count <= self._output.size:
            raise WorkerLost(overran=False)
        return answer, bytes(_view(self._output)[:count])

    def _asked(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        self.jobs += 1
        process = self._running()
        whole = {**request, "input": self.input.name, "output": self._output.name}
        try:
            if process.stdin is None:
                raise WorkerLost(overran=False)
            process.stdin.write(json.dumps(whole).encode("ascii") + b"\n")
            process.stdin.flush()
        except OSError as error:
            raise WorkerLost(overran=False) from error
        return self._answer(seconds)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._start()
        if self._process is None:
            raise WorkerLost(overran=False)
        return self._process

    def _start(self) -> None:
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._process = process
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._answers = answers
        threading.Thread(target=_listen, args=(process, answers), name="worker answers", daemon=True).start()
        self.jobs = 0
        self._answer(30.0)

    def _answer(self, seconds: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise WorkerLost(overran=True) from None
        try:
            answer = json.loads(line)
        except ValueError:
            raise WorkerLost(overran=False) from None
        if not isinstance(answer, dict):
            raise WorkerLost(overran=False)
        return answer

    def end(self) -> None:
        """Kill the process if it runs; the next request starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def close(self) -> None:
        """End for good and give the memory back."""
        self.end()
        _drop(self.input)
        _drop(self._output)


def _listen(process: subprocess.Popen[bytes], answers: queue.SimpleQueue[bytes]) -> None:
    """Pass on answers line by line; an empty one when there will be no more."""
    with contextlib.suppress(OSError, ValueError):
        while process.stdout is not None and (line := process.stdout.readline(LONGEST_ANSWER)):
            answers.put(line)
    answers.put(b"")


def _view(memory: SharedMemory) -> memoryview:
    if memory.buf is None:
        raise WorkerLost(overran=False)
    return memory.buf


def _drop(memory: SharedMemory) -> None:
    with contextlib.suppress(BufferError):
        memory.close()
    with contextlib.suppress(FileNotFoundError):
        memory.unlink()
