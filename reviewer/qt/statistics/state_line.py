"""The line at the foot: what is to be said, or how far counting is with a way to stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.message_line import MessageLine
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.jobs import JobProgress


class StateLine(QWidget):
    """Its height is kept, so that what is said moves nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._line = MessageLine("Message")
        self._bar, self._stop = QProgressBar(), KeyedButton("statistics.back", "Stop counting")
        self._how_far = PlainLabel(kind="quiet")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(220)
        kept = self._stop.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._stop.setSizePolicy(kept)
        row = make_row(self, spacing=8, margins=(24, 0, 24, 8))
        row.addWidget(self._line, 1)
        row.addWidget(self._how_far)
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        self.end()

    def use_actions(self, find: FindAction) -> None:
        self._stop.use_action(find)

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
        self._how_far.setText(what)
        self._how_far.show()
        self._bar.show()
        self._stop.show()

    def progress(self, progress: JobProgress) -> None:
        if progress.done >= progress.total:  # what is added up now comes in one piece
            self._bar.setRange(0, 0)
            return
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._how_far.setText(f"{progress.done:,} of {progress.total:,}")

    def end(self) -> None:
        self._how_far.hide()
        self._bar.hide()
        self._stop.hide()
