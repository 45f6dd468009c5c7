"""What stands where content would be while there is none: a sign, what is, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.qt.look.icons import paint_icon
from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.flow_row import FlowRow
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.plain_text import PlainLabel

_SIGN, _WIDEST = 24, 480


class StateSign(QWidget):
    """An icon in a colour of the theme: "quiet" for nothing to do, "warn" for what waits, "alarm"."""

    def __init__(self, icon: str, colour: str = "quiet") -> None:
        super().__init__()
        self._icon, self._colour = icon, colour
        self.setFixedSize(_SIGN, _SIGN)

    def show_sign(self, icon: str, colour: str) -> None:
        self._icon, self._colour = icon, colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, self._icon, get_worn_theme().colour(self._colour), 0, 0, _SIGN)
        painter.end()


class EmptyState(FramedBox):
    """Has room for a few buttons; they flow into a second line where the window is narrow."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._sign = StateSign(icon)
        self.sentence = PlainLabel(kind="quiet")
        self.sentence.setWordWrap(True)
        self.setMaximumWidth(_WIDEST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.column.insertWidget(0, self._sign)
        self.column.addWidget(self.sentence)
        self._acts = FlowRow()
        self.column.addLayout(self._acts)

    def sizeHint(self) -> QSize:
        """As high as its words are at the width it gets, whatever the size of type."""
        return QSize(_WIDEST, self.heightForWidth(_WIDEST))

    def show_state(self, title: str, sentence: str, *, icon: str = "", colour: str = "quiet") -> None:
        """Say what is and what it means, in a colour by how much it matters."""
        self.title.setText(title)
        self.title.setVisible(True)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        if icon:
            self._sign.show_sign(icon, colour)

    def add_act(self, button: QWidget) -> None:
        self._acts.addWidget(button)
