"""The difference of two photographs: computed beside the window, shown like a photograph and small."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor

from reviewer.domain.reading.enhancement import EnhancementChain
from reviewer.qt.canvas.layers import PictureLayer
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.compare.feed import PURPOSE
from reviewer.qt.compare.pane import Pane
from reviewer.services.pictures.enhancer import Enhancer, ViewRequest
from reviewer.services.pictures.pictures import Picture

GAINS = (1, 4, 8)
_PURPOSE = PURPOSE + 9


class DifferenceView(PictureView):
    """`say` takes a sentence about what is shown. What is masked in one of the two is masked here.

    `computed` after there is another difference, or none any more; `result` is the last one, `reason` says
    why there is none.
    """

    computed = Signal()

    def __init__(self, ground: QColor, text: QColor, enhancer: Enhancer, say: Callable[[str], None]) -> None:
        super().__init__(ground, text)
        self.setAccessibleName("Difference, B minus A: not the original")
        self._enhancer, self._say = enhancer, say
        self._place = 0
        self._asked: ViewRequest | None = None
        self.result: Picture | None = None
        self.areas: tuple[QRectF, ...] = ()
        self.reason = ""

    @property
    def gain(self) -> int:
        return GAINS[self._place]

    def begin(self) -> None:
        """The plain strength."""
        self._place = 0

    def increase_strength(self) -> bool:
        """One strength further; False after the last one."""
        if self._place + 1 == len(GAINS):
            return False
        self._place += 1
        return True

    def choose_strength(self, place: int) -> None:
        """The strength at a place of GAINS."""
        self._place = place

    def update_from(self, one: Pane, other: Pane) -> None:
        """Compute the difference again, if both pictures are there."""
        if one.fitted is None or other.fitted is None:
            there = one.position >= 0 and other.position >= 0
            self.forget("Waiting for the photographs." if there else "Two photographs are needed.")
            return
        same = one.view.photo == other.view.photo
        views = (one.view, other.view)
        areas = [area for view in views for area in share_areas(view.masked, view.photo)]
        request = ViewRequest(
            "", one.fitted, one.fitted.width, EnhancementChain(), "", other.fitted, self.gain
        )
        self._asked = request
        self._enhancer.request_view(_PURPOSE, request, lambda r, view: self._on_view(r, view, areas, same))

    def forget(self, reason: str) -> None:
        """There is no difference, for this reason."""
        self.hold_nothing()
        self._asked = self.result = None
        self.areas, self.reason = (), reason
        self.computed.emit()

    def _on_view(
        self, request: ViewRequest, view: Picture | None, areas: Sequence[QRectF], same: bool
    ) -> None:
        if view is None or request is not self._asked:
            return
        if self.photo != (view.width, view.height):
            self.new_photo((view.width, view.height))
        self.result, self.areas = view, tuple(areas)
        self.set_masked([scale_area(area, (view.width, view.height)) for area in areas])
        self.show_picture(view, PictureLayer.FITTED)
        self.set_banner("NOT THE ORIGINAL: what B has more (lighter) or less (darker) than A.")
        self.computed.emit()
        if not self.isHidden():
            much = "" if request.gain == 1 else f", {request.gain} times as strong"
            sizes = "" if same else " B was brought to the size of A."
            self._say(f"Difference{much}. Middle grey is equal.{sizes} Shift+F8: stronger, then back.")


def share_areas(areas: Sequence[QRectF], size: tuple[float, float]) -> list[QRectF]:
    """Areas of a photograph of this size as shares of its width and height."""
    wide, tall = size
    return [QRectF(a.x() / wide, a.y() / tall, a.width() / wide, a.height() / tall) for a in areas]


def scale_area(area: QRectF, size: tuple[int, int]) -> QRectF:
    """Shares of the sides as an area of a picture of this size."""
    return QRectF(area.x() * size[0], area.y() * size[1], area.width() * size[0], area.height() * size[1])
