"""What Read keeps masked until a reading is complete: the card on the photograph, and in small pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from reviewer.domain.worklist.reading_order import CARD, DATE, NAME
from reviewer.qt.canvas.marks import RecordedGrid, to_upright_box
from reviewer.qt.canvas.overlays import paint_masked
from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.services.reading.masking import CardBox
from reviewer.services.reading.reader import Reader


class MaskController:
    """Follows the Reader; `changed` is called after something on screen was masked or uncovered."""

    def __init__(self, reader: Reader, canvas: PhotoCanvas, changed: Callable[[], None]) -> None:
        self._reader, self._canvas, self._changed = reader, canvas, changed
        self._before: tuple[str, tuple[str, ...]] = ("", ())
        reader.masking.on_change.connect(self.update)

    def cover(self) -> None:
        """Mask the card before the first picture of a Photo is painted."""
        reader, grid = self._reader, self._canvas.grid
        boxes: Sequence[CardBox] = ()
        if reader.photo is not None and reader.pages.page == 1 and reader.masking.hides(reader.sha256, CARD):
            boxes = reader.masking.boxes(reader.sha256)
        self._before = reader.sha256, self.hidden
        self._canvas.set_masked([to_upright_box(box, grid) for box in boxes])

    def update(self) -> None:
        """Mask again after the Reading changed or something was uncovered."""
        if (self._reader.sha256, self.hidden) != self._before:
            self.cover()
            self._changed()

    @property
    def hidden(self) -> tuple[str, ...]:
        """What is masked on the Photo on screen."""
        return self._reader.masking.list_masked(self._reader.sha256) if self._reader.photo is not None else ()

    @property
    def hides_file(self) -> bool:
        """Whether name, date and tags of the file are masked."""
        return bool({NAME, DATE} & set(self.hidden))

    def uncover(self) -> None:
        """Show what is masked on the Photo on screen."""
        if self._reader.photo is not None:
            self._reader.masking.uncover(self._reader.sha256)

    def mask_small(self, position: int, picture: QPixmap) -> QPixmap:
        """A small picture with the card masked as on the photograph itself."""
        photo = self._reader.worklist.items[position].sha256
        if picture.isNull() or not self._reader.masking.is_masked_at(position, CARD):
            return picture
        boxes = self._reader.masking.boxes(photo)
        if not boxes:
            return picture
        facts = self._reader.photo_at(position)
        grid = RecordedGrid(facts.width, facts.height, facts.orientation)
        across, down = picture.width() / grid.upright[0], picture.height() / grid.upright[1]
        masked = picture.copy()
        painter = QPainter(masked)
        for box in boxes:
            upright = to_upright_box(box, grid)
            paint_masked(
                painter,
                QRectF(
                    upright.x() * across,
                    upright.y() * down,
                    upright.width() * across,
                    upright.height() * down,
                ),
            )
        painter.end()
        return masked
