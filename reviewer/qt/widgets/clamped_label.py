"""A label that breaks its text into so many lines as there is room for, and says it all when pointed at."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy

from reviewer.qt.widgets.elided_label import ClickedLabel


class ClampedLabel(ClickedLabel):
    """Its height is that of `lines` lines whatever it says, so that nothing below it moves."""

    def __init__(self, name: str, lines: int, *, kind: str = "") -> None:
        super().__init__(name, kind=kind)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._lines * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().lineSpacing())

    @property
    def is_cut(self) -> bool:
        shown = break_in_lines(self.text(), self.fontMetrics(), self.contentsRect().size())
        return bool(shown) and shown[-1].endswith("…") and not self.text().endswith("…")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = QPainter(self), self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        paint_lines(painter, self.text(), room)
        painter.end()


def paint_lines(painter: QPainter, text: str, room: QRect) -> None:
    """Paint as much of a text as goes into a room, from its top."""
    metrics, left = painter.fontMetrics(), Qt.AlignmentFlag.AlignLeft
    for number, line in enumerate(break_in_lines(text, metrics, room.size())):
        top = room.top() + number * metrics.lineSpacing()
        painter.drawText(QRect(room.left(), top, room.width(), metrics.lineSpacing()), left, line)


def break_in_lines(text: str, metrics: QFontMetrics, room: QSize) -> list[str]:
    """Break a text at words; the last line that fits ends in an ellipsis if there is more."""
    most = max(1, room.height() // metrics.lineSpacing())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text)
    layout.setTextOption(option)
    found: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, room.width()))
        line.setPosition(QPointF(0, 0))
        start = line.textStart()
        if len(found) + 1 == most:
            rest = text[start:]
            found.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room.width()))
            break
        found.append(text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return found
