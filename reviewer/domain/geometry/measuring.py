"""Measuring on a photograph: never millimetres without a scale, never without a plus-minus.

The uncertainty of a result is found by moving every point that went into it by its own uncertainty and
adding the effects in squares (JCGM 100:2008, section 5.1.2, numerically); what is stated is 2.3 times
that, which held at least 95 of 100 simulated cases (twice would be the normal value; effects that are
not linear need more). Tilt that a two-point scale cannot see is added whole, because it is no chance, and so
is what a scale in front of or behind what is measured can do.
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from reviewer.domain.errors import NotAllowed
from reviewer.domain.geometry.plane import (
    MeasuringPlane,
    PlanePoint,
    make_rectangle_plane,
    make_similarity_plane,
)

FORMULA_VERSION = 2
"""Raised whenever the same points would give another result. 2: a scale that lies out of the plane adds to
the margin; results by scales of which that was not asked are those of 1."""
_COVERAGE_FACTOR = 2.3
_QUANTISATION_UNCERTAINTY = 1 / math.sqrt(12)
_STUDENT_T = {2: 12.71, 3: 4.30, 4: 3.18, 5: 2.78, 6: 2.57, 7: 2.45, 8: 2.36, 9: 2.31, 10: 2.26}
PlacedPixel = tuple[int, int]


class Quantity(StrEnum):
    LENGTH = "length"  # two points
    ANGLE = "angle"  # three points, the second is the corner
    AREA = "area"  # three points or more around it
    PATH = "path"  # two points or more along it


_FEWEST_POINTS = {Quantity.LENGTH: 2, Quantity.ANGLE: 3, Quantity.AREA: 3, Quantity.PATH: 2}
_QUANTITIES_OF_EXACT_COUNT = frozenset({Quantity.LENGTH, Quantity.ANGLE})


@dataclass(frozen=True)
class Scale:
    """Something of known size in the photograph. Points are recorded pixels.

    Two points and one length, or the four corners of a rectangle and its width and height (first side
    first), in micrometres. `tilt` is the most the plane may lean, degrees, as the Examiner judged it for a
    two-point scale (four corners show it themselves). `hand` is how well a point was placed, 1/100 pixel.
    `page` is the picture of the file it lies on. `known_by` is how its size is known; `off_plane` how far it
    may lie in front of or behind what is measured, in parts per thousand of its distance from the camera.
    """

    id: str
    points: tuple[PlacedPixel, ...]
    micrometres: tuple[int, ...]
    source: str
    tilt: int = 0
    curved: bool = False
    hand: int = 100
    page: int = 1
    known_by: str = ""
    off_plane: int = 0


class SizeKnownBy(StrEnum):
    """How the size of a scale is known; nobody was asked before case format 1.5."""

    PRINTED = "printed"  # it says so itself
    MEASURED = "measured"  # by somebody whose name stands in the source
    STANDARD = "standard"  # an object made to a standard size
    ASSUMED = "assumed"


MEASURED_BY = ", measured by "
_FARTHEST_OFF_PLANE = 300
"""Thousandths of the distance: beyond, a scale says too little of what is measured."""
_CARD_WORDS = re.compile(r"\b(card|placard|label|paper|cardboard)s?\b")
"""Things that carry a number and are cut to no size."""


@dataclass(frozen=True)
class Take:
    """One time the points were set; `hand` is how well, in 1/100 pixel."""

    points: tuple[PlacedPixel, ...]
    hand: int = 100


@dataclass(frozen=True)
class Measurement:
    """`finding` and `scale` are ids or ""; more than one Take are repeats of the same measurement."""

    id: str
    quantity: Quantity
    takes: tuple[Take, ...]
    scale: str = ""
    finding: str = ""
    page: int = 1


@dataclass(frozen=True)
class MeasurementResult:
    """`value` plus or minus `margin` (about 95 %) in `unit`: "mm", "mm²", "°", "px" or "px²".

    `tilt` is the tilt of the plane in degrees: estimated from four corners, judged for two points.
    `off_plane` and `assumed` are those of the Scale.
    """

    value: float
    margin: float
    unit: str
    tilt: float = 0.0
    curved: bool = False
    off_plane: int = 0
    assumed: bool = False


def check_scale(scale: Scale) -> Scale:
    """Return the Scale; NotAllowed if it can carry no measurement."""
    if (len(scale.points), len(scale.micrometres)) not in {(2, 1), (4, 2)}:
        raise NotAllowed("A scale is two points and a length, or four corners and two lengths.")
    if any(not 100 <= length <= 10_000_000 for length in scale.micrometres):
        raise NotAllowed("The known length must be between 0.1 mm and 10 m.")
    if not scale.source.strip():
        raise NotAllowed("A scale needs its source: say what it is whose size is known.")
    _check_size(scale)
    if not 0 <= scale.off_plane <= _FARTHEST_OFF_PLANE:
        raise NotAllowed(
            f"A scale that lies more than {_FARTHEST_OFF_PLANE / 10:g} "
            "% of its distance from the camera in front of "
            "or behind what is measured says too little of it. Measure without a scale: a ratio."
        )
    if not 0 <= scale.tilt <= 60:
        raise NotAllowed("A plane that leans more than 60 degrees cannot be measured in.")
    if any(math.dist(a, b) < 8 for a, b in pairwise(scale.points)):
        raise NotAllowed("The points of the scale are too close together.")
    try:
        plane_from_scale(scale).at(scale.points[0])
    except ValueError:
        raise NotAllowed("These four corners do not span a rectangle.") from None
    return scale


def _check_size(scale: Scale) -> None:
    """NotAllowed where it is not said how the size is known, or a card's size is only assumed."""
    if scale.known_by not in list(SizeKnownBy):
        raise NotAllowed("Say how the size of the scale is known.")
    if scale.known_by == SizeKnownBy.MEASURED and not scale.source.partition(MEASURED_BY)[2].strip():
        raise NotAllowed("Name who measured it: a size that nobody vouches for is an assumption.")
    if scale.known_by == SizeKnownBy.ASSUMED and _CARD_WORDS.search(scale.source.casefold()):
        raise NotAllowed(
            "The size of a card is not assumed: cards are cut to no size, and all millimetres would rest on "
            "a guess. Use one that somebody measured, or measure without a scale: a ratio."
        )


