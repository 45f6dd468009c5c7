"""Redacting on the reading screen: draw an area, say why, choose one, remove it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewer.domain.errors import NotAllowed
from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.photos.redaction import Redaction, RedactionPurpose
from reviewer.qt.actions.worn_keys import add_key
from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.canvas.redaction_marks import RedactionView
from reviewer.qt.canvas.tools import REDACTION_TOOLS, CanvasTool
from reviewer.qt.widgets.type_box import Option, Question, make_choice_question
from reviewer.services.reading.reader import Reader
from reviewer.services.reading.redaction_areas import RedactionEditor

_PURPOSES = (
    (RedactionPurpose.FACE, "Face"),
    (RedactionPurpose.GENITALS, "Genitals"),
    (RedactionPurpose.NAME, "Name or number"),
    (RedactionPurpose.OTHER, "Something else"),
)
_WORDS = {purpose: words.lower() for purpose, words in _PURPOSES}


class RedactionController:
    """Turns what was drawn into areas, and those into what the canvas shows."""

    def __init__(self, reader: Reader, canvas: PhotoCanvas, ask: Callable[[Question], None]) -> None:
        self._reader, self._canvas, self._ask = reader, canvas, ask
        self._acts = RedactionEditor(reader)
        self._selected = self._beside = ""
        self._acts.on_areas.connect(self.show)
        canvas.redaction_selected.connect(self.select)

    def new_photo(self) -> None:
        self._selected = ""

    def read_ahead(self) -> None:
        """Have the areas ready of the photographs that a step can lead to."""
        self._acts.read_ahead(self._reader.list_near())

    def show(self) -> None:
        """The areas of the photograph on screen."""
        selected = self.selected
        self._canvas.set_redactions(
            [
                RedactionView(area.id, area.shape, area.points, _WORDS[area.purpose], area.id == selected)
                for area in self._list_areas()
            ]
        )

    def _list_areas(self) -> list[Redaction]:
        """The areas on the picture on screen."""
        return [area for area in self._acts.areas() if area.page == self._reader.pages.page]

    def begin(self, shape: MarkShape) -> None:
        self._canvas.set_tool(REDACTION_TOOLS[shape])
        self._reader.say("Draw around what copies must not show. The photograph stays as it is. Esc ends.")

    def take_drawn(self, tool: CanvasTool, points: Sequence[tuple[int, int]]) -> None:
        """Ask what lies in the area that was drawn; without an answer it is not kept."""
        photo, page = self._reader.sha256, self._reader.pages.page
        options = [Option(str(purpose), words) for purpose, words in _PURPOSES]

        def take(purpose: str) -> None:
            if (self._reader.sha256, self._reader.pages.page) == (photo, page):
                self._acts.draw(tool.shape, points, RedactionPurpose(purpose))
                self._reader.say(f"To be redacted in copies: {_WORDS[RedactionPurpose(purpose)]}.")

        self._ask(make_choice_question("What is to be redacted here?", options, take))

    # what is selected

    @property
    def selected(self) -> str:
        """The id of the chosen area; choosing a finding deselects it."""
        return self._selected if self._beside == self._reader.selected else ""

    def select(self, id_: str) -> None:
        self._selected, self._beside = id_, self._reader.selected
        self.show()

    def select_next(self) -> None:
        """Choose the next area of this photograph, by keyboard."""
        areas = self._list_areas()
        if not areas:
            raise NotAllowed(
                add_key(
                    "Nothing is to be redacted on this photograph: draw a rectangle first", "redact.rectangle"
                )
                + "."
            )
        ids = [area.id for area in areas]
        place = (ids.index(self.selected) + 1) % len(ids) if self.selected in ids else 0
        self.select(ids[place])
        self._reader.say(_describe_area(areas, place))

    def remove_selected(self) -> bool:
        """Remove the area that is chosen; False if none is."""
        chosen = self.selected
        if chosen not in {area.id for area in self._list_areas()}:
            return False
        self._acts.remove(chosen)
        self._selected = ""
        return True


def _describe_area(areas: Sequence[Redaction], place: int) -> str:
    words = _WORDS[areas[place].purpose]
    return f"Area {place + 1} of {len(areas)} to redact: {words}. Delete removes it."
