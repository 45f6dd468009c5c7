"""Opening what was made by the means of the system, and showing the folder it lies in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_GONE = "It is not found here any more. It may have been moved, or its drive is not connected."
_NO_PROGRAM = "The system has no program that opens it. Show its folder, and open it from there."


def open_in_system(place: Path) -> str:
    """Open a file or a folder with the program the system has for it; what went wrong, or ""."""
    if not place.exists():
        return _GONE
    return "" if QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))) else _NO_PROGRAM


def show_in_folder(place: Path) -> str:
    """Open the folder that it lies in; what went wrong, or ""."""
    return open_in_system(place.parent) if place.exists() else _GONE
