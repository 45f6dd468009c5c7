"""Access that ends: an examiner is removed, a machine or copy was lost; what ends and what does not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.qt.case.key_change_row import KeyChangeButtons
from reviewer.qt.widgets.field_message import FieldMessage
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import make_button_row, make_main_button, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.services.case import access_words as words
from reviewer.services.case.case_key import KeyChangeReason, describe_copies_beside, find_left_out
from reviewer.services.case.key_changing import KeyChangePhase, KeyChanging
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.removed import load_removed

_WIDTH = 620
_ABOUT = (
    "An examiner who no longer belongs to the case is removed, or the key of the case is changed because a "
    "machine or a copy of the case was lost."
)


class EndAccessDialog(QDialog):
    """Says what ends and what does not, and asks once more. With `asks_why` a reason is needed."""

    def __init__(self, title: str, ends: str, act: str, *, asks_why: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(_WIDTH)
        self.why = QLineEdit()
        self.why.setAccessibleName("Why, as it is to stand in the ledger")
        self.go_on, self.leave = make_main_button(act), QPushButton("Cancel")
        column = make_column(self, spacing=12, margins=(24, 20, 24, 20))
        column.addWidget(make_text_label(title, "strong"))
        for text in (ends, words.OLD_COPIES, words.NEW_RECOVERY_KEY):
            column.addWidget(make_text_label(text))
        if asks_why:
            label = PlainLabel("Why, as it is to stand in the ledger")
            label.setBuddy(self.why)
            column.addWidget(label)
            column.addWidget(self.why)
            self.go_on.setEnabled(False)
            self.why.textChanged.connect(lambda text: self.go_on.setEnabled(bool(text.strip())))
        column.addLayout(make_button_row(self.go_on, self.leave))
        self.go_on.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)


class EndAccessBox(FramedBox):
    """`key_wanted` asks for the new recovery key, once the key is changed and this is on screen; `changed`
    says that the examiners are others."""

    key_wanted = Signal()
    changed = Signal()

    def __init__(self, case: OpenCase, examiner: Examiner, changing: KeyChanging) -> None:
        super().__init__("Access that ends")
        self._case, self._examiner, self._changing = case, examiner, changing
        self._people: list[Examiner] = []
        self.whom = NoScrollComboBox()
        self.whom.setAccessibleName("Examiner to be removed")
        self.remove, self.lost = QPushButton("Remove…"), QPushButton("A machine or copy was lost…")
        self.finish = QPushButton("Change the key now")
        self.left_out, self.copies = make_text_label(), make_text_label(kind="quiet")
        self.under_way, self.said = KeyChangeButtons(changing), FieldMessage()
        self.said.setAccessibleName("Access that ends")
        self.column.addWidget(make_text_label(_ABOUT, "quiet"))
        self.column.addWidget(self.left_out)
        self.column.addLayout(make_button_row(self.whom, self.remove))
        self.column.addLayout(make_button_row(self.lost, self.finish))
        self.column.addWidget(self.under_way)
        self.column.addWidget(self.said)
        self.column.addWidget(self.copies)
        self.remove.clicked.connect(self._ask_to_remove)
        self.lost.clicked.connect(self._ask_because_lost)
        self.finish.clicked.connect(self._finish)
        changing.on_changed.connect(self._show_change)
        self.under_way.show_state()
        for part in (self.left_out, self.copies, self.finish):
            part.hide()  # until it is read whether there is anything to say
        for button in (self.remove, self.lost):
            button.setEnabled(False)

    def refresh(self) -> None:
        """Read again who can be removed, and whether a change is left to do."""
        case, is_going = self._case, self._changing.state.is_going
        removed = load_removed(case)
        self._people = [
            examiner
            for examiner in case.examiners()
            if examiner.id != self._examiner.id and examiner.id not in removed
        ]
        self.whom.clear()
        self.whom.addItems([make_printable(examiner.name) for examiner in self._people])
        writes = not case.read_only and not is_going
        self.whom.setEnabled(writes and bool(self._people))
        self.remove.setEnabled(writes and bool(self._people))
        left_out = find_left_out(case) if case.keys.encrypted else []
        said = f"{words.describe_left_out(left_out)} {words.HOW_TO_LET_IN}" if left_out else ""
        self._say_quietly(self.left_out, said)
        self._say_quietly(self.copies, describe_copies_beside(case))
        self.lost.setVisible(case.keys.encrypted)
        self.lost.setEnabled(writes and not left_out)
        wanted = self._changing.wanted
        self.finish.setVisible(wanted is not None)
        self.finish.setEnabled(writes and not left_out)
        if wanted is not None and not self._changing.state.said:
            self.said.say_wrong(words.describe_wanted(wanted is KeyChangeReason.REMOVED))
        elif not self.said.text():
            self._say_state()

    def _say_quietly(self, label: PlainLabel, sentence: str) -> None:
        label.setText(sentence)
        label.setVisible(bool(sentence))

    def _ask(self, title: str, ends: str, act: str, then: Callable[[str], None], *, asks_why: bool) -> None:
        dialog = EndAccessDialog(title, ends, act, asks_why=asks_why, parent=self.window())
        dialog.accepted.connect(lambda: then(dialog.why.text()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_to_remove(self) -> None:
        examiner = self._people[self.whom.currentIndex()]
        ends = words.WHAT_REMOVAL_ENDS if self._case.keys.encrypted else words.WHAT_REMOVAL_ENDS_UNENCRYPTED
        self._ask(
            f"Remove {make_printable(examiner.name)} from this case?",
            ends,
            "Remove and change the key" if self._case.keys.encrypted else "Remove",
            lambda why: self._changing.remove(examiner, why),
            asks_why=True,
        )

    def _ask_because_lost(self) -> None:
        self._ask(
            "Change the key of the case?",
            words.WHAT_LOSS_ENDS,
            "Change the key",
            lambda _why: self._changing.change(KeyChangeReason.LOST),
            asks_why=False,
        )

    def _finish(self) -> None:
        wanted = self._changing.wanted
        if wanted is not None:
            self._changing.change(wanted)

    def _show_change(self) -> None:
        """Say how far the change is, or how it ended."""
        state = self._changing.state
        self._say_state()
        if not state.is_going:
            self.changed.emit()
            if self._changing.lacks_recovery_key and self.isVisible():
                self.key_wanted.emit()
        elif state.share is None:
            self.refresh()

    def _say_state(self) -> None:
        state = self._changing.state
        is_wrong = state.phase is KeyChangePhase.FAILED
        (self.said.say_wrong if is_wrong else self.said.say)(state.said)
