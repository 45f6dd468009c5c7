"""The difference of two photographs: computed beside the window, shown like a photograph."""

from __future__ import annotations

from collections.abc import Callable

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
    """`say` takes a sentence about what is shown."""

    def __init__(self, ground: QColor, text: QColor, enhancer: Enhancer, say: Callable[[str], None]) -> None:
        super().__init__(ground, text)
        self._enhancer, self._say = enhancer, say
        self._gain = -1
        self._asked: ViewRequest | None = None

    def begin(self) -> None:
        """Not shown yet: the next strength is the plain one."""
        self._gain = -1

    def increase_strength(self) -> bool:
        """One strength further; False after the last one."""
        self._gain += 1
        return self._gain < len(GAINS)

    def update_from(self, one: Pane, other: Pane) -> None:
        """Compute the difference again, if both pictures are there."""
        self._asked = None
        if one.fitted is None or other.fitted is None:
            self.hold_nothing()
        if one.fitted is None or other.fitted is None or not 0 <= self._gain < len(GAINS):
            return
        same = one.view.photo == other.view.photo
        request = ViewRequest(
            "", one.fitted, one.fitted.width, EnhancementChain(), "", other.fitted, GAINS[self._gain]
        )
        self._asked = request
        self._enhancer.request_view(_PURPOSE, request, lambda r, view: self._on_view(r, view, same))

    def _on_view(self, request: ViewRequest, view: Picture | None, same: bool) -> None:
        if view is None or self.isHidden() or request is not self._asked:
            return
        if self.photo != (view.width, view.height):
            self.new_photo((view.width, view.height))
        self.show_picture(view, PictureLayer.FITTED)
        much = "" if request.gain == 1 else f", {request.gain} times as strong"
        sizes = "" if same else " The second was brought to the size of the first."
        self._say(f"Difference{much}. Black is equal.{sizes} Shift+F8: stronger, then back.")
