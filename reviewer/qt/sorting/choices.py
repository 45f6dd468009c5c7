"""The six categories under the photograph: key, name, how many photographs have it; a click is the key."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from reviewer.domain.reading.category import CATEGORY_NAMES, Category

_MARGINS = 12, 8, 12, 4


class CategoryButtons(QWidget):
    """`chosen` carries the number of a category, 1 to 6."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*_MARGINS)
        self._grid.setSpacing(8)
        self._columns = 0
        self._buttons: dict[Category, QPushButton] = {}
        for number, category in enumerate(Category, start=1):
            button = QPushButton()
            button.setObjectName("choice")
            button.setCheckable(True)
            button.setMinimumHeight(32)
            button.setToolTip(
                f"{CATEGORY_NAMES[category]} ({number}); Shift+{number} sorts the rest of a run"
            )
            button.clicked.connect(lambda _on=False, number=number: self.chosen.emit(number))
            self._buttons[category] = button
        for button in self._buttons.values():
            button.setFocusPolicy(button.focusPolicy().NoFocus)

        self._arrange(len(Category))

    def minimumSizeHint(self) -> QSize:
        """As with two lines, which there are where one has no room."""
        return QSize(self._compute_width(len(self._buttons) // 2), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        whole = len(self._buttons)
        self._arrange(whole if self._compute_width(whole) <= self.width() else whole // 2)

    def _compute_width(self, columns: int) -> int:
        widest = max(button.sizeHint().width() for button in self._buttons.values())
        return columns * (widest + self._grid.spacing()) + _MARGINS[0] + _MARGINS[2]

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, place // columns, place % columns)
        for column in range(len(self._buttons)):
            self._grid.setColumnStretch(column, int(column < columns))

    def show_state(self, counts: Mapping[str, int], category: str) -> None:
        """Counts of the list, and which category the photograph on screen has."""
        for number, (key, button) in enumerate(self._buttons.items(), start=1):
            mark = "✓ " if key == category else ""
            button.setText(f"{number}  {mark}{CATEGORY_NAMES[key]}   {counts.get(key, 0):,}")
            button.setChecked(key == category)
        self._fit_columns()

    def texts(self) -> list[str]:
        return [button.text() for button in self._buttons.values()]
