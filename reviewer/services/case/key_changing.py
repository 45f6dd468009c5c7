"""A change of the case key in the background, as a window shows it; one that was cut off goes on by itself.

There is one of these for an open Case, whoever asks for the change. The new recovery key is made when
somebody is there to write it down: until then the Case has none, and that is said at each opening.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from reviewer.domain.acts import acts
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.services.case import access_words as words
from reviewer.services.case.case_key import (
    KeyChangeReason,
    encrypt_case_anew,
    encrypt_previews_anew,
    find_left_out,
    find_wanted_change,
    give_up_wanted_change,
    remove_examiner,
)
from reviewer.services.case.open_case import OpenCase
from reviewer.services.events import Event
from reviewer.services.jobs import JobControl, JobProgress, LatestJob, Post

JOB = "key change"


class KeyChangePhase(Enum):
    """IDLE before the first change of a sitting; FAILED says why, and REMOVED is a removal without a key.

    In FINISHING the key is changed, and small pictures are still carried over: nothing is left to be stopped.
    """

    IDLE = auto()
    RUNNING = auto()
    PAUSED = auto()
    FINISHING = auto()
    CHANGED = auto()
    REMOVED = auto()
    STOPPED = auto()
    FAILED = auto()


@dataclass(frozen=True)
class KeyChangeState:
    """How far a change is: `share` from 0 to 1, None where that is not known; `said` is a sentence of it."""

    phase: KeyChangePhase = KeyChangePhase.IDLE
    said: str = ""
    share: float | None = None

    @property
    def is_going(self) -> bool:
        """Whether it is under way, or paused."""
        return self.can_stop or self.phase is KeyChangePhase.FINISHING

    @property
    def can_stop(self) -> bool:
        """Whether everything can still be left as it was."""
        return self.phase in {KeyChangePhase.RUNNING, KeyChangePhase.PAUSED}


class KeyChanging:
    """All methods are called on the face's thread; `on_changed` tells of another `state` there."""

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post) -> None:
        self._case, self._examiner, self._post = case, examiner, post
        self._job = LatestJob(case.jobs, finish_first=True)
        self.on_changed: Event[[]] = Event()
        self.state = KeyChangeState()
        self._doing = self._done = ""

    @property
    def may(self) -> bool:
        """Whether who reads may change the key of this Case."""
        case = self._case
        return (
            case.keys.encrypted
            and not case.read_only
            and case.keys.examiner == self._examiner.id
            and case.roles.may(self._examiner.id, acts.RECOVERY_KEY_MADE)
        )

    @property
    def wanted(self) -> KeyChangeReason | None:
        """Why a change is left to do, None if none is, or one is under way."""
        return None if self.state.is_going else find_wanted_change(self._case)

    @property
    def lacks_recovery_key(self) -> bool:
        """Whether the Case has no recovery key, because the one before went with the key of the Case."""
        keys = self._case.keys
        return keys.encrypted and keys.file.recovery is None

    def go_on(self) -> None:
        """Go on with a change that was cut off, if there is one and who reads may; said where it cannot."""
        wanted = self.wanted
        if wanted is None or not self.may:
            return
        left_out = find_left_out(self._case)
        if left_out:
            said = f"{words.describe_left_out(left_out)} {words.HOW_TO_LET_IN}"
            self._show(KeyChangeState(KeyChangePhase.FAILED, said))
        else:
            self.change(wanted, words.GOES_ON)

    def leave_out_told(self, notices: Sequence[str]) -> list[str]:
        """The notices of opening without the one about a change to be done, once `state` tells more of it."""
        told = {words.describe_wanted(is_for_removal) for is_for_removal in (True, False)}
        return [notice for notice in notices if self.state.phase is KeyChangePhase.IDLE or notice not in told]

    def change(self, because: KeyChangeReason, doing: str = words.IS_CHANGED_NOW) -> None:
        """Change the key of the Case."""
        self._start(doing, words.IS_CHANGED, because)

    def remove(self, examiner: Examiner, why: str) -> None:
        """Remove an Examiner, and change the key of an encrypted Case."""
        name = make_printable(examiner.name)
        done = (
            f"{name} is removed. {words.IS_CHANGED}" if self._case.keys.encrypted else f"{name} is removed."
        )
        self._start(words.IS_CHANGED_NOW, done, KeyChangeReason.REMOVED, (examiner, why))

    def toggle_pause(self) -> None:
        """Pause the change or let it go on; acts are saved meanwhile."""
        if self.state.can_stop:
            is_paused = self._job.toggle_pause()
            phase = KeyChangePhase.PAUSED if is_paused else KeyChangePhase.RUNNING
            said = words.IS_PAUSED if is_paused else self._doing
            self._show(KeyChangeState(phase, said, self.state.share))

    def stop(self) -> None:
        """Give the change up: all is as it was. One that a removal needs goes on at the next opening."""
        if self.state.can_stop:
            self._job.cancel()

    def note_recovery_key(self) -> None:
        """A new recovery key was made."""
        self.on_changed.emit()

    def _start(
        self, doing: str, done: str, because: KeyChangeReason, removal: tuple[Examiner, str] | None = None
    ) -> None:
        if self.state.is_going:
            return
        self._doing, self._done = doing if self._case.keys.encrypted else "", done

        def work(control: JobControl) -> tuple[str, ...]:
            if removal is not None:
                remove_examiner(self._case, *removal, self._examiner.id)
            if not self._case.keys.encrypted:
                return ()
            left_behind = encrypt_case_anew(self._case, because, control)
            self._post(lambda: self._show(KeyChangeState(KeyChangePhase.FINISHING, words.IS_FINISHED_NOW)))
            encrypt_previews_anew(self._case, control)
            return left_behind

        self._job.start(
            JOB,
            work,
            self._post,
            on_progress=self._on_progress,
            on_done=self._on_done,
            on_failed=lambda error: self._show(KeyChangeState(KeyChangePhase.FAILED, str(error))),
            on_cancelled=self._on_stopped,
        )
        self._show(KeyChangeState(KeyChangePhase.RUNNING, self._doing))

    def _on_progress(self, progress: JobProgress) -> None:
        if self.state.can_stop and progress.total:
            share = progress.done / progress.total
            self._show(KeyChangeState(self.state.phase, self.state.said, share))

    def _on_done(self, left_behind: tuple[str, ...]) -> None:
        left = words.describe_left_behind(left_behind) if left_behind else ""
        encrypted = self._case.keys.encrypted
        phase = KeyChangePhase.CHANGED if encrypted else KeyChangePhase.REMOVED
        self._show(KeyChangeState(phase, f"{self._done} {left}".strip()))

    def _on_stopped(self) -> None:
        """A person has stopped it; a Case that is closed tells nobody, and the change goes on next time."""
        if find_wanted_change(self._case) is None:
            self._on_done(())  # it was past the last moment
            return

        def work(_control: JobControl) -> None:
            give_up_wanted_change(self._case, self._examiner.id)

        is_needed = find_wanted_change(self._case) is KeyChangeReason.REMOVED
        said = words.IS_STOPPED_FOR_NOW if is_needed else words.IS_STOPPED
        self._job.start(
            JOB,
            work,
            self._post,
            on_done=lambda _none: self._show(KeyChangeState(KeyChangePhase.STOPPED, said)),
            on_failed=lambda error: self._show(KeyChangeState(KeyChangePhase.FAILED, str(error))),
        )

    def _show(self, state: KeyChangeState) -> None:
        self.state = state
        self.on_changed.emit()
