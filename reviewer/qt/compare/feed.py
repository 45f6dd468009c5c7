"""Brings the pictures to the panes of a comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewer.domain.reading.enhancement import EnhancementChain
from reviewer.qt.canvas.feeding import show_as_wished
from reviewer.qt.canvas.layers import PictureLayer
from reviewer.qt.canvas.overlays import format_banner
from reviewer.qt.compare.pane import Pane
from reviewer.services.pictures.enhancer import Enhancer, ViewRequest
from reviewer.services.pictures.pictures import (
    MissingPicture,
    PictureLoader,
    PictureOrMissing,
    PictureRequest,
)

PURPOSE = 10
"""Requests to the Enhancer: one purpose for each pane, and the next one for the difference."""


class CompareFeed:
    """`shown` gives the panes that are on screen; `on_fitted` hears that a pane has its picture or has it no
    longer, `box_of` says how large (device pixels) the fitted picture of a pane has to be."""

    def __init__(
        self,
        pictures: PictureLoader,
        enhancer: Enhancer,
        panes: Sequence[Pane],
        softening: Callable[[], str],
        shown: Callable[[], Sequence[Pane]],
        on_fitted: Callable[[], None],
        box_of: Callable[[Pane], tuple[int, int]],
    ) -> None:
        self._pictures, self._enhancer, self._panes = pictures, enhancer, panes
        self._softening, self._shown, self._on_fitted = softening, shown, on_fitted
        self._box_of = box_of

    def order(self) -> None:
        """What the panes need now: their fitted pictures, then whole ones where they are looked into."""
        wanted = [(pane, PictureLayer.FITTED) for pane in self._shown()]
        wanted += [(pane, PictureLayer.FULL) for pane, _layer in wanted if _needs_full_picture(pane)]
        for pane, layer in wanted:
            answer = self._pictures.get(self._make_want(pane, layer))
            new = (
                answer is not pane.fitted if layer is PictureLayer.FITTED else not pane.view.layers.has(layer)
            )
            if answer is not None and new:
                self._show_answer(pane, layer, answer)
        wants = [self._make_want(pane, layer) for pane, layer in wanted]
        self._pictures.request(wants, on_screen=wants)

    def take_picture(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        """A picture was made; every pane that shows this Photo takes it."""
        for pane in self._panes:
            for layer in (PictureLayer.FITTED, PictureLayer.FULL):
                if pane.position >= 0 and self._make_want(pane, layer) == want:
                    self._show_answer(pane, layer, answer)

    def _make_want(self, pane: Pane, layer: PictureLayer) -> PictureRequest:
        return PictureRequest(pane.photo, None if layer is PictureLayer.FULL else self._box_of(pane))

    def _show_answer(self, pane: Pane, layer: PictureLayer, answer: PictureOrMissing) -> None:
        if isinstance(answer, MissingPicture):
            if answer.is_doubted:
                pane.fitted = None
                pane.view.layers.clear()
                self._on_fitted()
            pane.view.show_missing(answer.reason)
            return
        if layer is PictureLayer.FITTED:
            pane.fitted = answer
            pane.view.set_banner(format_banner(answer.damage, answer.shown_as))
        width, purpose = int(pane.view.photo[0]), PURPOSE + self._panes.index(pane)
        request = ViewRequest(pane.photo, answer, width, EnhancementChain(), self._softening())
        show_as_wished(pane.view, layer, self._enhancer, purpose, request, lambda made: made is pane.fitted)
        self._on_fitted()


def _needs_full_picture(pane: Pane) -> bool:
    """Whether more is shown than the fitted picture has; a pane that has the whole one keeps it."""
    view = pane.view
    return view.layers.has(PictureLayer.FULL) or view.layers.wants_full(
        view.scale * view.photo[0], view.photo[0]
    )
