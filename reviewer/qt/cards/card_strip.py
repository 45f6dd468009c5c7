"""Below the card: the whole photograph with the frame, which one it is, and how it is turned and enlarged."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from reviewer.qt.look.theme import Theme, get_worn_theme
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.elided_label import ElidedLabel, NameLabel
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.message_line import MessageLine
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip

_WIDE, _TALL, _LONGEST_NAME = 136, 102, 40


class FramedPhoto(QWidget):
    """The whole photograph, small, upright, with the frame around its card."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(_WIDE, _TALL))
        self.setAccessibleName("The whole photograph")
        self._picture = QPixmap()
        self.frame: QRectF | None = None
        self._covered = False

    def show_photo(self, picture: QPixmap, frame: QRectF | None) -> None:
        """`frame` lies on the photograph as shares of its width and height, from 0 to 1."""
        self._picture, self.frame = picture, frame
        self.update()

    def set_covered(self, covered: bool) -> None:
        self._covered = covered
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), get_worn_theme()
        painter.fillRect(self.rect(), theme.colour("canvas"))
        if not self._picture.isNull() and not self._covered:
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(QPoint(0, 0), size)
            place.moveCenter(self.rect().center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, self._picture)
            self._paint_frame(painter, QRectF(place), theme)
        painter.end()

    def _paint_frame(self, painter: QPainter, place: QRectF, theme: Theme) -> None:
        if self.frame is None:
            return
        wide, tall = place.width(), place.height()
        frame = QRectF(
            place.left() + self.frame.left() * wide,
            place.top() + self.frame.top() * tall,
            self.frame.width() * wide,
            self.frame.height() * tall,
        )
        for colour, width in (("plate", 4), ("mark_selected", 2)):
            painter.setPen(QPen(theme.colour(colour), width))
            painter.drawRect(frame)


class CardStrip(QWidget):
    """`message` is the place for what the screen has to say; else it says what the frame is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cardStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.photo = FramedPhoto()
        self.name, self.place = NameLabel("", _LONGEST_NAME), ElidedLabel("", kind="quiet")
        self.name.setProperty("kind", "strong")
        self.message = MessageLine("cardMessage")
        self.zoom = PlainLabel()
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = (
            KeyedButton("cards.turn", "Turn"),
            KeyedButton("cards.zoom-out", "\u2212", is_keyless=True),
            KeyedButton("cards.zoom-in", "+", is_keyless=True),
        )
        turn, smaller, larger = self._buttons
        tools = make_row(spacing=8)
        for widget in (turn, smaller, self.zoom, larger):
            tools.addWidget(widget)
        names = make_column(spacing=2)
        names.addWidget(self.name)
        names.addWidget(self.place)
        head = make_row(spacing=16)
        head.addLayout(names, 1)
        head.addLayout(tools)
        beside = make_column(spacing=8)
        beside.addLayout(head)
        beside.addWidget(self.message)
        beside.addStretch(1)
        row = make_row(self, spacing=16, margins=(24, 8, 16, 8))
        row.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(beside, 1)

    def use_actions(self, find: FindAction) -> None:
        for button in self._buttons:
            button.use_action(find)

    def show_photo(self, name: str, place: str) -> None:
        self.name.setText(name)
        self.name.setToolTip(make_plain_tip(name))
        self.name.updateGeometry()
        self.place.setText(place)

    def show_zoom(self, scale: float) -> None:
        """How many pixels of the screen one of the photograph has."""
        self.zoom.setText(f"{round(100 * scale)} %")
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("8888 %"))
