"""The Desk: where one Examiner's acts become entries. It knows what is saved and what is on its way.

All public methods are called on the face's thread; results of the writer come back there by `post`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime

from reviewer.domain.acts import acts
from reviewer.domain.acts.shared_acts import Kind, is_shared, touches
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft, Entry
from reviewer.domain.photos.case import Examiner
from reviewer.domain.reading.reading import Reading
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.writer import Trouble
from reviewer.services.jobs import Post
from reviewer.storage import ledger
from reviewer.storage.reading import readings
from reviewer.storage.store import Connection, bring_back, record, take_back
from reviewer.system.clock import stamp

_KEPT_READINGS = 64


@dataclass(frozen=True)
class Change:
    """What became different: the Reading of `photo`; `entry` is the act it is about, `how` what was done."""

    photo: str
    how: str  # "pending", "saved", "undone", "redone"
    entry: Entry | None = None


@dataclass(frozen=True)
class SharedChange:
    """Something shared became different: what `entry` touches; `how` as in Change, never "pending"."""

    how: str
    entry: Entry

    def touched(self, kind: Kind) -> frozenset[str]:
        """The ids of the things of one kind that it is about."""
        entry = self.entry
        found = touches(entry.act, entry.subject, entry.body)
        return frozenset(touch.id for touch in found if touch.kind is kind)


@dataclass(frozen=True)
class SaveState:
    """What the header says: when the last act was committed, or why acts are waiting."""

    saved_at: datetime | None = None
    waiting: int = 0
    trouble: str = ""


@dataclass
class _Open:
    """A Reading as it is on disk and the acts on their way there."""

    saved: Reading
    pending: list[Draft] = field(default_factory=list)


@dataclass(frozen=True)
class _Done:
    entry: Entry
    about: Entry
    reading: Reading | None
    how: str


class Desk:
    """One Examiner at work in one Case. Listeners are called after every change, on the face's thread;
    `on_all_arrived` is told when no act is on its way any more, whatever became of the last one."""

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post) -> None:
        self.case = case
        self.examiner = examiner
        self.state = SaveState()
        self.on_change: list[Callable[[Change], None]] = []
        self.on_shared: list[Callable[[SharedChange], None]] = []
        self.on_save_state: list[Callable[[SaveState], None]] = []
        self.on_refused: list[Callable[[KnownError], None]] = []
        self.on_all_arrived: list[Callable[[], None]] = []
        self._post = post
        self._pen = case.pen(examiner.id)
        self._readings: dict[str, _Open] = {}
        self._pending = 0
        case.on_trouble.append(self._hear_trouble)

    def reading(self, photo: str) -> Reading:
        """The Reading of a Photo (by SHA-256) as the Examiner left it, acts on their way included."""
        kept = self._kept(photo)
        return acts.projected(kept.saved, kept.pending)

    def was_completed(self, photo: str) -> bool:
        """Whether the Examiner completed a Reading of this Photo by an own look, now or before.

        What was carried over from a near-duplicate is none, nor is what was taken back.
        """
        if any(draft.act == acts.COMPLETED for draft in self._kept(photo).pending):
            return True
        with self.case.store.read() as connection:
            standing = ledger.standing_acts(connection, self.examiner.id, photo)
            return any(entry.act == acts.COMPLETED for entry in standing)

    def pending(self, photo: str) -> int:
        """How many acts on this Photo are not committed yet."""
        kept = self._readings.get(photo)
        return len(kept.pending) if kept else 0

    def do(self, draft: Draft) -> Future[_Done]:
        """Send an act on its way. It is shown at once, and called saved only after its commit."""
        if not self.case.read_only:
            self._kept(draft.subject).pending.append(draft)
        future = self._submit(lambda connection: self._recorded(connection, draft))
        future.add_done_callback(lambda done: self._post(lambda: self._finished(done, draft)))
        self._tell(Change(draft.subject, "pending"))
        return future

    def share(self, draft: Draft) -> Future[_Done]:
        """Send an act on what all Examiners share on its way; it is shown once it is committed."""
        future = self._submit(lambda connection: self._recorded(connection, draft))
        future.add_done_callback(lambda done: self._post(lambda: self._finished(done, None)))
        return future

    @property
    def post(self) -> Post:
        """The way back to the face's thread."""
        return self._post

    @property
    def waiting(self) -> int:
        """How many acts are on their way to disk, or their outcome on its way back."""
        return self._pending

    def undo(self) -> None:
        self._step("undone", take_back, "There is nothing to undo.")

    def redo(self) -> None:
        self._step("redone", bring_back, "There is nothing to redo.")

    def leave(self) -> None:
        """Stop listening to the Case."""
        if self._hear_trouble in self.case.on_trouble:
            self.case.on_trouble.remove(self._hear_trouble)

    def _step(self, how: str, step: Callable[..., tuple[Entry, Entry] | None], nothing: str) -> None:
        def run(connection: Connection) -> _Done:
            done = step(connection, self._pen, stamp(self.case.clock()))
            if done is None:
                raise KnownError(nothing, code="nothing-to-undo")
            return self._done(connection, done[0], done[1], how)

        future = self._submit(run)
        future.add_done_callback(lambda done: self._post(lambda: self._finished(done, None)))

    def _submit(self, run: Callable[[Connection], _Done]) -> Future[_Done]:
        future = self.case.writer.act(run)
        self._pending += 1
        return future

    def _recorded(self, connection: Connection, draft: Draft) -> _Done:
        entry = record(connection, draft, self._pen, stamp(self.case.clock()))
        return self._done(connection, entry, entry, "saved")

    def _done(self, connection: Connection, entry: Entry, about: Entry, how: str) -> _Done:
        shared = is_shared(about.act)
        reading = None if shared else readings.load(connection, self.examiner.id, about.subject)
        return _Done(entry, about, reading, how)

    def _finished(self, future: Future[_Done], draft: Draft | None) -> None:
        self._pending -= 1
        if draft is not None:
            self._forget(draft)
        try:
            self._arrived(future, draft)
        finally:
            if not self._pending:
                for listener in self.on_all_arrived:
                    listener()

    def _arrived(self, future: Future[_Done], draft: Draft | None) -> None:
        error = future.exception()
        if error is not None:
            self._refused(error, draft)
            return
        done = future.result()
        shared = is_shared(done.about.act)
        if not shared:
            photo = done.about.subject
            self._kept(photo).saved = done.reading or Reading(self.examiner.id, photo)
        self._save_state(SaveState(datetime.fromisoformat(done.entry.at), self._pending, self.state.trouble))
        if shared:
            for listener in self.on_shared:
                listener(SharedChange(done.how, done.about))
        else:
            self._tell(Change(done.about.subject, done.how, done.about))

    def _refused(self, error: BaseException, draft: Draft | None) -> None:
        if draft is not None:
            self._tell(Change(draft.subject, "refused"))
        if not isinstance(error, KnownError):
            raise error
        for listener in self.on_refused:
            listener(error)

    def _forget(self, draft: Draft) -> None:
        pending = self._kept(draft.subject).pending
        position = next(place for place, each in enumerate(pending) if each is draft)
        del pending[position]

    def _hear_trouble(self, trouble: Trouble | None) -> None:
        reason = trouble.reason if trouble else ""
        self._post(lambda: self._save_state(SaveState(self.state.saved_at, self._pending, reason)))

    def _save_state(self, state: SaveState) -> None:
        self.state = state
        for listener in self.on_save_state:
            listener(state)

    def _tell(self, change: Change) -> None:
        for listener in self.on_change:
            listener(change)

    def _kept(self, photo: str) -> _Open:
        if photo not in self._readings:
            self._make_room()
            with self.case.store.read() as connection:
                found = readings.load(connection, self.examiner.id, photo)
            self._readings[photo] = _Open(found or Reading(self.examiner.id, photo))
        return self._readings[photo]

    def _make_room(self) -> None:
        if len(self._readings) >= _KEPT_READINGS:
            idle = [photo for photo, kept in self._readings.items() if not kept.pending]
            for photo in idle[: _KEPT_READINGS // 2]:
                del self._readings[photo]
