"""The panel beside the photograph that is sorted: categories, run, what was sorted last, the ways on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from reviewer.qt.look.theme import Theme
from reviewer.qt.sorting.all_sorted import AllSorted
from reviewer.qt.sorting.choices import CategoryChoices
from reviewer.qt.sorting.last_rows import LastSorted
from reviewer.qt.sorting.run_choices import RunChoices
from reviewer.qt.widgets.action_button import ActionButton, FindAction
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.side_panel import InfoPanel
from reviewer.qt.widgets.timers import make_single_shot_timer

_WIDTH, _EDGE = 344, 12
READY = "one key, then the next"


class SortPanel(QFrame):
    """The parts keep their places. Where the panel is low, the categories have one line instead of two."""

    def __init__(self, name_photo: Callable[[str], str]) -> None:
        super().__init__()
        self.hint = ElidedLabel("sortHint", kind="caption")
        self.hint.setText(READY)
        self.clear = KeyedButton("sort.clear", "Clear", is_low=True)
        self.choices, self.runs = CategoryChoices(), RunChoices()
        self.all_sorted, self.last = AllSorted(), LastSorted(name_photo)
        self.all_sorted.hide()
        self._step = (
            ActionButton("sort.previous", "Previous photo", "previous"),
            ActionButton("sort.next", "Next photo", "next"),
        )
        self.next_unsorted = KeyedButton("sort.next-unsorted", "Next not sorted")
        self._later = make_single_shot_timer(self, 0, self._fit)
        self._arrange()

    def _arrange(self) -> None:
        self._body = InfoPanel(_WIDTH)
        head = make_row(spacing=8)
        head.addWidget(PlainLabel("What is it of?", kind="strong"))
        head.addWidget(self.hint, 1)
        head.addWidget(self.clear)
        column = self._body.column
        column.addLayout(head)
        for widget in (self.choices, _make_line(), self.runs, self.all_sorted, _make_line(), self.last):
            column.addWidget(widget)
        column.addStretch(1)
        foot = QFrame()
        foot.setObjectName("sortFoot")
        row = make_row(foot, spacing=8, margins=(_EDGE, 8, _EDGE, 8))
        for button in self._step:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setObjectName("framedTool")
            row.addWidget(button)
        row.addWidget(self.next_unsorted, 1)
        whole = make_column(self, spacing=0)
        whole.addWidget(self._body, 1)
        whole.addWidget(foot)

    def use_actions(self, find: FindAction) -> None:
        for part in (self.choices, self.all_sorted, self.last):
            part.use_actions(find)
        for button in (self.clear, self.next_unsorted, *self._step):
            button.use_action(find)

    def apply_theme(self, theme: Theme) -> None:
        for button in self._step:
            button.apply_theme(theme)
        self._later.start()

    def show_ready(self, refusal: str) -> None:
        """`refusal` says what has to be done before the photograph can be sorted, "" for nothing."""
        self.hint.setText(refusal or READY)
        self.choices.set_ready(not refusal)

    def show_all_sorted(self, all_sorted: bool) -> None:
        """What comes next takes the place of the runs, of which there are none any more."""
        self.runs.setVisible(not all_sorted)
        self.all_sorted.setVisible(all_sorted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_later"):
            self._later.start()

    def _fit(self) -> None:
        self.choices.set_low(False)
        for part in self._body.findChildren(QWidget):
            part.ensurePolished()
            if (layout := part.layout()) is not None:
                layout.invalidate()
        self.choices.set_low(self._body.column.totalMinimumSize().height() > self._body.height())


def _make_line() -> QWidget:
    line = QFrame()
    line.setObjectName("panelLine")
    line.setFixedHeight(1)
    return line
