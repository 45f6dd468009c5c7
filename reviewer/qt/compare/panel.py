"""The panel beside photographs that are compared: difference, what differs, what else could be compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewer.qt.compare.candidates import Candidate, CandidateGrid
from reviewer.qt.compare.difference import DifferenceView
from reviewer.qt.compare.difference_panel import DifferencePanel
from reviewer.qt.compare.differing import DifferingTable, make_hairline
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.side_panel import InfoPanel

_WIDTH = 344


class ComparePanel(InfoPanel):
    """Puts the parts one under the other."""

    def __init__(
        self,
        difference: DifferenceView,
        thumbnail: Callable[[str], bytes | None],
        softening: Callable[[], str],
    ) -> None:
        super().__init__(_WIDTH)
        self.difference, self.differing = DifferencePanel(difference), DifferingTable()
        self.candidates = CandidateGrid(thumbnail, softening)
        self.target = ElidedLabel("compareTarget", kind="caption")
        self._choose = KeyedButton("compare.choose", "Any…", is_low=True)
        aligned = PlainLabel(
            "Not aligned: B is brought to the size of A and laid over it as it is.", kind="caption"
        )
        aligned.setWordWrap(True)
        head = make_row(spacing=8)
        head.addWidget(PlainLabel("Compare with", kind="strong"))
        head.addWidget(self.target, 1)
        head.addWidget(self._choose)
        self.column.addWidget(self.difference)
        self.column.addWidget(aligned)
        self.column.addWidget(self.differing)
        self.column.addWidget(make_hairline())
        self.column.addLayout(head)
        self.column.addWidget(self.candidates)
        self.column.addStretch(1)

    def use_actions(self, find: FindAction) -> None:
        self.difference.use_actions(find)
        self._choose.use_action(find)

    def show_candidates(self, candidates: Sequence[Candidate], letter: str) -> None:
        """`letter` is that of the pane into which a click puts one."""
        self.candidates.show_candidates(candidates)
        self.target.setText(f"a click puts it into {letter}")

    def set_covered(self, covered: bool) -> None:
        self.candidates.set_covered(covered)
        self.difference.small.update()
