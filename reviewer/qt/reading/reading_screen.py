"""The reading screen: puts the parts in their places and lets them listen to the Reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from reviewer.domain.body_map import BodyMap
from reviewer.domain.errors import KnownError
from reviewer.domain.mark import Shape
from reviewer.domain.worklist import Progress
from reviewer.qt.canvas.mark_painter import MarkView
from reviewer.qt.canvas.marks import Grid
from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.reading.filmstrip import Filmstrip
from reviewer.qt.reading.header import Header
from reviewer.qt.reading.info_line import InfoLine
from reviewer.qt.reading.picture_feed import PictureFeed
from reviewer.qt.reading.questions import Questions
from reviewer.qt.reading.side_panel import SidePanel
from reviewer.qt.theme import Theme
from reviewer.qt.widgets.type_box import TypeBox
from reviewer.services.pictures import Pictures
from reviewer.services.reader import Reader

_MESSAGE_MS = 6000


class ReadingScreen(QWidget):
    """`action_wanted` carries the id of an action that a button stands for."""

    action_wanted = Signal(str)

    def __init__(
        self, reader: Reader, pictures: Pictures, maps: Sequence[BodyMap], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self.reader = reader
        case = reader.desk.case
        self.header = Header(case.name, reader.desk.examiner.name, case.read_only)
        self.filmstrip = Filmstrip(reader.worklist, pictures.thumbnail)
        self.canvas = PhotoCanvas(*_canvas_colours(theme))
        self.canvas.can_write = not case.read_only
        self.info = InfoLine()
        self.message = QLabel()
        self.side = SidePanel(reader.vocabulary, reader.quick_tags, maps)
        self.side.scale_to(theme.text_scale)
        self.side.note.setReadOnly(bool(case.read_only))
        self.feed = PictureFeed(reader, self.canvas, pictures)
        self.box = TypeBox(self)
        self.questions = Questions(reader, self.box.ask)
        self._split = QSplitter()
        self._selected_mark = ""
        self._waiting_mark: tuple[Shape, list[tuple[int, int]]] | None = None
        self._arrange()
        self._connect_parts()
        self._listen()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(lambda: self.message.setText(""))

    def _arrange(self) -> None:
        self.message.setObjectName("message")
        self.message.setMinimumHeight(28)
        self.message.setAccessibleName("Message")
        middle = QVBoxLayout()
        middle.setSpacing(0)
        for widget, stretch in ((self.canvas, 1), (self.message, 0), (self.info, 0)):
            middle.addWidget(widget, stretch)
        beside = QWidget()
        beside.setLayout(middle)
        middle.setContentsMargins(0, 0, 0, 0)
        self._split.addWidget(beside)
        self._split.addWidget(self.side)
        self._split.setStretchFactor(0, 1)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(3)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.filmstrip)
        row.addWidget(self._split, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(row, 1)

    def _connect_parts(self) -> None:
        self.filmstrip.chosen.connect(self.reader.go)
        self.canvas.scale_changed.connect(lambda scale: self.info.show_scale(scale, self.canvas.locked))
        self.canvas.tool_changed.connect(self.info.show_tool)
        self.canvas.mark_drawn.connect(self._on_mark_drawn)
        self.canvas.mark_reshaped.connect(self._guarded(self.reader.reshape_mark))
        self.canvas.mark_selected.connect(self._on_mark_selected)
        self.side.findings.chosen.connect(self.reader.select)
        self.side.quick_tags.pressed.connect(
            lambda number: self.action_wanted.emit(f"finding.quick-tag-{number}")
        )
        self.side.detail.certainty_chosen.connect(lambda chosen: self.action_wanted.emit(f"finding.{chosen}"))
        self.side.detail.action_wanted.connect(self.action_wanted)
        self.side.body_map.region_toggled.connect(self._guarded(self.reader.toggle_region))
        self.side.note.written.connect(self._guarded(self.reader.write_note))
        self.side.note.left.connect(self.canvas.setFocus)
        self.box.closed.connect(self._on_box_closed)

    def _listen(self) -> None:
        reader = self.reader
        reader.on_moved.append(self._on_moved)
        reader.on_reading.append(self._on_reading)
        reader.on_message.append(self.say)
        reader.before_leaving.append(self.side.note.keep)
        reader.desk.on_save_state.append(self.header.show_saved)

    # what the Reader tells

    def _on_moved(self) -> None:
        photo, position = self.reader.photo, self.reader.position
        if photo is None:
            return
        self._waiting_mark, self._selected_mark = None, ""
        self.box.close_box()
        item = self.reader.worklist.items[position]
        self.canvas.new_grid(Grid(photo.width, photo.height, photo.orientation))
        self.show_place()
        self.info.show_photo(photo, item.name)
        self.message.setText("")
        self.feed.show()
        self._on_reading()

    def show_place(self) -> None:
        """Say where we are; also after photographs were added to the Worklist."""
        self.header.show_place(self.reader.worklist, self.reader.position)
        self.filmstrip.show_position(self.reader.position)

    def _on_reading(self) -> None:
        reading = self.reader.reading
        self.side.show_reading(reading, self.reader.selected)
        self.canvas.set_marks(
            [
                MarkView(mark, number, mark.id == self._selected_mark)
                for number, finding in enumerate(reading.findings, start=1)
                for mark in finding.marks
            ]
        )
        worklist = self.reader.worklist
        self.header.show_counts(worklist.count(Progress.COMPLETE), len(worklist))
        self.filmstrip.refresh()

    def say(self, sentence: str) -> None:
        """One sentence below the photograph, for a while."""
        self.message.setText(sentence)
        self._quiet.start(_MESSAGE_MS)

    # what the parts want

    def remove_selected(self) -> None:
        """Delete: a corner being drawn, the selected mark, or the selected Finding."""
        if self.canvas.drop_corner():
            return
        if self._selected_mark and self.reader.reading.finding_with_mark(self._selected_mark):
            mark, self._selected_mark = self._selected_mark, ""
            self.reader.remove_mark(mark)
        else:
            self.reader.remove_selected()

    def ask_for_finding(self) -> None:
        self.questions.add_finding()

    def toggle_cover(self) -> None:
        """Cover every photograph on the screen, the small ones too; or uncover them."""
        covered = not self.canvas.covered
        self.canvas.set_covered(covered)
        self.filmstrip.set_covered(covered)

    @property
    def side_width(self) -> int:
        """How wide the panel at the right is, in pixels of the window."""
        return self.side.width()

    def set_side_width(self, width: int) -> None:
        self._split.setSizes([max(1, self.width() - width), width])

    def apply_theme(self, theme: Theme) -> None:
        self.canvas.set_colours(*_canvas_colours(theme)[:2])
        self.side.scale_to(theme.text_scale)

    def _on_mark_drawn(self, shape: Shape, points: list[tuple[int, int]]) -> None:
        """A mark belongs to the selected Finding; without one, the Examiner is asked what it is."""
        if self.reader.selected_finding is not None:
            self._guarded(self.reader.add_mark)(shape, points)
            return
        self._waiting_mark = (shape, points)
        self.questions.add_finding(then=self._place_waiting_mark)

    def _place_waiting_mark(self) -> None:
        if self._waiting_mark is not None:
            (shape, points), self._waiting_mark = self._waiting_mark, None
            self._guarded(self.reader.add_mark)(shape, points)

    def _on_mark_selected(self, mark_id: str) -> None:
        self._selected_mark = mark_id
        finding = self.reader.reading.finding_with_mark(mark_id) if mark_id else None
        if finding is not None:
            self.reader.selected = finding.id
        self._on_reading()

    def _on_box_closed(self) -> None:
        self.canvas.setFocus()

    def _guarded(self, work: Callable[..., object]) -> Callable[..., None]:
        """What a person can mend is said, not raised into Qt."""

        def run(*arguments: object) -> None:
            try:
                work(*arguments)
            except KnownError as error:
                self.say(str(error))
                self._on_reading()

        return run

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self.feed.resized)


def _canvas_colours(theme: Theme) -> tuple[QColor, QColor, QColor, QColor]:
    colour = theme.colour
    return colour("canvas"), colour("canvas_text"), colour("mark"), colour("mark_selected")
