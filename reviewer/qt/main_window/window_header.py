"""The line above every screen: where one is, the way to search, and whether everything is saved."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QWidget

from reviewer.qt.look.theme import Theme
from reviewer.qt.main_window.save_state import SaveStateLabel
from reviewer.qt.main_window.screens import CASE_PAGES, READ, SCREENS
from reviewer.qt.search.finder import Finder
from reviewer.qt.search.search_field import SearchField
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.screen import Screen

_HEIGHT, _SEARCH_WIDTH, _EDGE = 44, 320, 16


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
        self._finder: Finder | None = None
        self._screen = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_EDGE, 0, _EDGE, 0)
        self._row.setSpacing(_EDGE)
        self.search = SearchField()
        self.search.pressed.connect(self.search_wanted)
        self.saved = SaveStateLabel()
        self.adding = PlainLabel(kind="quiet")
        self.adding.setAccessibleName("Photographs that are being added")
        self.adding.hide()
        self._ends = _HeaderEnds()
        self._ends.outgrown.connect(self._measure_corner)
        self._ends_row = make_row(self._ends, spacing=_EDGE)
        self._ends_row.addWidget(self.adding)
        self._ends_row.addWidget(self.search)
        self._ends_row.addWidget(self.saved)
        self._row.addWidget(self._ends)
        self._menus: QMenuBar | None = None
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        self.setMinimumHeight(round(_HEIGHT * max(1.0, theme.text_scale * 0.8)))
        scale = min(1.25, theme.text_scale) * (1.5 if theme.is_wide else 1)
        self.search.setFixedWidth(round(_SEARCH_WIDTH * scale))
        self.search.apply_theme(theme)

    def end_in(self, menus: QMenuBar | None) -> None:
        """Put the way to search, and whether all is saved, at the end of a menu bar, where the window is low;
        None takes them back. A menu bar that the desktop draws has no room for them."""
        wanted = None if menus is None or menus.isNativeMenuBar() else menus
        if wanted is self._menus:
            return
        before, self._menus = self._menus, wanted
        if before is not None:
            before.setCornerWidget(QWidget())
            self._row.addWidget(self._ends)
        if wanted is not None:
            wanted.setCornerWidget(self._ends)
        self._ends_row.setContentsMargins(0, 2, _EDGE if wanted is not None else 0, 2)
        self._ends.setVisible(wanted is None or not self.isHidden())

    def _measure_corner(self) -> None:
        """What stands in the corner of a menu bar needs other room: it is measured only when it is set."""
        if self._menus is not None:
            self._menus.setCornerWidget(self._ends)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.pressed_beside.emit()

    def use_finder(self, finder: Finder) -> None:
        """Show the last query of a Case that was opened; its box opens from here."""
        finder.field = self.search
        self._finder = finder
        finder.queried.connect(lambda _text: self._show_query())
        self._show_query()

    def take_screen(self, name: str, screen: Screen, case_name: str) -> None:
        """Take the headline of a screen of an open Case that was made; the pages of the case say its name."""
        spec = next(spec for spec in SCREENS if spec.name == name)
        about = case_name if spec.group == CASE_PAGES else ""
        headline = screen.headline() or _make_title(spec.group or spec.words, about)
        headline.hide()
        self._headlines[name] = headline
        self._row.insertWidget(0, headline, 1)

    def forget_screens(self) -> None:
        """The Case is closed: what its screens said is gone."""
        for headline in self._headlines.values():
            self._row.removeWidget(headline)
            headline.hide()
            headline.deleteLater()
        self._headlines.clear()
        self._finder = None
        self.show_adding("")
        self.saved.show_read_only("")

    def show_adding(self, status: str) -> None:
        """Say on every screen how far an ingest is; "" when none runs."""
        self.adding.setText(status)
        self.adding.setVisible(bool(status))

    def show_screen(self, name: str, screen: Screen | None) -> None:
        """Say what the screen that is on has to say; nothing stands here while no Case is open."""
        for other, headline in self._headlines.items():
            headline.setVisible(other == name)
        self.setVisible(screen is not None)
        self._ends.setVisible(screen is not None)
        self._screen = name
        self._show_query()

    def _show_query(self) -> None:
        """The query asked last; on the reading screen only that of the list that is read."""
        if self._finder is not None:
            is_reading = self._screen == READ
            self.search.show_query(self._finder.query_of_list_read if is_reading else self._finder.text)


class _HeaderEnds(QWidget):
    """Search, and whether all is saved. `outgrown`: it would like another width."""

    outgrown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wanted = QSize()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.sizeHint() != self._wanted:
            self._wanted = self.sizeHint()
            self.outgrown.emit()
        return super().event(event)


def _make_title(words: str, about: str) -> QWidget:
    title = QWidget()
    row = make_row(title, spacing=16)
    row.addWidget(PlainLabel(words, kind="title"))
    name = ElidedLabel("headerCase", kind="quiet")
    name.setText(about)
    row.addWidget(name, 1)
    return title
