"""Marks between the two pixel grids: kept in recorded pixels, shown and drawn in the upright ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from reviewer.domain.geometry.mark import Mark
from reviewer.domain.geometry.orientation import compute_upright_size, to_recorded, to_upright
from reviewer.qt.canvas.view_transform import CanvasPoint

RecordedPixel = tuple[int, int]


@dataclass(frozen=True)
class RecordedGrid:
    """The recorded size of a photograph in pixels, and its EXIF orientation."""

    width: int = 1
    height: int = 1
    orientation: int = 1

    @property
    def upright(self) -> tuple[int, int]:
        return compute_upright_size(self.width, self.height, self.orientation)

    def to_upright_mark(self, mark: Mark) -> list[CanvasPoint]:
        """The middle of each of a mark's pixels, upright."""
        return self.to_upright_points(mark.points)

    def to_upright_points(self, points: Sequence[RecordedPixel]) -> list[CanvasPoint]:
        """The middle of each of these recorded pixels, upright."""
        pixels = (to_upright(point, self.width, self.height, self.orientation) for point in points)
        return [(x + 0.5, y + 0.5) for x, y in pixels]

    def to_recorded_points(self, points: Sequence[CanvasPoint]) -> list[RecordedPixel]:
        """The pixels under these upright points, kept within the photograph."""
        across, down = self.upright
        return [
            to_recorded(
                (min(across - 1, max(0, int(x))), min(down - 1, max(0, int(y)))),
                self.width,
                self.height,
                self.orientation,
            )
            for x, y in points
        ]


def to_upright_box(box: tuple[int, int, int, int], grid: RecordedGrid) -> QRectF:
    """A box of recorded pixels (left, top, width, height) as it lies on the upright photograph."""
    left, top, width, height = box
    corners = grid.to_upright_points([(left, top), (left + max(1, width) - 1, top + max(1, height) - 1)])
    (x1, y1), (x2, y2) = corners
    return QRectF(min(x1, x2) - 0.5, min(y1, y2) - 0.5, abs(x2 - x1) + 1, abs(y2 - y1) + 1)
