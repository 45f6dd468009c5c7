"""Exports, court packs, backups from the window: choose a place, write in the background, say what was made.

They end with the Case: locking or closing cancels them, and nothing half-made keeps a final name.
"""

from __future__ import annotations

from collections.abc import Callable
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
from reviewer.services.jobs import JobControl, JobProgress, Post
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

ChooseFolder = Callable[[QWidget, str], str]


def _ask_folder(parent: QWidget, question: str) -> str:
    return QFileDialog.getExistingDirectory(parent, question)


def ask_export(
    box: TypeBox, session: Session, post: Post, say: Callable[[str], None], parent: QWidget
) -> None:
    """Ask for a format, which says what it holds and loses; while an export is made, whether to stop it."""
    if "export" in session.jobs.running():
        box.ask(_make_stop_question(session))
        return
    options = [
        Option(
            export_format.key,
            export_format.name,
            f"Lost: {export_format.losses}.\n\nHeld: {export_format.what}.",
        )
        for export_format in EXPORT_FORMATS
    ]

    def find(typed: str) -> list[Option]:
        wanted = typed.casefold().strip()
        return [option for option in options if wanted in f"{option.key} {option.text}".casefold()]

    def take(key: str) -> None:
        chosen = next(export_format for export_format in EXPORT_FORMATS if export_format.key == key)
        try:
            chosen.refuse_without()
        except KnownError as error:
            say(str(error))
            return

        def export_it(choice: PhotographChoice) -> None:
            export_to(key, choice, session, post, say, parent)

        ask_choice(session, post, box.over, _form_of(chosen), export_it)

    box.ask(Question("Export in which format?", find, take, digits=True, explains=True))


def _form_of(chosen: ExportFormat) -> Form:
    whole = "" if chosen.chooses else "This format is whole or proves nothing: all of the case is in it."
    title = f"Export: {chosen.name}"
    return Form(title, "Export\u2026", whose=True, adds_up=chosen.adds_up, whole=whole)


def export_to(
    key: str,
    choice: PhotographChoice,
    session: Session,
    post: Post,
    say: Callable[[str], None],
    parent: QWidget,
    choose: ChooseFolder = _ask_folder,
) -> None:
    """Write a new folder with an export of this format, of what was chosen, into the folder chosen."""
    chosen = choose(parent, f"In which folder is the export to be made? {choice.told}")
    if not chosen:
        return
    wish = ExportWish(choice.query or "", choice.examiners, choice.entries)
    out = Path(chosen) / f"{session.name_output()} {key}"
    say("Exporting… The command for exports stops it.")
    session.jobs.start(
        "export",
        lambda control: export(session.case, session.examiner.id, key, out, control, wish),
        post,
        on_progress=_ExportProgress(say),
        on_done=lambda names: say(f"Exported to {out}: {shorten_names(names)}.{_warn_unencrypted(session)}"),
        on_failed=lambda error: say(str(error)),
        on_cancelled=lambda: say("The export was stopped. Nothing of it was kept."),
    )


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


def ask_copies(
    over: QWidget, session: Session, post: Post, say: Callable[[str], None], parent: QWidget
) -> None:
    """Ask of which photographs redacted copies are to be made."""
    form = Form("Redacted copies of photographs that have areas to redact", "Make copies\u2026")
    ask_choice(session, post, over, form, lambda choice: export_copies(choice, session, post, say, parent))


def export_copies(
    choice: PhotographChoice,
    session: Session,
    post: Post,
    say: Callable[[str], None],
    parent: QWidget,
    choose: ChooseFolder = _ask_folder,
) -> None:
    """Write redacted copies of the photographs chosen that have areas to redact into the folder chosen."""
    chosen = choose(parent, f"In which folder are the redacted copies to be made? {choice.told}")
    if not chosen:
        return
    wish = RedactedCopiesChoice(choice.query or "", entries=choice.entries)
    out = Path(chosen) / f"{session.name_output()} redacted"
    say("Making redacted copies…")

    def progress(so_far: JobProgress) -> None:
        say(f"Redacted copies: {so_far.done:,} of {so_far.total:,}…")

    def done(made: RedactedCopiesResult) -> None:
        missing = f"; {made.not_made:,} could not be made, see redacted.csv" if made.not_made else ""
        say(f"{made.redacted:,} redacted in {out}{missing}. {made.left_out:,} without an area were left out.")

    session.jobs.start(
        "export",
        lambda control: export_redacted(session.case, session.examiner.id, out, wish, control),
        post,
        on_progress=progress,
        on_done=done,
        on_failed=lambda error: say(str(error)),
        on_cancelled=lambda: say("The redacted copies were stopped. Nothing of them was kept."),
    )


def make_backup(
    session: Session,
    post: Post,
    say: Callable[[str], None],
    parent: QWidget,
    choose: ChooseFolder = _ask_folder,
) -> None:
    """Write a backup of the Case into the folder that is chosen; acts go on meanwhile."""
    chosen = choose(parent, "On which drive is the backup to be kept?")
    if not chosen:
        return
    say("Making a backup…")
    session.jobs.start(
        "backup",
        lambda control: back_up(session.case, Path(chosen), session.examiner.id, control),
        post,
        on_done=lambda made: say(f"The backup is in {made.folder}: {made.entries:,} entries, compared."),
        on_failed=lambda error: say(str(error)),
    )


def ask_court_pack(
    over: QWidget, session: Session, post: Post, say: Callable[[str], None], parent: QWidget
) -> None:
    """Ask which photographs are the exhibits of a court pack; they are listed in it, without their files."""
    form = Form(
        "Court pack: which photographs are listed as exhibits?",
        "Make the pack\u2026",
        nothing="No exhibits",
        asked=session.examiner.id,
    )
    ask_choice(session, post, over, form, lambda choice: make_court_pack(choice, session, post, say, parent))


def make_court_pack(
    choice: PhotographChoice,
    session: Session,
    post: Post,
    say: Callable[[str], None],
    parent: QWidget,
    choose: ChooseFolder = _ask_folder,
) -> None:
    """Write a court pack, of what was chosen, as a new folder into the one that is chosen."""
    chosen = choose(parent, f"In which folder is the court pack to be made? {choice.told}")
    if not chosen:
        return
    out = Path(chosen) / f"{session.name_output()} pack"
    say("Making a court pack…")

    def tell(made: Pack) -> None:
        say(
            f"The court pack is in {out}, checked. As a whole: "
            f"{format_hash_in_groups(made.sha256)}.{_warn_unencrypted(session)}"
        )

    session.jobs.start(
        "pack",
        lambda control: _make_pack_with_reports(session, choice, out, control),
        post,
        on_done=tell,
        on_failed=lambda error: say(str(error)),
    )


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


def _warn_unencrypted(session: Session) -> str:
    return " It is not encrypted: keep it as carefully as the case." if session.is_encrypted else ""
