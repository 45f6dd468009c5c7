"""The passphrase is asked for: to open a case, or to go on after the window locked itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton

from reviewer.domain.errors import KnownError, WrongPassphrase
from reviewer.domain.names import make_printable
from reviewer.qt.widgets.field_message import FieldMessage
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.secret_field import SecretField
from reviewer.services.account.recent_cases import find_last_examiner
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.opening import close_unclaimed, open_case
from reviewer.services.jobs import Job, JobControl, LatestJob, Post

_FREE_TRIES = 3
_LONGEST_WAIT = 30


class UnlockScreen(Page):
    """`opened` carries the OpenCase, `left` nothing. `locked`: nothing of the case stands on the screen.

    One may leave while the case is being opened: then it is given up, and closed if it was open by then.
    `untouched`: a case of an earlier format is not carried over.
    """

    opened = Signal(object)
    left = Signal()
    failed = Signal(object)

    def __init__(
        self,
        folder: Path,
        read_only: bool,
        post: Post,
        opening: LatestJob,
        locked: bool,
        untouched: bool = False,
    ) -> None:
        where = "Type the passphrase to go on where you were." if locked else make_printable(str(folder))
        super().__init__("Locked" if locked else "This case is encrypted", where, 560)
        self._folder, self._read_only, self._post, self._opening = folder, read_only, post, opening
        self._untouched = untouched
        self._tries = 0
        self._job: Job[OpenCase] | None = None
        self.passphrase = SecretField("Passphrase, or the recovery key")
        self.open = make_main_button("Unlock" if locked else "Open")
        self._back = QPushButton("Leave the case closed" if locked else "Back")
        self.message: FieldMessage = FieldMessage(self.passphrase)
        self.message.setAccessibleName("Message")
        self._arrange()
        self.passphrase.entered.connect(self.try_passphrase)
        self.open.clicked.connect(self.try_passphrase)
        self._back.clicked.connect(self._on_back)
        self.setFocusProxy(self.passphrase)

    def _arrange(self) -> None:
        label = PlainLabel("Passphrase")
        label.setBuddy(self.passphrase)
        self.column.addSpacing(8)
        self.column.addWidget(label)
        self.column.addWidget(self.passphrase)
        self.column.addWidget(self.message)
        self.add_row(self.open, self._back)
        self.column.addWidget(
            make_text_label("If the passphrase is lost, the recovery key can be typed here instead.", "quiet")
        )
        self.column.addStretch(1)

    def wait_for(self, sentence: str) -> None:
        """Do not take a passphrase yet, and say why; "" to take one again."""
        self.say(sentence)
        self._back.setEnabled(not sentence)
        self._enable(not sentence)

    def try_passphrase(self) -> None:
        words = self.passphrase.text()
        if (self._job is not None and self._job.is_awaited) or not words or not self.open.isEnabled():
            return
        self.say("Opening…")
        self._enable(False)
        first, read_only = find_last_examiner(self._folder), self._read_only
        work: Callable[[JobControl], OpenCase] = lambda control: open_case(  # noqa: E731
            self._folder,
            words,
            first=first,
            read_only=read_only,
            untouched=self._untouched,
            may_judge=True,
            check=control.check,
        )
        self._job = self._opening.start(
            "unlock",
            work,
            self._post,
            on_done=self._on_opened,
            on_failed=self._on_failed,
            dispose=close_unclaimed,
        )

    def leave(self) -> None:
        if self._job is not None and self._job.is_awaited:
            self._job.abandon()
            self.say("")
            self._enable(True)

    def _on_back(self) -> None:
        self.leave()
        self.left.emit()

    def _on_opened(self, case: OpenCase) -> None:
        self.passphrase.clear()
        self.opened.emit(case)

    def _on_failed(self, error: KnownError) -> None:
        self.message.say_wrong(str(error))
        if not isinstance(error, WrongPassphrase):
            self._enable(True)
            self.failed.emit(error)
            return
        self._tries += 1
        wait = min(_LONGEST_WAIT, 2 ** (self._tries - _FREE_TRIES)) if self._tries >= _FREE_TRIES else 0
        if wait:
            self.message.say_wrong(f"{error} The next try is possible in {wait} s.")
        QTimer.singleShot(1000 * wait, self, self._allow_next_try)

    def _allow_next_try(self) -> None:
        self._enable(True)
        self.passphrase.select_all()

    def _enable(self, on: bool) -> None:
        self.passphrase.setEnabled(on)
        self.open.setEnabled(on)
        if on:
            self.passphrase.setFocus()
