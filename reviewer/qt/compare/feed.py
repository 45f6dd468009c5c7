"""Brings the pictures to the panes of a comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewer.domain.reading.enhancement import Chain
from reviewer.qt.canvas.layers import Layer
from reviewer.qt.canvas.overlays import told_banner
from reviewer.qt.compare.pane import Pane
from reviewer.services.pictures.enhancer import Enhancer, ViewRequest
from reviewer.services.pictures.pictures import Answer, Missing, Picture, Pictures, Want

PURPOSE = 10
"""Requests to the Enhancer: one purpose for each pane, and the next one for the difference."""


class CompareFeed:
    """`shown` gives the panes that are on screen; `on_fitted` hears that a pane has its picture or has it no
    longer, `box_of` says how large (device pixels) the fitted picture of a pane has to be."""

    def __init__(
        self,
        pictures: Pictures,
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
        wanted = [(pane, Layer.FITTED) for pane in self._shown()]
        wanted += [(pane, Layer.FULL) for pane, _layer in wanted if _looks_into(pane)]
        for pane, layer in wanted:
            answer = self._pictures.get(self._want(pane, layer))
            new = answer is not pane.fitted if layer is Layer.FITTED else not pane.view.layers.has(layer)
            if answer is not None and new:
                self._take(pane, layer, answer)
        wants = [self._want(pane, layer) for pane, layer in wanted]
        self._pictures.want(wants, on_screen=wants)

    def arrived(self, want: Want, answer: Answer) -> None:
        """A picture was made; every pane that shows this Photo takes it."""
        for pane in self._panes:
            for layer in (Layer.FITTED, Layer.FULL):
                if pane.position >= 0 and self._want(pane, layer) == want:
                    self._take(pane, layer, answer)

    def _want(self, pane: Pane, layer: Layer) -> Want:
        return Want(pane.photo, None if layer is Layer.FULL else self._box_of(pane))

    def _take(self, pane: Pane, layer: Layer, answer: Answer) -> None:
        if isinstance(answer, Missing):
            if answer.is_doubted:
                pane.fitted = None
                pane.view.layers.clear()
                self._on_fitted()
            pane.view.show_missing(answer.reason)
            return
        if layer is Layer.FITTED:
            pane.fitted = answer
            pane.view.set_banner(told_banner(answer.damage, answer.shown_as))
        softening = self._softening()
        if not softening:
            pane.view.show_picture(answer, layer)
        elif layer is Layer.FITTED:
            request = ViewRequest(pane.photo, answer, int(pane.view.photo[0]), Chain(), softening)
            purpose = PURPOSE + self._panes.index(pane)
            self._enhancer.ask(purpose, request, lambda r, view: _softened(pane, r, view))
        self._on_fitted()


def _softened(pane: Pane, request: ViewRequest, view: Picture | None) -> None:
    if view is not None and request.picture is pane.fitted:
        pane.view.show_picture(view, Layer.FITTED)


def _looks_into(pane: Pane) -> bool:
    """Whether more is shown than the fitted picture has; a pane that has the whole one keeps it."""
    view = pane.view
    return view.layers.has(Layer.FULL) or view.layers.wants_full(view.scale * view.photo[0], view.photo[0])
