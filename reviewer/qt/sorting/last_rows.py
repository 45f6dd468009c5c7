"""The last four that were sorted, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.reading.sorted_last import SortingAct

SHOWN = 4
_LEAST = 24


class LastSorted(QWidget):
    """There is always room for four rows. `name_photo` tells what a Photo (SHA-256) is called on screen."""

    def __init__(self, name_photo: Callable[[str], str]) -> None:
        super().__init__()
        self._name_photo = name_photo
        self.take_back = KeyedButton("sort.take-back", "Take back", is_low=True)
        column = make_column(self, spacing=0)
        head = make_row(spacing=8)
        head.addWidget(PlainLabel("Sorted last", kind="strong"), 1)
        head.addWidget(self.take_back)
        column.addLayout(head)
        self._acts: list[SortingAct] = []
        self._shown: list[tuple[str, str]] = []
        self._rows: list[tuple[ElidedLabel, PlainLabel]] = []
        for _number in range(SHOWN):
            what, category = ElidedLabel("lastSorted"), PlainLabel(kind="quiet")
            what.setMinimumHeight(_LEAST)
            row = make_row(spacing=8)
            row.addWidget(what, 1)
            row.addWidget(category)
            column.addLayout(row)
            self._rows.append((what, category))

    def use_actions(self, find: FindAction) -> None:
        self.take_back.use_action(find)

    def show_acts(self, acts: Sequence[SortingAct]) -> None:
        """The newest first."""
        if self._acts != list(acts):
            self._acts = list(acts)
            self.refresh()

    def refresh(self) -> None:
        """Read again what the photographs are called."""
        self._shown = [self._describe(act) for act in self._acts[:SHOWN]]
        empty = [("", "")] * (SHOWN - len(self._shown))
        for (what, category), (named, sorted_as) in zip(self._rows, [*self._shown, *empty], strict=True):
            what.setText(named)
            category.setText(sorted_as)

    def list_rows(self) -> list[tuple[str, str]]:
        """What is said: which photographs, and as what they were sorted."""
        return list(self._shown)

    def _describe(self, act: SortingAct) -> tuple[str, str]:
        count = len(act.photos)
        what = self._name_photo(act.photos[0]) if count == 1 else f"{count:,} photographs"
        category = CATEGORY_NAMES[Category(act.category)].lower() if act.category else "not sorted"
        return what, f"{category}, by {act.by}" if act.by else category
