"""The box of searching, open: one line to type into, and below it what the words may mean or what fits.

It lies over the page, grown from its place in the header, moves nothing and changes nothing until Enter. Tab
takes what fits.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListWidget, QWidget

from reviewer.domain.search.completion import Completion, Completions
from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.layers import WindowLayer
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.look.theme import Theme
from reviewer.qt.search.suggestion_list import SuggestionList, list_offered
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.search.search import ReadSoFar
from reviewer.services.search.suggesting import Suggestion, Suggestions

_WIDE, _MARGIN = 480, 8
_HINT = name_keys("Ctrl+Enter: read    Ctrl+D: keep as a list    Tab: take what fits    Esc: close")
WORDS_HINT = "Find findings, individuals, files, notes"
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

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fits: Completions | None = None
        self._suggestions: Suggestions | None = None
        self._line = QueryEdit()
        self._line.setAccessibleName("Search for photographs")
        self._line.setPlaceholderText(WORDS_HINT)
        self.sentence, self.count, hint = PlainLabel(), PlainLabel(), PlainLabel(_HINT)
        self.sentence.setWordWrap(True)
        hint.setWordWrap(True)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._list = SuggestionList(theme)
        self.read = PlainLabel()
        """Of how many photographs findings can be found at all."""
        self.read.setWordWrap(True)
        self.read.hide()
        for label in (hint, self.count, self.read):
            label.setProperty("kind", "caption")
        self._arrange(hint)
        self._line.textEdited.connect(lambda _text: self.changed.emit())
        self._line.cursorPositionChanged.connect(lambda _old, _new: self.changed.emit())
        self._line.key.connect(self._on_key)
        self._list.itemClicked.connect(lambda _item: self._take_clicked())
        self._list.currentRowChanged.connect(lambda _row: self._say_what_enter_shows())
        self.hide()

    def _arrange(self, hint: PlainLabel) -> None:
        below = QHBoxLayout()
        below.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        below.setSpacing(16)
        below.addWidget(self.sentence, 1)
        below.addWidget(self.count)
        read = QHBoxLayout()
        read.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        read.addWidget(self.read)
        foot = QHBoxLayout()
        foot.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        foot.addWidget(hint)
        column = make_column(self, spacing=8, margins=(_MARGIN, _MARGIN, _MARGIN, _MARGIN))
        column.addWidget(self._line)
        column.addWidget(self._list)
        line = QFrame()
        line.setObjectName("hairline")
        line.setFixedHeight(1)
        column.addWidget(line)
        column.addLayout(below)
        column.addLayout(read)
        column.addLayout(foot)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._list.apply_theme(theme)

    # what is shown

    def open_over(self, field: QWidget, text: str) -> None:
        """Open over a field of the window, from its right edge, with a text, all of it selected."""
        window = field.window()
        self.setParent(window)
        self._corner = field.mapTo(window, QPoint(field.width(), 0))
        self._offer()
        self._line.setText(text)
        self._line.selectAll()
        self.show()
        self.raise_()
        self._fit()
        self._line.setFocus()
        self.changed.emit()

    def _fit(self) -> None:
        """Be as tall as what is shown, and as wide as there is room for."""
        window = self.parentWidget()
        if window is None:
            return
        scale = min(1.25, self._theme.text_scale) * (4 / 3 if self._theme.is_wide else 1)
        width = min(round(_WIDE * scale) + 2 * _MARGIN, window.width() - 2 * _MARGIN)
        top = max(0, self._corner.y() - _MARGIN)
        self._list.setFixedHeight(self._list.find_height(max(80, window.height() - top - 180)))
        self._list.setVisible(self._list.count() > 0)
        layout = self.layout()
        height = self.height()
        if layout is not None:
            layout.invalidate()
            layout.activate()  # else lines that were wrapped before keep the height they had
            height = layout.totalHeightForWidth(width)
        left = max(_MARGIN, min(self._corner.x() + _MARGIN, window.width()) - width)
        self.setGeometry(QRect(left, top, width, min(height, window.height() - top)))

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
    def asked(self) -> str:
        """The query that Enter shows: what the chosen row stands for, else what is typed."""
        chosen = self._list.chosen()
        return chosen.query if isinstance(chosen, Suggestion) else self.text

    @property
    def cursor_place(self) -> int:
        return int(self._line.cursorPosition())

    def fitting(self) -> list[str]:
        """What fits at the cursor now."""
        return [completion.text for completion in self._fits.found] if self._fits else []

    def offered(self) -> list[str]:
        """What the rows say, headings too."""
        return self._list.names()

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """One sentence below the rows; a mistake names its column."""
        self.sentence.setText(name_keys(sentence))
        set_style_property(self.sentence, "kind", "alarm" if wrong else "quiet")
        self._fit()

    def show_read(self, read: ReadSoFar | None) -> None:
        """Say what findings are searched in; nothing for a query that asks for none."""
        self.read.setVisible(read is not None)
        if read is not None:
            self.read.setText(
                f"Findings are those you recorded so far: you have read {read.complete:,} of {read.photos:,} "
                "photographs."
            )

    def show_count(self, text: str) -> None:
        self.count.setText(text)

    def show_fitting(self, fits: Completions, suggestions: Suggestions | None = None) -> None:
        """Show what plain words may mean, the first that finds anything chosen, and what fits."""
        self._offer(fits, suggestions)
        self._fit()

    def _offer(self, fits: Completions | None = None, suggestions: Suggestions | None = None) -> None:
        self._fits, self._suggestions = fits, suggestions
        chosen: Suggestion | Completion | None
        if suggestions is not None:
            chosen = None if suggestions.is_offered_only else suggestions.first
        else:
            chosen = fits.found[0] if fits is not None and fits.found else None
        self._list.offer(list_offered(suggestions, fits), chosen)
        self._say_what_enter_shows()

    def _say_what_enter_shows(self) -> None:
        """While plain words are typed: the query that Enter shows."""
        if self._suggestions is None:
            return
        chosen = self._list.chosen()
        if isinstance(chosen, Suggestion):
            self.say(f"Enter shows: {chosen.query}")
            self.show_count(f"{chosen.photos:,}")
        elif isinstance(chosen, Completion):
            self.say(f"Enter puts in: {chosen.text}")
            self.show_count("")

    # keys

    def _on_key(self, key: int, control: bool) -> None:
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(control)
        elif key == Qt.Key.Key_D:
            self.save_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.close_line()
        elif key == Qt.Key.Key_Tab:
            self._take_completion()
        else:
            self._list.step(1 if key == Qt.Key.Key_Down else -1)

    def _enter(self, control: bool) -> None:
        if self._suggestions is not None and isinstance(self._list.chosen(), Completion):
            self._take_completion()
        else:
            (self.worklist_wanted if control else self.entered).emit()

    def _take_clicked(self) -> None:
        if isinstance(self._list.chosen(), Suggestion):
            self.entered.emit()
        else:
            self._take_completion()

    def _take_completion(self) -> None:
        """Put what fits, the current one or the first, in the place of what is typed; of a meaning its
        query."""
        chosen, fits = self._list.chosen(), self._fits
        if isinstance(chosen, Suggestion) and not self.fitting():
            self._put(chosen.query, len(chosen.query))
            return
        if fits is None or not fits.found:
            return
        fit = chosen if isinstance(chosen, Completion) else fits.found[0]
        self._put(*fits.apply(self.text, fit))

    def _put(self, text: str, cursor: int) -> None:
        self._fits = None
        self._line.setText(text)
        self._line.setCursorPosition(cursor)
        self._line.setFocus()
        self.changed.emit()
