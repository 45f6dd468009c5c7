"""The key above a figure: each part of a bar beside its name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reviewer.domain.figures.figures import FigureKind
from reviewer.qt.look.theme import Theme
from reviewer.qt.statistics.bar_drawing import draw_absent, draw_inconclusive, draw_interval, draw_present
from reviewer.qt.widgets.flow_row import make_flow_row
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel

_Draw = Callable[[QPainter, Theme, QRectF], None]
_WIDE, _TALL = 24, 12
_INTERVAL_NAME = "95 % interval of {side} among all (Wilson)"


class FigureKey(QWidget):
    """Names the sides of a kind of figures, and the interval where there is one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._entries = [
            _KeyEntry(draw) for draw in (draw_present, draw_absent, draw_inconclusive, _draw_sample)
        ]
        self.setLayout(make_flow_row(*self._entries, spacing=16))
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        for entry in self._entries:
            entry.swatch.apply_theme(theme)

    def show_kind(self, kind: FigureKind, *, with_interval: bool) -> None:
        names = (*kind.sides, _INTERVAL_NAME.format(side=kind.sides[0]))
        for entry, name in zip(self._entries, names, strict=True):
            entry.label.setText(name)
        self._entries[-1].setVisible(with_interval)

    def shown_names(self) -> list[str]:
        return [entry.label.text() for entry in self._entries if not entry.isHidden()]


class _KeyEntry(QWidget):
    def __init__(self, draw: _Draw) -> None:
        super().__init__()
        self.swatch, self.label = _KeySwatch(draw), PlainLabel(kind="quiet")
        row = make_row(self, spacing=8)
        row.addWidget(self.swatch)
        row.addWidget(self.label)


class _KeySwatch(QWidget):
    def __init__(self, draw: _Draw) -> None:
        super().__init__()
        self._draw = draw
        self._theme: Theme | None = None
        self.setFixedSize(_WIDE, _TALL)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is not None:
            painter = QPainter(self)
            self._draw(painter, self._theme, QRectF(self.rect()))
            painter.end()


def _draw_sample(painter: QPainter, theme: Theme, place: QRectF) -> None:
    ends = place.left() + 1, place.right() - 1
    draw_interval(painter, theme.colour("text"), ends, place.center().x(), place.center().y(), _TALL * 0.6)
