"""The query line: one line to type into, what fits below it, one sentence, and how many there are.

It lies over the screen that is on and changes nothing there until Enter. Tab takes what fits.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QWidget

from reviewer.domain.search.completion import Completions
from reviewer.qt.layers import WindowLayer
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel

_WIDE, _HIGH, _ROW = 760, 380, 8
_HINT = (
    "Enter: show    Ctrl+Enter: read as worklist    Ctrl+D: save under a name    Tab: take what fits    "
    "Esc: close"
)
PLACEHOLDER = "term:bruise region:neck certainty>=probable -category:soldier"


class QueryEdit(QLineEdit):
    """A line that keeps the keys the query needs; what it does with them is the owner's."""

    key = Signal(int, bool)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._is_own(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.key.emit(event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
                return True
        return super().event(event)

    @staticmethod
    def _is_own(event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return True
        if control:
            return event.key() == Qt.Key.Key_D
        return event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab}


def fill_with_completions(shown: QListWidget, fits: Completions) -> None:
    """Show what fits, each with its detail; the first is current."""
    shown.clear()
    shown.addItems([f"{fit.text}    {fit.detail}" if fit.detail else fit.text for fit in fits.found])
    shown.setCurrentRow(0)


class QueryLine(WindowLayer):
    """Shows a query and what fits it. `changed` after each letter or step of the cursor."""

    changed = Signal()
    entered = Signal()
    worklist_wanted = Signal()
    save_wanted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fits: Completions | None = None
        self._line = QueryEdit()
        self._line.setAccessibleName("Search for photographs")
        self._line.setPlaceholderText(PLACEHOLDER)
        self.sentence, self.count, hint = PlainLabel(), PlainLabel(), PlainLabel(_HINT)
        self.sentence.setWordWrap(True)
        self.sentence.setMinimumHeight(36)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        for label in (hint, self.count):
            label.setProperty("kind", "quiet")
        self._arrange(hint)
        self._line.textEdited.connect(lambda _text: self.changed.emit())
        self._line.cursorPositionChanged.connect(lambda _old, _new: self.changed.emit())
        self._line.key.connect(self._on_key)
        self._list.itemClicked.connect(lambda _item: self._take_completion())
        self.hide()

    def _arrange(self, hint: PlainLabel) -> None:
        caption = PlainLabel("Search for photographs", kind="caption")
        below = QHBoxLayout()
        below.addWidget(self.sentence, 1)
        below.addWidget(self.count)
        column = make_column(self, spacing=8, margins=(12, 12, 12, 12))
        column.addWidget(caption)
        column.addWidget(self._line)
        column.addLayout(below)
        column.addWidget(self._list, 1)
        column.addWidget(hint)

    # what is shown

    def open_over(self, screen: QWidget, text: str) -> None:
        """Open over a screen with a text, all of it selected, and the keyboard."""
        self.setParent(screen)
        width, height = min(_WIDE, screen.width() - 48), min(_HIGH, screen.height() - 80)
        self.setGeometry((screen.width() - width) // 2, 56, width, height)
        self._line.setText(text)
        self._line.selectAll()
        self.show()
        self.raise_()
        self._line.setFocus()
        self.changed.emit()

    def close_line(self) -> None:
        if self.isVisible():
            self.put_away()
            self.closed.emit()

    def dismiss(self) -> None:
        self.close_line()

    def home(self) -> QWidget:
        return self._line

    @property
    def text(self) -> str:
        return self._line.text()

    @property
    def cursor_place(self) -> int:
        return int(self._line.cursorPosition())

    def fitting(self) -> list[str]:
        """What the list shows now."""
        return [completion.text for completion in self._fits.found] if self._fits else []

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """One sentence below the line; a mistake names its column."""
        self.sentence.setText(sentence)
        set_style_property(self.sentence, "kind", "alarm" if wrong else "quiet")

    def show_count(self, text: str) -> None:
        self.count.setText(text)

    def show_fitting(self, fits: Completions) -> None:
        self._fits = fits
        fill_with_completions(self._list, fits)

    # keys

    def _on_key(self, key: int, control: bool) -> None:
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            (self.worklist_wanted if control else self.entered).emit()
        elif key == Qt.Key.Key_D:
            self.save_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.close_line()
        elif key == Qt.Key.Key_Tab:
            self._take_completion()
        else:
            by = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow(min(max(0, self._list.currentRow() + by), self._list.count() - 1))

    def _take_completion(self) -> None:
        """Put what fits, the current one or the first, in the place of what is typed."""
        fits, row = self._fits, max(0, self._list.currentRow())
        if fits is None or row >= len(fits.found):
            return
        text, cursor = fits.apply(self.text, fits.found[row])
        self._fits = None
        self._line.setText(text)
        self._line.setCursorPosition(cursor)
        self._line.setFocus()
        self.changed.emit()
