"""One joined row of words of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.layouts import make_row

_TALL, _LEAST_PAD, _PAD, _CORNER = 28, 8, 12, 4
_ABOVE_AND_BELOW = 12
"""As much as a button has, its edge included: they stand beside one another."""


class SegmentRow(QWidget):
    """`chosen` carries the place of the word that was clicked or reached with an arrow key."""

    chosen = Signal(int)

    def __init__(self, words: Sequence[str], current: int = 0) -> None:
        super().__init__()
        last = len(words) - 1
        self.buttons = tuple(_Segment(word, place == 0, place == last) for place, word in enumerate(words))
        row = make_row(self, spacing=0)
        for place, button in enumerate(self.buttons):
            row.addWidget(button, 1)
            button.clicked.connect(lambda _on, place=place: self.chosen.emit(place))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_current(current)

    @property
    def current(self) -> int:
        return next((place for place, button in enumerate(self.buttons) if button.isChecked()), -1)

    def set_current(self, place: int) -> None:
        """Show which is chosen, without telling anybody."""
        self.buttons[place].setChecked(True)


class _Segment(QAbstractButton):
    def __init__(self, word: str, is_first: bool, is_last: bool) -> None:
        super().__init__()
        self.setText(word)
        self._is_first, self._is_last = is_first, is_last
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _measure(self, pad: int) -> QSize:
        metrics = self.fontMetrics()
        return QSize(
            metrics.horizontalAdvance(self.text()) + 2 * pad, max(_TALL, metrics.height() + _ABOVE_AND_BELOW)
        )

    def sizeHint(self) -> QSize:
        return self._measure(_PAD)

    def minimumSizeHint(self) -> QSize:
        return self._measure(_LEAST_PAD)

    def _make_outline(self, inset: float) -> QPainterPath:
        """A box whose corners are round only at the ends of the row; neighbours share an edge."""
        left = inset if self._is_first else inset - 1
        box = QRectF(self.rect()).adjusted(left, inset, -inset, -inset)
        path, corner = QPainterPath(), float(_CORNER)
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(box, corner, corner)
        middle = box.center().x()
        if not self._is_first:
            path.addRect(box.adjusted(0, 0, middle - box.right(), 0))
        if not self._is_last:
            path.addRect(box.adjusted(middle - box.left(), 0, 0, 0))
        return path.simplified()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), get_worn_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, width = ("on_edge" if self.isChecked() else "edge"), 1
        if self.hasFocus():
            edge, width = "accent", 2
        ground = "hover" if self.underMouse() and self.isEnabled() else "raised"
        painter.setPen(QPen(theme.colour(edge), width))
        painter.setBrush(theme.colour("on" if self.isChecked() else ground))
        painter.drawPath(self._make_outline(width / 2))
        painter.setPen(theme.colour("text" if self.isEnabled() else "off"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
