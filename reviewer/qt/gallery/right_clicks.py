"""What a right click offers in the gallery."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from reviewer.qt.gallery.grid import GalleryGrid
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.context_menu import MenuEntries, offer_context_menu

_CELL: MenuEntries = (
    "gallery.open",
    "gallery.select",
    "gallery.select-all",
    None,
    *(f"gallery.sort-{number}" for number in range(1, 7)),
    None,
    "gallery.group",
    "gallery.privacy",
    "search.why",
    None,
    "gallery.clear-category",
)


def offer_gallery_menu(grid: GalleryGrid, find: FindAction) -> None:
    """A click on what is selected is about all of that; on another photograph, about that one."""

    def choose(place: QPoint) -> tuple[str, MenuEntries] | None:
        row = grid.choose_at(place)
        if row is None:
            return None
        count = len(grid.selection.chosen)
        return (f"{count:,} photographs selected" if count > 1 else grid.name_of(row)), _CELL

    offer_context_menu(grid, find, choose)
