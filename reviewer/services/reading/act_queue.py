"""The queue of acts: where one Examiner's acts become entries. It knows what is saved and what is on its way.

All public methods are called on the face's thread; results of the writer come back there by `post`. Without
an event loop they come on the thread of the writer: a Reading has each act all the same, pending or saved.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime

from reviewer.domain.acts import acts
from reviewer.domain.acts.act import ThingKind, make_reading_id
from reviewer.domain.acts.table import affected_by
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft, Entry, Signer
from reviewer.domain.photos.case import Examiner
from reviewer.domain.reading.reading import Reading
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.writer import SaveTrouble
from reviewer.services.events import Event
from reviewer.services.jobs import Post
from reviewer.storage import ledger
from reviewer.storage.engine.among import ReadingSelection
from reviewer.storage.reading import readings
from reviewer.storage.store import (
    Changes,
    Connection,
    RecordedAct,
    record_draft,
    redo_latest_act,
    undo_latest_act,
)
from reviewer.system.clock import format_timestamp

_MOST_READINGS = 64
_Recorder = Callable[[Connection, Signer, str], RecordedAct]


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

    def affected_ids(self, kind: ThingKind) -> frozenset[str]:
        """Return the ids of the affected things of one kind."""
        return frozenset(touch.id for touch in affected_by(self.entry) if touch.kind is kind)


@dataclass(frozen=True)
class SaveState:
    """What the header shows: when the last act was committed, or why acts are waiting; `journal` is a
    sentence for as long as the head journal cannot be written."""

    saved_at: datetime | None = None
    waiting: int = 0
    trouble: str = ""
    journal: str = ""


@dataclass
class _OpenReading:
    """A Reading as it is on disk and the acts on their way there."""

    saved: Reading
    pending: list[Draft] = field(default_factory=list)


class ActQueue:
    """One Examiner at work in one Case. Listeners are called after every change, on the face's thread;
    `on_all_arrived` is told when no act is on its way any more, whatever became of the last one."""

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post) -> None:
        self.case = case
        self.examiner = examiner
        self.state = SaveState(journal=case.describe_journal_trouble())
        self.on_change: Event[ReadingChange] = Event()
        self.on_shared: Event[SharedChange] = Event()
        self.on_save_state: Event[SaveState] = Event()
        self.on_refused: Event[KnownError] = Event()
        self.on_all_arrived: Event[[]] = Event()
        self._post = post
        self._signer = case.signer(examiner.id)
        self._readings: dict[str, _OpenReading] = {}
        self._settling = threading.Lock()
        self._acts_under_way = 0
        case.on_trouble.connect(self._on_trouble)
        case.on_journal_trouble.connect(self._on_journal_trouble)

    def reading(self, photo: str) -> Reading:
        """Return the Reading of a Photo (by SHA-256) as the Examiner left it, acts on their way included."""
        kept = self._open_reading(photo)
        with self._settling:
            saved, pending = kept.saved, list(kept.pending)
        return acts.preview_reading(saved, pending)

    def read_ahead(self, photos: Sequence[str]) -> None:
        """Have the Readings of Photos (by SHA-256) ready before they are asked for."""
        missing = [photo for photo in photos if photo not in self._readings]
        if not missing:
            return
        self._evict_idle()
        with self.case.store.read() as connection:
            found = readings.load_many(connection, ReadingSelection((self.examiner.id,), missing))
        saved = {reading.photo: reading for reading in found}
        for photo in missing:
            self._readings[photo] = _OpenReading(saved.get(photo) or Reading(self.examiner.id, photo))

    def was_completed(self, photo: str) -> bool:
        """Return whether the Examiner has ever completed a Reading of this Photo by an own look.

        What was carried over from a near-duplicate is none, nor is what was taken back.
        """
        if any(draft.act == acts.COMPLETED for draft in self._open_reading(photo).pending):
            return True
        with self.case.store.read() as connection:
            standing = ledger.iterate_standing_acts(connection, self.examiner.id, photo)
            return any(entry.act == acts.COMPLETED for entry in standing)

    def pending(self, photo: str) -> int:
        """Return how many acts on this Photo are not committed yet."""
        kept = self._readings.get(photo)
        return len(kept.pending) if kept else 0

    def submit(self, draft: Draft) -> Future[RecordedAct]:
        """Send an act on its way. One of a Reading is shown at once, and called saved only after its commit;
        one on what all Examiners share is shown once it is committed."""
        self.case.require_writable()
        previewed = acts.is_act_of_reading(draft.act)
        if previewed:
            self._open_reading(draft.subject).pending.append(draft)
        future = self._send_to_writer(
            lambda connection, pen, at: record_draft(connection, draft, pen, at),
            "saved",
            draft if previewed else None,
        )
        if previewed:
            self.on_change.emit(ReadingChange(draft.subject, "pending"))
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
        self._send_to_writer(_refuse_unless_possible(undo_latest_act, "There is nothing to undo."), "undone")

    def redo(self) -> None:
        self._send_to_writer(_refuse_unless_possible(redo_latest_act, "There is nothing to redo."), "redone")

    def detach(self) -> None:
        """Stop listening to the Case."""
        self.case.on_trouble.disconnect(self._on_trouble)
        self.case.on_journal_trouble.disconnect(self._on_journal_trouble)

    def _send_to_writer(
        self, run: _Recorder, how: str, previewed: Draft | None = None
    ) -> Future[RecordedAct]:
        future = self.case.writer.enqueue_act(
            lambda connection: run(connection, self._signer, format_timestamp(self.case.clock()))
        )
        self._acts_under_way += 1
        future.add_done_callback(lambda done: self._post(lambda: self._on_finished(done, how, previewed)))
        return future

    def _on_finished(self, future: Future[RecordedAct], how: str, previewed: Draft | None) -> None:
        self._acts_under_way -= 1
        try:
            error = future.exception()
            self._settle(future.result() if error is None else None, previewed)
            if error is not None:
                self._on_refused_act(error, previewed)
            else:
                self._on_recorded(future.result(), how)
        finally:
            if not self._acts_under_way:
                self.on_all_arrived.emit()

    def _settle(self, done: RecordedAct | None, previewed: Draft | None) -> None:
        """What was pending is saved, or refused where nothing was done: no Reading is seen in between."""
        if done is not None and acts.is_act_of_reading(done.about.act):
            kept = self._open_reading(done.about.subject)
            saved = self._find_reading(done.changes, done.about.subject)
            with self._settling:
                self._drop_pending(previewed)
                kept.saved = saved
        else:
            with self._settling:
                self._drop_pending(previewed)

    def _on_recorded(self, done: RecordedAct, how: str) -> None:
        about = done.about
        of_reading = acts.is_act_of_reading(about.act)
        saved_at = datetime.fromisoformat(done.entry.at)
        self._set_save_state(replace(self.state, saved_at=saved_at, waiting=self._acts_under_way))
        if of_reading:
            self.on_change.emit(ReadingChange(about.subject, how, about))
            return
        self.on_shared.emit(SharedChange(how, about))

    def _find_reading(self, changes: Changes, photo: str) -> Reading:
        """The Reading of a Photo after an act on it; an empty one once all acts on it are taken back."""
        reading = changes[ThingKind.READING, make_reading_id(self.examiner.id, photo)]
        return reading if isinstance(reading, Reading) else Reading(self.examiner.id, photo)

    def _on_refused_act(self, error: BaseException, draft: Draft | None) -> None:
        if draft is not None:
            self.on_change.emit(ReadingChange(draft.subject, "refused"))
        if not isinstance(error, KnownError):
            raise error
        self.on_refused.emit(error)

    def _drop_pending(self, draft: Draft | None) -> None:
        if draft is not None:
            pending = self._readings[draft.subject].pending
            position = next(place for place, waiting in enumerate(pending) if waiting is draft)
            del pending[position]

    def _on_trouble(self, trouble: SaveTrouble | None) -> None:
        reason = trouble.reason if trouble else ""
        self._post(
            lambda: self._set_save_state(replace(self.state, waiting=self._acts_under_way, trouble=reason))
        )

    def _on_journal_trouble(self, sentence: str) -> None:
        self._post(lambda: self._set_save_state(replace(self.state, journal=sentence)))

    def _set_save_state(self, state: SaveState) -> None:
        self.state = state
        self.on_save_state.emit(state)

    def _open_reading(self, photo: str) -> _OpenReading:
        self.read_ahead([photo])
        return self._readings[photo]

    def _evict_idle(self) -> None:
        if len(self._readings) >= _MOST_READINGS:
            idle = [photo for photo, kept in self._readings.items() if not kept.pending]
            for photo in idle[: _MOST_READINGS // 2]:
                del self._readings[photo]


def _refuse_unless_possible(
    step: Callable[[Connection, Signer, str], RecordedAct | None], nothing: str
) -> _Recorder:
    """The step, with KnownError where there is nothing to do."""

    def run(connection: Connection, pen: Signer, at: str) -> RecordedAct:
        done = step(connection, pen, at)
        if done is None:
            raise KnownError(nothing, code="nothing-to-undo")
        return done

    return run
