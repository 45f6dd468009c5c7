"""What the mouse can set on a photograph: marks, areas to redact, measurements, scales, a neutral spot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from reviewer.domain.geometry.mark import MarkShape
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
    shape: MarkShape
    fewest: int = 2
    exact: bool = False

    @property
    def closes(self) -> bool:
        """Whether a click on the first point ends it."""
        return self.gesture is Gesture.CLICKS and self.shape is MarkShape.POLYGON


MARK_TOOLS: dict[MarkShape, CanvasTool] = {
    MarkShape.RECTANGLE: CanvasTool("rectangle", Gesture.DRAG, MarkShape.RECTANGLE),
    MarkShape.ELLIPSE: CanvasTool("ellipse", Gesture.DRAG, MarkShape.ELLIPSE),
    MarkShape.LINE: CanvasTool("line", Gesture.DRAG, MarkShape.LINE),
    MarkShape.FREEHAND: CanvasTool("freehand", Gesture.STROKE, MarkShape.FREEHAND),
    MarkShape.POLYGON: CanvasTool("polygon", Gesture.CLICKS, MarkShape.POLYGON, 3),
    MarkShape.POINT: CanvasTool("point", Gesture.CLICK, MarkShape.POINT, 1),
}

REDACTION_TOOLS: dict[MarkShape, CanvasTool] = {
    MarkShape.RECTANGLE: CanvasTool("redact, rectangle", Gesture.DRAG, MarkShape.RECTANGLE),
    MarkShape.ELLIPSE: CanvasTool("redact, ellipse", Gesture.DRAG, MarkShape.ELLIPSE),
    MarkShape.POLYGON: CanvasTool("redact, polygon", Gesture.CLICKS, MarkShape.POLYGON, 3),
}

QUANTITY_TOOLS: dict[Quantity, CanvasTool] = {
    Quantity.LENGTH: CanvasTool("length", Gesture.DRAG, MarkShape.LINE),
    Quantity.ANGLE: CanvasTool("angle", Gesture.CLICKS, MarkShape.FREEHAND, 3, exact=True),
    Quantity.AREA: CanvasTool("area", Gesture.CLICKS, MarkShape.POLYGON, 3),
    Quantity.PATH: CanvasTool("path", Gesture.CLICKS, MarkShape.FREEHAND),
}

SCALE_LINE_TOOL = CanvasTool("scale: two points", Gesture.DRAG, MarkShape.LINE)
SCALE_CORNERS_TOOL = CanvasTool("scale: four corners", Gesture.CLICKS, MarkShape.POLYGON, 4, exact=True)
NEUTRAL_SPOT_TOOL = CanvasTool("neutral spot", Gesture.CLICK, MarkShape.POINT, 1)
