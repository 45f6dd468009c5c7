"""How a file will be read: above each column what it holds, below its first cells as they are read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from reviewer.domain.names import make_printable
from reviewer.domain.people.individual import FACT_NAMES, FACTS_FROM_RECORDS, Fact
from reviewer.qt.records.words import format_cell
from reviewer.qt.widgets.plain_text import make_plain_tip
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.services.records.preview import RecordPreview

_LEFT_OUT = "Left out"
_WIDE = 208


class PreviewTable(QTableWidget):
    """`chosen` says that another fact was chosen for a column."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("How the file will be read")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWordWrap(False)
        self.horizontalHeader().setDefaultSectionSize(_WIDE)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._boxes: list[NoScrollComboBox] = []
        self._columns: tuple[str, ...] = ()

    def show_preview(self, preview: RecordPreview) -> None:
        names = tuple(name for name, _fact in preview.columns)
        if names != self._columns:
            self._make_boxes(names)
        for box, (_name, fact) in zip(self._boxes, preview.columns, strict=True):
            box.blockSignals(True)
            box.setCurrentIndex(box.findData(str(fact) if fact else ""))
            box.blockSignals(False)
        rows = preview.first_rows()
        self.setRowCount(1 + len(rows))
        self.setVerticalHeaderLabels(["holds", *(str(row.row) for row in rows)])
        for place, row in enumerate(rows, start=1):
            facts = {fact.column: fact for fact in row.facts}
            for column, name in enumerate(names):
                cell = row.cells[column] if column < len(row.cells) else ""
                text = format_cell(facts[name]) if name in facts else make_printable(cell)
                item = QTableWidgetItem(text)
                item.setToolTip(make_plain_tip(text))
                if name not in facts:
                    item.setForeground(self.palette().placeholderText())
                self.setItem(place, column, item)

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
        self._boxes = []
        for column, name in enumerate(names):
            box = NoScrollComboBox()
            box.setAccessibleName(f"What the column {name} holds")
            box.addItem(_LEFT_OUT, "")
            for fact in FACTS_FROM_RECORDS:
                box.addItem(FACT_NAMES[fact], str(fact))
            box.currentIndexChanged.connect(self.chosen)
            self.setCellWidget(0, column, box)
            self._boxes.append(box)
