"""What stands below the sum of an ingest: other files by kind, the latest problems, the rate as a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.qt.case.short_table import RowsModel, ShortTable
from reviewer.qt.case.side_by_side import SideBySide
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.page import make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.ingest.watch import PROBLEMS_SHOWN, IngestStatus

WARNING_SIGN = "\u26a0"
_KINDS_SHOWN = 5
_AFTER = (
    "What is still to come joins the list at its end. Adding goes on meanwhile, and the header of every "
    "screen says how far it is."
)


class RateLine(QWidget):
    """Names a second from the beginning to now: a drive that grows slow is seen."""

    def __init__(self) -> None:
        super().__init__()
        self._rates: Sequence[float] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Names a second")

    def sizeHint(self) -> QSize:
        return QSize(200, 48)

    def show_rates(self, rates: Sequence[float]) -> None:
        if rates != self._rates:
            self._rates = rates
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self.palette()
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        most = max(self._rates, default=0.0)
        if len(self._rates) > 1 and most > 0:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            step, high = self.width() / (len(self._rates) - 1), self.height() - 6
            points = [QPointF(n * step, 2 + high * (1 - rate / most)) for n, rate in enumerate(self._rates)]
            painter.drawPolyline(QPolygonF(points))
        painter.end()


class IngestLists(SideBySide):
    """Three columns; below each other where there is too little room."""

    def __init__(self) -> None:
        self.kinds = RowsModel(("Other files by kind", "What becomes of it", "Files"), (2,))
        self.problems = RowsModel(("Latest problems", "Why it could not be used"))
        self.line, self.begun, self.ready = RateLine(), PlainLabel(kind="caption"), PlainLabel(kind="strong")
        self._after = make_text_label(_AFTER, "caption")
        super().__init__(
            (ShortTable(self.kinds, "Other files by kind", 2, _KINDS_SHOWN), 4),
            (ShortTable(self.problems, "Latest problems", 1, PROBLEMS_SHOWN), 5),
            (self._make_rate(), 3),
        )

    def _make_rate(self) -> QWidget:
        part = QWidget()
        column = make_column(part, spacing=8)
        column.addWidget(PlainLabel("Names a second", kind="strong"))
        column.addWidget(self.line)
        ends = make_row(spacing=8)
        ends.addWidget(self.begun)
        ends.addStretch(1)
        ends.addWidget(PlainLabel("now", kind="caption"))
        column.addLayout(ends)
        column.addSpacing(8)
        column.addWidget(self.ready)
        column.addWidget(self._after)
        column.addStretch(1)
        return part

    def show_status(self, status: IngestStatus, rates: Sequence[float], begun: str, *, runs: bool) -> None:
        """Show what a run has met; `begun` is the time of day."""
        self.kinds.show(list_other_kinds(status))
        self.problems.show([(path, f"{WARNING_SIGN} {reason}") for path, reason in status.problems])
        self.line.show_rates(rates)
        self.begun.setText(f"begun {begun}")
        photographs = status.names.photographs
        can = "1 can be read now" if photographs == 1 else f"{photographs:,} can be read now"
        self.ready.setText(can if photographs else "None can be read yet")
        self._after.setVisible(runs)


def list_other_kinds(status: IngestStatus) -> list[tuple[str, str, str]]:
    """The kinds with most files first; what has no row of its own is in the last one: the sum closes."""
    rows = sorted(status.others.items(), key=lambda item: (-item[1], item[0]))
    shown = rows if len(rows) <= _KINDS_SHOWN else rows[: _KINDS_SHOWN - 1]
    texts = [
        (kind.name, "may hold photographs" if kind.may_hold else "kept by name and hash", f"{count:,}")
        for kind, count in shown
    ]
    rest = sum(count for _kind, count in rows[len(shown) :])
    return [*texts, ("other kinds", "listed under Problems", f"{rest:,}")] if rest else texts
