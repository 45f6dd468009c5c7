"""Brings the right picture to the canvas: a preview while it is not ready, the neighbours ahead, and the
view through the steps of enhancement, at screen size first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QElapsedTimer

from reviewer.domain.reading.enhancement import EnhancementChain
from reviewer.qt.canvas.feeding import show_stored_preview
from reviewer.qt.canvas.layers import PictureLayer
from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.reading.looking import ViewState
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.events import Event
from reviewer.services.pictures.enhancer import Enhancer, ViewRequest, describe_engine
from reviewer.services.pictures.pictures import (
    MissingPicture,
    Picture,
    PictureLoader,
    PictureOrMissing,
    PictureRequest,
)
from reviewer.services.reading.reader import Reader

_DWELL_MS, _REFINE_MS, _BURST_MS = 400, 150, 40
Treatment = tuple[EnhancementChain, str]
_NO_TREATMENT: Treatment = (EnhancementChain(), "")


class PictureFeed:
    """Listens to the Reader, the canvas and what it is seen through. `on_shown` hears of each picture."""

    def __init__(
        self,
        reader: Reader,
        canvas: PhotoCanvas,
        pictures: PictureLoader,
        enhancer: Enhancer,
        looking: ViewState,
    ) -> None:
        self._reader, self._canvas, self._pictures = reader, canvas, pictures
        self._enhancer, self._looking = enhancer, looking
        self.on_shown: Event[Picture] = Event()
        self.shown: Treatment = _NO_TREATMENT
        """Through what the picture on screen was made."""
        self._originals: dict[PictureLayer, Picture] = {}
        self._views: dict[PictureLayer, tuple[Treatment, Picture]] = {}
        self._wants_full = self._is_unreported = False
        self._dwell = make_single_shot_timer(canvas, _DWELL_MS, self._on_dwell)
        self._since = QElapsedTimer()
        self._is_held = False
        """Whether the last steps came as fast as those of a key that is held down."""
        self._calm = make_single_shot_timer(canvas, _BURST_MS, self._request_pictures)
        self._refine = make_single_shot_timer(canvas, _REFINE_MS, lambda: self._display(PictureLayer.FULL))
        canvas.needs_full.connect(self._on_needs_full)
        looking.changed.connect(self._on_view_state)

    def show(self) -> None:
        """Show the Photo the Reader is at, as well as it can be shown now. That is not reported,
        and nothing is ordered: the photograph is painted before anything else is done."""
        self._is_held = self._since.isValid() and self._since.elapsed() < _BURST_MS
        self._since.start()
        self._wants_full = False
        self._originals, self._views = {}, {}
        self.shown = (EnhancementChain(), self._looking.softening)
        self._enhancer.forget()
        self._refine.stop()
        self._dwell.stop()
        answer = self._pictures.get(self._make_fitted_want())
        if not isinstance(answer, Picture):
            self._show_stored_preview()
        if answer is not None:
            with self._unreported():
                self._store_answer(PictureLayer.FITTED, answer)

    def order(self) -> None:
        """Order what `show` could not show, and its neighbours; these only when no key is held."""
        if self._is_held:
            self._request_photo()
            self._calm.start(max(0, _BURST_MS - self._since.elapsed()))
        else:
            self._calm.stop()
            self._request_pictures()

    def resized(self) -> None:
        """The viewport changed: other sizes are wanted now."""
        if self._reader.photo is not None:
            answer = self._pictures.get(self._make_fitted_want())
            if answer is not None:
                self._store_answer(PictureLayer.FITTED, answer)
            self._request_pictures()

    def retry(self) -> None:
        self._pictures.forget_failures()
        self.show()
        self.order()
        self.report_picture()

    def take_picture(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        """A picture was made; it is taken only if it is of the Photo on screen and of a size wanted now."""
        if self._calm.isActive():
            self._request_photo()  # a decoder has become free
        if (want.sha256, want.page) != (self._reader.sha256, self._reader.pages.page):
            return
        if want.box is not None and want.box != self._canvas.box():
            return
        layer = PictureLayer.FULL if want.box is None else PictureLayer.FITTED
        with self._unreported():
            self._store_answer(layer, answer)
        if layer is PictureLayer.FITTED or self._wants_full:
            self._canvas.repaint()  # before what is said of it, and before other events that wait
            self.report_picture()

    def stop(self) -> None:
        """Nothing more is shown: the case is being closed."""
        for timer in (self._dwell, self._refine, self._calm):
            timer.stop()
        self._originals, self._views = {}, {}

    def original(self) -> Picture | None:
        """The photograph as it is, in the best size there is."""
        return self._originals.get(PictureLayer.FULL) or self._originals.get(PictureLayer.FITTED)

    def get_fitted(self) -> tuple[Picture | None, Picture | None]:
        """Return the photograph as it is and as it is shown, both of the size of the screen."""
        original = self._originals.get(PictureLayer.FITTED)
        kept = self._views.get(PictureLayer.FITTED)
        return original, kept[1] if kept is not None and kept[0] == self.shown else original

    @property
    def engine(self) -> str:
        """Return what computes views of the picture on screen, "" if no picture is there yet."""
        picture = self.original()
        return describe_engine(picture) if picture is not None else ""

    def report_picture(self) -> None:
        """Report the picture on screen, if there is one, to `on_shown`."""
        picture = self.original()
        if picture is not None and not self._is_unreported:
            self.on_shown.emit(picture)

    @contextmanager
    def _unreported(self) -> Iterator[None]:
        """Report nothing meanwhile."""
        self._is_unreported = True
        try:
            yield
        finally:
            self._is_unreported = False

    def _store_answer(self, layer: PictureLayer, answer: PictureOrMissing) -> None:
        if isinstance(answer, MissingPicture):
            if answer.is_doubted:
                self._originals, self._views = {}, {}
                self._enhancer.forget()
                self._dwell.stop()
            self._canvas.show_missing(answer.reason)
            return
        self._originals[layer] = answer
        self._looking.damage = answer.damage or self._looking.damage
        self._views.pop(layer, None)
        if layer is PictureLayer.FITTED:
            self._display(layer)
            self._dwell.start()  # from now on the reader can look; before, there is nothing to stay at
        else:
            self._canvas.ask_for_more()

    def _display(self, layer: PictureLayer) -> None:
        original, treatment = self._originals.get(layer), self._looking.treatment
        if original is None:
            return
        chain, care = treatment
        kept = self._views.get(layer)
        if not chain.active and not care:
            self._show_on_canvas(layer, original, treatment)
        elif kept is not None and kept[0] == treatment:
            self._show_on_canvas(layer, kept[1], treatment)
        else:
            width = int(self._canvas.photo[0])
            request = ViewRequest(self._reader.sha256, original, width, chain, care)
            self._enhancer.request_view(int(layer), request, lambda r, view: self._on_view(layer, r, view))

    def _on_view(self, layer: PictureLayer, request: ViewRequest, view: Picture | None) -> None:
        """A view was computed. One that the slider has left behind already is still nearer than the last."""
        chain, care = self._looking.treatment
        stale = request.photo != self._reader.sha256 or request.picture is not self._originals.get(layer)
        if stale or view is None or request.care != care or bool(chain.active) != bool(request.chain.active):
            return
        treatment = (request.chain, request.care)
        self._views[layer] = (treatment, view)
        self._show_on_canvas(layer, view, treatment)

    def _show_on_canvas(self, layer: PictureLayer, picture: Picture, treatment: Treatment) -> None:
        if layer is PictureLayer.FITTED and treatment != self.shown:
            self._canvas.drop_picture(PictureLayer.FULL)
        elif layer is PictureLayer.FULL and treatment != self.shown:
            return
        self.shown = treatment
        self._canvas.set_banner(self._looking.banner())
        self._canvas.show_picture(picture, layer)
        self.report_picture()

    def _show_stored_preview(self) -> None:
        """The stored small picture; not for who asked not to see colours or detail."""
        if self._looking.softening:
            return
        first = self._reader.pages.page == 1
        small = self._pictures.thumbnail(self._reader.sha256) if first else None
        show_stored_preview(self._canvas, small)

    def _make_fitted_want(self) -> PictureRequest:
        return PictureRequest(self._reader.sha256, self._canvas.box(), self._reader.pages.page)

    def _make_whole_want(self) -> PictureRequest:
        return PictureRequest(self._reader.sha256, None, self._reader.pages.page)

    def _request_photo(self) -> None:
        """Order the photograph on screen alone. While a key is held one is decoded at a time, and a decoder
        and a core are free: the last one need not wait for two that nobody looks at any more."""
        if self._canvas.isVisible():
            fitted = self._make_fitted_want()
            wanted = [] if self._is_held and self._pictures.is_decoding() else [fitted]
            self._pictures.request(wanted, on_screen=[fitted, self._make_whole_want()])

    def _request_pictures(self, dwelling: bool = False) -> None:
        """What is wanted, most urgent first. The whole photograph comes last if it is not asked for yet."""
        if not self._canvas.isVisible():
            return  # another screen orders its own
        whole, pages = self._make_whole_want(), self._reader.pages
        wanted = [self._make_fitted_want()]
        if self._wants_full:
            wanted.insert(0, whole)
        if pages.page < pages.count:
            wanted.append(PictureRequest(self._reader.sha256, self._canvas.box(), pages.page + 1))
        wanted += [PictureRequest(sha256, self._canvas.box()) for sha256 in self._reader.list_ahead()]
        if dwelling and not self._wants_full:
            wanted.append(whole)
        self._pictures.request(wanted, on_screen=[self._make_fitted_want(), whole])

    def _on_dwell(self) -> None:
        """The reader stays: have the whole photograph ready before it is asked for."""
        fitted = self._originals.get(PictureLayer.FITTED)
        if (
            fitted is not None
            and fitted.width < self._canvas.photo[0]
            and PictureLayer.FULL not in self._originals
        ):
            self._request_pictures(dwelling=True)

    def _on_view_state(self) -> None:
        self._refine.stop()
        self._canvas.set_banner(self._looking.banner())
        self._display(PictureLayer.FITTED)

    def _on_needs_full(self) -> None:
        """The canvas shows more than the fitted picture has; steps wait until the slider rests."""
        answer = self._pictures.get(self._make_whole_want())
        if PictureLayer.FULL not in self._originals and isinstance(answer, Picture):
            self._originals[PictureLayer.FULL] = answer
        if PictureLayer.FULL in self._originals:
            chain, care = self._looking.treatment
            if chain.active or care:
                self._refine.start()
            else:
                self._display(PictureLayer.FULL)
        elif not self._wants_full and self._reader.photo is not None:
            self._wants_full = True
            self._request_pictures()
