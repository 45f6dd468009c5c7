"""The dialog of redacted copies: of which photographs, also of those with nothing to redact."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from reviewer.qt.handing_over.dialog import HandOverDialog
from reviewer.qt.handing_over.fields import MARK_WORDS, FormRow, make_check, make_quiet_label
from reviewer.qt.handing_over.making import MadeResult, Maker, Making
from reviewer.qt.handing_over.parts import HandOverParts
from reviewer.qt.handing_over.summary import SummaryRows
from reviewer.qt.handing_over.wording import make_as_of_row, make_first_rows, note_unencrypted
from reviewer.services.export import redacted
from reviewer.services.export.redacted import RedactedCopiesChoice, export_redacted
from reviewer.services.handing_over.forecast import Forecast, HandedKind, HandedWish
from reviewer.services.jobs import JobControl

_NOTHING_TO_COPY = "None of these photographs has an area to redact: nothing would be made."
_UNLOOKED = "photographs without an area are copied as they are. Whether anybody looked is not known."


class CopiesDialog(HandOverDialog):
    """Asks for redacted copies: one PNG of each photograph that has areas to redact, and a table."""

    title, make_words = "Redacted copies", "Make the copies"

    def __init__(self, parts: HandOverParts, maker: Maker, over: QWidget) -> None:
        self._maker = maker
        super().__init__(parts, over)

    def make_rows(self) -> Sequence[FormRow]:
        self.everything = make_check("Also of those without an area", self.on_changed)
        self.mark = make_check("CSV files marked for Excel", self.on_changed)
        return [
            FormRow("Of whom", self.photographs, self.photographs.told),
            FormRow("Copies", self.everything),
            FormRow("Tables", self.mark, make_quiet_label(MARK_WORDS)),
        ]

    def read_wish(self, entries: int | None) -> HandedWish:
        return HandedWish(HandedKind.COPIES, self.photographs.query, (), None, entries)

    def read_further(self) -> tuple[str, ...]:
        return (str(self.everything.isChecked()),)

    def name_made(self) -> str:
        return f"{self._stem} redacted"

    def find_fault(self, found: Forecast) -> tuple[str, str]:
        fault = super().find_fault(found)
        if not fault[0] and not found.redacted and not self.everything.isChecked():
            return "query", _NOTHING_TO_COPY
        return fault

    def describe(self, found: Forecast) -> tuple[SummaryRows, Sequence[str], Sequence[str]]:
        bare = found.photos - found.redacted
        copied = found.photos if self.everything.isChecked() else found.redacted
        left_out = "nothing" if self.everything.isChecked() else f"{bare:,} without an area to redact"
        further = [("With areas", f"{found.redacted:,}"), ("Copies", f"{copied:,}"), ("Left out", left_out)]
        warnings = [_UNLOOKED] if self.everything.isChecked() and bare else []
        notes = [f"Lost: {redacted.LOSSES}.", f"Held: {redacted.WHAT}."]
        rows = [*make_first_rows("Redacted copies", found), *further, make_as_of_row(found)]
        return rows, [*notes, *note_unencrypted(self.parts.is_open_to_all)], warnings

    def begin(self, out: Path, found: Forecast, entries: int | None) -> None:
        case, author = self.parts.case, self.parts.examiner.id
        everything, mark = self.everything.isChecked(), self.mark.isChecked()
        wish = RedactedCopiesChoice(found.canonical, everything, None, entries, mark)

        def work(control: JobControl) -> MadeResult:
            made = export_redacted(case, author, out, wish, control)
            missing = f" {made.not_made:,} could not be made: redacted.csv says why." if made.not_made else ""
            said = f"{made.redacted:,} redacted, {made.left_out:,} without an area left out.{missing}"
            return MadeResult(out, said)

        stopped = "The redacted copies were stopped. Nothing of them was kept."
        self._maker.start(Making("export", "Redacted copies", out, "photographs", stopped), work)
