"""Who reads: the Examiners of the Case, or a new name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from reviewer.domain.errors import KnownError, ReadOnly
from reviewer.domain.photos.case import Examiner
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.open_case import OpenCase


def make_examiner_list(examiners: Sequence[Examiner], height: int) -> QListWidget:
    """Return a list of their names in this order, at most `height` pixels high; the first is current."""
    made = QListWidget()
    made.setAccessibleName("Examiners")
    made.setMaximumHeight(height)
    made.addItems([examiner.name for examiner in examiners])
    made.setCurrentRow(0)
    return made


class ChooseExaminerScreen(Page):
    """`chosen` carries the Case and the Examiner."""

    chosen = Signal(object, object)

    def __init__(self, case: OpenCase) -> None:
        super().__init__(case.name, "Who reads? Every act is kept under the name chosen here.", 560)
        self._case = case
        self._people = case.readers()
        self._list = make_examiner_list(self._people, 200)
        self._list.itemActivated.connect(self._on_known)
        self._new = QLineEdit()
        self._new.setPlaceholderText("or a new name")
        self._new.setAccessibleName("New examiner")
        self._new.returnPressed.connect(self._on_new)
        self._said = make_text_label()
        go_on = make_main_button("Begin")
        go_on.clicked.connect(self._on_begin)
        self.column.addWidget(self._list)
        self.column.addWidget(self._new)
        self.add_row(go_on)
        self.column.addWidget(self._said)
        self.column.addStretch(1)
        if case.read_only:
            self._new.setEnabled(False)
            self._said.setText(str(ReadOnly(case.read_only)))
        self.setFocusProxy(self._list)

    def _on_begin(self) -> None:
        if self._new.text().strip():
            self._on_new()
        elif self._list.currentItem() is not None:
            self._on_known(self._list.currentItem())

    def _on_known(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self._case, self._people[self._list.row(item)])

    def _on_new(self) -> None:
        try:
            examiner: Examiner = enrol(self._case, self._new.text())
        except KnownError as error:
            self._said.setText(str(error))
            return
        self.chosen.emit(self._case, examiner)