def compute_off_plane(millimetres: float, metres: float) -> int:
    """Compute how far a scale lies out of the plane, in thousandths of its distance from the camera, rounded
    up.

    `millimetres` in front or behind at most, at `metres` from the camera at least.
    """
    if millimetres < 0 or metres <= 0:
        raise ValueError("no distance")
    return math.ceil(round(millimetres / metres, 6))


def check_points(quantity: Quantity, points: Sequence[PlacedPixel]) -> tuple[PlacedPixel, ...]:
    """Return the points if they can make this quantity; NotAllowed if not."""
    count, fewest = len(points), _FEWEST_POINTS[quantity]
    if count < fewest or (quantity in _QUANTITIES_OF_EXACT_COUNT and count != fewest) or count > 500:
        raise NotAllowed(f"A {quantity} cannot be taken from {count} points.")
    return tuple(points)


def plane_from_scale(scale: Scale) -> MeasuringPlane:
    """Make the map from recorded pixels to millimetres; ValueError if the points do not allow one."""
    return _plane_from_points([(float(x), float(y)) for x, y in scale.points], scale)


def _plane_from_points(points: Sequence[PlanePoint], scale: Scale) -> MeasuringPlane:
    lengths = [length / 1000 for length in scale.micrometres]
    if len(points) == 2:
        return make_similarity_plane(points[0], points[1], lengths[0])
    return make_rectangle_plane(points, lengths[0], lengths[1])


def compute_quantity(quantity: Quantity, points: Sequence[PlanePoint]) -> float:
    """Compute length (along the points), angle in degrees (0 to 180) or area, of points in any plane."""
    if quantity is Quantity.ANGLE:
        (ax, ay), (bx, by), (cx, cy) = points
        first, second = math.atan2(ay - by, ax - bx), math.atan2(cy - by, cx - bx)
        return abs(math.degrees((first - second + math.pi) % math.tau - math.pi))
    if quantity is Quantity.AREA:
        around = [*points, points[0]]
        return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(around))) / 2
    return sum(math.dist(a, b) for a, b in pairwise(points))


def compute_measurement(measurement: Measurement, scale: Scale | None) -> MeasurementResult:
    """Compute what the Takes of a Measurement add up to; in pixels without a scale.

    Several Takes: their mean, and the larger of the propagated margin and Student's 95 % interval of the
    mean of the repeats. ValueError if a point lies on the horizon of the plane.
    """
    values = [_measure_take(measurement.quantity, take, scale) for take in measurement.takes]
    mean = statistics.fmean(value for value, _sigma in values)
    chance = _COVERAGE_FACTOR * math.sqrt(statistics.fmean(sigma**2 for _value, sigma in values))
    if len(values) > 1:
        spread = statistics.stdev(value for value, _sigma in values) / math.sqrt(len(values))
        chance = max(chance, spread * _STUDENT_T.get(len(values), 2.26))
    unit = {Quantity.ANGLE: "°", Quantity.AREA: "px²"}.get(measurement.quantity, "px")
    if scale is None:
        return MeasurementResult(mean, chance, unit)
    middle = measurement.takes[0].points[0]
    tilt = float(scale.tilt) if len(scale.points) == 2 else plane_from_scale(scale).tilt(middle)
    unit = {"px": "mm", "px²": "mm²"}.get(unit, unit)
    lean = _compute_systematic_margin(measurement.quantity, mean, scale)
    assumed = scale.known_by == SizeKnownBy.ASSUMED
    margin = chance * _compute_parallel_plane_factor(measurement.quantity, scale) + lean
    return MeasurementResult(mean, margin, unit, tilt, scale.curved, scale.off_plane, assumed)


