"""The line above the cards: how many were read, and where all of them stand."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from reviewer.domain.commands.card_commands import CardState
from reviewer.qt.widgets.elided_label import ElidedLabel, ShrinkingLabel
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel


class CardsHeadline(QWidget):
    """What is settled, what waits and what differs make all cards together."""

    def __init__(self) -> None:
        super().__init__()
        self.settled, self.waiting = ShrinkingLabel("cardsSettled"), ElidedLabel("cardsWaiting", kind="quiet")
        row = make_row(self, spacing=16)
        row.addWidget(PlainLabel("People", kind="title"))
        row.addWidget(self.settled)
        row.addWidget(self.waiting, 1)

    def show_counts(self, counts: Mapping[CardState, int]) -> None:
        """Say how many of the cards that were read are settled, and what the others wait for."""
        settled = counts[CardState.AGREED] + counts[CardState.RESOLVED]
        once, differ = counts[CardState.ONCE], counts[CardState.MISMATCH]
        self.settled.setText(f"Cards: {settled:,} of {settled + once + differ:,} settled")
        self.settled.setToolTip(
            f"{counts[CardState.AGREED]:,} read twice, the same; {counts[CardState.RESOLVED]:,} decided."
        )
        verb = "waits" if once == 1 else "wait"
        mismatches = "1 mismatch" if differ == 1 else f"{differ:,} mismatches"
        self.waiting.setText(f"{once:,} {verb} for the second pass, {mismatches}")
