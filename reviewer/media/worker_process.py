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
from typing import Any

from reviewer.media import job_object
from reviewer.media.buffers import HANDED_OVER, Buffer, Channel, channel, hand_over

LONGEST_ANSWER = 1 << 20
INPUT = 16 << 20
OUTPUT = 64 << 20
START_SECONDS = 30.0
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
        self.input = Buffer(INPUT)
        self._output = Buffer(OUTPUT)
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._channel: Channel | None = None
        self._handed: set[str] = set()
        self._is_ready = False
        self._job: object = None
        self.jobs = 0
        self.is_interrupted = False
        self.layers: tuple[str, ...] = ()
        """What confines the process, in words; empty before it was ready for the first time."""

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def buffers(self) -> list[Buffer]:
        return [self.input, self._output]

    def room(self, size: int) -> memoryview:
        """The input buffer, at least `size` bytes of it."""
        if size > self.input.size:
            self.input.close()
            self.input = Buffer(size)
        return self.input.view

    def ask(self, request: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """Send a request about the input buffer; the answer and the bytes that came with it."""
        answer = self._asked(request, seconds)
        wanted = answer.get("grow")
        if isinstance(wanted, int) and OUTPUT < wanted <= 4 * 400_000_000:
            self._output.close()
            self._output = Buffer(wanted)
            answer = self._asked(request, seconds)
        count = answer.get("bytes", 0)
        if not isinstance(count, int) or not 0 <= count <= self._output.size:
            raise WorkerLost(overran=False)
        return answer, bytes(self._output.view[:count])

    def begin(self) -> None:
        """Start the process if it does not run, without waiting until it is ready."""
        if self._process is None:
            self._start()

    def interrupt(self) -> None:
        """From another thread: whoever waits for an answer finds the process lost."""
        self.is_interrupted = True
        process = self._process
        if process is not None:
            process.kill()

    def _asked(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        self.jobs += 1
        process = self._ready()
        whole = {**request, "input": self.input.name, "output": self._output.name}
        try:
            for buffer in self.buffers():
                self._hand_over(buffer)
            if process.stdin is None:
                raise WorkerLost(overran=False)
            process.stdin.write(json.dumps(whole).encode("ascii") + b"\n")
            process.stdin.flush()
        except OSError as error:
            raise WorkerLost(overran=False) from error
        return self._answer(seconds)

    def _hand_over(self, buffer: Buffer) -> None:
        if self._channel is not None and buffer.name not in self._handed:
            hand_over(self._channel, buffer)
            self._handed.add(buffer.name)

    def _ready(self) -> subprocess.Popen[bytes]:
        """The process once it has said that it decodes within its confinement."""
        self.begin()
        if not self._is_ready:
            first = self._answer(START_SECONDS)
            if first.get("state") == "unfit":  # a library that needs a call the filter does not know
                self.end()
                self._start("--unfiltered")
                first = self._answer(START_SECONDS)
            self._is_ready = True
            told = first.get("layers")
            job = ["a job object (memory, no other processes)"] if self._job else []
            self.layers = (*map(str, told if isinstance(told, list) else []), *job)
        if self._process is None:
            raise WorkerLost(overran=False)
        return self._process

    def _start(self, *words: str) -> None:
        passed: list[int] = []
        theirs: Channel | None = None
        if HANDED_OVER:
            self._channel, theirs = channel()
            passed = [theirs.fileno()]
            words = (*words, "--channel", str(theirs.fileno()))
        process = subprocess.Popen(
            [*self._command, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            pass_fds=passed,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if theirs is not None:
            theirs.close()
        self._job = job_object.assigned(process.pid)
        self._process, self._is_ready, self.jobs = process, False, 0
        self._handed.clear()
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._answers = answers
        threading.Thread(target=_listen, args=(process, answers), name="worker answers", daemon=True).start()

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
        self.is_interrupted = False
        process, self._process = self._process, None
        ours, self._channel = self._channel, None
        if ours is not None:
            ours.close()
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
        self.input.close()
        self._output.close()


def _listen(process: subprocess.Popen[bytes], answers: queue.SimpleQueue[bytes]) -> None:
    """Pass on answers line by line; an empty one when there will be no more."""
    with contextlib.suppress(OSError, ValueError):
        while process.stdout is not None and (line := process.stdout.readline(LONGEST_ANSWER)):
            answers.put(line)
    answers.put(b"")
