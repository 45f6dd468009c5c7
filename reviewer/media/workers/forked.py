"""Decoding processes as copies of one that has loaded everything, where the system can make such copies.

One `ForkServer` serves the whole program; it is started when the first process is wanted. What it makes is
used like `subprocess.Popen`, as far as a worker needs it.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import IO

from reviewer.media.workers import channels
from reviewer.media.workers.channels import Channel
from reviewer.media.workers.fork_server import MOST_WORDS

assert sys.platform == "linux"  # noqa: S101 (as type checkers understand it)

CAN_FORK = hasattr(os, "pidfd_open")
"""Outside Linux a process that has loaded such libraries cannot be copied safely."""
COMMAND = (sys.executable, "-m", "reviewer.media.workers.fork_server")


class ForkedProcess:
    """A copy, by a descriptor of its process: no other process can come to stand for it."""

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes], told: Channel) -> None:
        self.stdin, self.stdout = stdin, stdout
        self._told = told
        self._found = threading.Lock()
        self._process: int | None = None
        self._pid = 0

    @property
    def pid(self) -> int:
        """0 for one that could not be made."""
        with self._found:
            self._receive_process()
            return self._pid

    def kill(self) -> None:
        with self._found:  # so that nobody closes the descriptor meanwhile, and another takes its number
            process = self._receive_process()
            if process is not None:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(process, signal.SIGKILL)

    def wait(self) -> None:
        """Wait until it is gone; afterwards it cannot be asked anything."""
        with self._found:
            process = self._receive_process()
        if process is None:
            return
        waiting = select.poll()
        waiting.register(process, select.POLLIN)
        waiting.poll()
        with self._found:
            self._process = None
        os.close(process)

    def _receive_process(self) -> int | None:
        """Receive the descriptor once the server has made the copy; None if it made none."""
        if self._told.fileno() >= 0:
            with self._told, contextlib.suppress(OSError):
                said, given = channels.receive(self._told, 32, 1)
                if given:
                    self._process, self._pid = given[0], int(said)
        return self._process


class ForkServer:
    """The process that is copied. For several threads at once."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = command
        self._starting = threading.Lock()
        self._channel: Channel | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def fork(self, words: Sequence[str], channel: int, environment: Mapping[str, str]) -> ForkedProcess:
        """A worker with these words and this end of its channel; OSError if no server can be started.

        Does not wait until it is there. The server is started with `environment` if it does not run.
        """
        said = json.dumps(list(words)).encode("ascii")
        if len(said) > MOST_WORDS:
            raise ValueError("too many words for a worker")
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        ours, theirs = channels.make_channel_pair()
        try:
            self._request_fork(said, [theirs_in, theirs_out, channel, theirs.fileno()], environment)
        except BaseException:
            ours.close()
            for descriptor in (ours_in, ours_out):
                os.close(descriptor)
            raise
        finally:
            theirs.close()
            for descriptor in (theirs_in, theirs_out):
                os.close(descriptor)
        return ForkedProcess(os.fdopen(ours_in, "wb"), os.fdopen(ours_out, "rb"), ours)

    def _request_fork(self, said: bytes, given: list[int], environment: Mapping[str, str]) -> None:
        """Of the server that runs; of a new one if somebody has ended it."""
        with self._starting:
            try:
                channels.send(self._channel or self._start(environment), said, given)
            except OSError:
                self._end()
                try:
                    channels.send(self._start(environment), said, given)
                except OSError:
                    self._end()
                    raise

    def close(self) -> None:
        """End the server; its copies live on. The next fork starts a new server."""
        with self._starting:
            self._end()

    def _start(self, environment: Mapping[str, str]) -> Channel:
        ours, theirs = channels.make_channel_pair()
        with theirs:
            self._process = subprocess.Popen(
                [*self._command, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=dict(environment),
                pass_fds=[theirs.fileno()],
            )
        self._channel = ours
        return ours

    def _end(self) -> None:
        channel, self._channel = self._channel, None
        process, self._process = self._process, None
        if channel is not None:
            channel.close()
        if process is not None:
            process.kill()
            process.wait()


SERVER = ForkServer()
atexit.register(SERVER.close)
