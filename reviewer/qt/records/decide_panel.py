"""Beside a file that is to be loaded: first what must be decided, then what is in doubt."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from reviewer.domain.records.dates import DateOrder
from reviewer.qt.records.row_detail import PANEL_WIDTH
from reviewer.qt.records.words import format_doubt
from reviewer.qt.widgets.choice_list import ChoiceList
from reviewer.qt.widgets.layouts import make_hairline, make_row
from reviewer.qt.widgets.page import make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.qt.widgets.side_panel import InfoPanel
from reviewer.qt.widgets.whole_row import WrappedRowDelegate
from reviewer.services.records.preview import MOST_DOUBTS_SHOWN, RecordPreview

_ROW = Qt.ItemDataRole.UserRole
_ORDER_WORDS = {
    DateOrder.DAY_FIRST: "day first",
    DateOrder.MONTH_FIRST: "month first",
    DateOrder.ISO: "only dates that begin with the year",
}


class DecidePanel(InfoPanel):
    """`order_chosen` carries a DateOrder, `row_chosen` the number of a row whose doubt was selected."""

    order_chosen = Signal(object)
    row_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(PANEL_WIDTH)
        self._count, self._question = PlainLabel(kind="quiet"), make_text_label("", "strong")
        self._why = make_text_label("", "quiet")
        self.choices = ChoiceList("Order of day and month")
        self.doubts = QListWidget()
        self.doubts.setAccessibleName("What is odd about the file")
        self.doubts.setWordWrap(True)
        self.doubts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._wrapped = WrappedRowDelegate(self.doubts)
        self.doubts.setItemDelegate(self._wrapped)
        self._doubt_count = PlainLabel(kind="quiet")
        for words, count in (("To decide", self._count), ("Doubts", self._doubt_count)):
            row = make_row(spacing=8)
            row.addWidget(PlainLabel(words, kind="strong"), 0, Qt.AlignmentFlag.AlignTop)
            count.setWordWrap(True)
            row.addWidget(count, 1)
            self.column.addLayout(row)
            if count is self._count:
                for widget in (self._question, self._why, self.choices, make_hairline()):
                    self.column.addWidget(widget)
        self.column.addWidget(self.doubts, 1)
        self._orders: list[DateOrder] = []
        self.choices.chosen.connect(lambda place: self.order_chosen.emit(self._orders[place]))
        self.doubts.currentItemChanged.connect(self._on_doubt)
        self.clear()

    def clear(self) -> None:
        """Nothing is known of the file yet."""
        self.doubts.clear()
        self._doubt_count.setText("")
        self._show_question("", "", "")

    @property
    def said(self) -> str:
        """What is to be decided, in words; "" for nothing."""
        return " ".join(filter(None, (self._question.text(), self._why.text())))

    def list_doubts(self) -> list[str]:
        return [self.doubts.item(row).text() for row in range(self.doubts.count())]

    def show_preview(self, preview: RecordPreview) -> None:
        """What is open, with what each answer would mean, and every doubt."""
        orders = preview.explain_orders()
        self._orders = [order for order, _rows in orders]
        self.choices.show_choices([(_ORDER_WORDS[order], _describe_rows(rows)) for order, rows in orders])
        self.choices.setVisible(bool(orders))
        unclear = preview.unclear
        if orders:
            self._show_question("1", "Day or month first?", unclear.message if unclear else "")
        elif unclear is not None:
            self._show_question("1", unclear.message, unclear.hint)
        else:
            self._show_question("nothing", "", "")
        self._show_doubts(preview)

    def _show_question(self, count: str, question: str, why: str) -> None:
        self._count.setText(count)
        for label, words in ((self._question, question), (self._why, why)):
            label.setText(words)
            label.setVisible(bool(words))
        if not question:
            self.choices.hide()

    def _show_doubts(self, preview: RecordPreview) -> None:
        self.doubts.clear()
        for note in preview.notes():
            self.doubts.addItem(note)
        for row, fact in preview.doubts[:MOST_DOUBTS_SHOWN]:
            item = QListWidgetItem(format_doubt(row, fact))
            item.setData(_ROW, row)
            item.setToolTip(make_plain_tip(item.text()))
            self.doubts.addItem(item)
        more = len(preview.doubts) - MOST_DOUBTS_SHOWN
        if more > 0:
            self.doubts.addItem(f"and {more:,} more doubts")
        count = len(preview.doubts)
        self._doubt_count.setText(
            f"{count:,}, kept as they stand, read as nothing" if count else "none: every cell was read"
        )

    def _on_doubt(self, item: QListWidgetItem | None) -> None:
        row = item.data(_ROW) if item is not None else None
        if isinstance(row, int):
            self.row_chosen.emit(row)


def _describe_rows(rows: tuple[tuple[int, str], ...]) -> str:
    """ "row 7: 2012-04-03, row 9: 2012-12-04" """
    if not any(value for _row, value in rows):
        return f"row {', '.join(str(row) for row, _value in rows)}: read as nothing" if rows else ""
    return ", ".join(f"row {row}: {value or 'read as nothing'}" for row, value in rows)
