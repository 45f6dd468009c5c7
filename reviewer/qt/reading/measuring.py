"""Measuring on the photograph on screen: scales are asked for in words, results stand beside their lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygon

from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.geometry.measuring import (
    MEASURED_BY,
    Measurement,
    Quantity,
    Scale,
    SizeKnownBy,
    Take,
    check_scale,
    compute_off_plane,
)
from reviewer.domain.reading.reading import Reading
from reviewer.qt.actions.worn_keys import add_key
from reviewer.qt.canvas.measure_marks import MeasureView
from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.canvas.tools import QUANTITY_TOOLS, SCALE_CORNERS_TOOL, SCALE_LINE_TOOL, CanvasTool
from reviewer.qt.widgets.type_box import Option, Question, make_text_question
from reviewer.services.reading.measurements import describe_measurements
from reviewer.services.reading.reader import Reader
from reviewer.system.new_ids import new_id

_CARD = "Number card"
_SOURCES = (
    ("Photomacrographic scale (ABFO No. 2)", SizeKnownBy.PRINTED, "Its size is printed on it."),
    ("Ruler or tape in the photograph", SizeKnownBy.PRINTED, "Its size is printed on it."),
    (_CARD, SizeKnownBy.MEASURED, "Only one that somebody measured: you are asked who."),
    ("Coin, banknote or bank card", SizeKnownBy.STANDARD, "An object made to a standard size."),
    ("Object measured elsewhere", SizeKnownBy.MEASURED, "You are asked who measured it."),
    (
        "Object of assumed size",
        SizeKnownBy.ASSUMED,
        "Each result says that the size of the scale is assumed.",
    ),
)
_KNOWN_BY_OPTIONS = (
    Option(str(SizeKnownBy.PRINTED), "It is printed on it"),
    Option(str(SizeKnownBy.MEASURED), "Somebody measured it", "You are asked who."),
    Option(str(SizeKnownBy.STANDARD), "It is made to a standard size"),
    Option(
        str(SizeKnownBy.ASSUMED), "It is assumed", "Each result says so. The size of a card is not assumed."
    ),
)
_SURFACES = (
    Option("flat", "Flat, and in the plane of the scale"),
    Option("curved", "Curved: only the strip that faces the camera", "The scale lies beside that strip."),
    Option("flat off", "Flat; the scale lies in front of it or behind it", "You are asked how far."),
    Option("curved off", "Curved; the scale lies in front of it or behind it", "You are asked how far."),
)
_HOW_FAR = "How far off at most, from what distance at least? 30 mm at 0.8 m"
_TILTS = (
    ("0", "It faces the camera; nothing is added"),
    ("10", "Leans up to 10 degrees"),
    ("20", "Leans up to 20 degrees"),
    ("30", "Leans up to 30 degrees"),
    ("45", "Leans up to 45 degrees"),
)
_SHAPES = {
    Quantity.LENGTH: MarkShape.LINE,
    Quantity.ANGLE: MarkShape.FREEHAND,
    Quantity.AREA: MarkShape.POLYGON,
    Quantity.PATH: MarkShape.FREEHAND,
}
_NO_SCALE = "For millimetres mark a scale first: menu Reading, Measure, Mark a scale"
_UNITS = {"": 1000, "mm": 1000, "cm": 10_000, "in": 25_400}
_METRES = {"m": 1.0, "cm": 0.01, "mm": 0.001}
_DISTANCE_PAIR = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|in)?\s+(?:at|from)\s+(\d+(?:[.,]\d+)?)\s*(mm|cm|m)?")
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|in)?")


class MeasurementController:
    """Turns what was drawn into scales and measurements of the Reading, and those into labels."""

    def __init__(self, reader: Reader, canvas: PhotoCanvas, ask: Callable[[Question], None]) -> None:
        self._reader, self._canvas, self._ask_in_box = reader, canvas, ask
        self._selected = self._repeating = ""
        self._asked_about: tuple[tuple[int, int], ...] = ()

    def new_photo(self) -> None:
        self._selected = self._repeating = ""

    def select(self, measure_id: str) -> None:
        self._selected = measure_id

    def take_drawn(self, tool: CanvasTool, points: Sequence[tuple[int, int]]) -> None:
        """What to do with points that were set with a tool of measuring."""
        if tool in (SCALE_LINE_TOOL, SCALE_CORNERS_TOOL):
            self._ask_lengths(tuple(points))
            return
        quantity = next(candidate for candidate, known in QUANTITY_TOOLS.items() if known == tool)
        take = Take(tuple(points), self._estimate_point_error())
        reading = self._reader.reading
        repeated = reading.measurement(self._repeating)
        here = self._reader.pages.page
        if repeated is not None and repeated.quantity is quantity and repeated.page == here:
            self._reader.submit(finding_commands.repeat_measurement(reading, repeated.id, take))
            self._say_result(repeated.id)
            return
        finding, page = self._reader.selected_finding, self._reader.pages.page
        scales = [scale.id for scale in reading.scales if scale.page == page]
        made = Measurement(
            new_id(),
            quantity,
            (take,),
            scales[-1] if scales else "",
            finding.id if finding else "",
            page,
        )
        self._reader.submit(finding_commands.take_measurement(reading, made))
        self._selected = made.id
        self._say_result(made.id)

    def repeat(self) -> None:
        """The next points are the selected measurement once more."""
        measurement = self._reader.reading.measurement(self._selected)
        if measurement is None:
            raise NotAllowed("Choose a measurement first: V and a click on its line.")
        self._repeating = measurement.id
        self._canvas.set_tool(QUANTITY_TOOLS[measurement.quantity])
        self._reader.say("Set the points again, without looking at the first ones. Three times are usual.")

    def remove_selected(self) -> bool:
        """Remove the selected measurement or scale; False if none is selected."""
        reading, chosen = self._reader.reading, self._selected
        if reading.measurement(chosen) is not None:
            self._reader.submit(finding_commands.remove_measurement(reading, chosen))
        elif reading.scale(chosen) is not None:
            self._reader.submit(finding_commands.remove_scale(reading, chosen))
        else:
            return False
        self._selected = ""
        return True

    def make_views(self, reading: Reading) -> list[MeasureView]:
        """All scales and measurements of a Reading that lie on the picture on screen, for the canvas."""
        page = self._reader.pages.page
        scales = [
            MeasureView(
                scale.id,
                MarkShape.LINE if len(scale.points) == 2 else MarkShape.POLYGON,
                scale.points,
                f"scale {' x '.join(f'{side / 1000:g}' for side in scale.micrometres)} mm",
                True,
                scale.id == self._selected,
            )
            for scale in reading.scales
            if scale.page == page
        ]
        labels = describe_measurements(reading)
        return scales + [
            MeasureView(
                m.id, _SHAPES[m.quantity], m.takes[0].points, labels[m.id], False, m.id == self._selected
            )
            for m in reading.measurements
            if m.page == page
        ]

    def _say_result(self, measurement_id: str) -> None:
        reading = self._reader.reading
        measurement, result = (
            reading.measurement(measurement_id),
            describe_measurements(reading)[measurement_id],
        )
        if measurement is not None and not measurement.scale and measurement.quantity is not Quantity.ANGLE:
            self._reader.say(f"Measured: {result}. {add_key(_NO_SCALE, 'measure.scale')}.")
        else:
            self._reader.say(f"Measured: {result}.")

    def _estimate_point_error(self) -> int:
        """How well a point can be set: one pixel of the screen, in 1/100 pixel of the photograph."""
        return max(50, round(100 / max(0.01, self._canvas.scale)))

    # asking for a scale

    def _ask(self, question: Question) -> None:
        """Ask beside the scale that is asked about: its divisions are read while the box is up."""
        shown = [
            self._canvas.mapToGlobal(QPointF(*self._canvas.to_widget(point)).toPoint())
            for point in self._canvas.grid.to_upright_points(self._asked_about)
        ]
        self._ask_in_box(replace(question, clear_of=QPolygon(shown).boundingRect()))

    def _ask_lengths(self, points: tuple[tuple[int, int], ...]) -> None:
        self._asked_about = points
        several = len(points) == 4
        prompt = (
            "Width and height of the rectangle, first side first: 85.6 x 54 mm"
            if several
            else "How far are these two points apart? 105 mm, 10.5 cm"
        )

        def take(typed: str) -> None:
            self._ask_source(points, parse_micrometres(typed, 2 if several else 1))

        self._ask(make_text_question(prompt, take))

    def _ask_source(self, points: tuple[tuple[int, int], ...], lengths: tuple[int, ...]) -> None:
        known = {text: by for text, by, _detail in _SOURCES}

        def find(typed: str) -> Sequence[Option]:
            wanted = typed.casefold()
            return [Option(text, text, detail) for text, _by, detail in _SOURCES if wanted in text.casefold()]

        def named(source: str) -> None:
            scale = Scale("", points, lengths, source)
            options = "How is its size known?", lambda _typed: _KNOWN_BY_OPTIONS
            self._ask(
                Question(*options, lambda key: self._ask_who(replace(scale, known_by=key)), digits=True)
            )

        def take(key: str) -> None:
            self._ask_who(Scale("", points, lengths, key, known_by=str(known[key])))

        self._ask(Question("What is it whose size is known?", find, take, free=named))

    def _ask_who(self, scale: Scale) -> None:
        """Who measured it, if somebody did; what cannot be a scale is refused before more is asked."""
        if scale.known_by != SizeKnownBy.MEASURED:
            self._ask_tilt(check_scale(scale))
            return

        def take(who: str) -> None:
            self._ask_tilt(check_scale(replace(scale, source=f"{scale.source}{MEASURED_BY}{who.strip()}")))

        self._ask(make_text_question("Who measured it? Name and year", take))

    def _ask_tilt(self, scale: Scale) -> None:
        if len(scale.points) == 4:
            self._ask_surface(scale)
            return
        options = [Option(key, text, "It widens the plus-minus.") for key, text in _TILTS]
        prompt = "How far may its plane lean away from the camera?"

        def take(key: str) -> None:
            self._ask_surface(replace(scale, tilt=int(key)))

        self._ask(Question(prompt, lambda _typed: options, take, digits=True))

    def _ask_surface(self, scale: Scale) -> None:
        def take(key: str) -> None:
            surface, _space, off = key.partition(" ")
            made = replace(scale, curved=surface == "curved")
            if off:
                self._ask_how_far(made)
            else:
                self._mark_scale(made)

        self._ask(Question("The skin to be measured is", lambda _typed: _SURFACES, take, digits=True))

    def _ask_how_far(self, scale: Scale) -> None:
        """How far the scale is out of the plane; where that is not known nothing can be measured with it."""
        self._ask(
            make_text_question(
                _HOW_FAR,
                lambda typed: self._mark_scale(replace(scale, off_plane=parse_off_plane(typed))),
            )
        )

    def _mark_scale(self, scale: Scale) -> None:
        made = replace(scale, id=new_id(), hand=self._estimate_point_error(), page=self._reader.pages.page)
        self._reader.submit(finding_commands.mark_scale(self._reader.reading, made))
        told = (
            f"Scale marked, {made.off_plane / 10:g} % out of the plane: every plus-minus is wider by that."
            if made.off_plane
            else "Scale marked. Measure only what lies in its plane: Shift+I, F, V, O."
        )
        self._reader.say(told)


def parse_off_plane(typed: str) -> int:
    """ "30 mm at 0.8 m", "3 cm at 80 cm", "30 at 0.8" as thousandths; NotAllowed if it is no such pair."""
    fits = _DISTANCE_PAIR.fullmatch(typed.casefold().strip())
    if fits is None:
        raise NotAllowed("That is not a distance like 30 mm at 0.8 m. The scale was not marked.")
    near, far = (float(fits[place].replace(",", ".")) for place in (1, 3))
    metres = far * _METRES[fits[4] or "m"]
    if not metres:
        raise NotAllowed("A camera that is 0 m away sees nothing. The scale was not marked.")
    return compute_off_plane(near * _UNITS[fits[2] or "mm"] / 1000, metres)


def parse_micrometres(typed: str, count: int) -> tuple[int, ...]:
    """ "105", "10.5 cm", "85.6 x 54 mm" as whole micrometres; NotAllowed if there are not `count` lengths."""
    found = _LENGTH.findall(typed.casefold())
    if len(found) != count:
        wanted = "a length: 105 mm" if count == 1 else "two lengths: 85.6 x 54 mm"
        raise NotAllowed(f"That is not {wanted}. The scale was not marked.")
    last = next((unit for _number, unit in reversed(found) if unit), "")
    return tuple(round(float(number.replace(",", ".")) * _UNITS[unit or last]) for number, unit in found)
