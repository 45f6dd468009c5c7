"""How far an ingest is: share, names met, the file at work, the rate, the time left, and a bar."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel, isolate_path
from reviewer.services.ingest.rate import RateOfWork
from reviewer.services.ingest.watch import IngestStatus

_BAR_HEIGHT, _ROUND = 8, 4.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ShareBar(QWidget):
    """A bar as full as the share; a hairline as long as there is no share. It never moves by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.share: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Share that is done")

    def sizeHint(self) -> QSize:
        return QSize(_BAR_HEIGHT, _BAR_HEIGHT)

    def show_share(self, share: float | None) -> None:
        if share != self.share:
            self.share = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self.palette()
        if self.share is None:
            painter.setPen(palette.color(QPalette.ColorRole.Mid))
            painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for width, role in (
                (float(self.width()), QPalette.ColorRole.Mid),
                (self.share * self.width(), QPalette.ColorRole.WindowText),
            ):
                painter.setBrush(palette.color(role))
                painter.drawRoundedRect(QRectF(0, 0, width, self.height()), _ROUND, _ROUND)
        painter.end()


class ProgressBox(FramedBox):
    """One run: while it goes, while it is paused, and how it ended."""

    def __init__(self) -> None:
        super().__init__()
        self.share = PlainLabel(kind="page")
        self.names = ElidedLabel("progressNames", kind="strong")
        self.file = ElidedLabel("progressFile", kind="caption", is_path=True)
        self.rate, self.left = PlainLabel(kind="strong"), PlainLabel(kind="strong")
        self.span, self.ready = PlainLabel(kind="caption"), PlainLabel(kind="caption")
        self.bar = ShareBar()
        row = make_row(spacing=24)
        row.addWidget(self.share)
        row.addLayout(_stack(self.names, self.file), 1)
        for upper, lower in ((self.rate, self.span), (self.left, self.ready)):
            for label in (upper, lower):
                label.setAlignment(_RIGHT)
            row.addLayout(_stack(upper, lower))
        self.column.addLayout(row)
        self.column.addWidget(self.bar)

    def show_status(self, status: IngestStatus, rate: RateOfWork, now: datetime, *, paused: bool) -> None:
        """Say how far the run is at the moment `now`."""
        share, per_second = status.share, rate.of_last_minute
        self._show_names(status)
        self.file.setText(isolate_path(status.path.replace("/", " / ")))
        self._say_right(("", ""), ("Paused", "nothing is read") if paused else ("", ""))
        if paused or per_second is None or share is None:
            return
        seconds = status.left / per_second if per_second else None
        ready = format_ready(now, seconds) if seconds is not None else ""
        self._say_right(
            (f"{per_second:,.0f} a second", "over the last minute"),
            (format_time_left(seconds), f"ready near {ready}") if seconds is not None else ("", ""),
        )

    def show_end(
        self, status: IngestStatus, words: str, sentence: str, rate: RateOfWork, now: datetime
    ) -> None:
        """Say how the run ended, when, and how long it took."""
        self._show_names(status)
        self.file.setText(sentence)
        self._say_right(("", ""), (f"{words} {now.astimezone():%H:%M}", format_duration(rate.worked)))

    def _say_right(self, rate: tuple[str, str], left: tuple[str, str]) -> None:
        labels = (self.rate, self.span, self.left, self.ready)
        for label, words in zip(labels, (*rate, *left), strict=True):
            label.setText(words)

    def _show_names(self, status: IngestStatus) -> None:
        self.bar.show_share(status.share)
        if status.share is None:
            self.share.setText("")
            self.names.setText(f"{status.scanned:,} names met, still counting")
            return
        self.share.setText(f"{int(100 * status.share)} %")
        again = f"; {status.again:,} of them again" if status.again else ""
        waiting = f"; {status.names.total:,} counted so far" if status.names.total < status.total else ""
        self.names.setText(f"{status.done:,} of {status.work:,} files examined{again}{waiting}")


def _stack(upper: QWidget, lower: QWidget) -> QVBoxLayout:
    column = make_column(spacing=0)
    column.addWidget(upper)
    column.addWidget(lower)
    return column


def format_time_left(seconds: float) -> str:
    """ "about 3 minutes left"."""
    if seconds < 60:
        return "less than a minute left"
    if seconds < 5400:
        minutes = round(seconds / 60)
        return "about 1 minute left" if minutes == 1 else f"about {minutes} minutes left"
    return f"about {seconds / 3600:.1f} hours left"


def format_ready(now: datetime, seconds: float) -> str:
    """The time of day, as clocks say it here, so many seconds after `now`; with the day if it is another."""
    here = now.astimezone()
    ready = datetime.fromtimestamp(now.timestamp() + seconds).astimezone()
    return f"{ready:%H:%M}" if ready.date() == here.date() else f"{ready:%Y-%m-%d %H:%M}"


def format_duration(seconds: float) -> str:
    """ "4 min 19 s"."""
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"
