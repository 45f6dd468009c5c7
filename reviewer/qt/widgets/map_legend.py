"""What the signs of the body map mean: five signs with their words, one below the other."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.qt.widgets.region_signs import MARK_WORDS, UNSIDED, RegionSign, paint_sign

_SIDE, _GAP = 10, 6
_USUAL = (
    RegionSign.SELECTED,
    RegionSign.FINDING,
    RegionSign.ASSESSABLE,
    RegionSign.LIMITED,
    RegionSign.NOT,
)


class MapLegend(QWidget):
    """Always the five signs; a sixth for coverage without a side only where there is some.

    With `across` they stand beside one another in two lines, else one below the other.
    """

    def __init__(self, *, across: bool = False) -> None:
        super().__init__()
        self._per_line = 3 if across else 1
        self.setObjectName("mapLegend")
        self._signs: tuple[RegionSign, ...] = _USUAL
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name_signs()

    def show_levels(self, levels: Iterable[str]) -> None:
        """Explain also what only some photographs have."""
        signs = (*_USUAL[:4], UNSIDED) if UNSIDED in set(levels) else _USUAL
        if signs != self._signs:
            self._signs = signs
            self._name_signs()
            self.update()

    def _name_signs(self) -> None:
        self.setAccessibleName(
            f"Signs of the body map: {', '.join(MARK_WORDS[sign] for sign in self._signs)}"
        )

    def sizeHint(self) -> QSize:
        lines = -(-len(_USUAL) // self._per_line)
        return QSize(self._per_line * self._measure_cell(), lines * self._measure_line())

    def _measure_cell(self) -> int:
        wide = max(self.fontMetrics().horizontalAdvance(MARK_WORDS[sign]) for sign in _USUAL)
        return _SIDE + _GAP + wide + (2 * _GAP if self._per_line > 1 else 0)

    def _measure_line(self) -> int:
        return self.fontMetrics().lineSpacing() + (_GAP if self._per_line > 1 else 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, line, cell = QPainter(self), self._measure_line(), self._measure_cell()
        for number, sign in enumerate(self._signs):
            top, left = (number // self._per_line) * line, (number % self._per_line) * cell
            paint_sign(
                painter, sign, QRectF(left + 0.5, top + (line - _SIDE) / 2, _SIDE, _SIDE), self.palette()
            )
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            room = QRectF(left + _SIDE + _GAP, top, self.width() - left - _SIDE - _GAP, line)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, MARK_WORDS[sign]
            )
        painter.end()
