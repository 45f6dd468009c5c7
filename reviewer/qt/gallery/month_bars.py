"""Months as small bars: a click chooses one, a drag several beside each other, a second click none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from reviewer.qt.look.theme import Theme, make_font

_TALL, _LEAST = 36, 2


class MonthBars(QWidget):
    """`chosen`: the first and the last month that were chosen, the same twice for one; nothing for none."""

    chosen = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme | None = None
        self._caption = self.font()
        """Not the font of the widget: the style sheet and `setFont` would each have it in turn."""
        self._months: list[tuple[str, int]] = []
        self._range: tuple[str, str] | None = None
        self._pressed = self._over = self._cursor = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Months")

    def apply_theme(self, theme: Theme) -> None:
        self._theme, self._caption = theme, make_font(theme, "caption")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, _TALL + QFontMetrics(self._caption).height() + 8)

    def show_months(self, months: Sequence[tuple[str, int]], chosen: Sequence[str]) -> None:
        """Months with their counts in order; `chosen` as a query says it: "2012-05", "2012-05..2012-08"."""
        self._months = list(months)
        ends = [tuple(value.split("..")) for value in chosen]
        self._range = (min(end[0] for end in ends), max(end[-1] for end in ends)) if ends else None
        said = f", chosen: {' to '.join(self._range)}" if self._range else ""
        self.setAccessibleDescription(f"{len(self._months)} months{said}")
        self.update()

    def find_month(self, at: QPoint) -> int:
        """The place of the month at a point."""
        if not self._months:
            return -1
        return min(len(self._months) - 1, max(0, at.x() * len(self._months) // max(1, self.width())))

    def step(self, by: int) -> None:
        """With the keyboard, to the next month or the one before."""
        if self._months:
            self._cursor = min(max(0, self._cursor + by), len(self._months) - 1)
            month, count = self._months[self._cursor]
            self.setAccessibleDescription(f"{month}: {count:,} photographs")
            self.update()

    def click(self) -> None:
        """Choose the month the keyboard is at; again: none."""
        if 0 <= self._cursor < len(self._months):
            month = self._months[self._cursor][0]
            self.chosen.emit([] if (month, month) == self._range else [month])

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None or not self._months:
            return
        painter = QPainter(self)
        most = max(count for _month, count in self._months)
        for place, (month, count) in enumerate(self._months):
            painter.fillRect(self._place_bar(place, count / most), self._choose_colour(place, month))
        if 0 <= self._cursor < len(self._months) and self.property("current"):
            bar = self._place_bar(self._cursor, 1)
            painter.fillRect(QRect(bar.left(), _TALL + 1, bar.width(), 2), self._theme.colour("accent"))
        painter.setFont(self._caption)
        painter.setPen(self._theme.colour("quiet"))
        line = QRect(0, _TALL + 4, self.width(), self.height() - _TALL - 4)
        first, last = self._range or (self._months[0][0], self._months[-1][0])
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, first)
        if last != first:
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, last)
        painter.end()

    def _place_bar(self, place: int, share: float) -> QRect:
        wide = self.width() / len(self._months)
        left, right = round(place * wide), round((place + 1) * wide)
        tall = max(_LEAST, round(share * (_TALL - 4)))
        return QRect(left, _TALL - tall, max(1, right - left - 1), tall)

    def _choose_colour(self, place: int, month: str) -> QColor:
        theme = self._theme
        if theme is None:
            return QColor()
        if self._pressed >= 0:
            inside = min(self._pressed, self._over) <= place <= max(self._pressed, self._over)
        else:
            inside = self._range is None or self._range[0] <= month <= self._range[1]
        return theme.colour("figure_present" if inside else "figure_absent")

    # events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._over = self.find_month(event.position().toPoint())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed >= 0:
            self._over = self.find_month(event.position().toPoint())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        pressed, over = self._pressed, self._over
        self._pressed = self._over = -1
        if pressed < 0:
            return
        ends = self._months[min(pressed, over)][0], self._months[max(pressed, over)][0]
        self.chosen.emit([] if ends == self._range else list(dict.fromkeys(ends)))
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.find_month(event.pos())
            if place >= 0:
                month, count = self._months[place]
                QToolTip.showText(event.globalPos(), f"{month}: {count:,} photographs", self)
            return True
        return super().event(event)
