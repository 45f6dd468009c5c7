"""What is drawn on the photograph on screen: marks, areas to redact, measurements, the neutral spot."""

from __future__ import annotations

from reviewer.domain.reading.reading import Reading
from reviewer.qt.canvas.mark_painter import MarkView
from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.canvas.tools import MARK_TOOLS, NEUTRAL_SPOT_TOOL, REDACTION_TOOLS, CanvasTool
from reviewer.qt.reading.measuring import MeasurementController
from reviewer.qt.reading.questions import ReadingQuestions
from reviewer.qt.reading.redact import RedactionController
from reviewer.qt.reading.viewing import ViewController
from reviewer.services.reading.reader import Reader


class MarkController:
    """Turns what is drawn on the canvas into acts, and shows on the canvas what was drawn."""

    def __init__(
        self,
        reader: Reader,
        canvas: PhotoCanvas,
        questions: ReadingQuestions,
        viewing: ViewController,
        measuring: MeasurementController,
        redact: RedactionController,
    ) -> None:
        self._reader, self._canvas, self._questions = reader, canvas, questions
        self._viewing, self._measuring, self._redact = viewing, measuring, redact
        self._selected_mark = ""
        self._waiting: tuple[CanvasTool, list[tuple[int, int]]] | None = None

    def new_photo(self) -> None:
        self._waiting, self._selected_mark = None, ""
        self._measuring.new_photo()
        self._redact.new_photo()

    def show(self, reading: Reading) -> None:
        """Everything that is drawn on the picture on screen."""
        self._canvas.set_marks(
            [
                MarkView(mark, number, mark.id == self._selected_mark)
                for number, finding in enumerate(reading.findings, start=1)
                for mark in finding.marks
                if mark.page == self._reader.pages.page
            ]
        )
        self._canvas.set_measures(self._measuring.make_views(reading))
        self._redact.show()

    def take_drawn(self, tool: CanvasTool, points: list[tuple[int, int]]) -> None:
        """A mark belongs to the selected Finding; without one, the Examiner is asked what it is."""
        if tool == NEUTRAL_SPOT_TOOL:
            ((x, y),) = self._canvas.grid.to_upright_points(points)
            across, down = self._canvas.grid.upright
            self._viewing.take_neutral(x / across, y / down)
        elif tool in REDACTION_TOOLS.values():
            self._redact.take_drawn(tool, points)
        elif tool not in MARK_TOOLS.values():
            self._measuring.take_drawn(tool, points)
        elif self._reader.selected_finding is not None:
            self._reader.add_mark(tool.shape, points)
        else:
            self._waiting = (tool, points)
            self._questions.ask_finding(then=self._place_waiting)

    def _place_waiting(self) -> None:
        if self._waiting is not None:
            (tool, points), self._waiting = self._waiting, None
            self._reader.add_mark(tool.shape, points)

    def select_mark(self, mark_id: str) -> None:
        """Choose a mark, and the Finding it belongs to; "" for none."""
        self._selected_mark = mark_id
        self._measuring.select("")
        self._redact.select("")
        finding = self._reader.reading.finding_with_mark(mark_id) if mark_id else None
        if finding is not None:
            self._reader.selected = finding.id

    def select_measure(self, measure_id: str) -> None:
        self._selected_mark = ""
        self._redact.select("")
        self._measuring.select(measure_id)

    def remove_selected(self) -> None:
        """Delete: a corner being drawn, the selected area to redact, measurement, mark or Finding."""
        if (
            self._canvas.remove_last_corner()
            or self._redact.remove_selected()
            or self._measuring.remove_selected()
        ):
            return
        if self._selected_mark and self._reader.reading.finding_with_mark(self._selected_mark):
            mark, self._selected_mark = self._selected_mark, ""
            self._reader.remove_mark(mark)
        else:
            self._reader.remove_selected()
