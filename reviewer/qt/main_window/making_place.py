"""Where the line of what is being made stands: below the screen, on Read over the foot of the photograph.

Nothing on Read moves for it: not what is pressed without looking, and not the photograph that is judged.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout

from reviewer.qt.handing_over.making import MakingLine
from reviewer.qt.reading.reading_screen import ReadingScreen
from reviewer.qt.widgets.fitting import ScreenStack


class MakingPlace(QObject):
    """Places the line of one Case at a time, in `below` or on the screen of `stack` that is on."""

    def __init__(self, stack: ScreenStack, below: QHBoxLayout) -> None:
        super().__init__(stack)
        self._stack, self._below = stack, below
        self._line: MakingLine | None = None
        self._reading: ReadingScreen | None = None
        stack.turned.connect(lambda _place: self._put())

    def take(self, line: MakingLine, reading: ReadingScreen) -> None:
        """Place the line of a Case that was opened, whose reading screen this is."""
        self._line, self._reading = line, reading
        reading.canvas.installEventFilter(self)
        line.installEventFilter(self)
        line.changed.connect(self._fit)
        self._put()

    def forget(self) -> None:
        """The Case is closed: its line goes."""
        line, self._line, self._reading = self._line, None, None
        if line is not None:
            line.hide()
            line.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._fit()
        return False

    def _put(self) -> None:
        """Give the line the parent that the screen that is on asks for; it keeps whether it is hidden."""
        line, reading = self._line, self._reading
        if line is None or reading is None:
            return
        is_shown = not line.isHidden()
        over = reading.canvas if self._stack.now is reading else None
        if over is not None and line.parentWidget() is not over:
            self._below.removeWidget(line)
            line.setParent(over)
        elif over is None and self._below.indexOf(line) < 0:
            self._below.addWidget(line)
        line.setVisible(is_shown)
        self._fit()

    def _fit(self) -> None:
        line, reading = self._line, self._reading
        if line is None or reading is None:
            return
        canvas = reading.canvas
        lies_over = line.parentWidget() is canvas
        tall = line.sizeHint().height() if lies_over and line.rows else 0
        reading.make_room_at_foot(tall)
        if tall:
            line.setGeometry(0, canvas.height() - tall, canvas.width(), tall)
            line.raise_()
