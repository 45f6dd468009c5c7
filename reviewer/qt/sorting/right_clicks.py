"""What a right click offers on the photograph that is sorted, and on a category."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint

from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.sorting.choices import CategoryRow
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.context_menu import MenuEntries, offer_context_menu

_PHOTO: MenuEntries = (
    *(f"sort.{number}" for number in range(1, 7)),
    None,
    "sort.next",
    "sort.previous",
    "sort.next-unsorted",
    None,
    "view.cover",
    None,
    "sort.take-back",
    "sort.clear",
)


def offer_sort_menu(view: PictureView, find: FindAction, name: Callable[[], str]) -> None:
    """`name` is what the file on screen is called, "" for none; one click sorts it."""

    def choose(_place: QPoint) -> tuple[str, MenuEntries] | None:
        file = name()
        return (file, _PHOTO) if file else None

    offer_context_menu(view, find, choose)


def offer_category_menus(rows: Sequence[CategoryRow], find: FindAction) -> None:
    """On each category: this photograph, or a run."""

    def offer(row: CategoryRow) -> None:
        entries: MenuEntries = (f"sort.{row.number}", f"sort.run-{row.number}")
        offer_context_menu(row, find, lambda _place: (row.name, entries))

    for row in rows:
        offer(row)
