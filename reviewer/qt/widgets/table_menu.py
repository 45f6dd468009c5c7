"""The right click on a row of a table or a list: the row is chosen, and said what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractItemView

from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.context_menu import MenuEntries, offer_context_menu

_LONGEST = 60


def offer_row_menu(
    view: QAbstractItemView, find: FindAction, entries: MenuEntries, name: Callable[[], str] | None = None
) -> None:
    """Offer the same entries on each row; `name` says what is selected where that is not one row."""

    def choose(place: QPoint) -> tuple[str, MenuEntries] | None:
        index = view.indexAt(place)
        if not index.isValid():
            return None
        if not view.selectionModel().isSelected(index):
            view.setCurrentIndex(index)
        return (name() if name is not None else name_current_row(view)), entries

    offer_context_menu(view, find, choose)


def name_current_row(view: QAbstractItemView) -> str:
    """The words of the current row, as far as they fit into the head of a menu."""
    index = view.currentIndex()
    words = str(index.siblingAtColumn(0).data() or "") if index.isValid() else ""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"
