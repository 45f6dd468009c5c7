"""The line at the foot: the keys, what is to be said, or how far counting is with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton

from reviewer.qt.widgets.message_line import MessageLine
from reviewer.services.jobs import JobProgress


class StateLine(QFrame):
    """`cancelled` when the count is to stop."""

    cancelled = Signal()

    def __init__(self, keys: str) -> None:
        super().__init__()
        self.setObjectName("header")
        self._line = MessageLine("Message", keys)
        self._bar, self._stop = QProgressBar(), QPushButton("Esc  Stop counting")
        self._bar.setFixedWidth(220)
        self._stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stop.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._line, 1)
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        self.setMinimumHeight(40)
        self.end()

    def say(self, sentence: str) -> None:
        self._line.say(sentence)

    def text(self) -> str:
        return self._line.text()

    @property
    def is_busy(self) -> bool:
        return self._stop.isVisibleTo(self)

    def begin(self, what: str) -> None:
        """Show that work of unknown length is under way."""
        self._bar.setRange(0, 0)
        self._bar.setFormat(what)
        self._bar.show()
        self._stop.show()

    def progress(self, progress: JobProgress) -> None:
        if progress.done >= progress.total:  # what is added up now comes in one piece
            self._bar.setRange(0, 0)
            return
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._bar.setFormat(f"{progress.done:,} of {progress.total:,}")

    def end(self) -> None:
        self._bar.hide()
        self._stop.hide()
