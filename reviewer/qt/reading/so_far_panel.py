"""What the examiner's own readings of the person on screen add up to, where the window is high."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from reviewer.domain.worklist.reading_order import PERSON
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.layouts import make_column, make_grid, make_row
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.jobs import LatestJob
from reviewer.services.people.so_far import SoFar, SoFarLine, load_so_far
from reviewer.services.reading.reader import Reader

_ROWS, _EDGE = 6, 12
_AFTER_MS = 250
"""So long a photograph has to be on screen before anything is summed up: nothing is done while one steps."""
_MASKED = "Masked until the reading of this photograph is complete."
_NOBODY = "No individual is known."
_NOTHING = "Nothing is recorded of this individual yet."


class SoFarPanel(QWidget):
    """Sign, answer, and on which photographs or why it cannot be told. Room is kept for six signs; how many
    more there are is said in the head."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        self._job = LatestJob(reader.desk.case.jobs)
        self._rest = make_single_shot_timer(self, _AFTER_MS, self._begin)
        self._read = PlainLabel(kind="quiet")
        self._more = ElidedLabel("soFarMore", kind="caption")
        self.said = PlainLabel(kind="quiet")
        self.said.setWordWrap(True)
        head = make_row(spacing=8)
        head.addWidget(PlainLabel("So far", kind="strong"))
        head.addWidget(self._read)
        head.addWidget(self._more, 1)
        self._room = QWidget()
        room = make_column(self._room, spacing=0)
        room.addWidget(self.said)
        self._lines = QWidget()
        grid = make_grid(self._lines, across=8, down=2)
        self._cells = [self._make_row(grid, row) for row in range(_ROWS)]
        for column in range(3):
            grid.setColumnStretch(column, 1)
        room.addWidget(self._lines)
        room.addStretch(1)
        placed = make_column(self, spacing=2, margins=(_EDGE, 4, _EDGE, 4))
        placed.addLayout(head)
        placed.addWidget(self._room)
        reader.on_moved.connect(self.update_person)
        reader.masking.on_change.connect(self.update_person)
        reader.on_reading.connect(self.update_person)

    def _make_row(self, grid: QGridLayout, row: int) -> tuple[ElidedLabel, ElidedLabel, ElidedLabel]:
        cells = ElidedLabel("soFarSign"), ElidedLabel("soFarAnswer"), ElidedLabel("soFarWhere", kind="quiet")
        for column, label in enumerate(cells):
            grid.addWidget(label, row, column)
        return cells

    def fit(self) -> None:
        """Be as high as six signs, whatever is known, and show what is."""
        self._room.setFixedHeight(_ROWS * (self.fontMetrics().lineSpacing() + 2))
        self.update_person()

    def list_shown(self) -> list[tuple[str, str, str]]:
        """What stands there: sign, answer, where or why."""
        rows = ((sign.text(), answer.text(), where.text()) for sign, answer, where in self._cells)
        return [row for row in rows if row[0]] if self._lines.isVisibleTo(self) else []

    def update_person(self) -> None:
        """Another photograph is on screen, or something else is recorded: sum up anew, in a moment."""
        if self._reader.photo is None or self.isHidden():
            return
        if self._reader.masking.hides(self._reader.sha256, PERSON):
            self._job.drop()
            self._rest.stop()
            self._show(_MASKED)
        else:
            self._rest.start()

    def _begin(self) -> None:
        reader, worklist = self._reader, self._reader.worklist
        group = worklist.group_index(reader.position) if reader.photo is not None else -1
        if group < 0:
            self._show(_NOBODY)
            return
        case, examiner, of = reader.desk.case, reader.desk.examiner.id, worklist.groups[group].id
        photos = [
            worklist.items[place].sha256 for place in worklist.positions_of_same_individual(reader.position)
        ]
        self._job.start(
            "what is recorded so far",
            lambda _control: load_so_far(case, examiner, photos, of),
            reader.desk.post,
            on_done=self._on_summed_up,
        )

    def stop(self) -> None:
        self._rest.stop()
        self._job.drop()

    def _on_summed_up(self, found: SoFar) -> None:
        if self._reader.photo is None or self._reader.masking.hides(self._reader.sha256, PERSON):
            return
        self._show("" if found.lines else _NOTHING, found)

    def _show(self, sentence: str, found: SoFar | None = None) -> None:
        lines = found.lines if found is not None else ()
        self._read.setText(f"{found.read:,} of {found.total:,} photographs read" if found is not None else "")
        more = len(lines) - _ROWS
        self._more.setText(f"{more:,} more on the card of the individual" if more > 0 else "")
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        for place, cells in enumerate(self._cells):
            line = lines[place] if place < len(lines) else SoFarLine("", "", "")
            for label, words in zip(cells, (line.sign, line.answer, line.where), strict=True):
                label.setText(words)
                label.setToolTip(make_plain_tip(f"{line.sign}: {line.answer}\n{line.where}" if words else ""))
        self._lines.setVisible(not sentence)
