"""What is pressed, filled in and read: one of every widget that screens share, in each of its states."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QWidget,
)

from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.action_button import ActionButton
from reviewer.qt.widgets.choice_list import ChoiceList
from reviewer.qt.widgets.field_message import FieldMessage
from reviewer.qt.widgets.flow_row import FlowRow, make_flow_row
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.free_text import FreeTextField
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.map_legend import MapLegend
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.row_table import RowTable, TextTableModel
from reviewer.qt.widgets.segments import SegmentRow
from reviewer.qt.widgets.still_boxes import NoScrollComboBox, NoScrollSlider, NoScrollSpinBox

_TOOLS = (
    ("previous", "Previous"),
    ("add", "Add finding"),
    ("rectangle", "Rectangle"),
    ("ellipse", "Ellipse"),
    ("polygon", "Polygon"),
    ("line", "Line"),
    ("undo", "Undo"),
    ("set-aside", "Set aside"),
)
_ROWS = (
    ("901-7509 / 119", "Branch 901", "4", "7", "complete"),
    ("901-9117 / 101", "Branch 901", "5", "12", "2 of 5 read"),
    ("914-8882 / 113", "Branch 914", "5", "3", "conflict"),
)
_CHOICES = (
    ("9117", "card, read twice: photo 5"),
    ("9171", "record \u201clist 2012.xlsx\u201d, row 12"),
    ("cannot be decided", ""),
)


class ButtonSample(QWidget):
    """Buttons at rest, on, and where the action cannot be done."""

    def __init__(self) -> None:
        super().__init__()
        self._actions = {True: self._make_action(), False: self._make_action()}
        self._actions[False].setEnabled(False)
        column = make_column(self, spacing=12)
        for words, made in (
            ("for an action", self._make_row()),
            ("main, one to a screen", self._make_row(is_main=True)),
            ("in a head", self._make_row(is_low=True)),
        ):
            row = make_flow_row(_make_head(words), *made)
            column.addLayout(row)
        chip, quiet = QPushButton("Category: detainee"), QPushButton("18 more")
        chip.setObjectName("chip")
        quiet.setObjectName("quietButton")
        off = QPushButton("Choose\u2026")
        off.setEnabled(False)
        others = QPushButton("Choose\u2026"), off, chip, quiet
        column.addLayout(make_flow_row(_make_head("others"), *others))
        column.addLayout(make_flow_row(SegmentRow(("All", "Changed 2", "Conflicts 1"), 1)))

    def _make_action(self) -> QAction:
        action = QAction("Copy findings", self)
        action.setShortcut("Shift+E")
        return action

    def _make_row(self, *, is_main: bool = False, is_low: bool = False) -> list[KeyedButton]:
        made = []
        for word, is_there, is_on in (
            ("Region", True, False),
            ("Region, on", True, True),
            ("Region, not now", False, False),
        ):
            if is_on and is_main:
                continue
            button = KeyedButton("", word, is_main=is_main, is_low=is_low, checkable=True)
            action = self._actions[is_there]
            button.use_action(partial(_find_always, action))
            button.setChecked(is_on)
            made.append(button)
        return made


class ToolbarSample(QFrame):
    """Icon over word, as on the reading screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self._buttons = [ActionButton("", word, icon) for icon, word in _TOOLS]
        self._buttons.append(ActionButton("", "Complete", "complete", is_main=True))
        self._buttons[2].setCheckable(True)
        self._buttons[2].setChecked(True)
        self._buttons[6].setEnabled(False)
        row = FlowRow(4)
        row.setContentsMargins(8, 4, 8, 4)
        for button in self._buttons:
            row.addWidget(button)
        self.setLayout(row)

    def show_theme(self, theme: Theme) -> None:
        for button in self._buttons:
            button.apply_theme(theme)


class FieldSample(QWidget):
    """What is filled in, chosen and ticked."""

    def __init__(self) -> None:
        super().__init__()
        column = make_column(self, spacing=8)
        column.addLayout(make_flow_row(*self._make_fields()))
        wrong = QLineEdit("twelve let")
        said = FieldMessage(wrong)
        said.say_wrong("A passphrase needs at least 12 characters; this has 10.")
        column.addWidget(wrong)
        column.addWidget(said)
        column.addLayout(make_flow_row(*self._make_boxes(), spacing=16))
        slider, bar = NoScrollSlider(), QProgressBar()
        slider.setValue(40)
        bar.setValue(33)
        bar.setTextVisible(False)
        column.addWidget(slider)
        column.addWidget(bar)
        note = FreeTextField("Note")
        note.setPlaceholderText("Note")
        note.setFixedHeight(64)
        column.addWidget(note)

    def _make_fields(self) -> list[QWidget]:
        field, off = QLineEdit(), QLineEdit("Off")
        field.setPlaceholderText("Find findings, individuals, files")
        off.setEnabled(False)
        for line in (field, off):
            line.setMinimumWidth(200)
        made: list[QWidget] = [field, off]
        for is_there in (True, False):
            box, number = NoScrollComboBox(), NoScrollSpinBox()
            box.addItems(("Arabic", "English"))
            number.setSuffix(" minutes")
            number.setValue(45)
            for widget in (box, number):
                widget.setEnabled(is_there)
                made.append(widget)
        return made

    def _make_boxes(self) -> list[QWidget]:
        made: list[QWidget] = []
        for kind in (QCheckBox, QRadioButton):
            for words, is_on, is_there in (
                ("complete", True, True),
                ("open", False, True),
                ("cannot be chosen", False, False),
            ):
                box = kind(words)
                box.setAutoExclusive(False)
                box.setChecked(is_on)
                box.setEnabled(is_there)
                made.append(box)
        return made


class ListSample(QWidget):
    """Choices with a reason, a box that is one thing, the signs of the map, a table."""

    def __init__(self) -> None:
        super().__init__()
        self.table = RowTable(_SampleModel(), "A table", (160, 120, 72, 80, 140), stretched=4)
        self.table.setFixedHeight(150)
        self.table.selectRow(1)
        row = make_row(spacing=24)
        row.addWidget(self._make_choices(), 1)
        row.addWidget(self._make_nothing(), 1)
        column = make_column(self, spacing=16)
        column.addLayout(row)
        column.addWidget(self.table)
        column.addWidget(MapLegend(across=True))

    def _make_choices(self) -> FramedBox:
        box, choices = FramedBox("Two detainee numbers"), ChoiceList("Two detainee numbers")
        choices.show_choices(_CHOICES)
        choices.select(0)
        box.column.addWidget(choices)
        return box

    def _make_nothing(self) -> FramedBox:
        box = FramedBox("Nothing recorded yet")
        for kind, words in (
            ("quiet", "Choose a tag, or say that nothing is visible."),
            ("warning", "The drive is not here: 312 originals cannot be shown."),
            ("alarm", "NOT SAVED: the disk is full."),
        ):
            label = PlainLabel(words, kind=kind)
            label.setWordWrap(True)
            box.column.addWidget(label)
        box.column.addStretch(1)
        return box


def _find_always(action: QAction, _id: str) -> QAction:
    return action


def _make_head(words: str) -> PlainLabel:
    head = PlainLabel(words, kind="quiet")
    head.setMinimumHeight(28)
    return head


class _SampleModel(TextTableModel):
    def __init__(self) -> None:
        super().__init__(("Number", "Branch", "Photos", "Findings", "State"), numbers=(2, 3))

    def count_rows(self) -> int:
        return len(_ROWS)

    def text(self, row: int, column: int) -> str:
        return _ROWS[row][column]
