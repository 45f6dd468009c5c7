"""What a view holds of one photograph: its pictures, a sentence instead of them, a cover; and what of it was
painted, so that a person can have seen it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from reviewer.qt.canvas.layers import PictureLayer, PictureLayers
from reviewer.services.pictures.pictures import Picture
from reviewer.services.reading.sight import Sight


class PictureHolder(QWidget):
    """Knows what is there to be painted; where and how the view tells that is made of it. `painted`: what
    `sight` tells may be another since."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.layers = PictureLayers()
        self.message = self.banner = ""
        self._covered = self._painted = self.is_missing = False

    def hold_nothing(self) -> None:
        """Another photograph is to come."""
        self.layers.clear()
        self.message = ""
        self._painted = self.is_missing = False

    def ask_for_more(self) -> None:
        """For a view that is shown larger than its picture is."""

    def width_on_screen(self) -> float:
        """How many device pixels wide the whole photograph would be at the present scale."""
        return float(self.width())

    def show_picture(self, picture: Picture, layer: PictureLayer) -> None:
        """The photograph at some resolution; it replaces what is shown without moving it."""
        form = QImage.Format.Format_RGB32
        image = QImage(picture.pixels, picture.width, picture.height, picture.stride, form)
        self._store_picture(layer, image, picture.pixels)

    def show_preview(self, image: QImage) -> None:
        """Something small, until a picture comes."""
        self._store_picture(PictureLayer.PREVIEW, image, None)

    def _store_picture(self, layer: PictureLayer, image: QImage, backing: object) -> None:
        self.layers.put(layer, image, backing)
        self.message, self.is_missing = "", False
        self.update()
        self.ask_for_more()

    def drop_picture(self, layer: PictureLayer) -> None:
        """Forget a picture that no longer shows what it should."""
        self.layers.drop(layer)
        self.update()

    def show_message(self, text: str) -> None:
        """A sentence instead of the photograph, or over its preview if there is one."""
        self.message, self.is_missing = text, False
        for layer in (PictureLayer.FULL, PictureLayer.FITTED):
            self.layers.drop(layer)
        self.update()

    def show_missing(self, reason: str) -> None:
        """Say why the photograph cannot be shown."""
        self.show_message(reason)
        self.is_missing = True

    def set_banner(self, text: str) -> None:
        """What is said as long as what is shown is not the original; "" for nothing."""
        if text != self.banner:
            self.banner = text
            self.update()

    @property
    def has_picture(self) -> bool:
        best = self.layers.best
        return best is not None and best > PictureLayer.PREVIEW

    @property
    def is_preview(self) -> bool:
        return self.layers.best is PictureLayer.PREVIEW

    def shown_layer(self) -> PictureLayer | None:
        """The picture that is painted at the present scale."""
        return self.layers.choose(self.width_on_screen())

    # covering, and what was seen

    def set_covered(self, covered: bool) -> None:
        """Cover the photograph, or uncover it: then it is painted before the next key is heard."""
        was, self._covered = self._covered, covered
        if was and not covered:
            self.repaint()
        else:
            self.update()

    @property
    def covered(self) -> bool:
        return self._covered

    def note_painted(self) -> None:
        """The view was painted as it is now."""
        self._painted = self.has_picture and not self._covered
        self.painted.emit()

    def sight(self) -> Sight:
        """How the photograph of this view is seen now: it is once a picture, no preview, was painted."""
        if not self.isVisible():
            return Sight.AWAY
        if self._covered:
            return Sight.COVERED
        if self.is_missing:
            return Sight.MISSING
        return Sight.SHOWN if self._painted and self.has_picture else Sight.COMING
