"""What both drawings of a table share: one figure is chosen, a click says which is meant."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget


class FigureView(QWidget):
    """`clicked` and `opened` carry the key of a figure: after a click, and after a double click.

    A drawing says in `key_at` what lies where, and in `lay_out` makes itself anew for the room it has.
    """

    clicked, opened = Signal(str), Signal(str)

    def __init__(self, room: int = 0) -> None:
        super().__init__()
        self._chosen, self._room = "", room

    def key_at(self, _place: QPointF) -> str:
        """The figure under a point of the widget, "" for none."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Draw for `_room` pixels across."""
        raise NotImplementedError

    def fit(self, width: int) -> None:
        """Take as much room as there is, in pixels."""
        if width != self._room:
            self._room = width
            self.lay_out()

    def choose(self, key: str, words: str = "") -> None:
        self._chosen = key
        self.setAccessibleDescription(words)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self.key_at(event.position())
        if key and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        key = self.key_at(event.position())
        if key and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(key)
