"""Small pictures as every screen shows them: decoded from stored bytes, softened as the reader wished."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap

from reviewer.qt.canvas.feeding import JPEG

_SMOOTH = Qt.TransformationMode.SmoothTransformation


def load_fitted(content: bytes, wide: int, tall: int, care: str) -> QPixmap:
    """Return a stored small picture within these device pixels, never enlarged; null if none is stored."""
    picture = QPixmap()
    picture.loadFromData(content, JPEG)
    if picture.isNull():
        return picture
    if picture.width() > wide or picture.height() > tall:
        picture = picture.scaled(wide, tall, Qt.AspectRatioMode.KeepAspectRatio, _SMOOTH)
    return soften_pixmap(picture, care)


def soften_pixmap(picture: QPixmap, care: str) -> QPixmap:
    """A small picture as the reader asked to see photographs: "grey", "blur", or as it is."""
    if picture.isNull():
        return picture
    if care == "grey":
        return QPixmap.fromImage(picture.toImage().convertToFormat(QImage.Format.Format_Grayscale8))
    if care == "blur":
        return picture.scaledToWidth(10, _SMOOTH).scaled(picture.size(), mode=_SMOOTH)
    return picture
