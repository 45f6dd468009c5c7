"""Small pictures for the grid: asked for by what is in view, decoded a few at a time between two frames."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QElapsedTimer, QObject, QRectF
from PySide6.QtGui import QPainter, QPixmap

from reviewer.domain.search.arranging import ShareBox
from reviewer.qt.canvas.overlays import paint_masked
from reviewer.qt.gallery.pixmaps import PixmapCache
from reviewer.qt.widgets.small_pictures import load_fitted
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.jobs import Post
from reviewer.services.pictures.thumbnails import ThumbnailLoader

BUDGET_MS = 8
STORED_SIDE = 256


class ThumbnailFeed(QObject):
    """`on_decoded` hears which Photos have their picture now; `find_masked` tells what of one is masked,
    asked once for each picture: to paint it anew in each frame would cost a third of the frame."""

    def __init__(
        self,
        fetch: Callable[[str], bytes | None],
        post: Post,
        on_decoded: Callable[[Sequence[str]], None],
        find_masked: Callable[[str], tuple[ShareBox, ...]] = lambda _photo: (),
    ) -> None:
        super().__init__()
        self.pixmaps = PixmapCache()
        self.care = ""
        self._on_decoded, self._find_masked = on_decoded, find_masked
        self._masked: dict[str, tuple[ShareBox, ...]] = {}
        self._side, self._ratio = STORED_SIDE, 1.0
        self._wanted: frozenset[str] = frozenset()
        self._thumbnails = ThumbnailLoader(fetch, post, self._decode)
        self._again = make_single_shot_timer(self, 0, self._decode)

    def want(self, photos: Sequence[str], side: int, ratio: float) -> None:
        """What is in view or near it, most urgent first, `side` device pixels wide; all else is dropped."""
        self._side, self._ratio = min(side, STORED_SIDE), ratio
        missing = [photo for photo in photos if not self.pixmaps.has(photo, self._side)]
        self._wanted = frozenset(missing)
        self._thumbnails.request(missing)

    def picture(self, sha256: str) -> QPixmap | None:
        """The picture if it is there; one made for another size serves until the right one comes."""
        return self.pixmaps.get(sha256)

    def set_care(self, care: str) -> None:
        """Softened otherwise from now on: nothing of before may be shown."""
        if care != self.care:
            self.care = care
            self.forget()

    def update_masks(self) -> None:
        """Something else is masked from now on: pictures on which it is otherwise are not shown any more."""
        for photo in self.pixmaps.list_photos():
            if self._find_masked(photo) != self._masked.get(photo, ()):
                self.pixmaps.drop(photo)

    def keep_only(self, photos: Collection[str]) -> None:
        """Forget the pictures of all other Photos, and want nothing more for now."""
        self.want([], self._side, self._ratio)
        for photo in self.pixmaps.list_photos():
            if photo not in photos:
                self.pixmaps.drop(photo)

    def forget(self) -> None:
        self.pixmaps.clear()
        self._masked.clear()
        self._wanted = frozenset()

    def close(self) -> None:
        self._again.stop()
        self._thumbnails.close()
        self.forget()

    def _decode(self) -> None:
        """As many as there is time for now; the rest after the next frame."""
        clock, done = QElapsedTimer(), []
        clock.start()
        while clock.elapsed() < BUDGET_MS:
            taken = self._thumbnails.take()
            if taken is None:
                break
            photo, content = taken
            if photo in self._wanted:
                picture = load_fitted(content, self._side, self._side * 3 // 4, self.care)
                self._mask(photo, picture)
                picture.setDevicePixelRatio(self._ratio)
                self.pixmaps.put(photo, picture, self._side)
                done.append(photo)
        else:
            self._again.start()
        if done:
            self._on_decoded(done)

    def _mask(self, photo: str, picture: QPixmap) -> None:
        """Mask what is masked of a Photo, a pixel more at each side: no edge of a card stays."""
        areas = self._masked[photo] = self._find_masked(photo)
        if not areas or picture.isNull():
            return
        wide, tall, painter = picture.width(), picture.height(), QPainter(picture)
        for left, top, width, height in areas:
            room = QRectF(left * wide, top * tall, width * wide, height * tall)
            paint_masked(painter, room.adjusted(-1, -1, 1, 1))
        painter.end()
