"""What can be done with the thing under a right click: the window's own actions, in a menu there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QWidget, QWidgetAction

from reviewer.qt.actions.key_words import format_key
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.plain_text import PlainLabel

_HEAD_ROOM = 25, 8, 16, 4


@dataclass(frozen=True)
class MenuEntry:
    """An entry that differs from the action `id`: other words, or a sign that it holds now.

    Without an action it does `do`, unless `refusal` says why that cannot be done.
    """

    words: str = ""
    id: str = ""
    ticked: bool | None = None
    do: Callable[[], object] | None = None
    refusal: str = ""


MenuEntries = Sequence[str | MenuEntry | None]
"""Ids of actions, entries with something of their own, and None for a line between two groups."""
ChooseMenu = Callable[[QPoint], tuple[str, MenuEntries] | None]
"""Selects what lies at a place of the widget and tells its name and what can be done; None for nothing."""


class ContextMenu(QMenu):
    """Says first what it is about. What does not work now is grey, and its tooltip says why."""

    def __init__(self, parent: QWidget, title: str, entries: MenuEntries, find: FindAction) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        if title:
            self.addAction(self._make_head(title))
            self.addSeparator()
        for entry in entries:
            if entry is None:
                self.addSeparator()
            elif isinstance(entry, MenuEntry):
                self.addAction(self._make_own(entry, find))
            else:
                self.addAction(find(entry))

    def _make_head(self, title: str) -> QAction:
        """The line that names the thing: no choice, and as well readable as other quiet words."""
        head = QWidgetAction(self)
        label = PlainLabel(title, kind="quiet")
        label.setContentsMargins(*_HEAD_ROOM)
        head.setDefaultWidget(label)
        head.setText(title)
        head.setEnabled(False)
        label.setEnabled(True)
        return head

    def _make_own(self, entry: MenuEntry, find: FindAction) -> QAction:
        """An entry with words or a sign of its own, enabled, explained and done as its action is."""
        made = QAction(entry.words.replace("&", "&&"), self)
        if entry.id:
            action = find(entry.id)
            keys = format_key(action.shortcut())
            made.setText("\t".join(filter(None, (made.text() or action.text(), keys))))
            made.setObjectName(entry.id)
            made.setEnabled(action.isEnabled())
            made.setToolTip(action.toolTip())
            made.triggered.connect(lambda: action.trigger())
        if (do := entry.do) is not None:
            made.triggered.connect(lambda: do())
            made.setEnabled(not entry.refusal)
            made.setToolTip(entry.refusal)
        if entry.ticked is not None:
            made.setCheckable(True)
            made.setChecked(entry.ticked)
        return made

    def show_at(self, place: QPoint) -> None:
        """Show it at a place of the screen, until something is chosen or a click falls beside it."""
        self.aboutToHide.connect(self.deleteLater)
        self.popup(place)


def offer_context_menu(widget: QWidget, find: FindAction, choose: ChooseMenu) -> None:
    """Let a right click on `widget` select what lies there, and offer what can be done with it.

    Of what scrolls, places are those of its viewport.
    """
    shown = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget

    def offer(place: QPoint) -> None:
        chosen = choose(place)
        if chosen is not None:
            title, entries = chosen
            ContextMenu(widget, title, entries, find).show_at(shown.mapToGlobal(place))

    widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    widget.customContextMenuRequested.connect(offer)
