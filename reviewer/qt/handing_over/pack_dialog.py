"""The dialog of a court pack: which exhibits, with which files, the report, what exhibits are marked with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from reviewer.domain.ledger.receipt import format_hash_in_groups
from reviewer.qt.handing_over.dialog import HandOverDialog
from reviewer.qt.handing_over.fields import FormRow, LineField, make_check, make_quiet_label
from reviewer.qt.handing_over.making import MadeResult, Maker, Making
from reviewer.qt.handing_over.parts import HandOverParts
from reviewer.qt.handing_over.summary import SummaryRows
from reviewer.qt.handing_over.wording import format_size, make_as_of_row, note_unencrypted
from reviewer.qt.search.wording import format_photographs
from reviewer.services.case.open_case import OpenCase
from reviewer.services.handing_over.forecast import Forecast, HandedKind, HandedWish
from reviewer.services.jobs import JobControl
from reviewer.services.pack.run import Pack, PackRequest, make_pack, make_redactor_factory
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.report.run import make_reports_for_pack

_USUAL_CONFIDENTIALITY = "confidential"
_ABOUT = "The whole ledger, its tables and a program that checks them are in every pack."


class PackDialog(HandOverDialog):
    """Asks for a court pack; no photograph is listed as an exhibit unless some are chosen."""

    title, make_words = "Court pack", "Make the pack"
    nothing = "No exhibits"

    def __init__(self, parts: HandOverParts, maker: Maker, over: QWidget) -> None:
        self._maker = maker
        super().__init__(parts, over)

    def make_rows(self) -> Sequence[FormRow]:
        self.originals = make_check("The originals of the exhibits", self.on_changed)
        self.copies = make_check("Redacted copies of the exhibits", self.on_changed)
        self.report = make_check("The report of the collection", self.on_changed, checked=True)
        self.confidentiality = LineField()
        self.confidentiality.setText(_USUAL_CONFIDENTIALITY)
        self.confidentiality.setAccessibleName("What exhibits are marked with")
        return [
            FormRow("Exhibits", self.photographs, self.photographs.told),
            FormRow("Files", self.originals, self.copies, self.report, make_quiet_label(_ABOUT)),
            FormRow("Marked", self.confidentiality, make_quiet_label("Stands beside each exhibit.")),
        ]

    def read_wish(self, entries: int | None) -> HandedWish:
        has_exhibits = self.photographs.query is not None
        for box in (self.originals, self.copies):
            box.setEnabled(has_exhibits)
        me = self.parts.examiner.id
        return HandedWish(HandedKind.PACK, self.photographs.query, (), me, entries)

    def read_further(self) -> tuple[str, ...]:
        chosen = (self.originals, self.copies, self.report)
        return tuple(str(box.isChecked() and box.isEnabled()) for box in chosen)

    def name_made(self) -> str:
        return f"{self._stem} pack"

    def estimate_size(self, found: Forecast, further: Sequence[str]) -> int:
        return found.size if further[0] == str(True) else 0

    def describe(self, found: Forecast) -> tuple[SummaryRows, Sequence[str], Sequence[str]]:
        rows = [
            ("Title", "Court pack"),
            ("Ledger", f"the whole of it, {found.entries:,} entries"),
            ("Its tables", f"all {found.all_individuals:,} individuals, {found.all_photos:,} photographs"),
            ("Exhibits", f"{found.photos:,} of {format_photographs(found.all_photos)}"),
        ]
        size = self.estimate_size(found, self.read_further())
        if size:
            rows.append(("Originals", format_size(size)))
        if self.copies.isEnabled() and self.copies.isChecked():
            rows.append(("Redacted copies", f"{found.redacted:,}"))
        rows.append(("Reports", "2" if self.report.isChecked() else "none"))
        warnings = []
        if size:
            warnings.append("originals show people as they are, areas to redact included.")
        return [*rows, make_as_of_row(found)], note_unencrypted(self.parts.is_open_to_all), warnings

    def begin(self, out: Path, found: Forecast, entries: int | None) -> None:
        case, examiner = self.parts.case, self.parts.examiner.id
        originals, copies, report = (said == "True" for said in self.read_further())
        query = None if self.photographs.query is None else found.canonical
        text = self.confidentiality.text().strip() or _USUAL_CONFIDENTIALITY
        wish = PackRequest(query, originals=originals, confidentiality=text, entries=entries)

        def work(control: JobControl) -> MadeResult:
            made = _make_with_files(case, examiner, out, (wish, copies, report), control)
            return MadeResult(out, f"Checked. As a whole: {format_hash_in_groups(made.sha256)}.")

        stopped = "The court pack was stopped. Nothing of it was kept."
        self._maker.start(Making("pack", "The court pack", out, "", stopped), work)


def _make_with_files(
    case: OpenCase, examiner: str, out: Path, asked: tuple[PackRequest, bool, bool], control: JobControl
) -> Pack:
    """Make a pack as asked for: with redacted copies, with the report; in a job."""
    wish, copies, report = asked
    pool = new_pool() if copies else None
    try:
        reports = make_reports_for_pack(case, examiner, control, wish.entries) if report else ()
        redact = make_redactor_factory(case, pool) if pool else None
        whole = PackRequest(wish.query, wish.originals, redact, wish.confidentiality, reports, wish.entries)
        return make_pack(case, examiner, out, control, whole)
    finally:
        if pool:
            pool.close()
