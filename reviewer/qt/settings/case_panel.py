"""The rules of reading and the mandate: they are the case's, and stand in its ledger."""

from __future__ import annotations

from reviewer.qt.settings.panel import SettingsPanel
from reviewer.qt.settings.personal import CaseSettings


class CasePanel(SettingsPanel):
    """What the lead of a case can set, and every examiner of it can read."""

    def __init__(self, case: CaseSettings) -> None:
        super().__init__("This case", "Written into the ledger of this case, for all of its examiners.")
        self._parts = case.rules, case.mandate
        for part in self._parts:
            self.column.addSpacing(8)
            self.column.addWidget(part)
        self.column.addStretch(1)

    def refresh(self) -> None:
        for part in self._parts:
            part.refresh()
