"""Which run a key with Shift sorts: one row for each, with how many photographs it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from reviewer.qt.sorting.run_words import RUN_NAMES
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.reading.sorting import PhotoRun, RunKind


class RunChoices(QWidget):
    """The rows stay where they are; one whose run is none, or the same as a shorter one, is off."""

    def __init__(self) -> None:
        super().__init__()
        column = self._column = make_column(self, spacing=4)
        head = make_row(spacing=8)
        head.addWidget(PlainLabel("A run", kind="strong"))
        keys = ElidedLabel("runKeys", kind="caption")
        keys.setText("Shift and the key, or Shift and a click")
        head.addWidget(keys, 1)
        column.addLayout(head)
        self.buttons: dict[RunKind, QRadioButton] = {}
        self.counts: dict[RunKind, PlainLabel] = {}
        self._group = QButtonGroup(self)
        for kind in RunKind:
            button, count = QRadioButton(RUN_NAMES[kind]), PlainLabel()
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._group.addButton(button)
            self.buttons[kind], self.counts[kind] = button, count
            row = make_row(spacing=8)
            row.addWidget(button, 1)
            row.addWidget(count)
            column.addLayout(row)
        self.forget()

    def forget(self) -> None:
        """Another photograph is on screen: which runs there are is not counted yet."""
        for kind, button in self.buttons.items():
            button.setEnabled(False)
            self.counts[kind].setText("")

    def show_runs(self, runs: Sequence[PhotoRun]) -> None:
        """The shortest is chosen until another one is."""
        there = {run.kind: run for run in runs}
        for kind, button in self.buttons.items():
            button.setEnabled(kind in there)
            self.counts[kind].setText(f"{len(there[kind].positions):,}" if kind in there else "")
        self._column.activate()  # at once: counting is done at any time, and a number is never cut meanwhile
        self._group.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)
        if runs:
            self.buttons[runs[0].kind].setChecked(True)

    def choose(self, kind: RunKind) -> None:
        """Show that another run is meant."""
        self.buttons[kind].setChecked(True)

    @property
    def chosen(self) -> RunKind | None:
        """The run that is meant, None while none is."""
        return next(
            (kind for kind, button in self.buttons.items() if button.isChecked() and button.isEnabled()), None
        )
