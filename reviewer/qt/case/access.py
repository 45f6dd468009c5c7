"""The access screen: who belongs to the case, passphrases, the recovery key, backups."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QListWidget, QPushButton, QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.photos.case import Examiner
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.page import Page, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.secret_field import SecretField
from reviewer.services.case.enrolment import CancelCheck, change_passphrase, enrol, make_recovery_key
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import Post

_ENCRYPTED = (
    "The case is encrypted. Each examiner opens it with a passphrase of their own and signs with a key of "
    "their own; a passphrase that is lost can only be replaced with the recovery key."
)
_OPEN = (
    "The case is not encrypted: whoever has the folder can read it, change it and sign in anybody's name. "
    "A new case is encrypted unless it is said otherwise."
)


class AccessScreen(Page):
    """`recovery_key` carries a new one, to be shown; `backup_wanted` asks for one."""

    recovery_key = Signal(str)
    backup_wanted = Signal()

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post) -> None:
        super().__init__("Access", _ENCRYPTED if case.keys.encrypted else _OPEN)
        self._case, self._examiner, self._post = case, examiner, post
        self._people = QListWidget()
        self._people.setAccessibleName("Examiners")
        self._people.setMaximumHeight(140)
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
        self.message: PlainLabel = make_text_label()
        self.message.setAccessibleName("Message")
        self._of_new_one, self._of_mine = make_text_label(), make_text_label()
        self._of_new_one.setAccessibleName("About the new examiner")
        self._of_mine.setAccessibleName("About my passphrase")
        self._answer = self.message
        self._arrange()
        self._go_on_by_enter()
        self._enable(True)

    def _arrange(self) -> None:
        secret = self._case.keys.encrypted
        self.column.addWidget(self._people)
        new_one: list[tuple[str, QWidget]] = [("Name", self.name)]
        if secret:
            new_one += [("Their passphrase", self.theirs), ("Their passphrase again", self.theirs_again)]
        self.column.addWidget(make_text_label("A new examiner", "title"))
        self.column.addLayout(_make_form(*new_one))
        self.column.addWidget(self._of_new_one)
        self.add_row(self.add)
        if secret:
            self.column.addWidget(make_text_label("My passphrase", "title"))
            mine = (("Present", self.present), ("New", self.new), ("New again", self.again))
            self.column.addLayout(_make_form(*mine))
            self.column.addWidget(self._of_mine)
            self.add_row(self.change, self.renew)
        self.column.addWidget(make_text_label("Backup", "title"))
        self.column.addWidget(
            make_text_label(
                "A whole copy of the case, encrypted as it is, on another drive. Originals are not in it.",
                "quiet",
            )
        )
        self.add_row(self.backup)
        self.column.addWidget(self.message)
        self.column.addStretch(1)
        self.add.clicked.connect(self._on_add)
        self.change.clicked.connect(self._on_change)
        self.renew.clicked.connect(self._on_renew)
        self.backup.clicked.connect(self.backup_wanted)

    def _go_on_by_enter(self) -> None:
        """Enter goes to the next field, and in the last one does what the button does."""
        secret = self._case.keys.encrypted
        self.name.returnPressed.connect(self.theirs.setFocus if secret else self.add.click)
        self.theirs.entered.connect(self.theirs_again.setFocus)
        self.theirs_again.entered.connect(self.add.click)
        self.present.entered.connect(self.new.setFocus)
        self.new.entered.connect(self.again.setFocus)
        self.again.entered.connect(self.change.click)

    @property
    def said(self) -> str:
        """What was said last, wherever it stands."""
        return self._answer.text()

    def say(self, sentence: str) -> None:
        self._say_at(self.message, sentence)

    def _say_at(self, place: PlainLabel, sentence: str, *, wrong: bool = False) -> None:
        """Say something in its section, and nowhere else any more; what went wrong has a sign."""
        for label in (self.message, self._of_new_one, self._of_mine):
            label.setText("")
        self._answer = place
        set_style_property(place, "kind", "field error" if wrong else "")
        place.setText(f"\u2716 {sentence}" if wrong else sentence)

    def refresh(self) -> None:
        """Read the examiners again."""
        self._people.clear()
        for examiner in self._case.examiners():
            here = "   (here now)" if examiner.id == self._examiner.id else ""
            self._people.addItem(
                f"{examiner.name}   enrolled {examiner.enrolled_at[:10]}   key {examiner.key[:16]}{here}"
            )

    def _on_add(self) -> None:
        name, words = self.name.text(), self.theirs.text()
        secret = self._case.keys.encrypted
        if secret and not self._are_same(self.theirs, self.theirs_again, self._of_new_one):
            return
        passphrase = words if secret else None
        self._start_job(
            self._of_new_one,
            lambda check: enrol(self._case, name, passphrase, check),
            self._on_added,
        )

    def _on_added(self, made: Examiner) -> None:
        how = "opens it with their own passphrase" if self._case.keys.encrypted else "can open it"
        self._say_at(self._of_new_one, f"{made.name} belongs to the case and {how}.")
        for field in (self.name, self.theirs, self.theirs_again):
            field.clear()

    def _on_change(self) -> None:
        if self._are_same(self.new, self.again, self._of_mine):
            present, new = self.present.text(), self.new.text()
            self._start_job(
                self._of_mine,
                lambda check: change_passphrase(self._case, present, new, check),
                lambda _none: self._on_changed(),
            )

    def _on_changed(self) -> None:
        told = "The passphrase is changed; the one before opens nothing any more, except in old backups."
        self._say_at(self._of_mine, told)
        for field in (self.present, self.new, self.again):
            field.clear()

    def _on_renew(self) -> None:
        self._start_job(self._of_mine, lambda check: make_recovery_key(self._case, check), self._on_renewed)

    def _on_renewed(self, recovery_key: str) -> None:
        self._say_at(self._of_mine, "")
        self.recovery_key.emit(recovery_key)

    def _are_same(self, one: SecretField, other: SecretField, place: PlainLabel) -> bool:
        if one.text() != other.text():
            self._say_at(place, "The two passphrases are not the same.", wrong=True)
            other.setFocus()
            return False
        return True

    def _start_job(
        self, place: PlainLabel, work: Callable[[CancelCheck], object], then: Callable[..., None]
    ) -> None:
        """In the background: making a key from a passphrase takes a second."""
        self._enable(False)
        self._say_at(place, "One moment…")

        def done(result: object) -> None:
            self._enable(True)
            then(result)
            self.refresh()

        def failed(error: KnownError) -> None:
            self._enable(True)
            self._say_at(place, str(error), wrong=True)

        self._case.jobs.start(
            "access", lambda control: work(control.check), self._post, on_done=done, on_failed=failed
        )

    def _enable(self, on: bool) -> None:
        writes = on and not self._case.read_only
        for button in (self.add, self.change, self.renew):
            button.setEnabled(writes)


def _make_form(*rows: tuple[str, QWidget]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    for row, (text, field) in enumerate(rows):
        label = PlainLabel(text)
        label.setMinimumWidth(160)
        label.setBuddy(field)
        grid.addWidget(label, row, 0)
        grid.addWidget(field, row, 1)
    return grid
