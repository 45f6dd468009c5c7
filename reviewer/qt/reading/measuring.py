"""Measuring on the photograph on screen: scales are asked for in words, results stand beside their lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from reviewer.domain import intents
from reviewer.domain.errors import NotAllowed
from reviewer.domain.mark import Shape
from reviewer.domain.measuring import (
    Measurement,
    Quantity,
    Scale,
    Take,
)
from reviewer.domain.reading import Reading
from reviewer.qt.canvas.measure_marks import MeasureView
from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.canvas.tools import QUANTITIES, SCALE_CORNERS, SCALE_LINE, CanvasTool
from reviewer.qt.widgets.type_box import Option, Question
from reviewer.services.measurements import labels_of
from reviewer.services.reader import Reader, new_id

_SOURCES = (
    "Photomacrographic scale (ABFO No. 2)",
    "Ruler or tape in the photograph",
    "Number card of proved size",
    "Coin or note of known size",
    "Object measured elsewhere",
)
_TILTS = (
    ("0", "It faces the camera; nothing is added"),
    ("10", "Leans up to 10 degrees"),
    ("20", "Leans up to 20 degrees"),
    ("30", "Leans up to 30 degrees"),
    ("45", "Leans up to 45 degrees"),
)
_SHAPES = {
    Quantity.LENGTH: Shape.LINE,
    Quantity.ANGLE: Shape.FREEHAND,
    Quantity.AREA: Shape.POLYGON,
    Quantity.PATH: Shape.FREEHAND,
}
_UNITS = {"": 1000, "mm": 1000, "cm": 10_000, "in": 25_400}
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|in)?")


class Measuring:
    """Turns what was drawn into scales and measurements of the Reading, and those into labels."""

    def __init__(self, reader: Reader, canvas: PhotoCanvas, ask: Callable[[Question], None]) -> None:
        self._reader, self._canvas, self._ask = reader, canvas, ask
        self._selected = self._repeating = ""

    def new_photo(self) -> None:
        self._selected = self._repeating = ""

    def select(self, measure_id: str) -> None:
        self._selected = measure_id

    def drawn(self, tool: CanvasTool, points: Sequence[tuple[int, int]]) -> None:
        """What to do with points that were set with a tool of measuring."""
        if tool in (SCALE_LINE, SCALE_CORNERS):
            self._ask_lengths(tuple(points))
            return
        quantity = next(each for each, known in QUANTITIES.items() if known == tool)
        take = Take(tuple(points), self._hand())
        reading = self._reader.reading
        repeated = reading.measurement(self._repeating)
        here = self._reader.pages.page
        if repeated is not None and repeated.quantity is quantity and repeated.page == here:
            self._reader.do(intents.repeat_measurement(reading, repeated.id, take))
            self._tell(repeated.id)
            return
        finding, page = self._reader.selected_finding, self._reader.pages.page
        scales = [each.id for each in reading.scales if each.page == page]
        made = Measurement(
            new_id(),
            quantity,
            (take,),
            scales[-1] if scales else "",
            finding.id if finding else "",
            page,
        )
        self._reader.do(intents.take_measurement(reading, made))
        self._selected = made.id
        self._tell(made.id)

    def repeat(self) -> None:
        """The next points are the selected measurement once more."""
        measurement = self._reader.reading.measurement(self._selected)
        if measurement is None:
            raise NotAllowed("Choose a measurement first: V and a click on its line.")
        self._repeating = measurement.id
        self._canvas.set_tool(QUANTITIES[measurement.quantity])
        self._reader.say("Set the points again, without looking at the first ones. Three times are usual.")

    def remove_selected(self) -> bool:
        """Remove the selected measurement or scale; False if none is selected."""
        reading, chosen = self._reader.reading, self._selected
        if reading.measurement(chosen) is not None:
            self._reader.do(intents.remove_measurement(reading, chosen))
        elif reading.scale(chosen) is not None:
            self._reader.do(intents.remove_scale(reading, chosen))
        else:
            return False
        self._selected = ""
        return True

    def views(self, reading: Reading) -> list[MeasureView]:
        """All scales and measurements of a Reading that lie on the picture on screen, for the canvas."""
        page = self._reader.pages.page
        scales = [
            MeasureView(
                scale.id,
                Shape.LINE if len(scale.points) == 2 else Shape.POLYGON,
                scale.points,
                f"scale {' x '.join(f'{each / 1000:g}' for each in scale.micrometres)} mm",
                True,
                scale.id == self._selected,
            )
            for scale in reading.scales
            if scale.page == page
        ]
        labels = labels_of(reading)
        return scales + [
            MeasureView(
                m.id, _SHAPES[m.quantity], m.takes[0].points, labels[m.id], False, m.id == self._selected
            )
            for m in reading.measurements
            if m.page == page
        ]

    def _tell(self, measurement_id: str) -> None:
        self._reader.say(f"Measured: {labels_of(self._reader.reading)[measurement_id]}.")

    def _hand(self) -> int:
        """How well a point can be set: one pixel of the screen, in 1/100 pixel of the photograph."""
        return max(50, round(100 / max(0.01, self._canvas.scale)))

    # asking for a scale

    def _ask_lengths(self, points: tuple[tuple[int, int], ...]) -> None:
        several = len(points) == 4
        prompt = (
            "Width and height of the rectangle, first side first: 85.6 x 54 mm"
            if several
            else "How far are these two points apart? 105 mm, 10.5 cm"
        )

        def take(typed: str) -> None:
            self._ask_source(points, micrometres(typed, 2 if several else 1))

        self._ask(Question(prompt, lambda _typed: [], take, free=take))

    def _ask_source(self, points: tuple[tuple[int, int], ...], lengths: tuple[int, ...]) -> None:
        def find(typed: str) -> Sequence[Option]:
            return [Option(each, each) for each in _SOURCES if typed.casefold() in each.casefold()]

        def take(source: str) -> None:
            if len(points) == 4:
                self._ask_surface(points, lengths, source, 0)
            else:
                self._ask_tilt(points, lengths, source)

        self._ask(Question("What is it whose size is known?", find, take, free=take))

    def _ask_tilt(self, points: tuple[tuple[int, int], ...], lengths: tuple[int, ...], source: str) -> None:
        options = [Option(key, text, "It widens the plus-minus.") for key, text in _TILTS]
        prompt = "How far may its plane lean away from the camera?"

        def take(key: str) -> None:
            self._ask_surface(points, lengths, source, int(key))

        self._ask(Question(prompt, lambda _typed: options, take, digits=True))

    def _ask_surface(
        self, points: tuple[tuple[int, int], ...], lengths: tuple[int, ...], source: str, tilt: int
    ) -> None:
        options = [
            Option("flat", "Flat, and in the plane of the scale"),
            Option("curved", "Curved: only the strip that faces the camera"),
        ]

        def take(key: str) -> None:
            page = self._reader.pages.page
            scale = Scale(new_id(), points, lengths, source, tilt, key == "curved", self._hand(), page)
            self._reader.do(intents.mark_scale(self._reader.reading, scale))
            self._reader.say("Scale marked. Measure only what lies in its plane: Shift+I, F, V, O.")

        self._ask(Question("The skin to be measured is", lambda _typed: options, take, digits=True))


def micrometres(typed: str, count: int) -> tuple[int, ...]:
    """ "105", "10.5 cm", "85.6 x 54 mm" as whole micrometres; NotAllowed if there are not `count` lengths."""
    found = _LENGTH.findall(typed.casefold())
    if len(found) != count:
        wanted = "a length: 105 mm" if count == 1 else "two lengths: 85.6 x 54 mm"
        raise NotAllowed(f"That is not {wanted}. The scale was not marked.")
    last = next((unit for _number, unit in reversed(found) if unit), "")
    return tuple(round(float(number.replace(",", ".")) * _UNITS[unit or last]) for number, unit in found)
