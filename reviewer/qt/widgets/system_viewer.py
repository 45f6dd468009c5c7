"""Opening what was made by the means of the system, and showing the folder it lies in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_GONE = "It is not found here any more. It may have been moved, or its drive is not connected."


def open_in_system(place: Path) -> str:
    """Open a file or a folder with the program the system has for it; what went wrong, or ""."""
    if not place.exists():
        return _GONE
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))):
        return ""
    return f"It lies here: {place}. The system has no program that opens it."


def show_in_folder(place: Path) -> str:
    """Open the folder that it lies in; what went wrong, or ""."""
    if not place.exists():
        return _GONE
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(place.parent))):
        return ""
    return f"It lies here: {place}. The system has no program that shows a folder."
