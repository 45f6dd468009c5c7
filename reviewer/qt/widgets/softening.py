"""Small pictures as the reader asked to see photographs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap


def softened(picture: QPixmap, care: str) -> QPixmap:
    """A small picture as the reader asked to see photographs: "grey", "blur", or as it is."""
    if picture.isNull():
        return picture
    if care == "grey":
        return QPixmap.fromImage(picture.toImage().convertToFormat(QImage.Format.Format_Grayscale8))
    if care == "blur":
        smooth = Qt.TransformationMode.SmoothTransformation
        return picture.scaledToWidth(10, smooth).scaled(picture.size(), mode=smooth)
    return picture
