"""The difference in the panel: small, with what it is, how strong, how to read it and what misleads."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QLinearGradient, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.qt.canvas.overlays import paint_masked, write_middle
from reviewer.qt.compare.difference import GAINS, DifferenceView, scale_area
from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.segments import SegmentRow

_TALL, _SCALE_TALL = 168, 8


class SmallDifference(QWidget):
    """The last difference that was computed, whole; nothing of it while the photographs are covered."""

    def __init__(self, difference: DifferenceView) -> None:
        super().__init__()
        self.setAccessibleName("Difference, small")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._difference = difference
        self._picture = QPixmap()
        difference.computed.connect(self.refresh)

    def refresh(self) -> None:
        result = self._difference.result
        self._picture = QPixmap()
        if result is not None:
            form = QImage.Format.Format_RGB32
            image = QImage(result.pixels, result.width, result.height, result.stride, form)
            smooth = Qt.TransformationMode.SmoothTransformation
            room = self.size() * self.devicePixelRatioF()
            small = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            self._picture = QPixmap.fromImage(small)
            self._picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.update()

    @property
    def has_picture(self) -> bool:
        return not self._picture.isNull()

    def sizeHint(self) -> QSize:
        return QSize(0, _TALL)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, room = QPainter(self), get_worn_theme(), QRectF(self.rect())
        painter.fillRect(room, theme.colour("canvas"))
        text = theme.colour("canvas_text")
        if self._difference.covered:
            write_middle(painter, room, "Covered", text)
        elif self._picture.isNull():
            write_middle(painter, room, self._difference.reason, text)
        else:
            size = self._picture.deviceIndependentSize()
            left, top = (room.width() - size.width()) / 2, (room.height() - size.height()) / 2
            painter.drawPixmap(int(left), int(top), self._picture)
            for area in self._difference.areas:
                place = scale_area(area, (int(size.width()), int(size.height())))
                paint_masked(painter, place.translated(int(left), int(top)).adjusted(-1, -1, 1, 1))
        painter.end()


class _GreyScale(QWidget):
    """From darker to lighter, with the middle for what is the same."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_SCALE_TALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ramp = QPainter(self), QLinearGradient(0, 0, self.width(), 0)
        ramp.setColorAt(0, Qt.GlobalColor.black)
        ramp.setColorAt(1, Qt.GlobalColor.white)
        painter.fillRect(self.rect(), ramp)
        painter.end()


class DifferencePanel(QWidget):
    """`strength_chosen` carries a place of GAINS."""

    strength_chosen = Signal(int)

    def __init__(self, difference: DifferenceView) -> None:
        super().__init__()
        self._difference = difference
        self._large = KeyedButton("compare.difference", "Large", is_low=True, checkable=True)
        self.small = SmallDifference(difference)
        self.strength = SegmentRow([f"{gain} ×" for gain in GAINS])
        for button in self.strength.buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.strength.chosen.connect(self.strength_chosen)
        self._arrange()

    def _arrange(self) -> None:
        column = make_column(self, spacing=4)
        head = make_row(spacing=8)
        head.addWidget(PlainLabel("Difference", kind="strong"), 1)
        head.addWidget(self._large)
        what = make_row(spacing=8)
        what.addWidget(PlainLabel("NOT THE ORIGINAL", kind="warning"), 1)
        what.addWidget(PlainLabel("B minus A", kind="caption"))
        strength = make_row(spacing=8)
        strength.addWidget(PlainLabel("Strength", kind="quiet"), 1)
        strength.addWidget(self.strength)
        ends = make_row(spacing=8)
        for words, side in (("darker in B", "Left"), ("same", "HCenter"), ("lighter in B", "Right")):
            label = PlainLabel(words, kind="caption")
            label.setAlignment(getattr(Qt.AlignmentFlag, f"Align{side}"))
            ends.addWidget(label, 1)
        misleads = PlainLabel("Thin double edges are misalignment, not change.", kind="caption")
        misleads.setWordWrap(True)
        column.addLayout(head)
        column.addWidget(self.small)
        column.addLayout(what)
        column.addLayout(strength)
        column.addWidget(_GreyScale())
        column.addLayout(ends)
        column.addWidget(misleads)

    def use_actions(self, find: FindAction) -> None:
        self._large.use_action(find)

    def show_state(self, *, is_large: bool) -> None:
        self._large.setChecked(is_large)
        self.strength.set_current(GAINS.index(self._difference.gain))
        self.small.update()
