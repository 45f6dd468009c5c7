"""The sources of the case: a framed row for each, with its path, when it was added, and its sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.domain.photos.case import Source
from reviewer.domain.photos.names_met import NamesMet
from reviewer.qt.case.ingest_lists import WARNING_SIGN
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.page import make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel, isolate_path


class SourceRow(FramedBox):
    """`go_on_wanted` where its ingest has not ended."""

    go_on_wanted = Signal(Path)

    def __init__(self, source: Source, names: NamesMet, *, may_write: bool) -> None:
        super().__init__()
        self.path = ElidedLabel("sourcePath", kind="strong", is_path=True)
        self.path.setText(isolate_path(source.path))
        self.sum = make_text_label(f"{names.sentence}.", "quiet")
        ended = bool(source.ingested_at)
        when = PlainLabel(
            f"added {_format_day(source.ingested_at)}" if ended else f"{WARNING_SIGN} not ended",
            kind="caption" if ended else "warning",
        )
        self.go_on = QPushButton("Go on with it")
        self.go_on.clicked.connect(lambda: self.go_on_wanted.emit(Path(source.path)))
        upper, lower = make_row(spacing=16), make_row(spacing=16)
        upper.addWidget(self.path, 1)
        upper.addWidget(when)
        lower.addWidget(self.sum, 1)
        lower.addWidget(self.go_on)
        self.column.addLayout(upper)
        self.column.addLayout(lower)
        self.go_on.setVisible(not ended and may_write)


class SourceRows(QWidget):
    """All sources, in the order they were added; `go_on_wanted` carries the folder of one."""

    go_on_wanted = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[SourceRow] = []
        self._column = make_column(self, spacing=8)

    def show_sources(
        self, sources: Sequence[Source], names: Mapping[str, NamesMet], *, may_write: bool
    ) -> None:
        """Show these and no others."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [SourceRow(source, names[source.id], may_write=may_write) for source in sources]
        for row in self.rows:
            row.go_on_wanted.connect(self.go_on_wanted)
            self._column.addWidget(row)


def _format_day(at: str) -> str:
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return at
