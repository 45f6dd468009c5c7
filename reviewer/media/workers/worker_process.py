"""One decoding process as its parent sees it: start, ask with a deadline, kill."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Any

from reviewer.media.workers import answers, channels, job_object
from reviewer.media.workers.buffers import Buffer
from reviewer.media.workers.channels import Channel
from reviewer.media.workers.room_ahead import RoomAhead

if sys.platform == "linux":
    from reviewer.media.workers import forked
    from reviewer.media.workers.buffers import hand_over
    from reviewer.media.workers.forked import ForkedProcess

    Process = subprocess.Popen[bytes] | ForkedProcess
else:
    Process = subprocess.Popen[bytes]

MOST_OUTPUT = 4 * answers.MOST_PIXELS
_MOST_WAITING_ANSWERS = 2
_numbers = itertools.count(1)
INPUT_BYTES = 16 << 20
OUTPUT_BYTES = 64 << 20
KEPT_OUTPUT_BYTES = 16 << 20
"""What stays in memory after an answer: more than what a screen of 2560 x 1440 shows."""
START_SECONDS = 30.0
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""What confines a process confines the thread that asks for it; one that began earlier is free."""
_LARGE_BLOCKS_GIVEN_BACK = {"MALLOC_MMAP_THRESHOLD_": str(1 << 20), "MALLOC_TRIM_THRESHOLD_": str(8 << 20)}
"""What `system.allocator` does for the window, as mallopt(3) has it for a process that is started."""
COMMAND = (sys.executable, "-m", "reviewer.media.workers.worker")


class WorkerLost(Exception):
    """The process ended, overran its time or answered nonsense; `overran` tells which."""

    def __init__(self, overran: bool) -> None:
        super().__init__("overran its time" if overran else "ended")
        self.overran = overran


