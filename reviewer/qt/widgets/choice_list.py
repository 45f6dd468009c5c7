"""Numbered choices: the number that is its key, what is chosen by it, and whence that is known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from reviewer.qt.look.small_font import make_small_font, make_strong_font
from reviewer.qt.look.theme import Theme, get_worn_theme
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import make_plain_tip

_TALL, _LOW, _PAD, _GAP, _BETWEEN, _CORNER = 44, 28, 4, 12, 4, 4
_DIGITS = 9
_BACK, _ON = (Qt.Key.Key_Up, Qt.Key.Key_Left), (Qt.Key.Key_Down, Qt.Key.Key_Right)


class ChoiceList(QWidget):
    """`chosen` carries the place of what was clicked, or whose digit was pressed while this has the focus.

    Up and Down go from choice to choice, Space takes the one they came to. `first` is the number of the first
    choice, where several lists are numbered through.
    """

    chosen = Signal(int)

    def __init__(self, name: str = "", *, first: int = 1) -> None:
        super().__init__()
        self.first = first
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.rows: list[ChoiceRow] = []
        self._current = 0
        self._column = make_column(self, spacing=_BETWEEN)

    def show_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Other choices: what each is, and whence it is known ("" for nothing). None is on."""
        for row in self.rows:
            row.setParent(None)
            row.deleteLater()
        self.rows = [
            ChoiceRow(place, *choice, number=self.first + place) for place, choice in enumerate(choices)
        ]
        for row in self.rows:
            row.clicked.connect(lambda _on, place=row.place: self.choose(place))
            self._column.addWidget(row)
        self._go_to(0)

    def select(self, place: int) -> None:
        """Show which is on, -1 for none, without telling anybody."""
        for row in self.rows:
            row.setChecked(row.place == place)
        self._go_to(max(0, place))

    @property
    def selected(self) -> int:
        """The place of the one that is on, -1 for none."""
        return next((row.place for row in self.rows if row.isChecked()), -1)

    def choose(self, place: int) -> None:
        """Take one as if it were clicked."""
        if 0 <= place < len(self.rows) and self.rows[place].isEnabled():
            self.select(place)
            self.chosen.emit(place)

    def _go_to(self, place: int) -> None:
        self._current = min(max(0, place), max(0, len(self.rows) - 1))
        for row in self.rows:
            row.has_ring = self.hasFocus() and row.place == self._current
            row.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()  # or a key of the window would be done instead
            return True
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            done = super().event(event)
            self._go_to(self._current)
            return done
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not _is_own(event):
            super().keyPressEvent(event)
        elif key in _BACK or key in _ON:
            self._go_to(self._current + (1 if key in _ON else -1))
        elif not event.isAutoRepeat():
            self.choose(self._current if key == Qt.Key.Key_Space else int(event.text()) - self.first)


def _is_own(event: QKeyEvent) -> bool:
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    return event.text() in set("123456789") or event.key() in {*_BACK, *_ON, Qt.Key.Key_Space}


class ChoiceRow(QAbstractButton):
    """One choice; what there is no room for is told where the mouse rests."""

    def __init__(self, place: int, value: str, source: str, *, number: int) -> None:
        super().__init__()
        self.number = number
        self.place, self.source, self.has_ring = place, source, False
        self.setText(value.replace("&", "&&"))
        self.value = value
        self.setAccessibleName(f"{value}, {source}" if source else value)
        self.setToolTip(make_plain_tip(f"{value}\n{source}".strip()))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """The list says which is on."""

    def sizeHint(self) -> QSize:
        strong, small = (
            QFontMetrics(make_strong_font(self.font())),
            QFontMetrics(make_small_font(self.font())),
        )
        wide = max(strong.horizontalAdvance(self.value), small.horizontalAdvance(self.source))
        lines = strong.height() + (small.height() if self.source else 0)
        return QSize(wide + self._left + _GAP, max(_TALL if self.source else _LOW, lines + 2 * _PAD + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @property
    def _left(self) -> int:
        """Where the words begin, in pixels."""
        return 2 * _GAP + self.fontMetrics().horizontalAdvance("0")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), get_worn_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, theme)
        number = str(self.number) if self.number <= _DIGITS else ""
        strong, small = make_strong_font(self.font()), make_small_font(self.font())
        tall = QFontMetrics(strong).height()
        low = QFontMetrics(small).height() if self.source else 0
        top = (self.height() - tall - low) // 2
        room = QRect(self._left, top, self.width() - self._left - _GAP, tall)
        shade = "text" if self.isEnabled() else "off"
        quiet = shade if self.isChecked() or not self.isEnabled() else "quiet"
        painter.setPen(theme.colour(quiet))
        painter.drawText(QRect(_GAP, top, self._left, tall), Qt.AlignmentFlag.AlignVCenter, number)
        _write(painter, room.translated(0, tall).adjusted(0, 0, 0, low - tall), self.source, small)
        painter.setPen(theme.colour(shade))
        _write(painter, room, self.value, strong)
        painter.end()

    def _paint_ground(self, painter: QPainter, theme: Theme) -> None:
        edge, width, ground = "edge", 1, "raised"
        if self.isChecked():
            edge, ground = "on_edge", "on"
        elif self.underMouse() and self.isEnabled():
            ground = "hover"
        if self.has_ring:
            edge, width = "accent", 2
        painter.setPen(QPen(theme.colour(edge), width))
        painter.setBrush(theme.colour(ground))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), _CORNER, _CORNER)


def _write(painter: QPainter, room: QRect, text: str, font: QFont) -> None:
    painter.setFont(font)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
