"""What is said of the whole photograph: three buttons that do what their keys do, and the lists of signs.

The line below them names the lists that were looked for, or would be by the second button; pointing at it or
at the button tells every sign on them, a click on the line shows them one by one.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from reviewer.domain.reading.reading import Conclusion, Reading, ReadingState
from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.elided_label import ClickedLabel
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import make_plain_tip

NOTHING, NOTHING_ELSE, COMPLETE, SIGNS = (
    "reading.nothing-visible",
    "reading.nothing-else",
    "reading.complete-and-next",
    "reading.signs",
)
_BUTTONS = (
    (NOTHING, "N  Nothing", "Nothing visible in the assessable regions (N)"),
    (NOTHING_ELSE, ",  Nothing else", "Nothing else of the lists visible (comma)"),
    (COMPLETE, "Enter  Complete", "Reading complete, go to the next unread photo (Enter)"),
)


_TIP_WIDE = 90


class WholePhotoPanel(QWidget):
    """`action_wanted` carries the id of an action."""

    action_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(4)
        for id_, text, tip in _BUTTONS:
            button = make_choice_button(text, checkable=True)
            button.setToolTip(tip)
            button.setMinimumHeight(26)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _on, id_=id_: self._on_clicked(id_))
            self.buttons[id_] = button
            row.addWidget(button)
        self.line = ClickedLabel("lookedFor", kind="quiet")
        self.line.setAccessibleName("Signs looked for")
        self.line.clicked.connect(lambda: self.action_wanted.emit(SIGNS))
        column = make_column(self, spacing=2, margins=(0, 2, 0, 0))
        column.addLayout(row)
        column.addWidget(self.line)

    def show_reading(self, reading: Reading) -> None:
        """Show which of the three stand."""
        self.buttons[NOTHING].setChecked(reading.conclusion is Conclusion.NOTHING_VISIBLE)
        self.buttons[NOTHING_ELSE].setChecked(bool(reading.looked_for))
        self.buttons[COMPLETE].setChecked(reading.state is ReadingState.COMPLETE)

    def show_lists(self, words: str, signs: Sequence[str]) -> None:
        """`words`: what was looked for, or not yet; `signs`: each list with all its signs."""
        self.line.setText(words)
        told = (*signs, "A click, or Shift+L, shows them one by one.") if signs else (words,)
        self.line.setToolTip(_format_tip(told))
        tip = "Nothing else of these lists visible (comma); again takes it back."
        self.buttons[NOTHING_ELSE].setToolTip(_format_tip((tip, *(signs or (words,)))))

    def _on_clicked(self, id_: str) -> None:
        button = self.buttons[id_]
        button.setChecked(not button.isChecked())  # what is shown follows the Reading, not the click
        self.action_wanted.emit(id_)


def _format_tip(paragraphs: Iterable[str]) -> str:
    """A tooltip of lines that are short enough to be read."""
    return make_plain_tip(
        "\n".join(line for paragraph in paragraphs for line in textwrap.wrap(paragraph, _TIP_WIDE))
    )