def _compute_systematic_margin(quantity: Quantity, value: float, scale: Scale) -> float:
    """What the points do not show: tilt of a two-point scale, and how far any scale is out of the plane.

    Tilt: 1 / cosine along, its square for an area.
    """
    unseen = scale.tilt if len(scale.points) == 2 else 0
    stretch = 1 / math.cos(math.radians(unseen))
    if quantity is Quantity.ANGLE:
        return math.degrees(math.atan(stretch) - math.atan(1 / stretch))
    lean = stretch**2 if quantity is Quantity.AREA else stretch
    return value * (lean * _compute_parallel_plane_factor(quantity, scale) - 1)


def _compute_parallel_plane_factor(quantity: Quantity, scale: Scale) -> float:
    """How many times too small what is measured may be, if the scale lies in front of it.

    A parallel plane at another distance shows the same figure at another size, in the ratio of the distances
    (so angles stay): 1 / (1 - share), its square for an area.
    """
    if quantity is Quantity.ANGLE:
        return 1.0
    times = 1 / (1 - scale.off_plane / 1000)
    return times**2 if quantity is Quantity.AREA else times


def _measure_take(quantity: Quantity, take: Take, scale: Scale | None) -> tuple[float, float]:
    """Return the value of one Take and its standard uncertainty."""
    points: list[PlanePoint] = [(float(x), float(y)) for x, y in take.points]
    known: list[PlanePoint] = [(float(x), float(y)) for x, y in scale.points] if scale else []

    def value(moved: Sequence[PlanePoint]) -> float:
        own, fixed = moved[: len(points)], moved[len(points) :]
        if scale is None:
            return compute_quantity(quantity, own)
        plane = _plane_from_points(fixed, scale)
        return compute_quantity(quantity, [plane.at(point) for point in own])

    hands = [take.hand / 100] * len(points) + [scale.hand / 100 if scale else 0.0] * len(known)
    return value([*points, *known]), _propagate_uncertainty(value, [*points, *known], hands)


def _propagate_uncertainty(
    value: Callable[[Sequence[PlanePoint]], float], points: list[PlanePoint], hands: Sequence[float]
) -> float:
    """Each coordinate moved by its uncertainty to both sides, half the differences added in squares."""
    total = 0.0
    for place, ((x, y), hand) in enumerate(zip(points, hands, strict=True)):
        sigma = math.hypot(hand, _QUANTISATION_UNCERTAINTY)
        for dx, dy in ((sigma, 0.0), (0.0, sigma)):
            there = [*points[:place], (x + dx, y + dy), *points[place + 1 :]]
            back = [*points[:place], (x - dx, y - dy), *points[place + 1 :]]
            total += ((value(there) - value(back)) / 2) ** 2
    return math.sqrt(total)


def measurement_in_words(result: MeasurementResult) -> str:
    """As people read it: "14.2 ± 0.8 mm", rounded to two digits of the margin; tilt and curvature named."""
    digits = 0 if result.margin <= 0 else max(0, min(3, 1 - math.floor(math.log10(result.margin))))
    said = f"{result.value:,.{digits}f} ± {result.margin:,.{digits}f} {result.unit}".replace(" °", "°")
    notes = [f"tilt {result.tilt:.0f}°"] if result.tilt >= 1 else []
    notes += ["curved surface"] if result.curved else []
    notes += [f"scale up to {result.off_plane / 10:g} % out of the plane"] if result.off_plane else []
    notes += ["size of the scale assumed"] if result.assumed else []
    return f"{said} ({', '.join(notes)})" if notes else said


def scale_plane_in_words(scale: Scale) -> str:
    """Whether a Scale lies in the plane of what is measured, as the Examiner said it."""
    if not scale.known_by:
        return "whether it lies in the plane was not asked"
    if not scale.off_plane:
        return "in the plane of what is measured"
    return (
        f"in front of or behind what is measured by up to {scale.off_plane / 10:g} % of its distance from "
        "the camera"
    )


def ratio_in_words(result: MeasurementResult, reference: MeasurementResult | None, name: str) -> str:
    """Without a scale: how many times the reference, or that it is the reference. Angles are as seen."""
    if result.unit == "°":
        return f"{measurement_in_words(result)} as seen"
    if reference is None or reference.value <= 0:
        return "no scale: others are compared with this one"
    ratio = result.value / reference.value
    margin = ratio * math.hypot(result.margin / max(result.value, 1e-9), reference.margin / reference.value)
    return f"{ratio:.2f} ± {margin:.2f} of {name}, no scale"
