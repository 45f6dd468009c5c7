"""One photograph of a comparison, with a line that says which one it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QPushButton

from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.canvas.view_transform import ViewTransform, compute_fit_scale
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.services.pictures.pictures import Picture


@dataclass(frozen=True)
class RelativeView:
    """A view without the size of its photograph: zoom over fitted, middle as shares of the sides, turn.

    `fits`: all of it is to be seen, whatever the size."""

    zoom: float
    across: float
    down: float
    angle: float
    fits: bool = False


class PaneView(PictureView):
    """A view that says when it is worked in."""

    entered = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.entered.emit()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.entered.emit()
        super().focusInEvent(event)


class Pane(QFrame):
    """`position` is that in the Worklist, -1 for none. `choose_wanted`: another photograph is wanted here."""

    choose_wanted = Signal()

    def __init__(self, letter: str, ground: QColor, text: QColor) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.view = PaneView(ground, text)
        self.position = -1
        self.photo = ""
        self.fitted: Picture | None = None
        self.letter = letter
        mark = PlainLabel(letter, kind="strong")
        mark.setObjectName("paneLetter")
        self._caption, self._taken = ElidedLabel("paneCaption", kind="strong"), PlainLabel(kind="caption")
        choose = QPushButton("Choose…")
        choose.setObjectName("choice")
        choose.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        choose.setToolTip("Any photograph into this pane, by number or name")
        choose.clicked.connect(self.choose_wanted)
        head = make_row(spacing=12, margins=(12, 4, 8, 4))
        head.addWidget(mark)
        head.addWidget(self._caption, 1)
        head.addWidget(self._taken)
        head.addWidget(choose)
        column = make_column(self, spacing=0, margins=(2, 2, 2, 2))
        column.addLayout(head)
        column.addWidget(self.view, 1)

    def clear(self) -> None:
        """Show no photograph any more."""
        self.position, self.photo, self.fitted = -1, "", None
        self._caption.setText("")

    def put(self, position: int, photo: str, size: tuple[int, int], caption: str, taken: str) -> None:
        """Another photograph of this upright size; its picture follows. `taken` is its date as far as that is
        shown."""
        self.position, self.photo, self.fitted = position, photo, None
        self._caption.setText(caption)
        self._taken.setText(taken)
        self._caption.setToolTip(make_plain_tip(caption))
        self.view.setAccessibleName(caption)
        self.view.new_photo(size)

    @property
    def caption(self) -> str:
        return self._caption.text()

    def set_active(self, active: bool) -> None:
        set_style_property(self, "active", active)

    def share(self) -> RelativeView:
        view, photo = self.view.view, self.view.photo
        fitted = compute_fit_scale(photo, self.view.viewport(), view.angle)
        return RelativeView(
            view.scale / fitted, view.x / photo[0], view.y / photo[1], view.angle, self.view.fits
        )

    def take(self, share: RelativeView) -> None:
        """Look at the same share of this photograph."""
        if share.fits:
            self.view.fit(share.angle)
            return
        photo = self.view.photo
        fitted = compute_fit_scale(photo, self.view.viewport(), share.angle)
        view = ViewTransform(share.zoom * fitted, share.across * photo[0], share.down * photo[1], share.angle)
        if abs(view.scale - 1.0) < 1e-9:
            view = replace(view, scale=1.0)
        self.view.look_at(view)
