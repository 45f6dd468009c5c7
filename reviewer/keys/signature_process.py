"""Signatures checked beside whatever else is done: by a process of its own, on another core.

A thread would not do. Each check would let go of the interpreter for a tenth of a millisecond and then wait
to get it back for as long as another thread is let run, which is fifty times that.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from types import TracebackType

from reviewer.keys.signature_worker import RECORD_BYTES
from reviewer.keys.signing import is_signature_valid

COMMAND = (sys.executable, "-m", "reviewer.keys.signature_worker")
_RECORDS_AT_ONCE = 512
_SECONDS_BETWEEN_CHECKS = 0.1
_NOT_SENT = bytes(RECORD_BYTES)


class SignatureProcess:
    """Takes questions as they come and answers all of them at the end. Its process ends with the block.

    What it says is no more than advice where a signature does not hold: whoever asked looks again.
    """

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = list(command)
        self._asked = 0
        self._answered_here: dict[int, bool] = {}
        self._waiting = bytearray()
        self._to_send: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._answer = b""
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._exchange, name="signatures", daemon=True)

    def __enter__(self) -> SignatureProcess:
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            return self  # then `find_invalid` says that nobody answered
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._to_send.put(None)
            self._thread.join()
            self._process.wait()

    def ask(self, public: str, hash_: str, signature: str) -> bool:
        """Take in a question, all three as hex. True: it holds until `find_invalid` says otherwise."""
        try:
            record = bytes.fromhex(public) + bytes.fromhex(hash_) + bytes.fromhex(signature)
        except ValueError:
            record = b""
        if len(record) != RECORD_BYTES or (len(public), len(hash_)) != (64, 64):
            self._answered_here[self._asked] = is_signature_valid(public, hash_, signature)
            record = _NOT_SENT
        self._waiting += record
        self._asked += 1
        if len(self._waiting) >= _RECORDS_AT_ONCE * RECORD_BYTES:
            self._send_waiting()
        return True

    def find_invalid(self, check: Callable[[], None] = lambda: None) -> frozenset[int] | None:
        """The numbers, from 0, of the questions whose signature does not hold; None if the process was lost.

        Waits for the answer, and calls `check` meanwhile, which may raise. Nothing can be asked afterwards.
        """
        self._send_waiting()
        self._to_send.put(None)
        if self._process is None:
            return None
        while self._thread.is_alive():
            self._thread.join(_SECONDS_BETWEEN_CHECKS)
            check()
        invalid = self._read_answer()
        if invalid is None:
            return None
        wrong_here = {number for number, holds in self._answered_here.items() if not holds}
        return frozenset((invalid - self._answered_here.keys()) | wrong_here)

    def _read_answer(self) -> set[int] | None:
        try:
            said = json.loads(self._answer)
            return set(map(int, said["invalid"])) if said["asked"] == self._asked else None
        except (ValueError, KeyError, TypeError):
            return None

    def _send_waiting(self) -> None:
        self._to_send.put(bytes(self._waiting))
        self._waiting.clear()

    def _exchange(self) -> None:
        """Send what comes until None, then keep what is answered. In a thread of its own."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return
        with process.stdout:
            try:
                with process.stdin:
                    while (records := self._to_send.get()) is not None:
                        process.stdin.write(records)
                self._answer = process.stdout.read()
            except (OSError, ValueError):  # it has ended
                self._answer = b""
