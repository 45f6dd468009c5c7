"""Drawing areas to redact on the Photo on screen. They are shared, so what others draw arrives here too."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.acts.act import ThingKind
from reviewer.domain.errors import NotAllowed
from reviewer.domain.geometry.mark import MarkShape, PixelPoint
from reviewer.domain.photos.redaction import Redaction, RedactionPurpose, draw_redaction, remove_redaction
from reviewer.services.events import Event
from reviewer.services.pictures.redacted_copy import load_areas_among
from reviewer.services.reading.act_queue import SharedChange
from reviewer.services.reading.reader import Reader
from reviewer.system.new_ids import new_id

_MOST_PHOTOS = 400


class RedactionEditor:
    """Each wish is an act on the Photo on screen; `on_areas` is told when its areas are others."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.on_areas: Event[[]] = Event()
        self._areas: dict[str, tuple[Redaction, ...]] = {}
        reader.desk.on_shared.connect(self._on_shared_change)

    def areas(self) -> tuple[Redaction, ...]:
        """The areas of the Photo on screen, of all pictures of its file, as they are committed."""
        photo = self._reader.photo
        if photo is None:
            return ()
        self.read_ahead([photo.sha256])
        return self._areas[photo.sha256]

    def read_ahead(self, photos: Sequence[str]) -> None:
        """Have the areas of Photos (SHA-256) ready before they are asked for."""
        missing = [photo for photo in photos if photo not in self._areas]
        if missing:
            if len(self._areas) >= _MOST_PHOTOS:
                self._areas.clear()
                missing = list(photos)
            found = load_areas_among(self._reader.desk.case, missing)
            self._areas.update((photo, found.get(photo, ())) for photo in missing)

    def draw(self, shape: MarkShape, points: Sequence[PixelPoint], purpose: RedactionPurpose) -> str:
        """Draw an area, in recorded pixels; return its id. NotAllowed if it is not a valid area."""
        photo = self._reader.photo
        if photo is None:
            raise NotAllowed("There is no photograph on screen.")
        page = self._reader.pages.page
        area = Redaction(new_id(), photo.sha256, shape, tuple(points), purpose, page=page)
        picture = self._reader.pages.picture
        self._reader.submit(draw_redaction(area, picture.width, picture.height))
        return area.id

    def remove(self, id_: str) -> None:
        self._reader.submit(remove_redaction(self.areas(), id_))

    def _on_shared_change(self, change: SharedChange) -> None:
        """The Reader has gone to the Photo by now if an area was undone elsewhere."""
        if change.affected_ids(ThingKind.REDACTION):
            self._areas.clear()
            self.on_areas.emit()
