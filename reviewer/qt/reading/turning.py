"""Puts the picture of the file that the Reader is at on the canvas, with what is drawn on it."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.worklist.reading_order import MASKED_THINGS_IN_WORDS
from reviewer.qt.canvas.marks import RecordedGrid
from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.reading.drawn import MarkController
from reviewer.qt.reading.info_line import InfoLine
from reviewer.qt.reading.looking import ViewState
from reviewer.qt.reading.masks import MaskController
from reviewer.qt.reading.picture_feed import PictureFeed
from reviewer.qt.reading.viewing import ViewController
from reviewer.services.evidence.same_shot import describe_same_shot, find_same_shot
from reviewer.services.reading.reader import Reader
from reviewer.services.reading.sight import Sight


class PictureController:
    """`begins` is called once the canvas has the new grid and before anything is painted on it."""

    def __init__(
        self,
        reader: Reader,
        canvas: PhotoCanvas,
        looking: ViewState,
        viewing: ViewController,
        drawn: MarkController,
        feed: PictureFeed,
        info: InfoLine,
        masks: MaskController,
        begins: Callable[[], None],
    ) -> None:
        self._reader, self._canvas, self._looking, self._viewing = reader, canvas, looking, viewing
        self._drawn, self._feed, self._info, self._masks, self._begins = drawn, feed, info, masks, begins
        canvas.painted.connect(self._on_painted)
        reader.pages.on_turned.connect(self._on_turned)

    def show(self) -> None:
        """Show the present picture."""
        pages, picture = self._reader.pages, self._reader.pages.picture
        seen = self._viewing.get_seen(self._reader.sha256, pages.page, picture.upright_size)
        self._canvas.new_grid(RecordedGrid(picture.width, picture.height, picture.orientation), seen)
        self._begins()
        self._drawn.show(self._reader.reading)
        self._feed.show()

    def report_picture(self) -> None:
        """Describe the picture in the line below it."""
        photo = self._reader.photo
        if photo is not None:
            name = self._reader.worklist.items[self._reader.position].name
            masked = [MASKED_THINGS_IN_WORDS[thing] for thing in self._masks.hidden]
            # a line that tells nothing of the file asks nothing of it either
            shot = "" if masked else describe_same_shot(find_same_shot(self._reader.desk.case, photo.sha256))
            self._info.show_photo(photo, name, self._reader.pages, self._reader.worklist.span, shot, masked)
            self._info.show_card_warning(self._reader.masking.may_show_card(photo.sha256))
            self._feed.report_picture()

    def _on_painted(self) -> None:
        """What lies under a cover was not on screen; why a picture cannot be shown was."""
        if self._canvas.sight() in {Sight.SHOWN, Sight.MISSING}:
            self._reader.pages.note_shown()

    def _on_turned(self) -> None:
        """Another picture of the same file, through the same steps."""
        photo = self._reader.photo
        if photo is None:
            return
        damage = photo.damage if self._reader.pages.page == 1 else ""
        self._looking.new_picture(damage, photo.shown_as)
        self._drawn.new_photo()
        self.show()
        self._feed.order()
        self.report_picture()
