"""What does not fit together, one after the other, with the photographs it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from reviewer.domain.people.conflicts import Conflict
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page_head import PageHead
from reviewer.qt.widgets.photo_strip import PhotoStrip
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.whole_row import WrappedRowDelegate

_MOST_PHOTOS = 60
_HINT = (
    "Settled by an answer beside the table, by withdrawing a statement (on the card, W), by merging (M), "
    "by moving a photograph, or by accepting it as it is with a note (N). It comes back only if it becomes "
    "another conflict."
)


class ConflictPage(QWidget):
    """`opened` when a conflict is double-clicked."""

    opened = Signal()

    def __init__(self, thumbnail: Callable[[str], bytes | None]) -> None:
        super().__init__()
        self._found: Sequence[Conflict] = ()
        self._labels: Mapping[str, str] = {}
        self._gaps = False
        self._head, hint = PageHead("What does not fit together"), PlainLabel(_HINT, kind="quiet")
        hint.setWordWrap(True)
        self._acts = (
            KeyedButton("individuals.back", "Back"),
            KeyedButton("individuals.gaps", "Numbers not in this case"),
            KeyedButton("individuals.merge", "Merge"),
            KeyedButton("individuals.note", "Accept as it is"),
            KeyedButton("individuals.open", "Show these individuals", is_main=True),
        )
        for button in self._acts:
            self._head.add_act(button)
        self._counts = PlainLabel(kind="strong")
        self.list = QListWidget()
        self.list.setAccessibleName("Conflicts")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self._whole = PlainLabel()
        self._whole.setWordWrap(True)
        self._whole.setMinimumHeight(36)
        self.list.setItemDelegate(WrappedRowDelegate(self.list))
        self.strip = PhotoStrip(thumbnail, "Photographs of this conflict")
        column = make_column(self, spacing=12, margins=(24, 16, 24, 16))
        column.addWidget(self._head)
        column.addWidget(hint)
        column.addWidget(self._counts)
        column.addWidget(self.list, 3)
        column.addWidget(self._whole)
        column.addWidget(self.strip, 2)
        self.list.currentRowChanged.connect(lambda _row: self._show_photos())
        self.list.itemDoubleClicked.connect(lambda _item: self.opened.emit())

    def show_conflicts(self, found: Sequence[Conflict], labels: Mapping[str, str], gaps: bool) -> None:
        """`labels` says whose each Photo is, `gaps` whether numbers that are not in the Case are listed; the
        place in the list stays."""
        self._found, self._labels, self._gaps = found, labels, gaps
        if self.isVisible():
            self._fill_list()

    def showEvent(self, event: QShowEvent) -> None:
        self._fill_list()
        super().showEvent(event)

    def _fill_list(self) -> None:
        """Thousands of lines are made only when somebody looks at them."""
        row, found = self.list.currentRow(), self._found
        doubts = sum(conflict.is_doubt and not conflict.settled for conflict in found)
        gaps = sum(not conflict.is_doubt and not conflict.settled for conflict in found)
        settled = sum(bool(conflict.settled) for conflict in found)
        runs = f", {gaps:,} runs of numbers are not in this case" if self._gaps else ""
        self._counts.setText(
            f"{doubts:,} to work through, {settled:,} accepted as they are{runs}"
            if found
            else f"Nothing contradicts: no number and no fact{runs}."
        )
        self.list.clear()
        for conflict in found:
            item = QListWidgetItem(_format_conflict(conflict))
            if conflict.settled:
                item.setForeground(self.palette().placeholderText())
            self.list.addItem(item)
        if found:
            self.list.setCurrentRow(min(max(0, row), len(found) - 1))
        self._show_photos()

    def use_actions(self, find: FindAction) -> None:
        for button in self._acts:
            button.use_action(find)

    def choose(self, key: str) -> None:
        """Go to the conflict of that key, if it is listed."""
        row = next((row for row, conflict in enumerate(self._found) if conflict.key == key), -1)
        if row >= 0:
            self.list.setCurrentRow(row)

    @property
    def current(self) -> Conflict | None:
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def look(self, covered: bool, care: str) -> None:
        self.strip.rows.look(covered, care)

    def _show_photos(self) -> None:
        self._whole.setText(_format_conflict(self.current) if self.current is not None else "")
        photos = self.current.photos[:_MOST_PHOTOS] if self.current is not None else ()
        self.strip.show_photos([(photo, self._labels.get(photo, "")) for photo in photos])


def _format_conflict(conflict: Conflict) -> str:
    return f"{conflict.kind}: {conflict.sentence}" + (f"  ({conflict.settled})" if conflict.settled else "")
