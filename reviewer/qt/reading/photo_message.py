"""What was done or cannot be done, in a line over the foot of the photograph: it comes and goes, and nothing
moves for it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reviewer.domain.reading.reading import Finding, Reading
from reviewer.qt.widgets.clamped_label import break_in_lines, paint_lines
from reviewer.qt.widgets.message_line import MessageLine

_TALL, _AROUND, _SIDE, _MOST_LINES = 28, 10, 12, 3


class PhotoMessage(MessageLine):
    """Lies over the whole width of `over`, at its foot, in as many lines as its sentence needs, as long as
    there is something to say and as it is so."""

    def __init__(self, over: QWidget) -> None:
        super().__init__("message")
        self.setAccessibleName("Message")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._said_of: tuple[Reading, str | None] | None = None
        self.setParent(over)
        self._over, self._free_below = over, 0
        over.installEventFilter(self)
        self.hide()

    def say(self, sentence: str) -> None:
        super().say(sentence)
        self._place()
        self.setVisible(bool(sentence))
        self.raise_()

    def leave_free(self, tall: int) -> None:
        """Leave so many pixels below it free, for what lies over the foot of the photograph for longer."""
        self._free_below = tall
        self._place()

    def show_usual(self) -> None:
        super().show_usual()
        self._said_of = None
        self.hide()

    def keep_while(self, reading: Reading, selected: str | None = None) -> None:
        """What stands here is said of a Reading as it is now. With `selected`, the Finding (id) that is
        selected, it says what cannot be done, which ends with any change; otherwise it stays while only a
        Finding is described further."""
        self._said_of = (_keep_all(reading) if selected is not None else _keep_gist(reading)), selected

    def forget_if_stale(self, reading: Reading, selected: str) -> None:
        """Take the sentence away if the Reading, or what is selected, is no longer what it was said of."""
        if self._said_of is None:
            return
        said_of, then_selected = self._said_of
        now = _keep_gist(reading) if then_selected is None else _keep_all(reading)
        if now != said_of or then_selected not in {None, selected}:
            self.show_usual()

    @property
    def is_cut(self) -> bool:
        return self._count_lines(_MOST_LINES + 1) > _MOST_LINES

    def _count_lines(self, most: int = _MOST_LINES) -> int:
        metrics = self.fontMetrics()
        room = QSize(self._over.width() - 2 * _SIDE, most * metrics.lineSpacing())
        return max(1, len(break_in_lines(self.text(), metrics, room)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, lines = QPainter(self), self._count_lines()
        painter.setPen(self.palette().color(self.foregroundRole()))
        tall = lines * self.fontMetrics().lineSpacing()
        room = QRect(_SIDE, (self.height() - tall) // 2, self._over.width() - 2 * _SIDE, tall)
        paint_lines(painter, self.text(), room)
        painter.end()

    def _place(self) -> None:
        metrics = self.fontMetrics()
        tall = max(_TALL, metrics.height() + (self._count_lines() - 1) * metrics.lineSpacing() + _AROUND)
        self.setGeometry(0, self._over.height() - self._free_below - tall, self._over.width(), tall)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and not self.isHidden():
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)


def _keep_all(reading: Reading) -> Reading:
    """The Reading but for the time of its last act, which is known only once it is saved."""
    return replace(reading, changed_at="")


def _keep_gist(reading: Reading) -> Reading:
    """The Reading without what is said further of a Finding that is there, and without the note."""
    findings = tuple(Finding(f.id, f.term, f.vocabulary, confirmed=f.confirmed) for f in reading.findings)
    return replace(reading, findings=findings, note="", changed_at="")
