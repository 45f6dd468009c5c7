"""Where a window is too small for what is in it, it scrolls; nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def make_scroll_area(inner: QWidget) -> QScrollArea:
    """An area that shows `inner` as large as there is room, and scrolls where that is too little."""
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class ScreenStack(QWidget):
    """One screen at a time, as small as that allows; QStackedWidget is as small as its largest page allows.

    `turned` carries the place of the screen that comes on; `prepare` gets each before it is seen.
    """

    turned = Signal(int)

    def __init__(self, prepare: Callable[[QWidget], None] = lambda _screen: None) -> None:
        super().__init__()
        self._prepare = prepare
        self._screens: list[QWidget] = []
        self._now: QWidget | None = None

    def add(self, screen: QWidget) -> None:
        if screen not in self._screens:
            self._screens.append(screen)
            screen.hide()
            screen.setParent(self)
        if self._now is None:
            self.turn_to(screen)

    def remove(self, screen: QWidget) -> None:
        """Take a screen off the stack; it stays a hidden child until it is deleted."""
        if screen in self._screens:
            self._screens.remove(screen)
            if screen is self._now and self._screens:
                self.turn_to(self._screens[0])
            elif screen is self._now:
                self._now = None
            screen.hide()

    def holds(self, screen: QWidget) -> bool:
        return screen in self._screens

    @property
    def now(self) -> QWidget | None:
        return self._now

    @property
    def place(self) -> int:
        return self._screens.index(self._now) if self._now is not None else -1

    def turn_to_place(self, place: int) -> None:
        self.turn_to(self._screens[place])

    def turn_to(self, screen: QWidget) -> None:
        before = self._now
        if screen is before or screen not in self._screens:
            return
        self._now = screen
        self._prepare(screen)
        screen.setGeometry(self.rect())
        screen.show()
        screen.raise_()
        if before is not None:
            focused = before.window().focusWidget()
            if focused is not None and before.isAncestorOf(focused):
                (screen.focusWidget() or screen).setFocus()
            before.hide()
        self.updateGeometry()
        self.turned.emit(self.place)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._now is not None:
            self._now.setGeometry(self.rect())

    def sizeHint(self) -> QSize:
        return self._now.sizeHint() if self._now is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        if self._now is None:
            return QSize()
        return self._now.minimumSizeHint().expandedTo(self._now.minimumSize())
