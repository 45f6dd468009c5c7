"""What the gallery is narrowed by, as chips: each is one condition of the query, and a click takes it out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.domain.search.facets import QueryPart
from reviewer.qt.widgets.flow_row import FlowRow
from reviewer.qt.widgets.plain_text import make_plain_tip

_LONGEST = 40


class QueryChips(QWidget):
    """`removed`: the query that is left."""

    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowRow(8)
        self._flow.setContentsMargins(0, 9, 0, 9)
        self.setLayout(self._flow)
        self._chips: list[QPushButton] = []
        self.hide()

    def show_parts(self, parts: Sequence[tuple[str, QueryPart]]) -> None:
        """Show a chip for each condition, in the words given; nothing takes room while there is none."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._make_chip(*part) for part in parts]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.show()
        self.setVisible(bool(parts))

    def words(self) -> list[str]:
        return [chip.accessibleName() for chip in self._chips]

    def _make_chip(self, words: str, part: QueryPart) -> QPushButton:
        short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}\u2026"
        chip = QPushButton(f"{short}  \u00d7".replace("&", "&&"))
        chip.setObjectName("chip")
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.setAccessibleName(words)
        chip.setToolTip(make_plain_tip(f"Take out: {part.words}"))
        chip.clicked.connect(lambda: self.removed.emit(part.without))
        return chip
