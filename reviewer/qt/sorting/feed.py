"""Brings pictures to the sort screen: the photograph on screen, two ahead that are not sorted, one behind."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.reading.enhancement import EnhancementChain
from reviewer.qt.canvas.feeding import show_as_wished, show_stored_preview
from reviewer.qt.canvas.layers import PictureLayer
from reviewer.qt.canvas.overlays import format_banner
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.services.pictures.enhancer import Enhancer, ViewRequest
from reviewer.services.pictures.pictures import (
    MissingPicture,
    Picture,
    PictureLoader,
    PictureOrMissing,
    PictureRequest,
)
from reviewer.services.reading.sorting import Sorter

_PURPOSE = 20


class SortFeed:
    """`softening` tells how the reader asked to see photographs: "grey", "blur" or ""."""

    def __init__(
        self,
        sorter: Sorter,
        view: PictureView,
        pictures: PictureLoader,
        enhancer: Enhancer,
        softening: Callable[[], str],
    ) -> None:
        self._sorter, self._view, self._pictures = sorter, view, pictures
        self._enhancer, self._softening = enhancer, softening
        self._wants_whole = False
        self._fitted: Picture | None = None
        view.needs_full.connect(self._on_needs_whole)

    def show(self) -> None:
        """The Photo the Sorter is at, sharp if it is there, small until then; and order the next ones."""
        self._wants_whole, self._fitted = False, None
        answer = self._pictures.get(self._make_want())
        if answer is None:
            self._show_stored_preview()
        else:
            self._show_answer(PictureLayer.FITTED, answer)
        self.order()

    def order(self) -> None:
        """What is wanted now, most urgent first. Another screen orders its own."""
        if not self._view.isVisible() or self._sorter.photo is None:
            return
        items, box = self._sorter.worklist.items, self._view.box()
        on_screen = [self._make_want()]
        if self._wants_whole:
            on_screen.insert(0, PictureRequest(self._sorter.sha256, None))
        ahead = [
            PictureRequest(items[position].sha256, box) for position in self._sorter.list_positions_ahead()
        ]
        self._pictures.request([*on_screen, *ahead], on_screen=on_screen)

    def resized(self) -> None:
        """The viewport has another size, or came on: other pictures are wanted."""
        if self._sorter.photo is not None and self._view.isVisible():
            answer = self._pictures.get(self._make_want())
            if answer is not None:
                self._show_answer(PictureLayer.FITTED, answer)
            self.order()

    def take_picture(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        """A picture was made for somebody."""
        if not self._view.isVisible() or want.sha256 != self._sorter.sha256:
            return
        if want == self._make_want():
            self._show_answer(PictureLayer.FITTED, answer)
        elif want.box is None and self._wants_whole:
            self._show_answer(PictureLayer.FULL, answer)

    def _make_want(self) -> PictureRequest:
        return PictureRequest(self._sorter.sha256, self._view.box())

    def _show_answer(self, layer: PictureLayer, answer: PictureOrMissing) -> None:
        if isinstance(answer, MissingPicture):
            self._fitted = None
            self._view.show_missing(answer.reason)
            return
        self._view.set_banner(format_banner(answer.damage, answer.shown_as))
        if layer is PictureLayer.FITTED:
            self._fitted = answer
        width, softening = int(self._view.photo[0]), self._softening()
        request = ViewRequest(self._sorter.sha256, answer, width, EnhancementChain(), softening)
        show_as_wished(
            self._view, layer, self._enhancer, _PURPOSE, request, lambda made: made is self._fitted
        )

    def _show_stored_preview(self) -> None:
        """The stored small picture; not for who asked not to see colours or detail."""
        small = None if self._softening() else self._pictures.thumbnail(self._sorter.sha256)
        show_stored_preview(self._view, small)

    def _on_needs_whole(self) -> None:
        if self._softening() or self._wants_whole or self._sorter.photo is None:
            return
        self._wants_whole = True
        answer = self._pictures.get(PictureRequest(self._sorter.sha256, None))
        if isinstance(answer, Picture):
            self._show_answer(PictureLayer.FULL, answer)
        self.order()
