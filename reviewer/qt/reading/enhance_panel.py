"""The steps of the view, one under the other: switch off, reorder, delete, and a slider for each number."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.reading.enhancement import EnhancementChain, EnhancementStep, ToolParameter, find_tool
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.still_boxes import NoScrollSlider

WIDTH = 264
_EMPTY = "No step: the photograph is shown as it is. Shift+E adds one. Only the view changes, never the file."


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
    """`chain_changed` carries the new Chain; `action_wanted` the id of an action a button stands for."""

    chain_changed = Signal(object)
    action_wanted = Signal(str)
    keep_changed = Signal(bool)

    def __init__(self, histogram: QWidget) -> None:
        super().__init__()
        self.setObjectName("enhance")
        self._histogram = histogram
        self._buttons: dict[str, QPushButton] = {}
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
        self.scale_to(1.0)
        self.hide()

    def _arrange(self) -> None:
        title = PlainLabel("View only: steps", kind="caption")
        title.setContentsMargins(12, 6, 12, 4)
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
        column.addWidget(title)
        above = make_column(spacing=0, margins=(12, 0, 12, 4))
        above.addWidget(self._histogram)
        column.addLayout(above)
        column.addWidget(area, 1)
        foot = make_column(spacing=4, margins=(12, 0, 12, 0))
        foot.addWidget(self._keep)
        rows = (
            (("enhance.add", "Add…"), ("enhance.off", "As it is")),
            (("enhance.keep-preset", "Keep…"), ("enhance.preset", "Use kept…")),
        )
        for pair in rows:
            row = QHBoxLayout()
            row.setSpacing(4)
            for id_, text in pair:
                row.addWidget(self._make_button(id_, text))
            foot.addLayout(row)
        column.addLayout(foot)

    def _make_button(self, id_: str, text: str) -> QPushButton:
        button = make_choice_button(text)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.action_wanted.emit(id_))
        self._buttons[id_] = button
        return button

    def use_actions(self, find: FindAction) -> None:
        """Let each button tell what it does and the key for it."""
        for id_, button in self._buttons.items():
            button.setToolTip(find(id_).toolTip())

    def scale_to(self, text_scale: float) -> None:
        """Give larger type the room it needs."""
        self.setFixedWidth(round(WIDTH * max(0.9, text_scale)))

    def show_chain(self, chain: EnhancementChain) -> None:
        """Show these steps; what is being dragged stays under the mouse."""
        if chain.steps == tuple(box.step for box in self.boxes):
            self._chain = chain
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
