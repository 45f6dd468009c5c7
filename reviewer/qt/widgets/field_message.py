"""What is said at a field: a word about it, or what is wrong with it, with a sign and in its own colour."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.qt.look.icons import paint_icon
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.plain_text import PlainLabel

_SIGN, _GAP, _ANY_WIDTH = "problems", 4, 4096
_ROOM_OF_SIGN = 2
"""Pixels by which the sign is larger than a line of caption without its leading."""


class FieldMessage(PlainLabel):
    """Keeps the room of one line while nothing is said, so that nothing moves when something is.

    `field` is what it is about; its edge tells as well that it is wrong.
    """

    def __init__(self, field: QWidget | None = None) -> None:
        super().__init__(kind="caption")
        self.is_wrong = False
        self._field = None if field is None else field.focusProxy() or field
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        self.say("")

    def say(self, sentence: str) -> None:
        """A quiet word; "" for none."""
        self._show(sentence, is_wrong=False)

    def say_wrong(self, sentence: str) -> None:
        """What is wrong and what can be done, with the sign before it."""
        self._show(sentence, is_wrong=bool(sentence))

    def _show(self, sentence: str, *, is_wrong: bool) -> None:
        self.is_wrong = is_wrong
        set_style_property(self, "kind", "field error" if is_wrong else "caption")
        if self._field is not None:
            set_style_property(self._field, "wrong", is_wrong)
        self.setContentsMargins(self._measure_sign() + _GAP if is_wrong else 0, 0, 0, 0)
        self.setText(sentence)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, self._measure_line()))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, self._measure_line()))

    def heightForWidth(self, width: int) -> int:
        return max(self._measure_line(), super().heightForWidth(width))

    def _measure_line(self) -> int:
        room = QRect(0, 0, _ANY_WIDTH, _ANY_WIDTH)
        return self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, "X").height()

    def _measure_sign(self) -> int:
        return self.fontMetrics().ascent() + _ROOM_OF_SIGN

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.is_wrong:
            return
        side, line = self._measure_sign(), self._measure_line()
        top = self.contentsRect().top() + (line - side) // 2
        painter = QPainter(self)
        paint_icon(painter, _SIGN, self.palette().color(self.foregroundRole()), 0, top, side)
        painter.end()
