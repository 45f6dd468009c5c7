"""Exports, court packs, backups from the window: choose a place, write in the background, say what was made.

They end with the Case: locking or closing cancels them, and nothing half-made keeps a final name.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.receipt import format_hash_in_groups
from reviewer.qt.main_window.choosing import Form, PhotographChoice, ask_choice
from reviewer.qt.main_window.session import Session
from reviewer.qt.widgets.type_box import Option, Question, TypeBox
from reviewer.services.case.backup import back_up
from reviewer.services.export.all_formats import EXPORT_FORMATS
from reviewer.services.export.choice import ExportChoice as ExportWish
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.redacted import RedactedCopiesChoice, RedactedCopiesResult, export_redacted
from reviewer.services.export.run import export, shorten_names
from reviewer.services.jobs import JobControl, JobProgress, JobResult, Post
from reviewer.services.pack.run import Pack, make_pack
from reviewer.services.pack.run import PackRequest as PackWish
from reviewer.services.report.run import make_reports_for_pack

_JOB_NAMES = {
    "export": "An export",
    "backup": "A backup",
    "report": "A report",
    "pack": "A court pack",
    "access": "A change of who opens the case",
}
_STOP, _GO_ON = "stop", "go on"
_PERCENT_STEP = 5
"""Per cent between two sentences about how far an export is."""


class OutputWriter:
    """Asks what to write of a Case and where, writes it in the background, and says what was made."""

    def __init__(
        self, box: TypeBox, session: Session, post: Post, say: Callable[[str], None], parent: QWidget
    ) -> None:
        self._box, self._session, self._post, self._say, self._parent = box, session, post, say, parent

    def ask_export(self) -> None:
        """Ask for a format; while an export is being made, ask whether to stop it."""
        if "export" in self._session.jobs.running():
            self._box.ask(_make_stop_question(self._session))
            return
        formats = {export_format.key: export_format for export_format in EXPORT_FORMATS}
        options = [
            Option(key, known.name, f"Lost: {known.losses}.\n\nHeld: {known.what}.")
            for key, known in formats.items()
        ]

        def find(typed: str) -> list[Option]:
            wanted = typed.casefold().strip()
            return [option for option in options if wanted in f"{option.key} {option.text}".casefold()]

        def take(key: str) -> None:
            try:
                formats[key].refuse_without()
            except KnownError as error:
                self._say(str(error))
                return
            self._ask_choice(_make_form(formats[key]), partial(self.export, key))

        self._box.ask(Question("Export in which format?", find, take, digits=True, explains=True))

    def export(self, key: str, choice: PhotographChoice) -> None:
        """Write an export of this format into a new folder."""
        folder = self._choose_folder(f"In which folder is the export to be made? {choice.told}")
        if folder is None:
            return
        session, wish = self._session, ExportWish(choice.query or "", choice.examiners, choice.entries)
        out = folder / f"{session.name_output()} {key}"
        self._say("Exporting… The command for exports stops it.")
        self._start(
            "export",
            lambda control: export(session.case, session.examiner.id, key, out, control, wish),
            lambda names: f"Exported to {out}: {shorten_names(names)}.{self._warn_unencrypted()}",
            on_progress=_ExportProgress(self._say),
            stopped="The export was stopped. Nothing of it was kept.",
        )

    def ask_copies(self) -> None:
        """Ask for the photographs to make redacted copies of."""
        form = Form("Redacted copies of photographs that have areas to redact", "Make copies\u2026")
        self._ask_choice(form, self.export_copies)

    def export_copies(self, choice: PhotographChoice) -> None:
        """Write redacted copies of those of the chosen photographs that have areas to redact."""
        folder = self._choose_folder(f"In which folder are the redacted copies to be made? {choice.told}")
        if folder is None:
            return
        session, wish = self._session, RedactedCopiesChoice(choice.query or "", entries=choice.entries)
        out = folder / f"{session.name_output()} redacted"
        self._say("Making redacted copies…")

        def describe(made: RedactedCopiesResult) -> str:
            missing = f"; {made.not_made:,} could not be made, see redacted.csv" if made.not_made else ""
            left_out = f"{made.left_out:,} without an area were left out"
            return f"{made.redacted:,} redacted in {out}{missing}. {left_out}."

        self._start(
            "export",
            lambda control: export_redacted(session.case, session.examiner.id, out, wish, control),
            describe,
            on_progress=lambda so_far: self._say(f"Redacted copies: {so_far.done:,} of {so_far.total:,}…"),
            stopped="The redacted copies were stopped. Nothing of them was kept.",
        )

    def make_backup(self) -> None:
        """Write a backup of the Case; acts go on meanwhile."""
        folder = self._choose_folder("On which drive is the backup to be kept?")
        if folder is None:
            return
        session = self._session
        self._say("Making a backup…")
        self._start(
            "backup",
            lambda control: back_up(session.case, folder, session.examiner.id, control),
            lambda made: f"The backup is in {made.folder}: {made.entries:,} entries, compared.",
        )

    def ask_court_pack(self) -> None:
        """Ask which photographs a court pack lists as exhibits; their files are not in it."""
        form = Form(
            "Court pack: which photographs are listed as exhibits?",
            "Make the pack\u2026",
            nothing="No exhibits",
            asked=self._session.examiner.id,
        )
        self._ask_choice(form, self.make_court_pack)

    def make_court_pack(self, choice: PhotographChoice) -> None:
        """Write a court pack into a new folder."""
        folder = self._choose_folder(f"In which folder is the court pack to be made? {choice.told}")
        if folder is None:
            return
        out = folder / f"{self._session.name_output()} pack"
        self._say("Making a court pack…")
        self._start(
            "pack",
            lambda control: _make_pack_with_reports(self._session, choice, out, control),
            lambda made: (
                f"The court pack is in {out}, checked. As a whole: "
                f"{format_hash_in_groups(made.sha256)}.{self._warn_unencrypted()}"
            ),
        )

    def _ask_choice(self, form: Form, take: Callable[[PhotographChoice], None]) -> None:
        ask_choice(self._session, self._post, self._box.over, form, take)

    def _choose_folder(self, question: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._parent, question)
        return Path(chosen) if chosen else None

    def _start(
        self,
        name: str,
        work: Callable[[JobControl], JobResult],
        describe: Callable[[JobResult], str],
        on_progress: Callable[[JobProgress], None] = lambda _progress: None,
        stopped: str = "",
    ) -> None:
        """Write in the background; say what was made, why it failed, or that it was `stopped`."""
        self._session.jobs.start(
            name,
            work,
            self._post,
            on_progress=on_progress,
            on_done=lambda made: self._say(describe(made)),
            on_failed=lambda error: self._say(str(error)),
            on_cancelled=lambda: self._say(stopped) if stopped else None,
        )

    def _warn_unencrypted(self) -> str:
        return " It is not encrypted: keep it as carefully as the case." if self._session.is_encrypted else ""


def _make_form(chosen: ExportFormat) -> Form:
    whole = "" if chosen.chooses else "This format is whole or proves nothing: all of the case is in it."
    title = f"Export: {chosen.name}"
    return Form(title, "Export\u2026", whose=True, adds_up=chosen.adds_up, whole=whole)


class _ExportProgress:
    """Says now and then how much of an export is done."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say, self._told = say, 0

    def __call__(self, progress: JobProgress) -> None:
        percent = 100 * progress.done // progress.total if progress.total else 0
        if self._told + _PERCENT_STEP <= percent < 100:
            self._told = percent
            self._say(f"Exporting… {percent} %")


def _make_stop_question(session: Session) -> Question:
    options = [
        Option(_STOP, "Stop it", "Nothing of it is kept."),
        Option(_GO_ON, "Let it go on"),
    ]

    def take(key: str) -> None:
        if key == _STOP:
            session.jobs.cancel("export")

    return Question("An export is being made", lambda _typed: options, take, digits=True)


def _make_pack_with_reports(
    session: Session, choice: PhotographChoice, out: Path, control: JobControl
) -> Pack:
    examiner = session.examiner.id
    reports = make_reports_for_pack(session.case, examiner, control, choice.entries)
    wish = PackWish(choice.query, reports=reports, entries=choice.entries)
    return make_pack(session.case, examiner, out, control, wish)


def describe_unfinished(session: Session) -> str:
    """What is being written just now and would be stopped by leaving, as a sentence; "" if nothing is."""
    names = [_JOB_NAMES[name] for name in session.jobs.running() if name in _JOB_NAMES]
    return f"{' and '.join(names)} is being made." if names else ""
