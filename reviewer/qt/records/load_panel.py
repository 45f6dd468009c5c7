"""Loading a file of records: it is read, shown as it will be read, and loaded when a person says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.domain.records.calendars import CALENDAR_NAMES, Calendar, parse_date_window
from reviewer.domain.records.dates import DateOrder
from reviewer.domain.records.text_encodings import ENCODING_NAMES, encoding_in_words
from reviewer.qt.records.decide_panel import DecidePanel
from reviewer.qt.records.heading_rows import HeadingRows
from reviewer.qt.records.preview_table import PreviewTable
from reviewer.qt.records.words import DATE_ORDERS, describe_loadable
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.empty_state import EmptyState
from reviewer.qt.widgets.field_message import FieldMessage
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_grid, make_row
from reviewer.qt.widgets.page import make_text_label
from reviewer.qt.widgets.page_head import PageHead
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import JobControl, JobProgress, LatestJob, Post
from reviewer.services.reading.act_words import format_count
from reviewer.services.records.load import LoadedRecords, load_file, preview_again, preview_file
from reviewer.services.records.preview import RecordChoices, RecordPreview

_FIELDS_IN_ROW = 3


class _LoadButton(KeyedButton):
    """Off until nothing is left to decide, whatever else the action depends on."""

    def __init__(self) -> None:
        super().__init__("records.keep", "Load", is_main=True)
        self.may_load = False

    def allow(self, allowed: bool) -> None:
        self.may_load = allowed
        self._follow_action()

    def _follow_action(self) -> None:
        super()._follow_action()
        self.setEnabled(self.may_load and (self._action is None or self._action.isEnabled()))


class LoadPanel(QWidget):
    """`loaded` carries what was kept; `left` says that nothing more is to be done here."""

    loaded = Signal(object)
    left = Signal()

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post) -> None:
        super().__init__()
        self._case, self._examiner, self._post = case, examiner, post
        self._path: Path | None = None
        self._read_with = ("", "", 0, 0)
        self._focus: QWidget | None = None
        self.preview: RecordPreview | None = None
        self._job = LatestJob(case.jobs)
        self._keeping = self._leaving = False
        self.table = PreviewTable()
        self.dates, self.encoding, self.sheet = NoScrollComboBox(), NoScrollComboBox(), QLineEdit()
        self.calendar, self.heads, self.plausible = NoScrollComboBox(), HeadingRows(), QLineEdit()
        self.head, self.said = PageHead(), FieldMessage()
        self.said.setAccessibleName("Message")
        self.of_span = FieldMessage(self.plausible)
        self.decide, self.refused = DecidePanel(), EmptyState("problems")
        self._bar = QProgressBar()
        self.keep, self._back = _LoadButton(), KeyedButton("records.back", "Cancel")
        self._another = [KeyedButton("records.load", "Another file…") for _place in range(2)]
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        for text, order in DATE_ORDERS:
            self.dates.addItem(text, order)
        self.encoding.addItem("as the file tells", "")
        for name in ENCODING_NAMES:
            self.encoding.addItem(encoding_in_words(name), name)
        for calendar in Calendar:
            self.calendar.addItem(CALENDAR_NAMES[calendar], str(calendar))
        self.plausible.setPlaceholderText("2000..today")
        self.sheet.setPlaceholderText("the only one that holds rows")
        form = make_grid(across=12, down=2)
        for column_ in range(_FIELDS_IN_ROW):
            form.setColumnStretch(column_, 1)
        self.encoding.setSizeAdjustPolicy(
            NoScrollComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        chosen = (
            ("Order of day and month", self.dates),
            ("Encoding of a text file", self.encoding),
            ("Sheet of a spreadsheet", self.sheet),
            ("Calendar of the dates", self.calendar),
            ("Dates that can be meant", self.plausible),
            ("Row with the names, how many rows", self.heads),
        )
        for place, (caption, widget) in enumerate(chosen):
            row, column_ = divmod(place, _FIELDS_IN_ROW)
            form.addWidget(make_text_label(caption, "caption"), 2 * row, column_)
            form.addWidget(widget, 2 * row + 1, column_)
            widget.setAccessibleName(caption)
        form.addWidget(self.of_span, 4, 1)
        self.head.add_act(self._another[0])
        self.refused.add_act(self._another[1])
        left = QWidget()
        column = make_column(left, spacing=8, margins=(24, 16, 24, 12))
        column.addWidget(self.head)
        column.addLayout(form)
        column.addWidget(self.refused, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.table, 1)
        column.addWidget(self._bar)
        foot = make_row(spacing=8)
        foot.addWidget(self.said, 1)
        for button in (self._back, self.keep):
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)
        self.refused.hide()
        both = make_row(self, spacing=0)
        both.addWidget(left, 1)
        both.addWidget(self.decide)

    def _connect(self) -> None:
        self.dates.currentIndexChanged.connect(self._choose)
        self.encoding.currentIndexChanged.connect(self._choose)
        self.calendar.currentIndexChanged.connect(self._choose)
        self.sheet.editingFinished.connect(self._choose_if_changed)
        self.plausible.editingFinished.connect(self._choose_if_changed)
        self.heads.chosen.connect(self._choose_if_changed)
        self.table.chosen.connect(self._choose)
        self.decide.order_chosen.connect(lambda order: self.dates.setCurrentIndex(self.dates.findData(order)))
        self.decide.row_chosen.connect(self.table.select_row)
        self._show_running(False)

    def use_actions(self, find: FindAction) -> None:
        for button in (self.keep, self._back, *self._another):
            button.use_action(find)

    @property
    def is_running(self) -> bool:
        return self._job.is_busy

    def doubts(self) -> list[str]:
        return self.decide.list_doubts()

    def open_file(self, path: Path) -> None:
        """Read a file with nothing chosen yet."""
        if self.is_running:
            return
        self._path, self.preview, self._read_with = path, None, ("", "", 0, 0)
        for widget in self._list_inputs():
            widget.blockSignals(True)
        for box in (self.dates, self.encoding, self.calendar):
            box.setCurrentIndex(0)
        for line in (self.sheet, self.plausible, self.heads):
            line.clear()
        for widget in self._list_inputs():
            widget.blockSignals(False)
        self.head.set_title(make_printable(path.name))
        self.head.set_line("Nothing of it is loaded yet.")
        self.keep.show_word("Load")
        self.of_span.say("")
        self.decide.clear()
        self._show_refusal("")
        self.table.setRowCount(0)
        self._start_reading(lambda control: preview_file(self._case, path, RecordChoices(), control))

    def load(self) -> None:
        """Keep the file as it is shown."""
        preview = self.preview
        if preview is None or self.is_running or not self.keep.may_load:
            return
        again = preview.before is not None
        self._keeping = True
        self._start_job(
            lambda control: load_file(self._case, preview, self._examiner.id, control, again=again),
            self._on_loaded,
        )

    def leave(self) -> None:
        """Back to the list. A file that is being read is given up at once; one that is being kept is asked
        to stop, and the panel is left when its end is known."""
        if self._job.is_busy and self._keeping:
            self._leaving = True
            self._job.cancel()
            return
        if self._job.is_busy:
            self._job.drop()
            self._finish("")
            self.preview = self._path = None
        self.left.emit()

    def _list_inputs(self) -> tuple[QWidget, ...]:
        return (self.dates, self.encoding, self.sheet, self.calendar, self.plausible, self.heads)

    def _read_choices(self, with_columns: bool) -> RecordChoices:
        order = self.dates.currentData()  # Qt gives back plain text
        return RecordChoices(
            columns=self.table.columns() if with_columns else {},
            dates=DateOrder(order) if order else None,
            sheet=self.sheet.text().strip(),
            encoding=self.encoding.currentData(),
            header_row=self.heads.first,
            header_rows=self.heads.count,
            calendar=Calendar(self.calendar.currentData()) if self.calendar.currentIndex() else None,
            window=parse_date_window(self.plausible.text()) if self.plausible.text().strip() else None,
        )

    def _choose_if_changed(self) -> None:
        """A line was left: read the file again if its text changed."""
        if self._path is not None and self._read_typed() != self._read_with:
            self._choose()

    def _read_typed(self) -> tuple[str, str, int, int]:
        return self.sheet.text().strip(), self.plausible.text().strip(), self.heads.first, self.heads.count

    def _choose(self) -> None:
        """Something was chosen: the same bytes, read again."""
        preview, path = self.preview, self._path
        if path is None or self.is_running:
            return
        self._read_with = self._read_typed()
        try:
            parse_date_window(self.plausible.text() or "2000..")
        except KnownError as error:
            self.of_span.say_wrong(str(error))
            return
        self.of_span.say("")
        if preview is None:
            choices = self._read_choices(with_columns=False)
            self._start_reading(lambda control: preview_file(self._case, path, choices, control))
            return
        choices = self._read_choices(with_columns=True)
        if _get_grid_choices(choices) != _get_grid_choices(preview.choices):
            choices = self._read_choices(with_columns=False)
        self._start_reading(lambda control: preview_again(self._case, preview, choices, control))

    def _start_reading(self, work: Callable[[JobControl], RecordPreview]) -> None:
        self._start_job(work, self._show_preview)

    def _start_job(self, work: Callable[[JobControl], object], on_done: Callable[..., None]) -> None:
        self.said.say("")

        def done(result: object) -> None:
            self._finish("")
            on_done(result)

        self._show_running(True)
        self._job.start(
            "records",
            work,
            self._post,
            on_progress=self._on_progress,
            on_done=done,
            on_failed=self._on_failed,
            on_cancelled=lambda: self._finish("Cancelled. Nothing was loaded."),
        )

    def _on_failed(self, error: KnownError) -> None:
        """Say it instead of the rows if there are none, or else below them."""
        refused = self.preview is None
        self._finish("")
        if refused:
            self._show_refusal(f"{error} Nothing of it was loaded.")
        else:
            self.said.say_wrong(str(error))

    def _show_refusal(self, sentence: str) -> None:
        self.refused.show_state("This file cannot be loaded", sentence, icon="problems", colour="alarm")
        self.refused.setVisible(bool(sentence))
        self.table.setVisible(not sentence)

    def _finish(self, words: str) -> None:
        self._keeping = False
        self.said.say(words)
        self._show_running(False)
        if self._leaving:
            self._leaving = False
            self.left.emit()

    def _on_loaded(self, result: LoadedRecords) -> None:
        self.preview = self._path = None
        self.loaded.emit(result)

    def _show_preview(self, preview: RecordPreview) -> None:
        self.preview = preview
        grid = preview.table.grid
        how = f"sheet {grid.sheet}" if grid.sheet else f"{grid.encoding}: {grid.why}"
        count = len(preview.table.rows)
        self.head.set_title(preview.name)
        self.head.set_line(
            f"{format_count(count, 'row')}, {format_count(len(preview.columns), 'column')} ({how}). "
            f"Columns {preview.origin}. Nothing is loaded yet. "
            "Left of the arrow: the file. Right: how it is read."
        )
        self._show_refusal("")
        self.table.show_preview(preview)
        self.decide.show_preview(preview)
        self.keep.show_word(f"Load {format_count(count, 'row')}{' once more' if preview.before else ''}")
        self.said.say(describe_loadable(preview, len(preview.doubts)))
        self._show_running(False)

    def _on_progress(self, progress: JobProgress) -> None:
        self._bar.setRange(0, max(0, progress.total))
        self._bar.setValue(progress.done)

    def _show_running(self, running: bool) -> None:
        self._bar.setVisible(running)
        self._bar.setRange(0, 0)
        ready = self.preview is not None and self.preview.unclear is None and not self._case.read_only
        self.keep.allow(not running and ready)
        if running:
            self._focus = self.focusWidget()
        for widget in (*self._list_inputs(), self.table):
            widget.setEnabled(not running)
        if not running and self._focus is not None and self.isVisible():
            self._focus.setFocus()  # what is disabled for a moment loses the keyboard
            self._focus = None


def _get_grid_choices(choices: RecordChoices) -> tuple[str, str, int, int]:
    """What the columns depend on."""
    return choices.encoding, choices.sheet, choices.header_row, choices.header_rows
