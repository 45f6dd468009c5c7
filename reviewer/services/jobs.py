"""Work that takes time: a function that reports how far it is and asks whether to go on.

Nothing here knows a window. `post` is the only way back to the face: it runs a callable where the face
lives (the GUI thread, or at once on the command line).
"""

from __future__ import annotations

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from reviewer.domain.errors import KnownError

Post = Callable[[Callable[[], None]], None]
JobResult = TypeVar("JobResult")
logger = logging.getLogger(__name__)


def post_at_once(work: Callable[[], None]) -> None:
    """A `post` for faces that have no event loop."""
    work()


class PostWhileOpen:
    """A `post` for a face that can close: what is still on its way then is dropped."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._open = True

    def __call__(self, work: Callable[[], None]) -> None:
        self._post(lambda: work() if self._open else None)

    def shut(self) -> None:
        self._open = False


class Cancelled(Exception):
    """The person asked the job to stop."""


@dataclass(frozen=True)
class JobProgress:
    """`done` of `total` items (total 0: not known yet) after `seconds` of work, pauses not counted."""

    done: int
    total: int
    seconds: float

    @property
    def rate(self) -> float:
        """Items per second so far."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """An estimate from the rate so far; None while it cannot be made."""
        if not self.total or self.done < 3 or self.rate == 0:
            return None
        return (self.total - self.done) / self.rate


def _report_to_nobody(_progress: JobProgress) -> None:
    pass


class JobControl:
    """What a running job is given, to report progress and to ask whether to stop. Pause and cancel come from
    outside."""

    _REPORT_INTERVAL = 0.1  # seconds between reports: faster than anyone reads

    def __init__(self, report: Callable[[JobProgress], None] = _report_to_nobody) -> None:
        self._report = report
        self._not_paused = threading.Event()
        self._not_paused.set()
        self._cancelled = threading.Event()
        self._started = time.monotonic()
        self._paused_for = 0.0
        self._last = 0.0

    def progress(self, done: int, total: int, *, at_start: int = 0) -> None:
        """Report that `done` of `total` are done, `at_start` of them before this run began."""
        moment = time.monotonic()
        if moment - self._last < self._REPORT_INTERVAL and done < total:
            return
        self._last = moment
        worked = moment - self._started - self._paused_for
        self._report(JobProgress(done - at_start, total - at_start, worked))

    def stop_reporting(self) -> None:
        """The job has ended: what hears of it is held no longer."""
        self._report = _report_to_nobody

    def advance(self, done: int, total: int) -> None:
        """Check, then report progress."""
        self.check()
        self.progress(done, total)

    def check(self) -> None:
        """Wait while paused; raise Cancelled once cancelled."""
        if not self._not_paused.is_set():
            began = time.monotonic()
            self._not_paused.wait()
            self._paused_for += time.monotonic() - began
        if self._cancelled.is_set():
            raise Cancelled

    def wait_while_paused(self, seconds: float) -> bool:
        """Whether it is paused, after waiting so long for the end of that: for work that has to do something
        else all the time."""
        began = time.monotonic()
        if self._not_paused.is_set() or self._not_paused.wait(seconds):
            return False
        self._paused_for += time.monotonic() - began
        return True

    def pause(self) -> None:
        self._not_paused.clear()

    def resume(self) -> None:
        self._not_paused.set()

    def cancel(self) -> None:
        self._cancelled.set()
        self._not_paused.set()

    @property
    def is_paused(self) -> bool:
        return not self._not_paused.is_set()

    @property
    def is_cancelled(self) -> bool:
        """For a thread that works for the job: `check` is for the one that waits while it is paused."""
        return self._cancelled.is_set()


class Job(Generic[JobResult]):
    """A function running in a thread of its own, with its outcome brought back by `post`.

    Whoever has given it up is told nothing any more. What it brings all the same (a Case that was opened)
    goes to `dispose`, in its own thread, or at once where it lies ready already. `go_on` is called after its
    end was told. Jobs are made by `Jobs.start` and `LatestJob.start` only, so that each has an owner.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[JobControl], JobResult],
        post: Post,
        *,
        on_progress: Callable[[JobProgress], None] = lambda _progress: None,
        on_done: Callable[[JobResult], None] = lambda _result: None,
        on_failed: Callable[[KnownError], None] = lambda _error: None,
        on_cancelled: Callable[[], None] = lambda: None,
        dispose: Callable[[JobResult], None] = lambda _result: None,
    ) -> None:
        self.name = name
        self._dispose = dispose
        self._results: list[JobResult] = []
        self._predecessor: Job[Any] | None = None
        self.go_on: Callable[[], None] = lambda: None
        self._work, self._post_always = work, post
        self._is_attached = True
        self._has_ended = self._is_through = False
        self._on_done, self._on_failed, self._on_cancelled = on_done, on_failed, on_cancelled
        self.control = JobControl(lambda progress: self._post(lambda: on_progress(progress)))
        self._thread = threading.Thread(target=self._run, name=f"job {name}", daemon=True)

    def start(self, after: Job[Any] | None = None) -> None:
        """Run, once the thread of `after` has ended."""
        self._predecessor = after
        self._thread.start()

    def abandon(self) -> None:
        """Ask the job to stop; its end is not reported."""
        self._is_attached = False
        self._release_result()
        self.control.cancel()

    def wait(self) -> None:
        """Wait until its thread has ended."""
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def is_running(self) -> bool:
        """Whether it still runs; False as soon as its end is on the way."""
        return self._thread.is_alive() and not self._has_ended

    @property
    def is_through(self) -> bool:
        """Whether it has ended and its end was reported, or is not to be reported."""
        return self._is_through or (self._has_ended and not self._is_attached and not self._thread.is_alive())

    @property
    def is_awaited(self) -> bool:
        """Whether its end is still to be reported."""
        return self._is_attached and not self._is_through

    def _run(self) -> None:
        tell = self._work_and_choose_callback()
        del self._work  # what it was given, a passphrase among it, is held no longer than it works
        self._has_ended = True
        self._post_always(lambda: self._report_end(tell))

    def _work_and_choose_callback(self) -> Callable[[], None]:
        """Work, and return what its end is to call."""
        try:
            self._wait_for_predecessor()
            self._results.append(self._work(self.control))
        except Cancelled:
            return self._on_cancelled
        except KnownError as error:
            return self._make_failure_callback(error)
        except Exception as error:
            logger.exception("a job failed")
            return self._make_failure_callback(
                KnownError(f"A fault of the program: {error.__class__.__name__}.", code="fault")
            )
        if not self._is_attached:
            self._release_result()
        return self._deliver_result

    def _wait_for_predecessor(self) -> None:
        predecessor, self._predecessor = self._predecessor, None
        if predecessor is not None:
            predecessor.wait()
            self.control.check()

    def _deliver_result(self) -> None:
        self._on_done(self._results.pop())

    def _release_result(self) -> None:
        """Dispose of a result that is not taken; this thread or the other empties the list, never both."""
        try:
            result = self._results.pop()
        except IndexError:
            return
        try:
            self._dispose(result)
        except Exception:
            logger.exception("what a job brought could not be disposed of")

    def _make_failure_callback(self, error: KnownError) -> Callable[[], None]:
        return lambda: self._on_failed(error)

    def _report_end(self, tell: Callable[[], None]) -> None:
        self._is_through = True
        self.control.stop_reporting()  # it holds the job, which holds it: nothing of both would go
        if self._is_attached:
            try:
                tell()
            finally:
                self.go_on()

    def _post(self, tell: Callable[[], None]) -> None:
        self._post_always(lambda: tell() if self._is_attached else None)


