"""The line above every screen: where one is, the way to search, and whether everything is saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from reviewer.qt.look.theme import Theme
from reviewer.qt.main_window.save_state import SaveStateLabel
from reviewer.qt.main_window.screens import SCREENS
from reviewer.qt.search.finder import Finder
from reviewer.qt.search.search_field import SearchField
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.screen import Screen, Screens

_HEIGHT, _SEARCH_WIDTH = 44, 320


class WindowHeader(QWidget):
    """Has the headlines of the screens of one Case at a time.

    `search_wanted` when the box is clicked, `pressed_beside` for a press on nothing.
    """

    search_wanted, pressed_beside = Signal(), Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._headlines: dict[str, QWidget] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(16)
        self.search = SearchField()
        self.search.pressed.connect(self.search_wanted)
        self.saved = SaveStateLabel()
        self._row.addWidget(self.search)
        self._row.addWidget(self.saved)
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        self.setMinimumHeight(round(_HEIGHT * max(1.0, theme.text_scale * 0.8)))
        scale = min(1.25, theme.text_scale) * (1.5 if theme.is_wide else 1)
        self.search.setFixedWidth(round(_SEARCH_WIDTH * scale))
        self.search.apply_theme(theme)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.pressed_beside.emit()

    def use_finder(self, finder: Finder) -> None:
        """Show the last query of a Case that was opened; its box opens from here."""
        finder.field = self.search
        finder.queried.connect(self.search.show_query)
        self.search.show_query(finder.text)

    def use_screens(self, screens: Screens) -> None:
        """Take the headlines of the screens of a Case that was opened."""
        for spec in SCREENS:
            screen = screens.get(spec.name)
            if screen is not None:
                headline = screen.headline() or _make_title(spec.group or spec.words)
                headline.hide()
                self._headlines[spec.name] = headline
                self._row.insertWidget(0, headline, 1)

    def forget_screens(self) -> None:
        """The Case is closed: what its screens said is gone."""
        for headline in self._headlines.values():
            self._row.removeWidget(headline)
            headline.hide()
            headline.deleteLater()
        self._headlines.clear()
        self.saved.show_read_only("")

    def show_screen(self, name: str, screen: Screen | None) -> None:
        """Say what the screen that is on has to say; nothing stands here while no Case is open."""
        for other, headline in self._headlines.items():
            headline.setVisible(other == name)
        self.setVisible(screen is not None)


def _make_title(words: str) -> QLabel:
    title = PlainLabel(words)
    title.setProperty("kind", "title")
    return title
