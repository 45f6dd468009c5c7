"""What differs between two photographs that are compared, thing by thing, as far as it is not masked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from reviewer.domain.photos.photo import Photo
from reviewer.qt.widgets.layouts import make_column, make_grid
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip

SAME, MASKED, NOT_KNOWN = "the same", "masked", "not recorded"
_HASH = 8
Row = tuple[str, str, str]
"""What is told, of the first and of the second."""


def list_differences(
    one: Photo, other: Photo, masked: tuple[bool, bool], findings: tuple[str, str]
) -> list[Row]:
    """Rows of what is known of both; the second says that it is the same where it is. `masked` tells of each
    whether date and camera are."""
    sizes = [f"{photo.upright_size[0]:,} x {photo.upright_size[1]:,}" for photo in (one, other)]
    taken, cameras = [], []
    for photo, is_masked in zip((one, other), masked, strict=True):
        capture = photo.capture
        camera = " ".join(filter(None, (capture.make, capture.model)))
        taken.append(MASKED if is_masked else capture.taken_at[:16] or NOT_KNOWN)
        cameras.append(MASKED if is_masked else camera or NOT_KNOWN)
    hashes = [photo.sha256[:_HASH] for photo in (one, other)]
    found = [
        ("Taken", *taken),
        ("Camera", *cameras),
        ("Size", *sizes),
        ("Findings", *findings),
        ("SHA-256", *hashes),
    ]
    return [(name, first, _say_if_same(first, second)) for name, first, second in found]


def _say_if_same(first: str, second: str) -> str:
    return SAME if first == second and first not in {MASKED, NOT_KNOWN} else second


class DifferingTable(QWidget):
    """Three columns: what, in A, in B."""

    def __init__(self) -> None:
        super().__init__()
        column = make_column(self, spacing=4)
        column.addWidget(make_hairline())
        column.addSpacing(4)
        column.addWidget(PlainLabel("What differs", kind="strong"))
        self._grid = make_grid(across=12, down=4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        column.addLayout(self._grid)
        self._cells: list[PlainLabel] = []
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        if tuple(rows) == self.rows:
            return
        self.rows = tuple(rows)
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = []
        self.setVisible(bool(rows))
        for number, row in enumerate([("", "A", "B"), *rows]):
            for column, words in enumerate(row):
                quiet = column == 0 or not number or words in {SAME, MASKED}
                cell = PlainLabel(words, kind="caption" if quiet else "plain caption")
                cell.setWordWrap(column > 0)
                cell.setToolTip(make_plain_tip(words))
                self._grid.addWidget(cell, number, column)
                self._cells.append(cell)


def make_hairline() -> QWidget:
    """A line between two parts of a panel."""
    line = QFrame()
    line.setObjectName("panelLine")
    line.setFixedHeight(1)
    return line
