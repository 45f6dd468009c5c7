"""Which action does what in the gallery."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.reading.category import Category
from reviewer.qt.actions.binder import ActionBinder
from reviewer.qt.gallery.screen import GalleryScreen


def bind_gallery(binder: ActionBinder, screen: GalleryScreen, show: Callable[[str], None]) -> None:
    """Bind the actions of the gallery; `show` brings a screen on."""
    table: dict[str, Callable[[], object]] = {
        "window.gallery": lambda: show("read" if screen.isVisible() else "gallery"),
        "gallery.open": screen.open_current,
        "gallery.select": screen.toggle_selected,
        "gallery.select-all": screen.select_all,
        "gallery.back": screen.back,
        "gallery.group": screen.ask_grouping,
        "gallery.larger": lambda: screen.resize_cells(1),
        "gallery.smaller": lambda: screen.resize_cells(-1),
        "gallery.privacy": screen.toggle_privacy,
        "gallery.clear-category": lambda: screen.sort(None),
    }
    for number, category in enumerate(Category, start=1):
        table[f"gallery.sort-{number}"] = lambda category=category: screen.sort(category)  # type: ignore[misc]
    for id_, work in table.items():
        binder.bind(id_, work)
