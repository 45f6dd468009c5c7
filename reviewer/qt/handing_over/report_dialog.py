"""The dialog of a report: of the collection, of each individual, of the one that is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.qt.handing_over.dialog import HandOverDialog
from reviewer.qt.handing_over.fields import FormRow, Segments, make_quiet_label, narrow_choice
from reviewer.qt.handing_over.making import MadeResult, Maker, Making
from reviewer.qt.handing_over.page_preview import PagePreview
from reviewer.qt.handing_over.parts import HandOverParts
from reviewer.qt.handing_over.summary import SummaryRows
from reviewer.qt.handing_over.wording import (
    count_left_out,
    describe_left_out,
    format_size,
    make_rows,
    note_unencrypted,
    note_unread,
    warn_of_selection,
)
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.services.handing_over.forecast import Forecast, HandedKind, HandedWish
from reviewer.services.jobs import JobControl, LatestJob
from reviewer.services.report import run
from reviewer.services.report.pdf import PdfPreview
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
_SHOW_PAGE, _SHOW_QUESTIONS = "Show page 1", "Back to the questions"
_PAGE_TIP = (
    "Sets the report and shows its first page, with how many pages and bytes it has. Nothing is written."
)
_NO_PAGES = "Only a PDF has pages before it is opened."
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
        self.page = PagePreview()
        self.page_button = QPushButton(_SHOW_PAGE)
        self.further_buttons = (self.page_button,)
        self._drawing = LatestJob(parts.case.jobs)
        self._drawn: tuple[tuple[object, ...], PdfPreview] | None = None
        super().__init__(parts, over)
        self.page_button.clicked.connect(self._turn_page)
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

    def list_pages(self) -> Sequence[QWidget]:
        return (self.page,)

    def _on_what(self) -> None:
        self._show_what()
        self.on_changed()

    def _show_what(self) -> None:
        self._what_told.setText(_WHAT[self.what.chosen])
        self._form_told.setText(_FORMS[self.form.chosen][1])
        self._whom_row.setVisible(self.what.chosen != ONE)
        self._pictures_row.setVisible(self.what.chosen != COLLECTION)
        has_pages = self.form.chosen == ".pdf"
        self.page_button.setEnabled(has_pages)
        self.page_button.setToolTip(_PAGE_TIP if has_pages else _NO_PAGES)

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
        further = [("Left out", count_left_out(found)), ("Files", files), *self._list_pages_rows()]
        notes = [*note_unread(found), *describe_left_out(found), *note_unencrypted(self.parts.is_open_to_all)]
        warnings = warn_of_selection(found) if is_collection else ()
        return make_rows(title, found, self.parts.examiner.name, further), notes, warnings

    # page 1

    def _make_request(self, query: str, entries: int | None) -> ReportRequest:
        what = self.what.chosen
        pictures = (
            SheetPhotographs(self.pictures.currentData()) if what != COLLECTION else SheetPhotographs.NONE
        )
        return ReportRequest("" if what == ONE else query, (self.parts.examiner.id,), entries, pictures)

    def _find_asked(self) -> tuple[object, ...]:
        """What page 1 depends on."""
        wish = self.read().wish
        return self._make_request(wish.query or "", wish.entries), self.what.chosen, self._only

    def _turn_page(self) -> None:
        """Draw page 1 and show it in the place of the questions; again: the questions."""
        if self.page.isVisible():
            self.show_questions()
            return
        case, asked, of_sheets, only = (
            self.parts.case,
            self._find_asked(),
            self.what.chosen != COLLECTION,
            self._only,
        )
        wish = self._make_request(self.read().wish.query or "", self.read().wish.entries)
        self.told.setText("Page 1 is being set\u2026")
        self._drawing.start(
            "preview",
            lambda control: run.preview_report(case, wish, control, of_sheets=of_sheets, only=only),
            self._post_to_open,
            on_done=lambda drawn: self._show_page(asked, drawn),
            on_failed=lambda error: self.told.setText(str(error)),
        )

    def _show_page(self, asked: tuple[object, ...], drawn: PdfPreview) -> None:
        self.told.setText("")
        if asked != self._find_asked():
            return
        self._drawn = (asked, drawn)
        self.page.show_page(drawn.first_page)
        self.turn_to(self.page)
        self.page.setFocus()
        self.page_button.setText(_SHOW_QUESTIONS)
        self._start_counting()

    def show_questions(self) -> None:
        """The questions again, in the place of page 1."""
        if self.page.isVisible():
            self.turn_to(None)
            self.page_button.setText(_SHOW_PAGE)
            self.page_button.setFocus()

    def _list_pages_rows(self) -> SummaryRows:
        """How many pages and bytes, where page 1 of just this was drawn: nothing is guessed."""
        if self._drawn is None or self._drawn[0] != self._find_asked() or self.form.chosen != ".pdf":
            return []
        drawn, which = self._drawn[1], "" if self.what.chosen != EACH else " of the first sheet"
        return [("Pages", f"{drawn.pages:,}{which}"), ("Size", f"{format_size(drawn.size)}{which}")]

    def _on_key(self, key: int, control: bool) -> None:
        if key == Qt.Key.Key_Escape and self.page.isVisible():
            self.show_questions()
        else:
            super()._on_key(key, control)

    def dismiss(self) -> None:
        self._drawing.drop()
        super().dismiss()

    def begin(self, out: Path, found: Forecast, entries: int | None) -> None:
        case, author = self.parts.case, self.parts.examiner.id
        what, suffix, only = self.what.chosen, self.form.chosen, self._only
        wish = self._make_request(found.canonical, entries)

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
