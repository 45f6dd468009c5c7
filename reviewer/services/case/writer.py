"""The one thread that writes to a Case.

Acts of the Examiner go before batches of ingest. A failed commit is tried again for as long as it takes:
the act stays in memory, in order, and whoever watches is told.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from reviewer.domain.errors import KnownError
from reviewer.services.threads import BackgroundThreads
from reviewer.storage.store import Connection, SaveFailed, Store

WriteResult = TypeVar("WriteResult")
Queued = TypeVar("Queued")
logger = logging.getLogger(__name__)
SECONDS_BETWEEN_TRIES = 1.0
IDLE_SECONDS = 2.0


@dataclass(frozen=True)
class SaveTrouble:
    """Why acts cannot be saved, and how many wait in memory."""

    reason: str
    waiting: int


@dataclass(frozen=True)
class _QueuedWrite:
    run: Callable[[Connection], Any]
    future: Future[Any]


@dataclass(frozen=True)
class _QueuedLongWork:
    run: Callable[[Callable[[], None]], Any]
    future: Future[Any]


def _make_closing_error() -> KnownError:
    return KnownError("The case is being closed.", code="closing")


class Writer(BackgroundThreads):
    """Runs functions of a Connection one after the other, each in a transaction of its own.

    `on_journal` is told why the head journal cannot be written, and "" once it was caught up: that is tried
    again whenever nothing comes.

    Acts that cannot be saved before `close` are lost: call `drain` before.
    """

    def __init__(
        self,
        store: Store,
        on_trouble: Callable[[SaveTrouble | None], None],
        on_journal: Callable[[str], None] = lambda _trouble: None,
    ) -> None:
        super().__init__()
        self._store = store
        self._on_trouble, self._on_journal = on_trouble, on_journal
        self._journal_trouble = store.journal_trouble
        self._acts: deque[_QueuedWrite] = deque()
        self._batches: deque[_QueuedWrite] = deque()
        self._long: deque[_QueuedLongWork] = deque()
        self._busy = False
        self._in_trouble = False
        self._needs_checkpoint = False
        self._start_thread("writer", self._run)

    def enqueue_act(self, run: Callable[[Connection], WriteResult]) -> Future[WriteResult]:
        """Queue an act. Its future ends once the commit succeeded, or with the error that `run` raised."""
        return self._enqueue(self._acts, run)

    def enqueue_batch(self, run: Callable[[Connection], WriteResult]) -> Future[WriteResult]:
        """Queue work that yields to acts and is not tried again: its future ends with SaveFailed."""
        return self._enqueue(self._batches, run)

    def run_long(self, run: Callable[[Callable[[], None]], WriteResult]) -> WriteResult:
        """Have work of many steps done in the thread that writes, in no transaction, and wait for it.

        Between its steps it calls what it is given, which commits what waits; that raises KnownError when the
        Case is being closed, and the work has to end.
        """
        future: Future[WriteResult] = Future()
        self._add(self._long, _QueuedLongWork(run, future))
        return future.result()

    @property
    def waiting(self) -> int:
        """Acts that are not committed yet."""
        with self._condition:
            return len(self._acts) + self._busy

    def drain(self, timeout: float | None = None) -> bool:
        """Wait until no act waits; False if that did not happen in `timeout` seconds."""
        with self._condition:
            return self._condition.wait_for(lambda: not self._acts and not self._busy, timeout)

    def _enqueue(
        self, queue: deque[_QueuedWrite], run: Callable[[Connection], WriteResult]
    ) -> Future[WriteResult]:
        future: Future[WriteResult] = Future()
        self._add(queue, _QueuedWrite(run, future))
        return future

    def _add(self, queue: deque[Queued], work: Queued) -> None:
        with self._condition:
            if self._closing:
                raise _make_closing_error()
            queue.append(work)
            self._condition.notify_all()

    def _run_waiting(self) -> None:
        """Commit what waits, from within long work; an act that cannot be saved waits on."""
        while True:
            with self._condition:
                if self._closing:
                    raise _make_closing_error()
                is_act = bool(self._acts)
                if not is_act and not self._batches:
                    return
                self._busy = is_act
                work = (self._acts or self._batches).popleft()
            saved = self._try_work(work, is_act)
            with self._condition:
                if not saved:
                    self._acts.appendleft(work)
                self._busy = False
                self._condition.notify_all()
            if not saved:
                return

    def _run_long_work(self) -> None:
        with self._condition:
            work = self._long.popleft()
        try:
            result = work.run(self._run_waiting)
        except BaseException as error:
            work.future.set_exception(error)
        else:
            work.future.set_result(result)

    def _run(self) -> None:
        while (taken := self._take_next()) is not None:
            work, is_act = taken
            if not self._try_work(work, is_act):
                with self._condition:
                    self._acts.appendleft(work)
                    self._busy = False
                    self._condition.wait_for(lambda: self._closing, SECONDS_BETWEEN_TRIES)
                    if self._closing:
                        return
                continue
            with self._condition:
                self._busy = False
                self._condition.notify_all()

    def _take_next(self) -> tuple[_QueuedWrite, bool] | None:
        """The next work and whether it is an act; None to end. Tidies up once when nothing comes."""
        while self._has_to_tidy() and not self._wait_for_work(IDLE_SECONDS):
            if self._needs_checkpoint:
                self._needs_checkpoint = False
                self._checkpoint()
            self._store.catch_up_journal()
            self._tell_journal()
        self._wait_for_work(None)
        while self._has_only_long_work():
            self._run_long_work()
            self._wait_for_work(None)
        with self._condition:
            if self._acts:
                self._busy = True
                return self._acts.popleft(), True
            if self._batches:
                return self._batches.popleft(), False
            return None

    def _has_only_long_work(self) -> bool:
        with self._condition:
            return bool(self._long) and not self._acts and not self._batches

    def _has_to_tidy(self) -> bool:
        return self._needs_checkpoint or bool(self._store.journal_trouble)

    def _tell_journal(self) -> None:
        if self._store.journal_trouble != self._journal_trouble:
            self._journal_trouble = self._store.journal_trouble
            self._on_journal(self._journal_trouble)

    def _wait_for_work(self, seconds: float | None) -> bool:
        """Wait until there is something to do or the end has come; False after so many seconds."""
        with self._condition:
            return bool(self._condition.wait_for(self._has_work, seconds))

    def _has_work(self) -> bool:
        return bool(self._acts or self._batches or self._long or self._closing)

    def _checkpoint(self) -> None:
        try:
            self._store.checkpoint()
        except Exception as error:
            logger.info("the write-ahead log stays for now: %s", error.__class__.__name__)

    def _try_work(self, work: _QueuedWrite, is_act: bool) -> bool:
        """Try the work; return whether it is over, with a result or an error, or False to try it again."""
        try:
            with self._store.write() as connection:
                result = work.run(connection)
        except SaveFailed as error:
            logger.warning("a commit failed: %s", error.message)
            if is_act:
                self._in_trouble = True
                self._on_trouble(SaveTrouble(error.message, self.waiting))
                return False
            work.future.set_exception(error)
        except Exception as error:
            work.future.set_exception(error)
        else:
            if self._in_trouble:
                self._in_trouble = False
                self._on_trouble(None)
            self._needs_checkpoint = True
            self._tell_journal()
            work.future.set_result(result)
        return True
