"""The window's part of the self-test, in a process of its own: draws off screen and tells what was drawn.

    python -P -m reviewer.qt.window_check

One JSON object on standard output. It judges nothing: `services/self_test/window.py` compares what it tells.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, qVersion
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetricsF,
    QImage,
    QPainter,
    QRawFont,
    QTextLayout,
)
from PySide6.QtWidgets import QApplication

from reviewer.qt.app import new_application
from reviewer.qt.bridge import GuiPost
from reviewer.qt.entry.ways import WayToBegin
from reviewer.qt.look.icons import load_icon
from reviewer.qt.look.theme import FAMILIES, LIGHT, apply_theme, load_theme
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.main_window.all_actions import make_window
from reviewer.qt.main_window.window import MainWindow

LETTERS: Mapping[str, str] = {
    FAMILIES[0]: "AZaz09éñßøčłğ.,;:!?%+-\u2013\u2018\u2019\u201c\u201d\u2026",
    FAMILIES[
        1
    ]: "\u0627\u0628\u062a\u062c\u0633\u0644\u0645\u06cc\u067e\u0686\u06a9\u06af\u0660\u0669\u06f0\u06f9",
}
"""What the window needs of each typeface: Latin with the accents of names, Arabic and Persian, figures."""
MEASURED = "reviewer 0123456789"
"""Its width at 100 pixels is told: a font that stands in for ours has another one."""
_TWICE = "\u0628\u0628"  # the same letter twice, which joined Arabic writes in two forms
_CARD, _CELL = (320, 160), 20
_WINDOW = 1366, 768
_GROUND, _INK = QColor(245, 245, 245), QColor(20, 30, 40)


def main() -> int:
    """Tell everything; exit status 0."""
    application = new_application()
    apply_theme(application, load_theme(LIGHT))
    told = {
        "qt": qVersion(),
        "families": {name: QFontInfo(QFont(name)).family() for name in FAMILIES},
        "missing": _list_missing_letters(),
        "width": round(_measure(MEASURED), 1),
        "joined": _is_joined(_TWICE),
        "shapes": _hash_shapes(),
        "card": _average_cells(_paint_card()),
        "window": _describe_window(application),
    }
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _list_missing_letters() -> dict[str, str]:
    """By typeface the letters that it does not have."""
    missing = {}
    for family, letters in LETTERS.items():
        font = QRawFont.fromFont(QFont(family), QFontDatabase.WritingSystem.Any)
        missing[family] = "".join(letter for letter in letters if not font.supportsCharacter(ord(letter)))
    return missing


def _measure(text: str) -> float:
    font = QFont(FAMILIES[0])
    font.setPixelSize(100)
    return QFontMetricsF(font).horizontalAdvance(text)


def _is_joined(text: str) -> bool:
    """Whether the same letter has another form at the beginning of a word than at its end."""
    font = QFont(FAMILIES[1])
    font.setPixelSize(40)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return len({glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()}) > 1


def _make_image() -> QImage:
    image = QImage(*_CARD, QImage.Format.Format_RGB32)
    image.fill(_GROUND)
    return image


def _hash_shapes() -> str:
    """The hash of a picture of straight edges, in which nothing is smoothed: exact on every system."""
    image = _make_image()
    painter = QPainter(image)
    for place, name in enumerate(("red", "green", "blue", "black", "white")):
        painter.fillRect(QRect(10 + 60 * place, 10 + 20 * place, 50, 40), QColor(name))
    painter.setPen(_INK)
    painter.drawLine(QPoint(0, 150), QPoint(319, 150))
    painter.drawLine(QPoint(5, 0), QPoint(5, 159))
    painter.end()
    return hashlib.sha256(bytes(image.constBits())).hexdigest()


def _paint_card() -> QImage:
    """Smoothed shapes, an icon, and words in both typefaces: the same on every system but for their edges."""
    image = _make_image()
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(180, 60, 60))
    painter.drawEllipse(QPointF(60, 60), 45, 35)
    load_icon("read", load_theme(LIGHT), "text").paint(painter, QRect(120, 20, 80, 80))
    painter.setPen(_INK)
    for family, text, top in (
        (FAMILIES[0], "Reading 0123", 56),
        (FAMILIES[1], "\u0633\u0644\u0627\u0645", 98),
    ):
        font = QFont(family)
        font.setPixelSize(36)
        painter.setFont(font)
        painter.drawText(QRect(4, top, 312, 56), Qt.AlignmentFlag.AlignRight, text)
    painter.end()
    return image


def _average_cells(image: QImage) -> list[list[int]]:
    """The mean grey of each square of the picture, row by row, 0 to 255."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels, stride = bytes(grey.constBits()), grey.bytesPerLine()
    return [
        [
            round(
                sum(
                    sum(pixels[y * stride + left : y * stride + left + _CELL])
                    for y in range(top, top + _CELL)
                )
                / _CELL**2
            )
            for left in range(0, grey.width(), _CELL)
        ]
        for top in range(0, grey.height(), _CELL)
    ]


def _describe_window(application: QApplication) -> dict[str, object]:
    """The window on its start screen, as it is laid out and as it is painted."""
    post = GuiPost()
    window = make_window(post, WindowSettings())
    window.resize(*_WINDOW)
    window.show()
    application.processEvents()
    painted = window.grab().toImage()
    told = {
        "title": window.windowTitle(),
        "size": [painted.width(), painted.height()],
        "menus": len(window.menus.actions()),
        "ways": _list_ways(window),
        "colours": _count_colours(painted),
    }
    window.close()
    post.stop()
    return told


def _list_ways(window: MainWindow) -> list[str]:
    """The ways to begin that are whole within the window."""
    inside = window.rect()
    ways = [way for way in window.start.findChildren(WayToBegin) if way.isVisible()]
    return [way.action_id for way in ways if inside.contains(QRect(way.mapTo(window, QPoint()), way.size()))]


def _count_colours(image: QImage) -> int:
    """How many colours a fine grid of pixels has: one if nothing was painted."""
    places = ((x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
    return len({image.pixel(x, y) for x, y in places})


if __name__ == "__main__":
    sys.exit(main())
