"""The toolbar of the compare screen: what stands in the panes, how it is shown, how large."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.flow_row import FlowRow
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.segments import SegmentRow

SIDE_BY_SIDE, FLICKER, DIFFERENCE = "side by side", "flicker", "difference"
MODES = (SIDE_BY_SIDE, FLICKER, DIFFERENCE)


class CompareBar(QFrame):
    """Goes on in a second line where the window is narrow. `mode_chosen` carries one of MODES."""

    mode_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.modes = SegmentRow(["Side by side", "Flicker", "Difference"])
        for segment in self.modes.buttons:
            segment.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.modes.chosen.connect(lambda place: self.mode_chosen.emit(MODES[place]))
        self._linked = KeyedButton("compare.link", "Linked", checkable=True)
        self._four = KeyedButton("compare.four", "4 panes", checkable=True)
        self._buttons = (
            self._linked,
            self._four,
            KeyedButton("compare.individual", "Same individual"),
            KeyedButton("compare.region", "Same region, others"),
            KeyedButton("view.fit", "Fit", is_keyless=True),
            KeyedButton("view.full-size", "100 %", is_keyless=True),
            KeyedButton("compare.open", "Back to Read"),
        )
        row = FlowRow()
        row.setContentsMargins(12, 9, 12, 9)
        row.addWidget(self.modes)
        for button in self._buttons:
            row.addWidget(button)
        self.setLayout(row)

    def use_actions(self, find: FindAction) -> None:
        for button in self._buttons:
            button.use_action(find)

    def show_state(self, mode: str, *, linked: bool, is_four: bool) -> None:
        self.modes.set_current(MODES.index(mode))
        self._linked.setChecked(linked)
        self._four.setChecked(is_four)
