"""Dialogs of the system that ask for a folder or a file: they begin at home, or beside what is known.

Without a place to begin in they would show the folder in which the program happens to run.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def find_start_folder(known: Path | str = "") -> str:
    """Return the nearest folder above what is known that is there; the home folder without one."""
    path = Path(known) if str(known) else Path.home()
    if not path.is_absolute():
        return str(Path.home())
    return next((str(place) for place in (path, *path.parents) if place.is_dir()), str(Path.home()))


def ask_folder(parent: QWidget, question: str, known: Path | str = "") -> str:
    """Ask for a folder; "" if none was chosen."""
    return QFileDialog.getExistingDirectory(parent, question, find_start_folder(known))


def ask_file(parent: QWidget, question: str, kinds: str = "", known: Path | str = "") -> str:
    """Ask for a file of some kinds; "" if none was chosen."""
    chosen, _kind = QFileDialog.getOpenFileName(parent, question, find_start_folder(known), kinds)
    return chosen


def ask_new_file(parent: QWidget, question: str, name: str, kinds: str = "") -> str:
    """Ask where a file is to be kept under a name; "" if nowhere."""
    begin = str(Path(find_start_folder()) / name)
    chosen, _kind = QFileDialog.getSaveFileName(parent, question, begin, kinds)
    return chosen
