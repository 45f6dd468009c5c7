"""The note of the Photo on screen: kept a moment after the last key, and whenever the Photo is left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, Qt, QTextCursor

from reviewer.qt.actions.worn_keys import add_key
from reviewer.qt.widgets.free_text import FreeTextField
from reviewer.qt.widgets.timers import make_single_shot_timer

_KEEP_AFTER_MS = 700


class NoteField(FreeTextField):
    """`written` carries the text when it is time to keep it; `left` when Escape gives the keyboard back,
    `wanted` before the keyboard is to come."""

    written = Signal(str)
    left = Signal()
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Note")
        self._name_key()
        self._timer = make_single_shot_timer(self, _KEEP_AFTER_MS, self.keep)
        self._shown = ""
        self.textChanged.connect(self._on_changed)

    def _name_key(self) -> None:
        to_write = f"{add_key('Note', 'reading.note')}, Esc to return"
        self.setPlaceholderText("No note on this photograph." if self.isReadOnly() else to_write)

    def show_note(self, text: str) -> None:
        """Show what is kept, unless the Examiner is in the middle of typing something else."""
        self._name_key()
        if self._timer.isActive() or text == self.toPlainText():
            self._shown = text
            return
        self._shown = text
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)  # whoever comes to it adds to what is there
        self._timer.stop()

    def keep(self) -> None:
        """Send off what was typed, if anything."""
        self._timer.stop()
        if self.toPlainText() != self._shown:
            self._shown = self.toPlainText()
            self.written.emit(self._shown)

    def begin(self) -> None:
        """Take the keyboard, wherever the field is."""
        self.wanted.emit()
        self.setFocus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.keep()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def _on_changed(self) -> None:
        if self.toPlainText() != self._shown:
            self._timer.start()
