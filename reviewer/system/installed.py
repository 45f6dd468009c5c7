"""How this copy of the program was installed, as far as an installer says so."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

MARK = "installed_by.txt"
"""A line that an installer writes into the folder of the package: its name and version, in UTF-8."""
_LONGEST, _MOST_BYTES = 80, 4096
_PACKAGE = Path(__file__).resolve().parent.parent


def read_installer_mark() -> str:
    """The first line of the mark, "" where no installer left one (a clone, a wheel, an unreadable file).

    Control signs are left out, and what is longer than 80 signs is cut.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    return read_mark_in(Path(frozen) / "reviewer" if frozen else _PACKAGE)


def read_mark_in(package: Path) -> str:
    """The mark in that folder of a package, see `read_installer_mark`."""
    try:
        with (package / MARK).open("rb") as file:
            content = file.read(_MOST_BYTES)
    except OSError:
        return ""
    lines = content.decode("utf-8", errors="replace").strip().splitlines()
    shown = "".join(sign for sign in lines[0] if unicodedata.category(sign)[0] != "C") if lines else ""
    return shown.strip()[:_LONGEST]
