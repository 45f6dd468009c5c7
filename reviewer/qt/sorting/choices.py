"""The six categories under the photograph: key, name, how many photographs have it; a click is the key."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from reviewer.domain.category import NAMES, Category


class Choices(QWidget):
    """`chosen` carries the number of a category, 1 to 6."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 4)
        row.setSpacing(8)
        self._buttons: dict[Category, QPushButton] = {}
        for number, category in enumerate(Category, start=1):
            button = QPushButton()
            button.setObjectName("choice")
            button.setCheckable(True)
            button.setMinimumHeight(32)
            button.setToolTip(f"{NAMES[category]} ({number}); Shift+{number} sorts the rest of a run")
            button.clicked.connect(lambda _on=False, number=number: self.chosen.emit(number))
            row.addWidget(button, 1)
            self._buttons[category] = button
        for button in self._buttons.values():
            button.setFocusPolicy(button.focusPolicy().NoFocus)

    def show_state(self, counts: Mapping[str, int], category: str) -> None:
        """Counts of the list, and which category the photograph on screen has."""
        for number, (each, button) in enumerate(self._buttons.items(), start=1):
            mark = "✓ " if each == category else ""
            button.setText(f"{number}  {mark}{NAMES[each]}   {counts.get(each, 0):,}")
            button.setChecked(each == category)

    def texts(self) -> list[str]:
        return [button.text() for button in self._buttons.values()]
