"""Brings the right picture to the canvas: a preview while it is not ready, the neighbours ahead."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QImage

from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.services.pictures import Answer, Missing, Pictures, Want
from reviewer.services.reader import Reader

_AHEAD = (1, 2, -1, 3)
_JPEG: Any = "JPEG"  # the stubs of Qt say bytes, Qt itself wants text


class PictureFeed:
    """Listens to the Reader and the canvas; `arrived` is called with every picture that was made."""

    def __init__(self, reader: Reader, canvas: PhotoCanvas, pictures: Pictures) -> None:
        self._reader, self._canvas, self._pictures = reader, canvas, pictures
        self._full = False
        self._damage = ""
        canvas.needs_full.connect(self._on_needs_full)

    @property
    def damage(self) -> str:
        """What the decoder said of the picture on screen."""
        return self._damage

    def show(self) -> None:
        """Show the Photo the Reader is at, and order its neighbours."""
        self._full, self._damage = False, ""
        want = Want(self._reader.sha256, self._canvas.box())
        answer = self._pictures.get(want)
        if answer is not None:
            self._display(answer)
        else:
            self._preview()
        self._order()

    def resized(self) -> None:
        """The viewport changed: other sizes are wanted now."""
        if self._reader.photo is not None:
            self._order()

    def try_again(self) -> None:
        self._pictures.forget_failures()
        self.show()

    def arrived(self, want: Want, answer: Answer) -> None:
        """A picture was made; it is shown only if it is of the Photo on screen and the best there is."""
        if want.sha256 != self._reader.sha256 or (self._full and want.box is not None):
            return
        if want.box is None or want.box == self._canvas.box():
            self._display(answer)

    def _display(self, answer: Answer) -> None:
        if isinstance(answer, Missing):
            self._canvas.show_message(answer.reason)
            return
        self._damage = answer.damage
        image = QImage(answer.pixels, answer.width, answer.height, answer.stride, QImage.Format.Format_RGB32)
        self._canvas.show_picture(image, backing=answer.pixels)

    def _preview(self) -> None:
        small = self._pictures.thumbnail(self._reader.sha256)
        image = QImage.fromData(small, _JPEG) if small else QImage()
        if image.isNull():
            self._canvas.show_message("Loading…")
        else:
            self._canvas.show_picture(image, preview=True)

    def _order(self) -> None:
        box = self._canvas.box()
        wanted = [Want(self._reader.sha256, box)]
        if self._full:
            wanted.insert(0, Want(self._reader.sha256, None))
        items = self._reader.worklist.items
        for step in _AHEAD:
            place = self._reader.position + step
            if 0 <= place < len(items):
                wanted.append(Want(items[place].sha256, box))
        self._pictures.want(wanted)

    def _on_needs_full(self) -> None:
        if self._full or self._reader.photo is None:
            return
        self._full = True
        answer = self._pictures.get(Want(self._reader.sha256, None))
        if answer is not None:
            self._display(answer)
        self._order()
