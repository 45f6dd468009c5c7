"""The Desk: where one Examiner's acts become entries. It knows what is saved and what is on its way.

All public methods are called on the face's thread; results of the writer come back there by `post`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime

from reviewer.domain.acts import acts
from reviewer.domain.acts.shared_acts import SharedKind, affected_by, is_shared_act
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft, Entry
from reviewer.domain.photos.case import Examiner
from reviewer.domain.reading.reading import Reading
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.writer import SaveTrouble
from reviewer.services.jobs import Post
from reviewer.storage import ledger
from reviewer.storage.reading import readings
from reviewer.storage.store import Connection, record_draft, redo_latest_act, undo_latest_act
from reviewer.system.clock import format_timestamp

_MOST_READINGS = 64


@dataclass(frozen=True)
class ReadingChange:
    """What became different: the Reading of `photo`; `entry` is the act it is about, `how` what was done."""

    photo: str
    how: str  # "pending", "saved", "undone", "redone"
    entry: Entry | None = None


@dataclass(frozen=True)
class SharedChange:
    """Something shared became different: what `entry` touches; `how` as in Change, never "pending"."""

    how: str
    entry: Entry

    def affected_ids(self, kind: SharedKind) -> frozenset[str]:
        """The ids of the things of one kind that it is about."""
        entry = self.entry
        found = affected_by(entry.act, entry.subject, entry.body)
        return frozenset(touch.id for touch in found if touch.kind is kind)


@dataclass(frozen=True)
class SaveState:
    """What the header says: when the last act was committed, or why acts are waiting."""

    saved_at: datetime | None = None
    waiting: int = 0
    trouble: str = ""


@dataclass
class _OpenReading:
    """A Reading as it is on disk and the acts on their way there."""

    saved: Reading
    pending: list[Draft] = field(default_factory=list)


@dataclass(frozen=True)
class _SavedAct:
    entry: Entry
    about: Entry
    reading: Reading | None
    how: str


class ActQueue:
    """One Examiner at work in one Case. Listeners are called after every change, on the face's thread;
    `on_all_arrived` is told when no act is on its way any more, whatever became of the last one."""

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post) -> None:
        self.case = case
        self.examiner = examiner
        self.state = SaveState()
        self.on_change: list[Callable[[ReadingChange], None]] = []
        self.on_shared: list[Callable[[SharedChange], None]] = []
        self.on_save_state: list[Callable[[SaveState], None]] = []
        self.on_refused: list[Callable[[KnownError], None]] = []
        self.on_all_arrived: list[Callable[[], None]] = []
        self._post = post
        self._signer = case.signer(examiner.id)
        self._readings: dict[str, _OpenReading] = {}
        self._acts_under_way = 0
        case.on_trouble.append(self._on_trouble)

    def reading(self, photo: str) -> Reading:
        """The Reading of a Photo (by SHA-256) as the Examiner left it, acts on their way included."""
        kept = self._open_reading(photo)
        return acts.preview_reading(kept.saved, kept.pending)

    def was_completed(self, photo: str) -> bool:
        """Whether the Examiner completed a Reading of this Photo by an own look, now or before.

        What was carried over from a near-duplicate is none, nor is what was taken back.
        """
        if any(draft.act == acts.COMPLETED for draft in self._open_reading(photo).pending):
            return True
        with self.case.store.read() as connection:
            standing = ledger.iterate_standing_acts(connection, self.examiner.id, photo)
            return any(entry.act == acts.COMPLETED for entry in standing)

    def pending(self, photo: str) -> int:
        """How many acts on this Photo are not committed yet."""
        kept = self._readings.get(photo)
        return len(kept.pending) if kept else 0

    def submit(self, draft: Draft) -> Future[_SavedAct]:
        """Send an act on its way. It is shown at once, and called saved only after its commit."""
        if not self.case.read_only:
            self._open_reading(draft.subject).pending.append(draft)
        future = self._send_to_writer(lambda connection: self._record_act(connection, draft))
        future.add_done_callback(lambda done: self._post(lambda: self._on_finished(done, draft)))
        self._notify_change(ReadingChange(draft.subject, "pending"))
        return future

    def submit_shared(self, draft: Draft) -> Future[_SavedAct]:
        """Send an act on what all Examiners share on its way; it is shown once it is committed."""
        future = self._send_to_writer(lambda connection: self._record_act(connection, draft))
        future.add_done_callback(lambda done: self._post(lambda: self._on_finished(done, None)))
        return future

    @property
    def post(self) -> Post:
        """The way back to the face's thread."""
        return self._post

    @property
    def waiting(self) -> int:
        """How many acts are on their way to disk, or their outcome on its way back."""
        return self._acts_under_way

    def undo(self) -> None:
        self._undo_or_redo("undone", undo_latest_act, "There is nothing to undo.")

    def redo(self) -> None:
        self._undo_or_redo("redone", redo_latest_act, "There is nothing to redo.")

    def detach(self) -> None:
        """Stop listening to the Case."""
        if self._on_trouble in self.case.on_trouble:
            self.case.on_trouble.remove(self._on_trouble)

    def _undo_or_redo(self, how: str, step: Callable[..., tuple[Entry, Entry] | None], nothing: str) -> None:
        def run(connection: Connection) -> _SavedAct:
            done = step(connection, self._signer, format_timestamp(self.case.clock()))
            if done is None:
                raise KnownError(nothing, code="nothing-to-undo")
            return self._make_saved_act(connection, done[0], done[1], how)

        future = self._send_to_writer(run)
        future.add_done_callback(lambda done: self._post(lambda: self._on_finished(done, None)))

    def _send_to_writer(self, run: Callable[[Connection], _SavedAct]) -> Future[_SavedAct]:
        future = self.case.writer.enqueue_act(run)
        self._acts_under_way += 1
        return future

    def _record_act(self, connection: Connection, draft: Draft) -> _SavedAct:
        entry = record_draft(connection, draft, self._signer, format_timestamp(self.case.clock()))
        return self._make_saved_act(connection, entry, entry, "saved")

    def _make_saved_act(self, connection: Connection, entry: Entry, about: Entry, how: str) -> _SavedAct:
        shared = is_shared_act(about.act)
        reading = None if shared else readings.load(connection, self.examiner.id, about.subject)
        return _SavedAct(entry, about, reading, how)

    def _on_finished(self, future: Future[_SavedAct], draft: Draft | None) -> None:
        self._acts_under_way -= 1
        if draft is not None:
            self._drop_pending(draft)
        try:
            self._on_result(future, draft)
        finally:
            if not self._acts_under_way:
                for listener in self.on_all_arrived:
                    listener()

    def _on_result(self, future: Future[_SavedAct], draft: Draft | None) -> None:
        error = future.exception()
        if error is not None:
            self._on_refused_act(error, draft)
            return
        done = future.result()
        shared = is_shared_act(done.about.act)
        if not shared:
            photo = done.about.subject
            self._open_reading(photo).saved = done.reading or Reading(self.examiner.id, photo)
        self._set_save_state(
            SaveState(datetime.fromisoformat(done.entry.at), self._acts_under_way, self.state.trouble)
        )
        if shared:
            for listener in self.on_shared:
                listener(SharedChange(done.how, done.about))
        else:
            self._notify_change(ReadingChange(done.about.subject, done.how, done.about))

    def _on_refused_act(self, error: BaseException, draft: Draft | None) -> None:
        if draft is not None:
            self._notify_change(ReadingChange(draft.subject, "refused"))
        if not isinstance(error, KnownError):
            raise error
        for listener in self.on_refused:
            listener(error)

    def _drop_pending(self, draft: Draft) -> None:
        pending = self._open_reading(draft.subject).pending
        position = next(place for place, each in enumerate(pending) if each is draft)
        del pending[position]

    def _on_trouble(self, trouble: SaveTrouble | None) -> None:
        reason = trouble.reason if trouble else ""
        self._post(lambda: self._set_save_state(SaveState(self.state.saved_at, self._acts_under_way, reason)))

    def _set_save_state(self, state: SaveState) -> None:
        self.state = state
        for listener in self.on_save_state:
            listener(state)

    def _notify_change(self, change: ReadingChange) -> None:
        for listener in self.on_change:
            listener(change)

    def _open_reading(self, photo: str) -> _OpenReading:
        if photo not in self._readings:
            self._evict_idle()
            with self.case.store.read() as connection:
                found = readings.load(connection, self.examiner.id, photo)
            self._readings[photo] = _OpenReading(found or Reading(self.examiner.id, photo))
        return self._readings[photo]

    def _evict_idle(self) -> None:
        if len(self._readings) >= _MOST_READINGS:
            idle = [photo for photo, kept in self._readings.items() if not kept.pending]
            for photo in idle[: _MOST_READINGS // 2]:
                del self._readings[photo]
