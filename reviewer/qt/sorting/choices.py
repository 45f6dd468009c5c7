"""The six categories beside the photograph: key, name, what follows from it, how many have it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QSizePolicy,
    QWidget,
)

from reviewer.domain.reading.category import CATEGORY_NAMES, Category, is_for_reading
from reviewer.qt.look.small_font import make_small_font, make_strong_font
from reviewer.qt.look.theme import Theme, get_worn_theme
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.layouts import make_column

_TALL, _LOW, _PAD, _GAP, _CAP = 48, 32, 12, 12, 22


class CategoryRow(QAbstractButton):
    """One category as a button. It never takes the keyboard; where there is little room, what follows from it
    is told by the help alone."""

    def __init__(self, number: int, category: Category) -> None:
        super().__init__()
        self.number, self.category = number, category
        self.name = CATEGORY_NAMES[category]
        self.follows = "offered for reading" if is_for_reading(category) else "not offered"
        self.count = ""
        self._is_low, self._is_ready, self._is_held = False, True, False
        self._action: QAction | None = None
        self.setAccessibleName(f"{self.name}, {self.follows}")
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def use_action(self, find: FindAction) -> None:
        self._action = find(f"sort.{self.number}")
        self._action.changed.connect(self._follow_action)  # a method: the connection ends with the row
        self._follow_action()

    def _follow_action(self) -> None:
        if self._action is not None and not self._is_held:
            self.setEnabled(self._is_ready and self._action.isEnabled())
            self.setToolTip(f"{self._action.toolTip()}\nWith Shift: a run, {self.follows}")

    def set_ready(self, ready: bool) -> None:
        """Whether there is a photograph to be sorted."""
        if ready != self._is_ready:
            self._is_ready = ready
            self._follow_action()

    def set_held(self, held: bool) -> None:
        """Stay as it is while something is asked about it."""
        self._is_held = held
        self._follow_action()

    def set_low(self, low: bool) -> None:
        if low != self._is_low:
            self._is_low = low
            self.updateGeometry()
            self.update()

    def show_count(self, count: int) -> None:
        if (words := f"{count:,}") != self.count:
            self.count = words
            self.update()

    def nextCheckState(self) -> None:
        """What is shown follows what is, not the click."""

    def sizeHint(self) -> QSize:
        strong = QFontMetrics(make_strong_font(self.font()))
        small = QFontMetrics(make_small_font(self.font()))
        wide = max(strong.horizontalAdvance(self.name), small.horizontalAdvance(self.follows))
        count = strong.horizontalAdvance("00,000")
        lines = strong.height() + (0 if self._is_low else small.height())
        return QSize(
            2 * _PAD + self._cap + wide + 2 * _GAP + count, max(_LOW if self._is_low else _TALL, lines + 12)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @property
    def _cap(self) -> int:
        """Side of the key, in pixels."""
        return max(_CAP, self.fontMetrics().height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, middle = QPainter(self), get_worn_theme(), Qt.AlignmentFlag.AlignVCenter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, theme)
        word = theme.colour("text" if self.isEnabled() else "off")
        quiet = word if self.isChecked() or not self.isEnabled() else theme.colour("quiet")
        strong, small = make_strong_font(self.font()), make_small_font(self.font())
        cap = QRect(_PAD, (self.height() - self._cap) // 2, self._cap, self._cap)
        painter.setPen(theme.colour("edge"))
        painter.setBrush(theme.colour("field"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(word)
        painter.setFont(strong)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(self.number))
        tall = QFontMetrics(strong).height()
        low = 0 if self._is_low else QFontMetrics(small).height()
        left, top = cap.right() + 1 + _GAP, (self.height() - tall - low) // 2
        room = QRect(left, top, self.width() - left - _PAD, tall)
        painter.drawText(room, middle, self.name)
        painter.setPen(quiet)
        painter.setFont(self.font())
        right = self.rect().adjusted(0, 0, -_PAD, 0)
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, self.count)
        if low:
            painter.setFont(small)
            painter.drawText(QRect(left, top + tall, room.width(), low), middle, self.follows)
        painter.end()

    def _paint_ground(self, painter: QPainter, theme: Theme) -> None:
        ground = "hover" if self.underMouse() else "raised"
        if not self.isEnabled():
            ground = "panel"
        if self.isChecked():
            ground = "on"
        painter.setPen(theme.colour("on_edge" if self.isChecked() else "edge"))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


class CategoryChoices(QWidget):
    """`chosen` carries the number of a category, 1 to 6; `run_chosen` the same for a click with Shift."""

    chosen, run_chosen = Signal(int), Signal(int)

    def __init__(self) -> None:
        super().__init__()
        column = make_column(self, spacing=4)
        self.rows = tuple(CategoryRow(number, category) for number, category in enumerate(Category, start=1))
        for row in self.rows:
            row.clicked.connect(lambda _on=False, number=row.number: self._on_clicked(number))
            column.addWidget(row)

    def _on_clicked(self, number: int) -> None:
        shift = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        (self.run_chosen if shift else self.chosen).emit(number)

    def use_actions(self, find: FindAction) -> None:
        for row in self.rows:
            row.use_action(find)

    def show_state(self, counts: Mapping[str, int], category: str) -> None:
        """Counts of the list, and which category the photograph on screen has."""
        for row in self.rows:
            row.show_count(counts.get(row.category, 0))
            row.setChecked(row.category == category)

    def show_asked(self, category: Category | None) -> None:
        """It is asked whether a run gets this category; None: nothing is asked any more."""
        for row in self.rows:
            row.set_held(category is not None)
            if category is not None:
                row.setChecked(row.category == category)

    def set_ready(self, ready: bool) -> None:
        for row in self.rows:
            row.set_ready(ready)

    def set_low(self, low: bool) -> None:
        """Rows of one line instead of two."""
        for row in self.rows:
            row.set_low(low)
