"""Exports, court packs, backups from the window: choose a place, write in the background, say what was made.

They end with the Case: locking or closing cancels them, and nothing half-made keeps a final name.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer.domain.receipt import fingerprint
from reviewer.qt.session import Session
from reviewer.services.backup import back_up
from reviewer.services.export.redacted import Made, Wish, export_redacted
from reviewer.services.export.run import export
from reviewer.services.jobs import Job, JobProgress, Post
from reviewer.services.pack.run import Pack, make_pack
from reviewer.system.clock import now

_WORDS = {"export": "An export", "backup": "A backup", "pack": "A court pack"}


def export_csv(
    session: Session,
    post: Post,
    say: Callable[[str], None],
    parent: QWidget,
    choose: Callable[[QWidget, str], str] = QFileDialog.getExistingDirectory,
) -> None:
    """Write a new folder of CSV files into the folder that is chosen."""
    chosen = choose(parent, "In which folder is the export to be made?")
    if not chosen:
        return
    out = Path(chosen) / f"{session.case.folder.stem} {now().astimezone():%Y-%m-%d %H%M%S} csv"
    say("Exporting…")
    job = Job(
        "export",
        lambda control: export(session.case, session.examiner.id, "csv", out, control),
        post,
        on_done=lambda names: say(f"Exported to {out}: {', '.join(names)}.{_open(session)}"),
        on_failed=lambda error: say(str(error)),
    )
    session.case.jobs.start(job)


def export_copies(
    session: Session,
    post: Post,
    say: Callable[[str], None],
    parent: QWidget,
    choose: Callable[[QWidget, str], str] = QFileDialog.getExistingDirectory,
) -> None:
    """Write redacted copies of every photograph that has areas to redact into the folder that is chosen."""
    chosen = choose(parent, "In which folder are the redacted copies to be made?")
    if not chosen:
        return
    out = Path(chosen) / f"{session.case.folder.stem} {now().astimezone():%Y-%m-%d %H%M%S} redacted"
    say("Making redacted copies…")

    def progress(so_far: JobProgress) -> None:
        say(f"Redacted copies: {so_far.done:,} of {so_far.total:,}…")

    def done(made: Made) -> None:
        missing = f"; {made.not_made:,} could not be made, see redacted.csv" if made.not_made else ""
        say(f"{made.redacted:,} redacted in {out}{missing}. {made.left_out:,} without an area were left out.")

    job = Job(
        "export",
        lambda control: export_redacted(session.case, session.examiner.id, out, Wish(), control),
        post,
        on_progress=progress,
        on_done=done,
        on_failed=lambda error: say(str(error)),
    )
    session.case.jobs.start(job)


def make_backup(
    session: Session,
    post: Post,
    say: Callable[[str], None],
    parent: QWidget,
    choose: Callable[[QWidget, str], str] = QFileDialog.getExistingDirectory,
) -> None:
    """Write a backup of the Case into the folder that is chosen; acts go on meanwhile."""
    chosen = choose(parent, "On which drive is the backup to be kept?")
    if not chosen:
        return
    say("Making a backup…")
    job = Job(
        "backup",
        lambda control: back_up(session.case, Path(chosen), session.examiner.id, control),
        post,
        on_done=lambda made: say(f"The backup is in {made.folder}: {made.entries:,} entries, compared."),
        on_failed=lambda error: say(str(error)),
    )
    session.case.jobs.start(job)


def make_court_pack(
    session: Session,
    post: Post,
    say: Callable[[str], None],
    parent: QWidget,
    choose: Callable[[QWidget, str], str] = QFileDialog.getExistingDirectory,
) -> None:
    """Write a court pack without exhibits as a new folder into the one that is chosen."""
    chosen = choose(parent, "In which folder is the court pack to be made?")
    if not chosen:
        return
    out = Path(chosen) / f"{session.case.folder.stem} {now().astimezone():%Y-%m-%d %H%M%S} pack"
    say("Making a court pack…")

    def tell(made: Pack) -> None:
        say(f"The court pack is in {out}, checked. As a whole: {fingerprint(made.sha256)}.{_open(session)}")

    job = Job(
        "pack",
        lambda control: make_pack(session.case, session.examiner.id, out, control),
        post,
        on_done=tell,
        on_failed=lambda error: say(str(error)),
    )
    session.case.jobs.start(job)


def unfinished(session: Session) -> str:
    """What is being written just now and would be stopped by leaving, as a sentence; "" if nothing is."""
    names = [_WORDS[name] for name in session.case.jobs.running() if name in _WORDS]
    return f"{' and '.join(names)} is being made." if names else ""


def _open(session: Session) -> str:
    return " It is not encrypted: keep it as carefully as the case." if session.case.keys.encrypted else ""
