"""Who reads: the Examiners of the Case, or a new name; for looking only, whose readings are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from reviewer.domain.errors import KnownError, ReadOnly
from reviewer.domain.photos.case import Examiner
from reviewer.qt.widgets.field_message import FieldMessage
from reviewer.qt.widgets.page import Page, make_main_button
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.open_case import OpenCase


class ExaminerList(QListWidget):
    """Their names in this order, the first one current; as high as its rows, up to `most` pixels."""

    def __init__(self, examiners: Sequence[Examiner], most: int) -> None:
        super().__init__()
        self._most = most
        self.setObjectName("examiners")
        self.setAccessibleName("Examiners")
        self.addItems([examiner.name for examiner in examiners])
        self.setCurrentRow(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._fit()

    def _fit(self) -> None:
        """Measure the rows again: the style gives them their padding, and comes after they were made."""
        self.doItemsLayout()
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(min(self._most, rows + 2 * self.frameWidth()))


_WHO_READS = "Who reads? Every act is kept under the name chosen here."
_WHOSE_READINGS = "Whose readings are to be shown? Nothing is written into the case."


class ChooseExaminerScreen(Page):
    """`chosen` carries the Case and the Examiner. A Case that is open for reading only takes no new name."""

    chosen = Signal(object, object)

    def __init__(self, case: OpenCase) -> None:
        super().__init__(case.name, _WHOSE_READINGS if case.read_only else _WHO_READS, 560)
        self._case = case
        self._people = case.readers()
        self._list = ExaminerList(self._people, 200)
        self._list.itemActivated.connect(self._on_known)
        self._new = QLineEdit()
        self._new.setPlaceholderText("or a new name")
        self._new.setAccessibleName("New examiner")
        self._new.returnPressed.connect(self._on_new)
        self._said = FieldMessage(self._new)
        go_on = make_main_button("Begin")
        go_on.clicked.connect(self._on_begin)
        self.column.addWidget(self._list)
        self.column.addWidget(self._new)
        self.column.addWidget(self._said)
        self.add_row(go_on)
        self.column.addStretch(1)
        if case.read_only:
            self._new.hide()
            self._said.say(str(ReadOnly(case.read_only)))
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
            self._said.say_wrong(str(error))
            return
        self.chosen.emit(self._case, examiner)
