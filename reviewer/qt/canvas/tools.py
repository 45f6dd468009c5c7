"""What the mouse can set on a photograph: marks, areas to redact, measurements, scales, a neutral spot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from reviewer.domain.geometry.mark import Shape
from reviewer.domain.geometry.measuring import Quantity


class Gesture(Enum):
    DRAG = auto()  # from one point to another
    STROKE = auto()  # along the way of the mouse
    CLICKS = auto()  # point by point
    CLICK = auto()  # one point


@dataclass(frozen=True)
class CanvasTool:
    """`fewest` points make it; with `exact` it ends by itself at that number. `shape` is how it is drawn."""

    name: str
    gesture: Gesture
    shape: Shape
    fewest: int = 2
    exact: bool = False

    @property
    def closes(self) -> bool:
        """Whether a click on the first point ends it."""
        return self.gesture is Gesture.CLICKS and self.shape is Shape.POLYGON


MARKS: dict[Shape, CanvasTool] = {
    Shape.RECTANGLE: CanvasTool("rectangle", Gesture.DRAG, Shape.RECTANGLE),
    Shape.ELLIPSE: CanvasTool("ellipse", Gesture.DRAG, Shape.ELLIPSE),
    Shape.LINE: CanvasTool("line", Gesture.DRAG, Shape.LINE),
    Shape.FREEHAND: CanvasTool("freehand", Gesture.STROKE, Shape.FREEHAND),
    Shape.POLYGON: CanvasTool("polygon", Gesture.CLICKS, Shape.POLYGON, 3),
    Shape.POINT: CanvasTool("point", Gesture.CLICK, Shape.POINT, 1),
}

REDACTIONS: dict[Shape, CanvasTool] = {
    Shape.RECTANGLE: CanvasTool("redact, rectangle", Gesture.DRAG, Shape.RECTANGLE),
    Shape.ELLIPSE: CanvasTool("redact, ellipse", Gesture.DRAG, Shape.ELLIPSE),
    Shape.POLYGON: CanvasTool("redact, polygon", Gesture.CLICKS, Shape.POLYGON, 3),
}

QUANTITIES: dict[Quantity, CanvasTool] = {
    Quantity.LENGTH: CanvasTool("length", Gesture.DRAG, Shape.LINE),
    Quantity.ANGLE: CanvasTool("angle", Gesture.CLICKS, Shape.FREEHAND, 3, exact=True),
    Quantity.AREA: CanvasTool("area", Gesture.CLICKS, Shape.POLYGON, 3),
    Quantity.PATH: CanvasTool("path", Gesture.CLICKS, Shape.FREEHAND),
}

SCALE_LINE = CanvasTool("scale: two points", Gesture.DRAG, Shape.LINE)
SCALE_CORNERS = CanvasTool("scale: four corners", Gesture.CLICKS, Shape.POLYGON, 4, exact=True)
NEUTRAL = CanvasTool("neutral spot", Gesture.CLICK, Shape.POINT, 1)
