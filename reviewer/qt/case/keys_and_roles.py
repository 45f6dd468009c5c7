"""Keys and roles on the access screen: every key ever set, keys that wait, roles, lost passphrases."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from reviewer.domain.acts.roles import Right, Role
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.vouching import format_fingerprint
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.qt.case.access_form import AccessForm
from reviewer.qt.case.short_table import RowsModel, ShortTable
from reviewer.qt.case.side_by_side import SideBySide
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import make_button_row, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.secret_field import SecretField
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.qt.widgets.suggested_words import make_suggest_button
from reviewer.services.case.enrolment import CancelCheck, load_key_history
from reviewer.services.case.key_words import describe_author, describe_vouching
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.removed import load_removed
from reviewer.services.case.roles import set_role
from reviewer.services.case.vouching import (
    WaitingKey,
    find_waiting_keys,
    give_new_passphrase,
    vouch_for_key,
)
from reviewer.services.jobs import Post

_KEYS_SHOWN = 4
_ROLES = (
    "From the first role that is set a lead may do everything, an examiner everything but enrol, make "
    "recovery keys, and set roles and rules; an observer only reads. Until then every examiner may do "
    "everything but set roles, the mandate and the rules of reading. It stands in the ledger."
)
_LOST = (
    "For a colleague who lost passphrase and recovery key: the new key waits until one more examiner has "
    "vouched for it."
)
OF_BEFORE = (
    "This case was made by a version in which keys did not vouch for each other. They do from the moment a "
    "new recovery key is made."
)
NO_KEY_WAITS = "No key waits. The key file holds the keys that the ledger states."


class KeysAndRoles(QWidget):
    """`changed` when something was recorded: whoever shows this refreshes it too."""

    changed = Signal()

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post) -> None:
        super().__init__()
        self._case, self._examiner, self._post = case, examiner, post
        self._people: list[Examiner] = []
        self._waiting: list[WaitingKey] = []
        self.rows = RowsModel(("Key of", "Fingerprint", "What makes it count", "Set"))
        self.who, self.role = NoScrollComboBox(), NoScrollComboBox()
        self.whose, self.lost = NoScrollComboBox(), NoScrollComboBox()
        self.set_role, self.vouch = QPushButton("Set the role"), QPushButton("Vouch for this key")
        self.give = QPushButton("Set a new passphrase")
        self.theirs = SecretField("Their new passphrase")
        self.again = SecretField("Their new passphrase again")
        self.compared = QCheckBox("The fingerprint is the one on paper")
        self.role_said, self.waiting_said = make_text_label(), make_text_label()
        self.two_keys, self.notice = make_text_label(), make_text_label(OF_BEFORE)
        self.lost_form = self._make_form_of_lost()
        self._arrange()
        self._connect()

    def _make_form_of_lost(self) -> AccessForm:
        fields = [
            ("Their new passphrase, 12 characters or more", self.theirs, ("bad-passphrase",)),
            ("Their new passphrase again", self.again, ()),
        ]
        form = AccessForm("A lost passphrase", _LOST, fields, self.give, make_suggest_button(self.theirs))
        form.column.insertWidget(2, self.lost)
        return form

    def _arrange(self) -> None:
        for box, name in (
            (self.who, "Whose role"),
            (self.role, "Role"),
            (self.whose, "Key that waits"),
            (self.lost, "Who lost the passphrase"),
        ):
            box.setAccessibleName(name)
        self.role.addItems([str(role) for role in Role])
        roles, waiting = FramedBox("Roles"), FramedBox("Keys that wait")
        roles.column.addWidget(make_text_label(_ROLES, "quiet"))
        roles.column.addLayout(make_button_row(self.who, self.role, self.set_role))
        roles.column.addWidget(self.role_said)
        for widget in (self.whose, self.two_keys, self.compared):
            waiting.column.addWidget(widget)
        waiting.column.addLayout(make_button_row(self.vouch))
        waiting.column.addWidget(self.waiting_said)
        left, right = QWidget(), QWidget()
        for part, boxes in ((left, (roles, waiting)), (right, (self.lost_form,))):
            column = make_column(part, spacing=16)
            for framed in boxes:
                column.addWidget(framed)
            column.addStretch(1)
        for framed in (waiting, self.lost_form):
            framed.setVisible(self._case.keys.encrypted)
        whole = make_column(self, spacing=16)
        whole.addWidget(PlainLabel("Keys and roles", kind="title"))
        whole.addWidget(self.notice)
        whole.addWidget(ShortTable(self.rows, "Keys", 2, _KEYS_SHOWN, scrolls=True, whole=(1,)))
        self._columns = SideBySide((left, 1), (right, 1), spacing=16)
        whole.addWidget(self._columns)

    def leave_out_what_writes(self) -> None:
        """Show the keys, and none of the forms."""
        self._columns.hide()

    def _connect(self) -> None:
        self.set_role.clicked.connect(self._on_set_role)
        self.vouch.clicked.connect(self._on_vouch)
        self.give.clicked.connect(self._on_give)
        self.who.currentIndexChanged.connect(self._show_role)
        self.whose.currentIndexChanged.connect(self._show_waiting)
        self.compared.toggled.connect(self._enable)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())

    def refresh(self) -> None:
        """Read keys and roles again."""
        history = load_key_history(self._case)
        self.notice.setVisible(self._case.keys.encrypted and not history.vouching_key)
        self.rows.show(
            [
                (
                    make_printable(key.name),
                    format_fingerprint(key.key),
                    make_printable(describe_vouching(key, history.names)),
                    f"{key.at[:10]} by {make_printable(describe_author(key, history.names))}",
                )
                for key in reversed(history.stated)
            ]
        )
        removed = load_removed(self._case)
        self._people = [examiner for examiner in self._case.examiners() if examiner.id not in removed]
        self._waiting = find_waiting_keys(self._case)
        others = [examiner for examiner in self._people if examiner.id != self._examiner.id]
        for box, people in ((self.who, self._people), (self.lost, others)):
            chosen = box.currentIndex()
            box.clear()
            for examiner in people:
                box.addItem(make_printable(examiner.name), examiner)
            box.setCurrentIndex(min(max(chosen, 0), len(people) - 1))
        self.whose.clear()
        self.whose.addItems([make_printable(key.name) for key in self._waiting])
        self._show_role()
        self._show_waiting()

    def _show_role(self) -> None:
        examiner = self.who.currentData()
        if examiner is not None:
            self.role.setCurrentText(str(self._case.roles.find_role(examiner.id)))

    def _show_waiting(self) -> None:
        key = self._find_chosen_key()
        for widget in (self.whose, self.compared, self.vouch):
            widget.setVisible(key is not None)
        self.compared.setChecked(False)
        if key is None:
            self.two_keys.setText(NO_KEY_WAITS)
        else:
            by = " and ".join(map(make_printable, key.vouchers)) or "nobody"
            self.two_keys.setText(
                f"The ledger states {format_fingerprint(key.stated)}\nThe key file holds "
                f"{format_fingerprint(key.key)}\nVouched for by {by}. Have its owner read it from paper."
            )
        self._enable()

    def _find_chosen_key(self) -> WaitingKey | None:
        at = self.whose.currentIndex()
        return self._waiting[at] if 0 <= at < len(self._waiting) else None

    def _enable(self) -> None:
        writes, me = not self._case.read_only, self._examiner.id
        leads = self._case.roles.find_role(me) is Role.LEAD
        self.set_role.setEnabled(writes and leads)
        self.set_role.setToolTip("" if leads else f"Only a lead may: {Right.SET_ROLES}.")
        self.vouch.setEnabled(writes and self.compared.isChecked())
        self.give.setEnabled(writes and self.lost.count() > 1)
        self.give.setToolTip(
            "" if self.lost.count() > 1 else "With two examiners the recovery key is needed."
        )

    def _on_set_role(self) -> None:
        examiner, role = self.who.currentData(), Role(self.role.currentText())
        self._start_job(
            self.role_said.setText,
            lambda _check: set_role(self._case, self._examiner.id, examiner, role),
            f"{make_printable(examiner.name)} is {role} from here on.",
        )

    def _on_vouch(self) -> None:
        key = self._find_chosen_key()
        if key is not None:
            self._start_job(
                self.waiting_said.setText,
                lambda check: vouch_for_key(self._case, key, check),
                f"You vouched for the key of {make_printable(key.name)}.",
            )

    def _on_give(self) -> None:
        if not self.lost_form.check_repeated():
            return
        examiner, words = self.lost.currentData(), self.theirs.text()
        self._start_job(
            self.lost_form.say,
            lambda check: give_new_passphrase(self._case, examiner, words, check),
            f"{make_printable(examiner.name)} can read with it, and act once one more examiner has vouched.",
            self.lost_form.tell_error,
            self.lost_form.clear,
        )

    def _start_job(
        self,
        say: Callable[[str], object],
        work: Callable[[CancelCheck], object],
        told: str,
        tell_error: Callable[[KnownError], object] | None = None,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        """In the background: making a key from a passphrase takes a second."""
        for button in (self.set_role, self.vouch, self.give):
            button.setEnabled(False)
        say("One moment…")

        def done(_result: object) -> None:
            then()
            self.changed.emit()
            say(told)

        def fail(error: KnownError) -> None:
            self._enable()
            say("")
            if tell_error is not None:
                tell_error(error)
            else:
                say(f"\u2716 {error}")

        self._case.jobs.start(
            "access", lambda control: work(control.check), self._post, on_done=done, on_failed=fail
        )
