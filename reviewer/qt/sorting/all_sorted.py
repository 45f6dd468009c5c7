"""What is said, and what can be done next, once nothing is left to be sorted."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from reviewer.domain.reading.category import Category
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel


class AllSorted(FramedBox):
    """`untold_wanted`: those that cannot be told are to be shown."""

    untold_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sentence = PlainLabel(kind="quiet")
        self.sentence.setWordWrap(True)
        self.column.addWidget(self.sentence)
        self._read = KeyedButton("window.read", "Read", is_main=True, is_keyless=True)
        self.untold = QPushButton("Show “cannot tell”")
        self.untold.setFocusPolicy(self._read.focusPolicy())
        self.untold.clicked.connect(self.untold_wanted)
        row = make_row(spacing=8)
        row.addWidget(self._read)
        row.addWidget(self.untold)
        row.addStretch(1)
        self.column.addLayout(row)

    def use_actions(self, find: FindAction) -> None:
        self._read.use_action(find)

    def show_counts(self, total: int, counts: Mapping[str, int]) -> None:
        detainees, untold = counts.get(Category.DETAINEE, 0), counts.get(Category.CANNOT_TELL, 0)
        self.title.setText(f"✓  All {total:,} are sorted")
        self.title.show()
        self.sentence.setText(
            f"Offered for reading: {detainees:,} of detainees, {untold:,} that cannot be told."
        )
        self.untold.setVisible(untold > 0)