class JobStarter(ABC):
    """Makes a job of a piece of work, and begins it when its turn comes."""

    def start(
        self,
        name: str,
        work: Callable[[JobControl], JobResult],
        post: Post,
        *,
        on_progress: Callable[[JobProgress], None] = lambda _progress: None,
        on_done: Callable[[JobResult], None] = lambda _result: None,
        on_failed: Callable[[KnownError], None] = lambda _error: None,
        on_cancelled: Callable[[], None] = lambda: None,
        dispose: Callable[[JobResult], None] = lambda _result: None,
    ) -> Job[JobResult]:
        """Do `work` in a thread of its own; its outcome comes back by `post`."""
        job = Job(
            name,
            work,
            post,
            on_progress=on_progress,
            on_done=on_done,
            on_failed=on_failed,
            on_cancelled=on_cancelled,
            dispose=dispose,
        )
        self._begin(job)
        return job

    @abstractmethod
    def _begin(self, job: Job[Any]) -> None: ...


class Jobs(JobStarter):
    """The jobs of one owner, a Case that is open or the pages before it; none outlives the owner."""

    def __init__(self) -> None:
        self._running: list[Job[Any]] = []
        self._stopped = False

    def running(self) -> list[str]:
        """Return the names of the jobs that run now."""
        return [job.name for job in self._running if job.is_running]

    def cancel(self, name: str) -> None:
        """Cancel the jobs of this name; each reports its own end."""
        for job in self._running:
            if job.name == name:
                job.control.cancel()

    def abandon(self) -> None:
        """Cancel all jobs without waiting for them; none is started or reported afterwards."""
        self._stopped = True
        for job in self._running:
            job.abandon()

    def stop(self) -> None:
        """Cancel all jobs and wait for their ends; none is started or reported afterwards."""
        self.abandon()
        for job in self._running:
            job.wait()
        self._running.clear()

    def adopt(self, job: Job[Any], after: Job[Any] | None = None) -> None:
        """Run a job as one of these; if they were stopped, it is abandoned at once."""
        if self._stopped:
            job.abandon()
            return
        self._running = [*(known for known in self._running if not known.is_through), job]
        job.start(after)

    def _begin(self, job: Job[Any]) -> None:
        self.adopt(job)


class LatestJob(JobStarter):
    """One job of `owner` at a time: a new request replaces the one before.

    The one before is given up: asked to stop, its answer never arrives, and the new one begins once its
    thread has ended. With `finish_first` it is not: its answer arrives, and the latest of the requests that
    came meanwhile is begun after it. All methods are called on the face's thread.
    """

    def __init__(self, owner: Jobs, *, finish_first: bool = False) -> None:
        self._owner, self._finish_first = owner, finish_first
        self._job: Job[Any] | None = None
        self._next: Job[Any] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None and self._job.is_awaited

    def cancel(self) -> None:
        """Cancel the job, which reports its end; drop the one that waits for it."""
        self._next = None
        if self._job is not None:
            self._job.control.cancel()

    def toggle_pause(self) -> bool:
        """Pause the job or resume it; return whether it is paused now."""
        if self._job is None or not self.is_busy:
            return False
        control = self._job.control
        (control.resume if control.is_paused else control.pause)()
        return control.is_paused

    def drop(self) -> None:
        """Abandon the job: its answer no longer arrives."""
        self._next = None
        if self._job is not None:
            self._job.abandon()

    def _begin(self, job: Job[Any]) -> None:
        if self._finish_first and self.is_busy:
            self._next = job
            return
        self.drop()
        self._run(job)

    def _run(self, job: Job[Any]) -> None:
        before, self._job = self._job, job
        job.go_on = self._go_on
        self._owner.adopt(job, before)

    def _go_on(self) -> None:
        following, self._next = self._next, None
        if following is not None:
            self._run(following)
