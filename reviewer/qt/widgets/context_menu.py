"""What can be done with the thing under a right click: the window's own actions, in a menu there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from reviewer.qt.widgets.action_button import FindAction

ActionIds = Sequence[str | None]
"""Ids of actions; None for a line between two groups."""
ChooseMenu = Callable[[QPoint], tuple[str, ActionIds] | None]
"""Selects what lies at a place of the widget and tells its name and what can be done; None for nothing."""


class ContextMenu(QMenu):
    """Says first what it is about. What does not work now is grey, and its tooltip says why."""

    def __init__(self, parent: QWidget, title: str, ids: ActionIds, find: FindAction) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        if title:
            head = self.addAction(title.replace("&", "&&"))
            head.setEnabled(False)
            self.addSeparator()
        for id_ in ids:
            if id_ is None:
                self.addSeparator()
            else:
                self.addAction(find(id_))

    def show_at(self, place: QPoint) -> None:
        """Show it at a place of the screen, until something is chosen or a click falls beside it."""
        self.aboutToHide.connect(self.deleteLater)
        self.popup(place)


def offer_context_menu(widget: QWidget, find: FindAction, choose: ChooseMenu) -> None:
    """Let a right click on `widget` select what lies there, and offer what can be done with it."""

    def offer(place: QPoint) -> None:
        chosen = choose(place)
        if chosen is not None:
            title, ids = chosen
            ContextMenu(widget, title, ids, find).show_at(widget.mapToGlobal(place))

    widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    widget.customContextMenuRequested.connect(offer)
