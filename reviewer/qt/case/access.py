"""The access screen: who belongs to the case, passphrases, the recovery key, backups."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from reviewer.domain.acts.acts import EXAMINER_ENROLLED, RECOVERY_KEY_MADE
from reviewer.domain.acts.roles import Right
from reviewer.domain.errors import KnownError
from reviewer.domain.photos.case import Examiner
from reviewer.qt.case.access_form import AccessForm, FormField
from reviewer.qt.case.keys_and_roles import KeysAndRoles
from reviewer.qt.case.removal import EndAccessBox
from reviewer.qt.case.short_table import RowsModel, ShortTable
from reviewer.qt.case.side_by_side import SideBySide
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.in_pieces import PieceMaker
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import Page, make_button_row, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.secret_field import SecretField
from reviewer.qt.widgets.suggested_words import make_suggest_button
from reviewer.services.case.access_words import OLD_PASSPHRASE
from reviewer.services.case.enrolment import CancelCheck, change_passphrase, enrol, make_recovery_key
from reviewer.services.case.key_changing import KeyChanging
from reviewer.services.case.observing import change_passphrase_of_observer, is_observed
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.removed import load_removed
from reviewer.services.jobs import Post

_ENCRYPTED = (
    "The case is encrypted. Each examiner opens it with a passphrase of their own and signs with a key of "
    "their own; a passphrase that is lost is replaced with the recovery key, or by two colleagues."
)
_OPEN = (
    "The case is not encrypted: whoever has the folder can read it, change it and sign in anybody's name. "
    "A new case is encrypted unless it is said otherwise."
)
_BACKUP = "A whole copy of the case, encrypted as it is, on another drive. Originals are not in it."
_BACKUP_OF_OPEN = (
    "A whole copy of the case on another drive, not encrypted, as the case is. Originals are not in it."
)
_WIDEST, _PEOPLE_SHOWN = 1400, 5


class AccessScreen(Page):
    """`recovery_key` carries a new one, to be shown; `backup_wanted` asks for one."""

    recovery_key = Signal(str)
    backup_wanted = Signal()

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post, changing: KeyChanging) -> None:
        super().__init__("Access", _ENCRYPTED if case.keys.encrypted else _OPEN, _WIDEST)
        self._case, self._examiner, self._post = case, examiner, post
        self._changing = changing
        self.people = RowsModel(("Examiner", "Enrolled", "Role", ""))
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the new examiner")
        self.theirs, self.theirs_again = (
            SecretField("Their passphrase"),
            SecretField("Their passphrase again"),
        )
        self.present, self.new, self.again = (
            SecretField(words) for words in ("Present passphrase", "New passphrase", "New passphrase again")
        )
        self.add, self.change = QPushButton("Add the examiner"), QPushButton("Change my passphrase")
        self.renew, self.backup = QPushButton("Make a new recovery key"), QPushButton("Make a backup…")
        self.new_one, self.mine = self._make_form_of_new_one(), self._make_form_of_mine()
        self.key_box, self.key_said = _make_box(
            "Recovery key",
            "If every passphrase is lost, only this key opens the case. A new one is shown once, and takes "
            "the place of the one before.",
            self.renew,
        )
        self._backup_box, self._told = _make_box(
            "Backup",
            _BACKUP if self._case.keys.encrypted else _BACKUP_OF_OPEN,
            self.backup,
        )
        self._told.setAccessibleName("Message")
        self.message = self._told
        self._reading = PieceMaker(self)
        self.ending = EndAccessBox(case, examiner, changing)
        self.ending.key_wanted.connect(self.make_recovery_key)
        self.ending.changed.connect(self._read_at_once)
        self._columns = self._make_columns()
        self.keys = KeysAndRoles(case, examiner, post)
        self.keys.changed.connect(self._read_at_once)
        self.column.addWidget(self._columns)
        self.column.addWidget(self.keys)
        self.column.addStretch(1)
        self._connect()
        self._enable(True)

    def _make_form_of_new_one(self) -> AccessForm:
        fields: list[tuple[str, FormField, tuple[str, ...]]] = [("Name", self.name, ("bad-name",))]
        if self._case.keys.encrypted:
            fields.append(("Their passphrase, 12 characters or more", self.theirs, ("bad-passphrase",)))
            fields.append(("Their passphrase again", self.theirs_again, ()))
        beside = [make_suggest_button(self.theirs)] if self._case.keys.encrypted else []
        return AccessForm("A new examiner", "", fields, self.add, *beside)

    def _make_form_of_mine(self) -> AccessForm:
        fields: list[tuple[str, FormField, tuple[str, ...]]] = [
            ("Present passphrase", self.present, ("wrong-passphrase",)),
            ("New passphrase, 12 characters or more", self.new, ("bad-passphrase",)),
            ("New passphrase again", self.again, ()),
        ]
        return AccessForm("My passphrase", "", fields, self.change, make_suggest_button(self.new))

    def _make_columns(self) -> SideBySide:
        table = ShortTable(self.people, "Examiners", 3, _PEOPLE_SHOWN, scrolls=True)
        left, right = QWidget(), QWidget()
        for part, boxes in (
            (left, (table, self.new_one, self.ending)),
            (right, (self.mine, self.key_box, self._backup_box)),
        ):
            column = make_column(part, spacing=16)
            for box in boxes:
                column.addWidget(box)
            column.addStretch(1)
        for box in (self.mine, self.key_box):
            box.setVisible(self._case.keys.encrypted)
        return SideBySide((left, 1), (right, 1), spacing=16)

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_add)
        self.change.clicked.connect(self._on_change)
        self.renew.clicked.connect(self.make_recovery_key)
        self.backup.clicked.connect(self.backup_wanted)
        self.name.textChanged.connect(self._show_next)
        self.present.text_changed.connect(self._show_next)
        self._show_next()

    def leave_out_what_writes(self) -> None:
        for box in (self.new_one, self.ending, self.mine, self.key_box, self._backup_box):
            box.hide()
        self.keys.leave_out_what_writes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())

    def _show_next(self) -> None:
        """The act of the form that was begun leads; where none was, the backup."""
        begun = self.add if self.name.text() else self.change if self.present.text() else self.backup
        for button in (self.add, self.change, self.backup):
            set_style_property(button, "kind", "main" if button is begun else "")

    @property
    def said(self) -> str:
        """What was said last, wherever it stands."""
        parts = (self.new_one.said, self.mine.said, self.key_said.text(), self._told.text())
        return next((words for words in parts if words), "")

    def say(self, sentence: str) -> None:
        self._forget_said()
        self._told.say(sentence)

    def _forget_said(self) -> None:
        """What is said stands in its section, and nowhere else any more."""
        self.new_one.say("")
        self.mine.say("")
        self.key_said.say("")
        self._told.say("")

    def refresh(self) -> None:
        """Read again who is there, which keys, and whose access ends: one after the other."""
        self._reading.begin((self._show_people, self.ending.refresh, self.keys.refresh))

    def _read_at_once(self) -> None:
        """Something of it is another now, and whoever changed it looks."""
        self.refresh()
        self._reading.finish()

    def _show_people(self) -> None:
        removed = load_removed(self._case)
        self.people.show(
            [
                (
                    examiner.name,
                    examiner.enrolled_at[:10],
                    str(self._case.roles.find_role(examiner.id)),
                    f"removed {removed[examiner.id].at[:10]}"
                    if examiner.id in removed
                    else "here now"
                    if examiner.id == self._examiner.id
                    else "",
                )
                for examiner in self._case.examiners()
            ]
        )

    def _on_add(self) -> None:
        name, words = self.name.text(), self.theirs.text()
        secret = self._case.keys.encrypted
        self._forget_said()
        if secret and not self.new_one.check_repeated():
            return
        passphrase = words if secret else None
        self._start_job(
            self.new_one, lambda check: enrol(self._case, name, passphrase, check), self._on_added
        )

    def _on_added(self, made: Examiner) -> None:
        how = "opens it with their own passphrase" if self._case.keys.encrypted else "can open it"
        self.new_one.say(f"{made.name} belongs to the case and {how}.")
        self.new_one.clear()

    def _on_change(self) -> None:
        self._forget_said()
        if self.mine.check_repeated():
            present, new = self.present.text(), self.new.text()
            change = change_passphrase_of_observer if is_observed(self._case) else change_passphrase
            self._start_job(
                self.mine,
                lambda check: change(self._case, present, new, check),
                lambda _none: self._on_changed(),
            )

    def _on_changed(self) -> None:
        self.mine.say(OLD_PASSPHRASE)
        self.mine.clear()

    def make_recovery_key(self) -> None:
        """Make a new recovery key, and have it shown."""
        self._forget_said()
        self._enable(False)
        self.key_said.say("One moment…")

        def done(made: str) -> None:
            self._enable(True)
            self.key_said.say("")
            self.recovery_key.emit(made)
            self._changing.note_recovery_key()

        def fail(error: KnownError) -> None:
            self._enable(True)
            self.key_said.say(f"\u2716 {error}")

        self._case.jobs.start(
            "access",
            lambda control: make_recovery_key(self._case, control.check),
            self._post,
            on_done=done,
            on_failed=fail,
        )

    def _start_job(
        self, form: AccessForm, work: Callable[[CancelCheck], object], then: Callable[..., None]
    ) -> None:
        """In the background: making a key from a passphrase takes a second."""
        self._enable(False)
        form.say("One moment…")

        def done(result: object) -> None:
            self._enable(True)
            then(result)
            self._read_at_once()

        def fail(error: KnownError) -> None:
            self._enable(True)
            form.tell_error(error)

        self._case.jobs.start(
            "access", lambda control: work(control.check), self._post, on_done=done, on_failed=fail
        )

    def _enable(self, on: bool) -> None:
        writes = on and not self._case.read_only
        self.change.setEnabled(writes or (on and is_observed(self._case)))
        for button, act in ((self.add, EXAMINER_ENROLLED), (self.renew, RECOVERY_KEY_MADE)):
            may = self._case.roles.may(self._examiner.id, act)
            button.setEnabled(writes and may)
            button.setToolTip("" if may else f"Only a lead may: {Right.ENROL}.")


def _make_box(title: str, about: str, act: QPushButton) -> tuple[FramedBox, PlainLabel]:
    """A box for one act, and the place for what came of it."""
    box, said = FramedBox(title), make_text_label()
    box.column.addWidget(make_text_label(about, "quiet"))
    box.column.addLayout(make_button_row(act))
    box.column.addWidget(said)
    return box, said
