"""What stands in the dialogs of handing over: rows with a label, segments, lines, what is said at a field."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.still_boxes import NoScrollComboBox

_LABEL_WIDTH, _GAP = 104, 4
_LEAST_LETTERS = 12
MARK_WORDS = "They begin with three bytes by which Excel knows how their letters are written."
_OWN_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})
_ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def make_quiet_label(text: str = "") -> PlainLabel:
    label = PlainLabel(text, kind="quiet")
    label.setWordWrap(True)
    return label


def say_at_field(label: PlainLabel, sentence: str, *, wrong: bool = False) -> None:
    """Say a sentence at a field, or what is wrong with it."""
    label.setText(sentence)
    set_style_property(label, "kind", "alarm" if wrong else "quiet")


class LineField(QLineEdit):
    """A line whose Enter is the dialog's; Qt would tell its own signal and pass the key on as well."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _OWN_KEYS:
            event.ignore()
            return False
        return super().event(event)


class AnswerRadio(QRadioButton):
    """An answer; Enter is the dialog's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER_KEYS:
            event.ignore()
            return
        super().keyPressEvent(event)


class Segments(QWidget):
    """A few answers side by side, one of them chosen; the arrow keys go from one to the next."""

    def __init__(self, name: str, answers: Sequence[tuple[str, str]], changed: Callable[[], None]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._keys = [key for key, _words in answers]
        self._group = QButtonGroup(self)
        row = make_row(self, spacing=_GAP)
        for key, words in answers:
            button = QPushButton(words)
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {words}")
            self._group.addButton(button, self._keys.index(key))
            row.addWidget(button)
        row.addStretch(1)
        self._group.buttons()[0].setChecked(True)
        self._group.idToggled.connect(lambda _id, is_on: changed() if is_on else None)

    @property
    def chosen(self) -> str:
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        self._group.button(self._keys.index(key)).setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle what a button did not want: the arrow keys choose the one beside it."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            event.ignore()
            return
        place = (self._group.checkedId() + step) % len(self._keys)
        button = self._group.button(place)
        button.setChecked(True)
        button.setFocus(Qt.FocusReason.OtherFocusReason)


class FormRow(QWidget):
    """A label, and beside it or above it what is asked."""

    def __init__(self, name: str, *parts: QWidget) -> None:
        super().__init__()
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.label = PlainLabel(name, kind="strong")
        self.label.setWordWrap(True)
        column = make_column(spacing=_GAP)
        for part in parts:
            column.addWidget(part)
        self._layout.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(column, 1)

    def stand(self, scale: float, *, beside: bool) -> None:
        """Put the label beside the field, or above it where there is little room."""
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(direction)
        self._layout.setSpacing(0 if beside else _GAP)
        width = round(_LABEL_WIDTH * scale)
        self.label.setMinimumWidth(width if beside else 0)
        self.label.setMaximumWidth(width if beside else 16_777_215)
        self.label.setContentsMargins(0, 5 if beside else 0, 8, 0)


def narrow_choice(box: NoScrollComboBox, name: str) -> NoScrollComboBox:
    """Let a choice be as narrow as its row: what is chosen is cut with an ellipsis, its list is not."""
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(NoScrollComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_LEAST_LETTERS)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box


def make_check(text: str, changed: Callable[[], None], *, checked: bool = False) -> QCheckBox:
    box = QCheckBox(text)
    box.setChecked(checked)
    box.toggled.connect(lambda _is_on: changed())
    return box
