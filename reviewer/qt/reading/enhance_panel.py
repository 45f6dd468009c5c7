"""The steps of the view, one under the other: switch off, reorder, delete, and a slider for each number."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.reading.enhancement import EnhancementChain, EnhancementStep, ToolParameter, find_tool
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.still_boxes import NoScrollSlider

_EDGE, _HEAD_EDGE = 12, 6
_EMPTY = "No step: the photograph is shown as it is. Add one above. Only the view changes, never the file."


class _ParameterSlider(QWidget):
    """One parameter: its name, its value and a slider."""

    moved = Signal(int)

    def __init__(self, parameter: ToolParameter, value: int) -> None:
        super().__init__()
        self._parameter = parameter
        self._shown = PlainLabel(parameter.shown(value), kind="quiet")
        self.slider = NoScrollSlider()
        self.slider.setRange(parameter.low, parameter.high)
        self.slider.setValue(value)
        self.slider.setAccessibleName(parameter.name)
        self.slider.valueChanged.connect(self._on_moved)
        top = QHBoxLayout()
        top.addWidget(PlainLabel(parameter.name))
        top.addStretch(1)
        top.addWidget(self._shown)
        column = make_column(self, spacing=2)
        column.addLayout(top)
        column.addWidget(self.slider)

    def _on_moved(self, value: int) -> None:
        self._shown.setText(self._parameter.shown(value))
        self.moved.emit(value)


class _StepBox(QFrame):
    """One step with its switch, its place and its numbers."""

    def __init__(
        self, step: EnhancementStep, change: Callable[[EnhancementStep], None], act: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.setObjectName("stepBox")
        self.step = step
        self._change = change
        tool = find_tool(step.tool)
        switch = QCheckBox(tool.name)
        switch.setChecked(step.on)
        switch.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        switch.setToolTip(tool.name)
        switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        switch.toggled.connect(self._on_switched)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(switch, 1)
        for sign, name, tip in (("▲", "up", "Earlier"), ("▼", "down", "Later"), ("✕", "remove", "Remove")):
            button = QToolButton()
            button.setText(sign)
            button.setFixedWidth(button.fontMetrics().height() + 8)
            button.setToolTip(f"{tip}: {tool.name}")
            button.setAccessibleName(f"{tip}: {tool.name}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, name=name: act(name))
            head.addWidget(button)
        column = make_column(self, spacing=6, margins=(12, 8, 8, 8))
        column.addLayout(head)
        self.numbers: dict[str, _ParameterSlider] = {}
        for parameter in tool.parameters:
            number = _ParameterSlider(parameter, step.value(parameter.key))
            number.moved.connect(lambda value, key=parameter.key: self._on_moved(key, value))
            self.numbers[parameter.key] = number
            column.addWidget(number)
        if tool.note:
            note = PlainLabel(tool.note, kind="caption")
            note.setWordWrap(True)
            column.addWidget(note)

    def _on_moved(self, key: str, value: int) -> None:
        self.step = self.step.with_value(key, value)
        self._change(self.step)

    def _on_switched(self, on: bool) -> None:
        self.step = EnhancementStep(self.step.tool, self.step.values, self.step.version, on)
        self._change(self.step)


class EnhancePanel(QFrame):
    """Stands in the lower part of the panel, so that the photograph stays as large as it is. `chain_changed`
    carries the new Chain."""

    chain_changed = Signal(object)
    keep_changed = Signal(bool)

    def __init__(self, histogram: QWidget) -> None:
        super().__init__()
        self.setObjectName("enhance")
        self._histogram = histogram
        self._buttons: list[KeyedButton] = []
        self._count = PlainLabel(kind="quiet")
        self._chain = EnhancementChain()
        self.boxes: list[_StepBox] = []
        self._steps = make_column(spacing=1)
        self._empty = PlainLabel(_EMPTY, kind="quiet")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(12, 8, 12, 8)
        self._keep = QCheckBox("Keep for next photos")
        self._keep.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._keep.toggled.connect(self.keep_changed)
        self._arrange()
        self.hide()

    def _arrange(self) -> None:
        title = make_row(spacing=8, margins=(_EDGE, 2, _HEAD_EDGE, 2))
        title.addWidget(PlainLabel("Steps", kind="strong"))
        title.addWidget(self._count)
        title.addStretch(1)
        title.addWidget(self._make_button("enhance.add", "Add a step", is_quiet=True))
        inner = QWidget()
        inner.setObjectName("sideInner")
        within = QVBoxLayout(inner)
        within.setContentsMargins(0, 0, 0, 0)
        within.addWidget(self._empty)
        within.addLayout(self._steps)
        within.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = make_column(self, spacing=4, margins=(0, 0, 0, 8))
        column.addLayout(title)
        above = make_column(spacing=0, margins=(12, 0, 12, 4))
        above.addWidget(self._histogram)
        column.addLayout(above)
        column.addWidget(area, 1)
        foot = make_column(spacing=4, margins=(12, 0, 12, 0))
        kept = make_row(spacing=8, margins=(0, 0, 0, 0))
        kept.addWidget(self._keep, 1)
        kept.addWidget(self._make_button("enhance.panel", "Close", is_quiet=True))
        foot.addLayout(kept)
        row = make_row(spacing=4)
        for id_, text in (
            ("enhance.off", "As it is"),
            ("enhance.preset", "Use kept…"),
            ("enhance.keep-preset", "Keep…"),
        ):
            button = self._make_button(id_, text)
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # keys may go
            row.addWidget(button, 1)
        foot.addLayout(row)
        column.addLayout(foot)

    def _make_button(self, id_: str, text: str, *, is_quiet: bool = False) -> KeyedButton:
        button = KeyedButton(id_, text, is_quiet=is_quiet, is_low=True)
        self._buttons.append(button)
        return button

    def use_actions(self, find: FindAction) -> None:
        for button in self._buttons:
            button.use_action(find)

    def show_chain(self, chain: EnhancementChain) -> None:
        """Show these steps; what is being dragged stays under the mouse."""
        if chain.steps == tuple(box.step for box in self.boxes):
            self._chain = chain
            self._tell_count()
            return
        self._chain = chain
        for box in self.boxes:
            self._steps.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = []
        for place, step in enumerate(chain.steps):
            box = _StepBox(
                step,
                lambda changed, place=place: self._replace_step(place, changed),  # type: ignore[misc]
                lambda name, place=place: self._apply_button(place, name),  # type: ignore[misc]
            )
            self.boxes.append(box)
            self._steps.addWidget(box)
        self._empty.setVisible(not chain.steps)
        self._tell_count()

    def _tell_count(self) -> None:
        on = len(self._chain.active)
        self._count.setText(f"{on:,} on" if self._chain.steps else "")

    def _replace_step(self, place: int, step: EnhancementStep) -> None:
        self._chain = self._chain.replace_step(place, step)
        self.chain_changed.emit(self._chain)

    def _apply_button(self, place: int, name: str) -> None:
        chain = self._chain
        changed = {
            "up": lambda: chain.move_step(place, -1),
            "down": lambda: chain.move_step(place, 1),
            "remove": lambda: chain.remove_step(place),
        }[name]()
        self.chain_changed.emit(changed)
