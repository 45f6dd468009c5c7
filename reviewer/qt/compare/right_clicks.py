"""What a right click offers on the photographs that are compared."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint

from reviewer.qt.compare.pane import Pane
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.context_menu import MenuEntries, offer_context_menu

_PANE: MenuEntries = (
    "compare.choose",
    "compare.next",
    "compare.previous",
    None,
    "view.fit",
    "view.full-size",
    "view.turn-right",
    "view.turn-left",
    None,
    "compare.flicker",
    "compare.difference",
    "compare.link",
    "compare.four",
    None,
    "compare.open",
    "view.cover",
)


def offer_pane_menus(panes: Sequence[Pane], find: FindAction) -> None:
    """Each pane is the active one as soon as it is pressed, so that what is chosen is about it."""

    def offer(pane: Pane) -> None:
        def choose(_place: QPoint) -> tuple[str, MenuEntries] | None:
            pane.view.entered.emit()
            return (pane.caption or "No photograph"), _PANE

        offer_context_menu(pane.view, find, choose)

    for pane in panes:
        offer(pane)
