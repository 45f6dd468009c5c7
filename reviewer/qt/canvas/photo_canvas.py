"""The photograph with its marks: choose, move, reshape, draw."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter

from reviewer.domain.geometry.viewed_area import ViewedArea
from reviewer.qt.canvas.drawing import ShapeInProgress
from reviewer.qt.canvas.hit import find_handle, is_hit, trace_outline
from reviewer.qt.canvas.mark_painter import MarkView, paint_handles, paint_number, paint_shape
from reviewer.qt.canvas.marks import RecordedGrid
from reviewer.qt.canvas.measure_marks import MeasureView, paint_measures
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.canvas.redaction_marks import RedactionView, paint_redactions
from reviewer.qt.canvas.tools import REDACTION_TOOLS, CanvasTool
from reviewer.qt.canvas.view_transform import CanvasPoint

_REACH = 7.0


class DrawnKind(Enum):
    """What lies under the pointer on a photograph."""

    NOTHING = 0
    MARK = 1
    MEASURE = 2
    REDACTION = 3


class PhotoCanvas(PictureView):
    """Signals speak in recorded pixels. `tool` is None for choosing, or what is drawn."""

    drawn = Signal(object, object)  # CanvasTool, list of pixels
    mark_reshaped = Signal(str, object)  # id, list of pixels
    mark_selected = Signal(str)  # id, "" for none
    measure_selected = Signal(str)  # id of a measurement or scale
    redaction_selected = Signal(str)  # id of an area to redact, "" for none
    pressed_on_nothing = Signal()
    tool_changed = Signal(object)
    around = 16

    def __init__(self, ground: QColor, text: QColor, mark: QColor, selected: QColor) -> None:
        super().__init__(ground, text)
        self.setAccessibleName("Photograph")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.can_write = True
        self._mark_colour, self._selected_colour = mark, selected
        self.grid = RecordedGrid()
        self._marks: tuple[MarkView, ...] = ()
        self._measures: tuple[MeasureView, ...] = ()
        self._redactions: tuple[RedactionView, ...] = ()
        self._tool: CanvasTool | None = None
        self._drawing: ShapeInProgress | None = None
        self._grip: tuple[str, int | None, CanvasPoint, list[CanvasPoint]] | None = None
        self._dragged: list[CanvasPoint] | None = None

    def new_grid(self, grid: RecordedGrid, seen: ViewedArea | None = None) -> None:
        """Another photograph, by its recorded size and orientation; `seen` as in PictureView.new_photo."""
        self.grid = grid
        self._marks, self._measures, self._redactions = (), (), ()
        self.cancel()
        self.new_photo(grid.upright, seen)

    def set_marks(self, marks: Sequence[MarkView]) -> None:
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.update()

    def set_measures(self, measures: Sequence[MeasureView]) -> None:
        if tuple(measures) != self._measures:
            self._measures = tuple(measures)
            self.update()

    def set_redactions(self, redactions: Sequence[RedactionView]) -> None:
        if tuple(redactions) != self._redactions:
            self._redactions = tuple(redactions)
            self.update()

    @property
    def redactions(self) -> tuple[RedactionView, ...]:
        return self._redactions

    @property
    def tool(self) -> CanvasTool | None:
        return self._tool

    def set_tool(self, tool: CanvasTool | None) -> None:
        self.cancel()
        self._tool = tool
        self.setCursor(Qt.CursorShape.ArrowCursor if tool is None else Qt.CursorShape.CrossCursor)
        self.tool_changed.emit(tool)

    @property
    def is_drawing(self) -> bool:
        return self._drawing is not None

    def cancel(self) -> None:
        """Forget the mark being drawn or dragged."""
        self._drawing = self._grip = self._dragged = None
        self.update()

    def finish_clicks(self) -> bool:
        """End what is drawn point by point; False if there is nothing of the kind."""
        if self._drawing is None or self._drawing.is_dragged:
            return False
        self._finish_drawing()
        return True

    def remove_last_corner(self) -> bool:
        """Remove the last point of a shape that is clicked point by point; False if there is no such
        shape."""
        if self._drawing is None or self._drawing.is_dragged:
            return False
        self._drawing.points.pop()
        if not self._drawing.points:
            self._drawing = None
        self.update()
        return True

    def interrupt(self) -> None:
        super().interrupt()
        if self._grip is not None or (self._drawing is not None and self._drawing.is_dragged):
            self.cancel()

    # events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self._drawing or self._grip or self._tool):
            if self._drawing is None and self._grip is None:
                self.set_tool(None)
            self.cancel()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.covered or not self.has_picture:
            super().mousePressEvent(event)
            if event.button() == Qt.MouseButton.LeftButton and not self.covered:
                self.pressed_on_nothing.emit()
            return
        at = self._clamp_to_photo(event.position())
        if self._tool is None:
            self._select_at(at, event)
        elif self.can_write:
            self._press_drawing(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._clamp_to_photo(event.position())
        if self._drawing is not None:
            self._drawing.move(at)
            self.update()
        elif self._grip is not None:
            self._drag_to(at)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._drawing is not None and self._drawing.is_dragged:
            self._drawing.cursor = self._clamp_to_photo(event.position())
            self._finish_drawing()
        elif self._grip is not None:
            self._finish_drag()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self.finish_clicks() and self._tool is None:
            super().mouseDoubleClickEvent(event)

    # drawing

    def _press_drawing(self, at: CanvasPoint) -> None:
        if self._drawing is None:
            if self._tool is None:
                return
            self._drawing = ShapeInProgress(self._tool)
        if self._drawing.ends_before(at, self.to_photo_distance(_REACH)):
            self._finish_drawing()
            return
        self._drawing.press(at)
        if self._drawing.ends_after():
            self._finish_drawing()
        self.update()

    def _finish_drawing(self) -> None:
        drawing, self._drawing = self._drawing, None
        points = drawing.get_points(self.to_photo_distance(1.0)) if drawing else None
        if drawing and points:
            self.drawn.emit(drawing.tool, self.grid.to_recorded_points(points))
        self.update()

    # choosing and changing

    def choose_at(self, place: QPointF) -> DrawnKind:
        """Select what is drawn at a place of the widget, and return what it is."""
        if self.covered or not self.has_picture:
            return DrawnKind.NOTHING
        kind, id_, _handle = self._find_at(self._clamp_to_photo(place))
        self._tell_selected(kind, id_)
        return kind

    def _select_at(self, at: CanvasPoint, event: QMouseEvent) -> None:
        kind, id_, handle = self._find_at(at)
        if kind is DrawnKind.MARK and self.can_write:
            mark = next(view.mark for view in self._marks if view.mark.id == id_)
            self._grip = (id_, handle, at, self.grid.to_upright_mark(mark))
        elif kind is DrawnKind.MARK:
            self._grip = None
        self._tell_selected(kind, id_)
        if kind is DrawnKind.NOTHING:
            super().mousePressEvent(event)

    def _tell_selected(self, kind: DrawnKind, id_: str) -> None:
        if kind is DrawnKind.MEASURE:
            self.measure_selected.emit(id_)
        elif kind is DrawnKind.REDACTION:
            self.redaction_selected.emit(id_)
        else:
            if kind is DrawnKind.NOTHING:
                self.redaction_selected.emit("")
            self.mark_selected.emit(id_)

    def _find_at(self, at: CanvasPoint) -> tuple[DrawnKind, str, int | None]:
        """What is drawn at a point, its id, and the handle of a selected mark there."""
        reach = self.to_photo_distance(_REACH)
        for view in sorted(self._marks, key=lambda mark: not mark.selected):
            points = self.grid.to_upright_mark(view.mark)
            handle = find_handle(points, at, reach) if view.selected else None
            if handle is not None or is_hit(view.mark.shape, points, at, reach):
                return DrawnKind.MARK, view.mark.id, handle
        for measure in self._measures:
            if is_hit(measure.shape, self.grid.to_upright_points(measure.points), at, reach):
                return DrawnKind.MEASURE, measure.id, None
        for redaction in self._redactions:
            if self._is_redaction_at(redaction, at, reach):
                return DrawnKind.REDACTION, redaction.id, None
        return DrawnKind.NOTHING, "", None

    def _is_redaction_at(self, view: RedactionView, at: CanvasPoint, reach: float) -> bool:
        return is_hit(view.shape, self.grid.to_upright_points(view.points), at, reach)

    def _drag_to(self, at: CanvasPoint) -> None:
        if self._grip is None:
            return
        _id, handle, start, points = self._grip
        if handle is not None:
            self._dragged = [at if index == handle else point for index, point in enumerate(points)]
        else:
            dx, dy = at[0] - start[0], at[1] - start[1]
            self._dragged = [(x + dx, y + dy) for x, y in points]
        self.update()

    def _finish_drag(self) -> None:
        grip, dragged = self._grip, self._dragged
        self._grip = self._dragged = None
        if grip is not None and dragged is not None:
            changed = self.grid.to_recorded_points(dragged)
            if changed != self.grid.to_recorded_points(grip[3]):
                self.mark_reshaped.emit(grip[0], changed)
        self.update()

    def _clamp_to_photo(self, at: QPointF) -> CanvasPoint:
        """The point of the photograph under the cursor, kept within it."""
        x, y = self.to_photo(at)
        width, height = self.grid.upright
        return min(max(x, 0.0), width - 0.001), min(max(y, 0.0), height - 0.001)

    # painting

    def paint_over(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_redactions(
            painter,
            self._redactions,
            lambda view: [self.to_widget(point) for point in self.grid.to_upright_points(view.points)],
            self._tool in REDACTION_TOOLS.values(),
        )
        for view in self._marks:
            self._paint_mark(painter, view)
        if self._drawing is not None:
            points = [self.to_widget(point) for point in self._drawing.preview()]
            paint_shape(painter, self._drawing.preview_shape, points, self._selected_colour, unsure=True)
        paint_measures(
            painter,
            self._measures,
            lambda view: [self.to_widget(point) for point in self.grid.to_upright_points(view.points)],
        )

    def _paint_mark(self, painter: QPainter, view: MarkView) -> None:
        points = self.grid.to_upright_mark(view.mark)
        if self._dragged is not None and self._grip is not None and self._grip[0] == view.mark.id:
            points = self._dragged
        shown = [self.to_widget(point) for point in points]
        colour = self._selected_colour if view.selected else self._mark_colour
        paint_shape(painter, view.mark.shape, shown, colour)
        paint_number(painter, view.number, trace_outline(view.mark.shape, shown), colour)
        if view.selected and self.can_write:
            paint_handles(painter, shown, colour)
