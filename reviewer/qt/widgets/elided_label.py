"""A label that ends in an ellipsis where there is no room for the rest, and says it all when pointed at."""

from __future__ import annotations

from html import unescape

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.widgets.plain_text import make_plain_tip

_LEAST = 24


class ElidedLabel(QLabel):
    """A label of one line for text of any origin, which is never taken for markup.

    It is never wider than there is room; the style sheet knows its `kind`. Where there is too little room,
    `short` stands there, if it is set and fits; otherwise the end is left out, or the middle of a path.
    """

    def __init__(self, name: str, *, kind: str = "", is_path: bool = False) -> None:
        super().__init__()
        self.short = ""
        self._mode = Qt.TextElideMode.ElideMiddle if is_path else Qt.TextElideMode.ElideRight
        self.setObjectName(name)
        if kind:
            self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, sentence: str) -> None:
        """Show one sentence until the next."""
        self.setText(name_keys(sentence))

    @property
    def is_cut(self) -> bool:
        """Whether there is no room for all of its text."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def make_whole_tip(self) -> str:
        """Return what is told of a text that is cut: all of it once, and what its tooltip adds."""
        whole, told = make_plain_tip(self.text()), self.toolTip()
        if not told or self.text() in unescape(told):
            return told or whole
        return f"{whole}\n{told}"

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.is_cut:
            QToolTip.showText(event.globalPos(), self.make_whole_tip(), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        words = self.short if self.short and self.is_cut else self.text()
        shown = painter.fontMetrics().elidedText(words, self._mode, room.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()


class ShrinkingLabel(ElidedLabel):
    """One that takes the room its text needs, and gives it up where the window is narrow."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(_LEAST, whole.width()), whole.height())


class NameLabel(ElidedLabel):
    """The name of a file: whole up to so many signs, and then without its middle."""

    def __init__(self, name: str, signs: int) -> None:
        super().__init__(name)
        self._signs = signs
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        whole, metrics = super().sizeHint(), self.fontMetrics()
        most = metrics.horizontalAdvance("n" * self._signs)
        if len(self.text()) <= self._signs:
            most = whole.width()
        return QSize(min(whole.width(), most), whole.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = QPainter(self), self.contentsRect()
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()


class ClickedLabel(ElidedLabel):
    """One that is clicked, for what else is done by a key."""

    clicked = Signal()

    def __init__(self, name: str, *, kind: str = "") -> None:
        super().__init__(name, kind=kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()
