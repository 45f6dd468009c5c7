"""The pictures a view has of one photograph, and which of them is shown at a given size."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtGui import QImage, QPixmap


class PictureLayer(IntEnum):
    """Better ones are larger."""

    PREVIEW = 0
    FITTED = 1
    FULL = 2


@dataclass(frozen=True)
class _StoredPicture:
    """`backing` owns the memory of the picture: Qt shares it with the pixmap and does not keep it alive."""

    pixmap: QPixmap
    backing: object


@dataclass
class PictureLayers:
    """At most one picture for each Layer."""

    _kept: dict[PictureLayer, _StoredPicture] = field(default_factory=dict)

    def put(self, layer: PictureLayer, image: QImage, backing: object) -> None:
        self._kept[layer] = _StoredPicture(QPixmap.fromImage(image), backing)
        if layer is not PictureLayer.PREVIEW:
            self._kept.pop(PictureLayer.PREVIEW, None)

    def clear(self) -> None:
        self._kept.clear()

    def drop(self, layer: PictureLayer) -> None:
        self._kept.pop(layer, None)

    @property
    def best(self) -> PictureLayer | None:
        return max(self._kept, default=None)

    def choose(self, across: float) -> PictureLayer | None:
        """The picture to show `across` device pixels wide: the smallest that is large enough."""
        fitted = self._kept.get(PictureLayer.FITTED)
        if fitted is not None and (
            PictureLayer.FULL not in self._kept or across <= fitted.pixmap.width() * 1.02
        ):
            return PictureLayer.FITTED
        return self.best

    def has(self, layer: PictureLayer) -> bool:
        return layer in self._kept

    def pixmap(self, layer: PictureLayer) -> QPixmap:
        return self._kept[layer].pixmap

    def wants_full(self, across: float, width: float) -> bool:
        """Whether `across` device pixels need more than the fitted picture of a `width` wide photograph."""
        fitted = self._kept.get(PictureLayer.FITTED)
        if fitted is None or PictureLayer.FULL in self._kept:
            return False
        return across > fitted.pixmap.width() * 1.02 and fitted.pixmap.width() < width
