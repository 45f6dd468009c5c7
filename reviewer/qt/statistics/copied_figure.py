"""A figure for the clipboard: as a report prints it, with its title and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from reviewer.domain.figures.plots import PRINT_COLOURS, Plot
from reviewer.qt.look.theme import Theme, make_font
from reviewer.qt.statistics.plot_view import use_typeface

PRINTED_WIDTH = 680
"""In units of a plot, as on a page."""
_SCALE, _EDGE, _GAP = 2, 12, 8
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def paint_figure(theme: Theme, title: str, line: str, plots: Sequence[Plot], said: Sequence[str]) -> QImage:
    """One picture on white, two pixels for each unit: title, `line`, the plots, and sentences below."""
    small = QFont(make_font(theme))
    small.setPixelSize(11)
    bold = QFont(small)
    bold.setPixelSize(15)
    bold.setWeight(QFont.Weight.DemiBold)
    width = max((plot.width for plot in plots), default=PRINTED_WIDTH)
    above = [(bold, title, PRINT_COLOURS.text), (small, line, PRINT_COLOURS.quiet)]
    below = [(small, sentence, PRINT_COLOURS.quiet) for sentence in said]
    texts = sum(_measure(font, words, width) + _GAP for font, words, _colour in (*above, *below))
    tall = texts + sum(plot.height + _GAP for plot in plots)
    image = QImage((width + 2 * _EDGE) * _SCALE, (tall + 2 * _EDGE) * _SCALE, QImage.Format.Format_RGB32)
    image.fill(QColor(PRINT_COLOURS.paper))
    painter = QPainter(image)
    painter.scale(_SCALE, _SCALE)
    y = _EDGE
    for font, words, colour in above:
        y = _draw_words(painter, font, words, colour, QRect(_EDGE, y, width, tall))
    for plot in plots:
        renderer = QSvgRenderer(QByteArray(use_typeface(plot.svg).encode()))
        renderer.render(painter, QRectF(_EDGE, y, plot.width, plot.height))
        y += plot.height + _GAP
    for font, words, colour in below:
        y = _draw_words(painter, font, words, colour, QRect(_EDGE, y, width, tall))
    painter.end()
    return image


def _measure(font: QFont, words: str, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), int(_WRAPPED), words).height()


def _draw_words(painter: QPainter, font: QFont, words: str, colour: str, place: QRect) -> int:
    """Draw them and return where the next may begin."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(place, int(_WRAPPED), words)
    return place.top() + _measure(font, words, place.width()) + _GAP
