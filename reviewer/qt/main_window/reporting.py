"""Reports from the window: what, of which photographs, in which form; written in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer.qt.main_window.choosing import EVERYTHING, Form, PhotographChoice, ask_choice
from reviewer.qt.main_window.session import Session
from reviewer.qt.widgets.type_box import Option, TypeBox, make_choice_question
from reviewer.services.jobs import JobControl, JobProgress, Post
from reviewer.services.report import run
from reviewer.services.report.run import ReportRequest, SheetPhotographs

_COLLECTION, _ONE, _EACH, _STOP = "collection", "one", "each", "stop"
_FORMS = (
    Option(".pdf", "PDF", "PDF/A-2a: to be printed, and readable in fifty years."),
    Option(".html", "HTML", "One file for any browser; it loads nothing."),
    Option(".docx", "Editable document", "To write your own text into; no record."),
)
_PHOTOGRAPHS = (
    Option(str(SheetPhotographs.NONE), "Without photographs", "Names and hashes only."),
    Option(
        str(SheetPhotographs.MASKED),
        "With masked photographs",
        "Those with areas to redact, black there.",
    ),
    Option(str(SheetPhotographs.SMALL), "With small photographs", "Whoever gets the sheet sees them."),
)


@dataclass(frozen=True)
class _ReportChoices:
    """What was chosen so far."""

    what: str
    form: str = ".pdf"
    photographs: SheetPhotographs = SheetPhotographs.NONE
    choice: PhotographChoice = EVERYTHING


class Reporter:
    """Asks one question after the other; Esc at any of them writes nothing."""

    def __init__(
        self, box: TypeBox, session: Session, post: Post, say: Callable[[str], None], parent: QWidget
    ) -> None:
        self._box, self._session, self._post, self._say, self._parent = box, session, post, say, parent

    def begin(self) -> None:
        """Ask what to report; while a report is being written, ask whether to stop it."""
        if "report" in self._session.jobs.running():
            stop = [Option(_STOP, "Stop it", "Sheets that are written stay."), Option("", "Let it go on")]
            self._ask("A report is being written", stop, self._stop)
            return
        options = [
            Option(
                _COLLECTION, "Of the collection", "Limits, method, every figure with its plot, exclusions."
            ),
            Option(_EACH, "A sheet of each individual", "One file each, in a new folder."),
        ]
        if self._find_individual_on_screen():
            options.insert(1, Option(_ONE, "The sheet of the individual on the reading screen"))
        self._ask("A report of what?", options, lambda what: self._ask_form(_ReportChoices(what)))

    def _ask_form(self, asked: _ReportChoices) -> None:
        def take(form: str) -> None:
            if asked.what == _COLLECTION:
                self._ask_choice(replace(asked, form=form))
                return
            self._ask(
                "With photographs?",
                _PHOTOGRAPHS,
                lambda key: self._ask_choice(replace(asked, form=form, photographs=SheetPhotographs(key))),
            )

        self._ask("In which form?", _FORMS, take)

    def _ask_choice(self, asked: _ReportChoices) -> None:
        """Ask for photographs and the entry; the sheet of one individual takes all of its photographs."""
        if asked.what == _ONE:
            self._choose_place(asked)
            return
        title = "Report of the collection" if asked.what == _COLLECTION else "A sheet of each individual"
        form = Form(title, "Write\u2026", asked=self._session.examiner.id)
        ask_choice(
            self._session,
            self._post,
            self._box.over,
            form,
            lambda choice: self._choose_place(replace(asked, choice=choice)),
        )

    def _choose_place(self, asked: _ReportChoices) -> None:
        question = f"In which folder is the report to be written? {asked.choice.told}"
        chosen = QFileDialog.getExistingDirectory(self._parent, question)
        if chosen:
            self._write(asked, Path(chosen))

    def _write(self, asked: _ReportChoices, folder: Path) -> None:
        case, examiner = self._session.case, self._session.examiner.id
        choice = asked.choice
        wish = ReportRequest(choice.query or "", (examiner,), choice.entries, asked.photographs)
        stem = self._session.name_output()
        individual = self._find_individual_on_screen()

        def work(control: JobControl) -> Path:
            if asked.what == _EACH:
                out = folder / f"{stem} sheets"
                run.write_reports(
                    case, examiner, out, run.make_sheets(case, wish, control), asked.form, control
                )
                return out
            out = folder / f"{stem} {'sheet' if asked.what == _ONE else 'report'}{asked.form}"
            if asked.what == _ONE:
                page = next(sheet for _name, sheet in run.make_sheets(case, wish, control, individual))
            else:
                page = run.make_collection_report(case, wish, control)
            run.write_report(case, examiner, out, page)
            return out

        self._say("Writing the report… The command for reports stops it.")
        case.jobs.start(
            "report",
            work,
            self._post,
            on_progress=self._on_progress,
            on_done=lambda out: self._say(f"The report is in {out}.{self._warn_unencrypted()}"),
            on_failed=lambda error: self._say(str(error)),
            on_cancelled=lambda: self._say("The report was stopped."),
        )

    def _on_progress(self, progress: JobProgress) -> None:
        if progress.total:
            self._say(f"Writing the report… {progress.done:,} of {progress.total:,} individuals")

    def _stop(self, key: str) -> None:
        if key == _STOP:
            self._session.jobs.cancel("report")

    def _find_individual_on_screen(self) -> str:
        """Return the id of the accepted individual on the reading screen, or ""."""
        reader = self._session.reader
        if not reader.sha256:
            return ""
        worklist = reader.worklist
        number = worklist.group_index(reader.position)
        return worklist.groups[number].id if number >= 0 else ""

    def _warn_unencrypted(self) -> str:
        return " It is not encrypted." if self._session.is_encrypted else ""

    def _ask(self, prompt: str, options: Sequence[Option], take: Callable[[str], None]) -> None:
        self._box.ask(make_choice_question(prompt, options, take))