class WorkerProcess:
    """A worker with its two buffers. Not for several threads at once."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = list(command)
        self.input = Buffer(INPUT_BYTES, for_reading=True)
        self._output = Buffer(OUTPUT_BYTES)
        self._process: Process | None = None
        self._answers: queue.Queue[bytes] = queue.Queue(_MOST_WAITING_ANSWERS)
        self._channel: Channel | None = None
        self._handed: set[str] = set()
        self._is_ready = False
        self._job: object = None
        self._giving_back: threading.Thread | None = None
        self.jobs = 0
        self.number = 0
        """Which process it is of all that were ever started; 0 before the first."""
        self.is_interrupted = False
        self.layers: tuple[str, ...] = ()
        """What confines the process, in words; empty before it was ready for the first time."""

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def buffers(self) -> list[Buffer]:
        return [self.input, self._output]

    def provide_room(self, size: int) -> memoryview:
        """The input buffer, at least `size` bytes of it; `input.only_ours` says who can write there."""
        needed = max(size, INPUT_BYTES)
        if self.input.size < needed or self.input.size > needed == INPUT_BYTES:  # a large file was before it
            self.input.close()
            self.input = Buffer(needed, for_reading=True)
        return self.input.view

    def ask(
        self, request: dict[str, Any], seconds: float, most: int = MOST_OUTPUT, expected: int = 0
    ) -> tuple[dict[str, Any], bytes]:
        """Send a request about the input buffer; the answer and the at most `most` bytes that came with it.

        Neither is to be trusted: `answers` reads the one, and the other is only bytes. Where as many are
        `expected` as a whole photograph has, memory is made ready for them meanwhile.
        """
        self._wait_for_given_back()
        ahead = RoomAhead(self._output, expected)
        untrusted = self._send_request(request, seconds)
        untrusted_wish = untrusted.get("grow")
        if type(untrusted_wish) is int and OUTPUT_BYTES < untrusted_wish <= most:
            self._output.close()
            self._output = Buffer(untrusted_wish)
            ahead = RoomAhead(self._output, expected)
            untrusted = self._send_request(request, seconds)
        untrusted_count = untrusted.get("bytes", 0)
        if type(untrusted_count) is not int or not 0 <= untrusted_count <= min(most, self._output.size):
            raise WorkerLost(overran=False)
        answered = ahead.copy_out(untrusted_count)
        if untrusted_count > KEPT_OUTPUT_BYTES:  # whoever waits for the picture does not wait for that, too
            self._giving_back = threading.Thread(
                target=self._output.give_back_above, args=(KEPT_OUTPUT_BYTES,), name="giving back"
            )
            self._giving_back.start()
        return untrusted, answered

    def _wait_for_given_back(self) -> None:
        if self._giving_back is not None:
            self._giving_back.join()
            self._giving_back = None

    def begin(self) -> None:
        """Start the process if it does not run, without waiting until it is ready."""
        if self._process is None:
            self._start()

    def interrupt(self) -> None:
        """From another thread: a call that waits for an answer finds the process lost."""
        self.is_interrupted = True
        process = self._process
        if process is not None:
            process.kill()

    def _send_request(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        self.jobs += 1
        process = self._ensure_ready()
        if not self._answers.empty():  # it was said before anybody asked
            raise WorkerLost(overran=False)
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
        return self._wait_for_answer(seconds)

    def _hand_over(self, buffer: Buffer) -> None:
        if sys.platform == "linux" and self._channel is not None and buffer.name not in self._handed:
            hand_over(self._channel, buffer)
            self._handed.add(buffer.name)

    def _ensure_ready(self) -> Process:
        """The process once it has said that it decodes within its confinement."""
        self.begin()
        if not self._is_ready:
            untrusted_first = self._wait_for_first_answer()
            if untrusted_first.get("state") == "unfit":  # a library needs a call the filter does not know
                self.end()
                self._start("--unfiltered")
                untrusted_first = self._wait_for_answer(START_SECONDS)
            self._is_ready = True
            job = ["a job object (memory, no other processes)"] if self._job else []
            self.layers = (*_layers_from_answer(untrusted_first), *job)
        if self._process is None:
            raise WorkerLost(overran=False)
        return self._process

    def _wait_for_first_answer(self) -> dict[str, Any]:
        try:
            return self._wait_for_answer(START_SECONDS)
        except WorkerLost:
            if not self._is_copy_that_was_never_made():
                raise
        self.end()  # what it was to be copied from had ended: that is no fault of the file
        self._start(may_be_copied=False)
        return self._wait_for_answer(START_SECONDS)

    def _is_copy_that_was_never_made(self) -> bool:
        if sys.platform == "linux":
            return isinstance(self._process, ForkedProcess) and not self._process.pid
        else:
            return False

    def _start_fresh(
        self, words: Sequence[str], theirs: Channel | None, environment: dict[str, str]
    ) -> subprocess.Popen[bytes]:
        """A process that loads everything by itself."""
        passed = [theirs.fileno()] if theirs is not None else []
        channel_arguments = ["--channel", str(passed[0])] if passed else []
        interpreter, further = find_interpreter(self._command[0])
        process = subprocess.Popen(
            [interpreter, *self._command[1:], *words, *channel_arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, **further},
            pass_fds=passed,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return process

    def _start_copy(
        self, words: Sequence[str], theirs: Channel, environment: dict[str, str]
    ) -> Process | None:
        """Start a copy of the process that has loaded everything; None where copies cannot be made."""
        if sys.platform == "linux" and forked.CAN_FORK and self._command[: len(COMMAND)] == [*COMMAND]:
            own = [*self._command[len(COMMAND) :], *words]
            with contextlib.suppress(OSError):
                return forked.SERVER.fork(own, theirs.fileno(), environment)
        return None

    def _start(self, *words: str, may_be_copied: bool = True) -> None:
        theirs: Channel | None = None
        if sys.platform == "linux":
            self._channel, theirs = channels.make_channel_pair()
        environment = {
            **os.environ,
            **_ONE_THREAD,
            **_LARGE_BLOCKS_GIVEN_BACK,
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        process: Process | None = None
        if may_be_copied and theirs is not None:
            process = self._start_copy(words, theirs, environment)
        if process is None:
            process = self._start_fresh(words, theirs, environment)
            self._job = job_object.assign_job_object(process.pid)
        if theirs is not None:
            theirs.close()
        self._process, self._is_ready, self.jobs = process, False, 0
        self.number = next(_numbers)
        self._handed.clear()
        said: queue.Queue[bytes] = queue.Queue(_MOST_WAITING_ANSWERS)
        self._answers = said
        threading.Thread(
            target=_pass_on_answers, args=(process, said), name="worker answers", daemon=True
        ).start()

    def _wait_for_answer(self, seconds: float) -> dict[str, Any]:
        try:
            untrusted_line = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise WorkerLost(overran=True) from None
        try:
            return answers.parse_answer(untrusted_line)
        except answers.ProtocolViolation:
            raise WorkerLost(overran=False) from None

    def end(self) -> None:
        """Kill the process if it runs; the next request starts a new one."""
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
        self._wait_for_given_back()
        self.input.close()
        self._output.close()


def find_interpreter(named: str) -> tuple[str, dict[str, str]]:
    """The program that is started for an interpreter, and what its environment needs for that.

    In a virtual environment of Windows `sys.executable` only starts the real interpreter, in a process of its
    own: a job object would confine the first one and not the one that decodes. What the first one would have
    told the second is told here, as `multiprocessing` does.
    """
    real = str(getattr(sys, "_base_executable", ""))
    if sys.platform != "win32" or named != sys.executable or real in {"", named}:
        return named, {}
    else:
        return real, {"__PYVENV_LAUNCHER__": named}


def _layers_from_answer(untrusted: dict[str, Any]) -> tuple[str, ...]:
    """What the process gave up before it saw evidence, in its own words; nothing if they cannot be shown."""
    try:
        return answers.UntrustedFields(untrusted).texts("layers", 10, 200)
    except answers.ProtocolViolation:
        return ()


def _pass_on_answers(process: Process, said: queue.Queue[bytes]) -> None:
    """Pass on answers line by line; an empty one when there will be no more.

    One that says more than it is asked for is ended: what it says would otherwise be kept without bound.
    """
    with contextlib.suppress(OSError, ValueError, queue.Full):
        while process.stdout is not None and (line := process.stdout.readline(answers.LONGEST_ANSWER_LINE)):
            said.put_nowait(line)
    process.kill()
    with contextlib.suppress(queue.Full):
        said.put_nowait(b"")
