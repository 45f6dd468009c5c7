"""What is said of the whole photograph beside the answers of the toolbar: lists of signs, the description.

The line names the lists that were looked for, or would be by the first button; pointing at it or the button
tells every sign on them, a click on the line shows them one by one.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.domain.reading.reading import Reading
from reviewer.qt.actions.worn_keys import add_key
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.clamped_label import ClampedLabel
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import make_plain_tip

NOTHING_ELSE, SIGNS, DESCRIBE = "reading.nothing-else", "reading.signs", "describe.strip"
_TIP_WIDE = 90
_NOT_DESCRIBED = "Nothing is described yet."


class WholePhotoPanel(QWidget):
    """One row: how far the Reading is, or what is said in its place `before` it, and the button that
    describes the photograph.

    `line` names the lists of signs, `nothing_else` goes through them; both are placed by whoever has room
    for them. A click on the line is told by `action_wanted` with the id of an action.
    """

    action_wanted = Signal(str)

    def __init__(self, before: Sequence[QWidget]) -> None:
        super().__init__()
        self._before = tuple(before)
        self.state = ElidedLabel("readingState", kind="caption")
        self.state.setAccessibleName("State of the reading")
        self.nothing_else = KeyedButton(NOTHING_ELSE, "Nothing else", checkable=True, is_quiet=True)
        self.describe = KeyedButton(DESCRIBE, "Describe", checkable=True, is_quiet=True)
        self.described = _NOT_DESCRIBED
        self._signs: tuple[str, ...] = ()
        row = make_row(self, spacing=4)
        for label in (*self._before, self.state):
            row.addWidget(label, 1)
        row.addWidget(self.describe)
        self.line = ClampedLabel("lookedFor", 2, kind="caption")
        self.line.setAccessibleName("Signs looked for")
        self.line.clicked.connect(lambda: self.action_wanted.emit(SIGNS))

    def use_actions(self, find: FindAction) -> None:
        for button in (self.nothing_else, self.describe):
            button.use_action(find)
        self._tell()

    def show_reading(self, reading: Reading) -> None:
        """Show whether lists were gone through, and the state where nothing stands in its place."""
        self.nothing_else.setChecked(bool(reading.looked_for))
        self.state.setVisible(all(label.isHidden() for label in self._before))

    def show_lists(self, short: str, words: str, signs: Sequence[str]) -> None:
        """`short`: how many signs were looked for, or not yet; `words`: the same in a sentence; `signs`: each
        list with all its signs."""
        self.line.setText(short)
        told = (*signs, add_key("A click shows them one by one", SIGNS)) if signs else (words,)
        self.line.setToolTip(_format_tip(told))
        self._signs = (*signs,) or (words,)
        self._tell()

    def show_description(self, words: str) -> None:
        """What was described, where the mouse rests; the button is on if anything was."""
        self.described = words or _NOT_DESCRIBED
        self.describe.setChecked(bool(words))
        self._tell()

    def _tell(self) -> None:
        again = f"Nothing else of these lists visible ({self.nothing_else.key}); again takes it back."
        self.nothing_else.show_tip(_format_tip((again, *self._signs)))
        about = f"The state of the body, how it lies, the card, the scene ({self.describe.key})."
        self.describe.show_tip(make_plain_tip("\n".join((about, *self.described.split(" · ")))))


@lru_cache(maxsize=64)
def _format_tip(paragraphs: tuple[str, ...]) -> str:
    """A tooltip of lines that are short enough to be read; most photographs have the same."""
    return make_plain_tip(
        "\n".join(line for paragraph in paragraphs for line in textwrap.wrap(paragraph, _TIP_WIDE))
    )
