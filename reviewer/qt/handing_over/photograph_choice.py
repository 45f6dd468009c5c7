"""Which photographs are handed over: all of them, the result shown, a saved list, what a query finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QListWidget, QWidget

from reviewer.domain.search.completion import Completions
from reviewer.domain.search.query import QueryCondition, format_query
from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.handing_over.fields import AnswerRadio, make_quiet_label, narrow_choice
from reviewer.qt.search.query_line import PLACEHOLDER, QueryEdit, fill_with_completions
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.still_boxes import NoScrollComboBox

_ROWS = 4
_LONGEST_SHOWN = 48
"""Letters of a query in one answer: the line does not wrap."""
_EVERYTHING, _SHOWN, _LIST, _QUERY, _NOTHING = "everything", "shown", "list", "query", "nothing"


class PhotographChoice(QWidget):
    """`nothing` is the first answer where no photograph may be wanted, "" where one must be; `told` says
    below what the choice comes to, or what is wrong with it."""

    def __init__(self, shown: str, changed: Callable[[], None], nothing: str = "") -> None:
        super().__init__()
        self.key: Callable[[int, bool], None] = lambda _key, _control: None
        self._changed, self._shown = changed, shown
        self._fits: Completions | None = None
        self._group = QButtonGroup(self)
        self._radios: dict[str, AnswerRadio] = {}
        self.told = make_quiet_label()
        self.edit, self.lists, self._fitting = QueryEdit(), NoScrollComboBox(), QListWidget()
        self._arrange(_list_answers(nothing, shown))
        self.edit.textEdited.connect(lambda _text: self._on_typed())
        self.edit.cursorPositionChanged.connect(lambda _old, _new: self._on_moved())
        self.edit.key.connect(self._on_key)
        self.lists.currentIndexChanged.connect(lambda _place: self._on_list())
        self._fitting.itemClicked.connect(lambda _item: self._take_fit())

    def _arrange(self, answers: Sequence[tuple[str, str]]) -> None:
        self.edit.setAccessibleName("The photographs that a query finds")
        self.edit.setPlaceholderText(PLACEHOLDER)
        narrow_choice(self.lists, "The saved list")
        self._fitting.setAccessibleName("What fits the query")
        self._fitting.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fitting.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fitting.hide()
        column = make_column(self, spacing=8)
        for name, text in answers:
            radio = self._radios[name] = AnswerRadio(text)
            self._group.addButton(radio)
            column.addWidget(radio)
            if name == _LIST:
                column.addWidget(self.lists)
            radio.toggled.connect(lambda is_on: self._on_toggled() if is_on else None)
        column.addWidget(self.edit)
        column.addWidget(self._fitting)
        column.addWidget(self.told)
        self._radios[_LIST].setEnabled(False)
        next(iter(self._radios.values())).setChecked(True)
        self._show_fields()

    def offer_lists(self, names: Sequence[str]) -> None:
        """Offer the saved lists of these names; without any that answer cannot be chosen."""
        self.lists.addItems(list(names))
        self._radios[_LIST].setEnabled(bool(names))
        self._radios[_LIST].setToolTip(
            "" if names else name_keys("No list was saved yet: Ctrl+F, then Ctrl+D saves one.")
        )

    @property
    def query(self) -> str | None:
        """The query that chooses: "" for everything, None for no photograph."""
        chosen = next(name for name, radio in self._radios.items() if radio.isChecked())
        if chosen == _LIST:
            return format_query(QueryCondition("list", ":", self.lists.currentText()))
        return {_QUERY: self.edit.text(), _SHOWN: self._shown, _NOTHING: None}.get(chosen, "")

    @property
    def is_query(self) -> bool:
        return self._radios[_QUERY].isChecked()

    def choose_everything(self) -> None:
        self._radios[_EVERYTHING].setChecked(True)

    def texts(self) -> list[str]:
        """The answers as they are offered."""
        return [radio.text() for radio in self._radios.values()]

    def fitting(self) -> list[str]:
        """What fits the query, as the list shows it; nothing while it is hidden."""
        found = self._fits.found if self._fits and not self._fitting.isHidden() else ()
        return [completion.text for completion in found]

    def show_fitting(self, fits: Completions) -> None:
        self._fits = fits
        fill_with_completions(self._fitting, fits)
        self._fitting.setVisible(self.is_query and bool(fits.found) and self.edit.hasFocus())
        rows = min(_ROWS, max(1, len(fits.found)))
        high = rows * max(1, self._fitting.sizeHintForRow(0)) + 2 * self._fitting.frameWidth()
        self._fitting.setFixedHeight(high)

    def _show_fields(self) -> None:
        """Only the answer that is chosen has its field on screen."""
        self.edit.setVisible(self.is_query)
        self.lists.setVisible(self._radios[_LIST].isChecked())
        if not self.is_query:
            self._fitting.hide()

    def _on_typed(self) -> None:
        self._radios[_QUERY].setChecked(True)
        self._changed()

    def _on_moved(self) -> None:
        if self.is_query:
            self._changed()

    def _on_list(self) -> None:
        if self._radios[_LIST].isChecked():
            self._changed()

    def _on_toggled(self) -> None:
        self._show_fields()
        self._changed()

    def _on_key(self, key: int, control: bool) -> None:
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            by = 1 if key == Qt.Key.Key_Down else -1
            row = self._fitting.currentRow() + by
            self._fitting.setCurrentRow(min(max(0, row), self._fitting.count() - 1))
        elif key != Qt.Key.Key_Tab or not (self._is_half_typed() and self._take_fit()):
            self.key(key, control)

    def _is_half_typed(self) -> bool:
        """Whether Tab has something to take: behind a blank it leads to the next field."""
        before = self.edit.text()[: self.edit.cursorPosition()]
        return bool(before) and not before.endswith(" ")

    def _take_fit(self) -> bool:
        """Put what fits in the place of what is typed; False if that changes nothing."""
        fits, row = self._fits, max(0, self._fitting.currentRow())
        if fits is None or row >= len(fits.found):
            return False
        text, cursor = fits.apply(self.edit.text(), fits.found[row])
        if text.strip() == self.edit.text().strip():
            return False
        self._fits = None
        self.edit.setText(text)
        self.edit.setCursorPosition(cursor)
        self.edit.setFocus()
        self._changed()
        return True


def _list_answers(nothing: str, shown: str) -> Sequence[tuple[str, str]]:
    short = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[: _LONGEST_SHOWN - 1]}\u2026"
    return [
        *([(_NOTHING, nothing)] if nothing else []),
        (_EVERYTHING, "Everybody: all photographs"),
        *([(_SHOWN, f"The result shown: {short}")] if shown else []),
        (_LIST, "A saved list"),
        (_QUERY, "What a search finds"),
    ]
