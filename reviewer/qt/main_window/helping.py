"""Where the manual stands in the window: beside the screen, on Read in the place of the filmstrip."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reviewer.qt.help.panel import HelpPanel
from reviewer.qt.look.theme import Theme
from reviewer.qt.reading.reading_screen import ReadingScreen
from reviewer.qt.widgets.fitting import ScreenStack

_WIDTH, _MOST_SHARE = 376, 0.42
_ROOM_FOR_FILMSTRIP = 1800
"""From so many pixels on the filmstrip stays in sight beside the manual."""


class HelpBeside(QObject):
    """Shows the panel and makes room for it. `stack_row` holds the screens; `go_to` shows a screen and
    `give_back` gives it the keyboard."""

    def __init__(
        self,
        over: QWidget,
        stack: ScreenStack,
        stack_row: QHBoxLayout,
        go_to: Callable[[str], None],
        give_back: Callable[[], None],
    ) -> None:
        super().__init__(over)
        self._over, self._stack, self._give_back = over, stack, give_back
        self._room = QWidget()
        self._room.hide()
        self._row = stack_row
        stack_row.insertWidget(0, self._room)
        self._scale = 1.0
        self.panel = HelpPanel(over)
        self.panel.closed.connect(self.close)
        self.panel.screen_wanted.connect(go_to)
        over.installEventFilter(self)
        stack.turned.connect(lambda _place: self.place())

    @property
    def is_open(self) -> bool:
        return self.panel.isVisible()

    def toggle(self, screen: str) -> None:
        """Open the page of a screen, or close what is open."""
        if self.is_open:
            self.close()
        else:
            self.open()
            self.panel.show_page_of_screen(screen)

    def open(self, page: str = "") -> None:
        """Open the panel, at a page if one is named."""
        self.panel.show()
        self.panel.raise_()
        if page:
            self.panel.show_page(page)
        self.place()
        self.panel.page.setFocus()

    def close(self) -> None:
        self.hide()
        self._give_back()

    def hide(self) -> None:
        """Take the panel and its room away; the keyboard stays where it is."""
        self.panel.hide()
        self.place()

    def apply_theme(self, theme: Theme) -> None:
        self._scale = theme.text_scale
        self.panel.apply_theme(theme)
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def place(self) -> None:
        """Put the panel beside the screen that is on, which gets what is left."""
        screen = self._stack.now
        reading = screen if isinstance(screen, ReadingScreen) else None
        wide = min(round(_WIDTH * self._scale), round(self._over.width() * _MOST_SHARE))
        self._room.setFixedWidth(wide)
        self._room.setVisible(self.is_open and reading is None)
        if reading is not None:
            reading.make_room_at_left(self._count_missing(reading, wide) if self.is_open else 0)
        if self.is_open and screen is not None:
            self._row.activate()
            self.panel.setGeometry(self._find_place(reading, wide))
            self.panel.raise_()

    def _count_missing(self, reading: ReadingScreen, wide: int) -> int:
        """How many pixels the filmstrip is narrower than the panel that lies over it, or beside it."""
        if self._keeps_filmstrip or not reading.filmstrip.isVisible():
            return wide
        return max(0, wide - reading.filmstrip.width())

    @property
    def _keeps_filmstrip(self) -> bool:
        return self._over.width() >= _ROOM_FOR_FILMSTRIP

    def _find_place(self, reading: ReadingScreen | None, wide: int) -> QRect:
        corner = self._room.mapTo(self._over, QPoint(0, 0))
        if reading is not None:
            corner = reading.toolbar.mapTo(self._over, QPoint(0, reading.toolbar.height()))
            if self._keeps_filmstrip and reading.filmstrip.isVisible():
                corner += QPoint(reading.filmstrip.width(), 0)
        return QRect(corner.x(), corner.y(), wide, self._over.height() - corner.y())
