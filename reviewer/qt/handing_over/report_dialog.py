"""The dialog of a report: of the collection, of each individual, of the one that is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from reviewer.qt.handing_over.dialog import HandOverDialog
from reviewer.qt.handing_over.fields import FormRow, Segments, make_quiet_label, narrow_choice
from reviewer.qt.handing_over.making import MadeResult, Maker, Making
from reviewer.qt.handing_over.parts import HandOverParts
from reviewer.qt.handing_over.summary import SummaryRows
from reviewer.qt.handing_over.wording import (
    count_left_out,
    describe_left_out,
    make_rows,
    note_unencrypted,
    note_unread,
    warn_of_selection,
)
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.services.handing_over.forecast import Forecast, HandedKind, HandedWish
from reviewer.services.jobs import JobControl
from reviewer.services.report import run
from reviewer.services.report.run import ReportRequest, SheetPhotographs

COLLECTION, EACH, ONE = "collection", "sheets", "individual"
_WHAT = {
    COLLECTION: "Limits first, then figures with their plots, then how each was counted.",
    EACH: "A sheet of each individual that is chosen, one file each, in a new folder.",
    ONE: "The sheet of the individual on the reading screen, with all of its photographs.",
}
_FORMS = {
    ".pdf": ("PDF", "PDF/A-2a: to be printed, and readable in fifty years."),
    ".html": ("HTML", "One file for any browser; it loads nothing."),
    ".docx": ("Editable document", "To write your own text into; no record."),
}
_PHOTOGRAPHS = (
    (SheetPhotographs.NONE, "None, only names and hashes"),
    (SheetPhotographs.MASKED, "Small, with areas redacted"),
    (SheetPhotographs.SMALL, "Small, as they are"),
)


class ReportDialog(HandOverDialog):
    """Asks for a report of one's own readings, so that blind ones stay blind; everybody is in it unless
    something else is chosen."""

    title, make_words = "Report", "Make the report"

    def __init__(self, parts: HandOverParts, maker: Maker, over: QWidget) -> None:
        self._maker = maker
        self._individual = parts.find_individual()
        super().__init__(parts, over)
        self._show_what()

    def make_rows(self) -> Sequence[FormRow]:
        what = [(COLLECTION, "Collection"), (EACH, "Each individual")]
        if self._individual:
            what.append((ONE, "This individual"))
        self.what = Segments("What", what, self._on_what)
        self.form = Segments("Form", [(key, words[0]) for key, words in _FORMS.items()], self._on_what)
        self._what_told, self._form_told = make_quiet_label(), make_quiet_label()
        self.pictures = narrow_choice(NoScrollComboBox(), "Photographs on sheets")
        for key, words in _PHOTOGRAPHS:
            self.pictures.addItem(words, str(key))
        self._whom_row = FormRow("Of whom", self.photographs, self.photographs.told)
        self._pictures_row = FormRow("Photographs", self.pictures)
        return [
            FormRow("What", self.what, self._what_told),
            FormRow("Form", self.form, self._form_told),
            self._whom_row,
            self._pictures_row,
        ]

    def _on_what(self) -> None:
        self._show_what()
        self.on_changed()

    def _show_what(self) -> None:
        self._what_told.setText(_WHAT[self.what.chosen])
        self._form_told.setText(_FORMS[self.form.chosen][1])
        self._whom_row.setVisible(self.what.chosen != ONE)
        self._pictures_row.setVisible(self.what.chosen != COLLECTION)

    def read_wish(self, entries: int | None) -> HandedWish:
        me = self.parts.examiner.id
        query = "" if self.what.chosen == ONE else self.photographs.query
        return HandedWish(HandedKind.REPORT, query, (me,), me, entries, self._only)

    @property
    def _only(self) -> str:
        return self._individual if self.what.chosen == ONE else ""

    def read_further(self) -> tuple[str, ...]:
        return (self.what.chosen,)

    def name_made(self) -> str:
        endings = {COLLECTION: f"report{self.form.chosen}", EACH: "sheets", ONE: f"sheet{self.form.chosen}"}
        return f"{self._stem} {endings[self.what.chosen]}"

    def find_fault(self, found: Forecast) -> tuple[str, str]:
        fault = super().find_fault(found)
        if not fault[0] and self.what.chosen != COLLECTION and not found.individuals:
            return "query", "No accepted individual is found. Accept individuals first."
        return fault

    def describe(self, found: Forecast) -> tuple[SummaryRows, Sequence[str], Sequence[str]]:
        is_collection = self.what.chosen == COLLECTION
        title = "Collection report"
        if found.canonical:
            title = "Report of a selection" if is_collection else "Sheets of a selection"
        elif not is_collection:
            title = "Sheet of one individual" if self.what.chosen == ONE else "Sheets of individuals"
        files = "1" if self.what.chosen != EACH else f"{found.individuals:,}"
        further = [("Left out", count_left_out(found)), ("Files", files)]
        notes = [*note_unread(found), *describe_left_out(found), *note_unencrypted(self.parts.is_open_to_all)]
        warnings = warn_of_selection(found) if is_collection else ()
        return make_rows(title, found, self.parts.examiner.name, further), notes, warnings

    def begin(self, out: Path, found: Forecast, entries: int | None) -> None:
        case, author = self.parts.case, self.parts.examiner.id
        what, suffix, only = self.what.chosen, self.form.chosen, self._only
        pictures = (
            SheetPhotographs(self.pictures.currentData()) if what != COLLECTION else SheetPhotographs.NONE
        )
        query = "" if what == ONE else found.canonical
        wish = ReportRequest(query, (author,), entries, pictures)

        def work(control: JobControl) -> MadeResult:
            said = wish.to_body(what)
            if what == EACH:
                pages = run.make_sheets(case, wish, control)
                run.write_reports(case, author, out, pages, suffix, control, said)
            elif what == ONE:
                page = next(sheet for _name, sheet in run.make_sheets(case, wish, control, only))
                run.write_report(case, author, out, page, said)
            else:
                run.write_report(case, author, out, run.make_collection_report(case, wish, control), said)
            return MadeResult(out)

        self._maker.start(
            Making(
                "report",
                "The report",
                out,
                "individuals",
                "The report was stopped. Sheets that were written stay.",
            ),
            work,
        )
