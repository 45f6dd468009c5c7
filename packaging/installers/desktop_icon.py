"""The program's own sign (`resources/icons/case.svg`) on a plate, as Linux desktops want it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from lock import PACKAGING

SIGN = PACKAGING.parent / "resources" / "icons" / "case.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels; folders of the theme hicolor."""
PLATE, LINES = "#1f4e5f", "#ffffff"


def draw_icon(sign: str | None = None) -> str:
    """The icon as SVG, 48 units wide: the sign, 1.5 times as large, in the middle of the plate."""
    drawing = sign or SIGN.read_text("utf-8")
    inside = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
    if inside is None:
        raise ValueError("The sign is no SVG drawing.")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 48 48">'
        f'<rect x="2" y="2" width="44" height="44" rx="9" fill="{PLATE}"/>'
        f'<g transform="translate(6 6) scale(1.5)" fill="none" stroke="{LINES}" stroke-width="1.5" '
        f'stroke-linecap="round" stroke-linejoin="round">{inside[1]}</g></svg>\n'
    )


def write_icons(share: Path) -> None:
    """Writes the icon below `share/icons/hicolor`, as a drawing and in every size of `SIZES`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QByteArray, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawing = draw_icon()
    theme = share / "icons" / "hicolor"
    scalable = theme / "scalable" / "apps" / "reviewer.svg"
    scalable.parent.mkdir(parents=True)
    scalable.write_text(drawing, "utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        place = theme / f"{size}x{size}" / "apps" / "reviewer.png"
        place.parent.mkdir(parents=True)
        if not image.save(str(place)):
            raise OSError(f"{place} could not be written.")
