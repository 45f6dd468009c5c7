"""Where the keys lead in the grid, and what is said of a cell the mouse rests on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from reviewer.domain.search.arranging import GalleryRow, describe_badges
from reviewer.domain.worklist.reading_order import DATE, NAME
from reviewer.qt.gallery.grid_layout import GridLayout
from reviewer.qt.widgets.plain_text import isolate_path

_MASKED = "File, folder and date are masked until the reading is complete."


def find_target(layout: GridLayout, key: Qt.Key, here: int, rows: int) -> int | None:
    """The cell a key leads to from `here`, None for a key that leads nowhere. `rows` are in view."""
    keys: dict[Qt.Key, Callable[[], int]] = {
        Qt.Key.Key_Left: lambda: here - 1,
        Qt.Key.Key_Right: lambda: here + 1,
        Qt.Key.Key_Up: lambda: layout.above(here),
        Qt.Key.Key_Down: lambda: layout.below(here),
        Qt.Key.Key_PageUp: lambda: layout.move_by_rows(here, -rows),
        Qt.Key.Key_PageDown: lambda: layout.move_by_rows(here, rows),
        Qt.Key.Key_Home: lambda: 0,
        Qt.Key.Key_End: lambda: layout.count - 1,
    }
    return keys[key]() if key in keys and layout.count else None


def format_tip(row: GalleryRow, name: str, hides: Callable[[GalleryRow, str], bool]) -> str:
    """What a Photo goes by, its folder and date as recorded where they are not masked, and the words
    below the picture."""
    folder, taken_at = isolate_path(row.folder.partition("/")[2]), row.taken_at or "no date recorded"
    lines = [
        name,
        _MASKED if hides(row, NAME) else folder,
        "" if hides(row, DATE) else taken_at,
        describe_badges(row),
    ]
    return "\n".join(line for line in lines if line)
