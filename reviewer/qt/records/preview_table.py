"""How a file will be read: above each column what it holds, below its first cells as they are read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from reviewer.domain.names import make_printable
from reviewer.domain.people.individual import FACT_NAMES, FACTS_FROM_RECORDS, Fact
from reviewer.qt.records.words import format_cell, is_from_right
from reviewer.qt.widgets.plain_text import make_plain_tip
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.services.records.preview import RecordPreview

_LEFT_OUT = "Left out"
_NARROWEST, _WIDEST, _ROW_HEIGHT = 104, 280, 36
_PADDING, _ARROW = 8, 64


class PreviewTable(QTableWidget):
    """`chosen` says that another fact was chosen for a column."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("recordsPreview")
        self.setAccessibleName("How the file will be read")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWordWrap(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._boxes: list[NoScrollComboBox] = []
        self._columns: tuple[str, ...] = ()
        self._rows: list[int] = []
        self._fit_rows()

    def show_preview(self, preview: RecordPreview) -> None:
        names = tuple(name for name, _fact in preview.columns)
        if names != self._columns:
            self._make_boxes(names)
        for box, (_name, fact) in zip(self._boxes, preview.columns, strict=True):
            box.blockSignals(True)
            box.setCurrentIndex(box.findData(str(fact) if fact else ""))
            box.blockSignals(False)
        rows = preview.shown
        self._rows = [row.row for row in rows]
        self.setRowCount(1 + len(rows))
        self.setVerticalHeaderLabels(["holds", *(str(row.row) for row in rows)])
        for place, row in enumerate(rows, start=1):
            facts = {fact.column: fact for fact in row.facts}
            for column, name in enumerate(names):
                cell = row.cells[column] if column < len(row.cells) else ""
                text = format_cell(facts[name]) if name in facts else make_printable(cell)
                item = QTableWidgetItem(text)
                side = Qt.AlignmentFlag.AlignRight if is_from_right(cell) else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(make_plain_tip(text))
                if name not in facts:
                    item.setForeground(self.palette().placeholderText())
                self.setItem(place, column, item)
        self._fit_columns()

    def select_row(self, number: int) -> None:
        """Go to a row by its number in the file, if it is among those that are shown."""
        if number in self._rows:
            place = 1 + self._rows.index(number)
            self.selectRow(place)
            self.scrollTo(self.model().index(place, 0), QAbstractItemView.ScrollHint.EnsureVisible)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_rows()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(_ROW_HEIGHT, self.fontMetrics().height() + 16))

    def _fit_columns(self) -> None:
        """As wide as what a column holds, within limits; the rest of a long cell is in its tooltip."""
        across, side = self.fontMetrics().horizontalAdvance, 2 * _PADDING
        for column, box in enumerate(self._boxes):
            wanted = max(
                self.sizeHintForColumn(column),
                across(box.currentText()) + _ARROW,
                across(self._columns[column]) + side,
            )
            self.setColumnWidth(column, min(max(_NARROWEST, wanted), _WIDEST))

    def columns(self) -> dict[str, str]:
        """What stands above the columns now: name -> Fact, "" for left out."""
        return {name: str(box.currentData()) for name, box in zip(self._columns, self._boxes, strict=True)}

    def choose(self, column: str, fact: Fact | None) -> None:
        """Say what a column holds, as if it had been chosen in its box."""
        box = self._boxes[self._columns.index(column)]
        box.setCurrentIndex(box.findData(str(fact) if fact else ""))

    def _make_boxes(self, names: tuple[str, ...]) -> None:
        self.clear()
        self._columns = names
        self.setColumnCount(len(names))
        self.setRowCount(1)
        self.setHorizontalHeaderLabels(list(names))
        for column, name in enumerate(names):
            item = self.horizontalHeaderItem(column)
            if item is not None and is_from_right(name):
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._boxes = []
        for column, name in enumerate(names):
            box = NoScrollComboBox()
            box.setAccessibleName(f"What the column {name} holds")
            box.addItem(_LEFT_OUT, "")
            for fact in FACTS_FROM_RECORDS:
                box.addItem(FACT_NAMES[fact], str(fact))
            box.setSizeAdjustPolicy(NoScrollComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(self.chosen)
            self.setCellWidget(0, column, box)
            self._boxes.append(box)
