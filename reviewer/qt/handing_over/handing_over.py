"""Handing over of an open Case: which dialog is opened, what is being made, how it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from reviewer.qt.handing_over.copies_dialog import CopiesDialog
from reviewer.qt.handing_over.dialog import HandOverDialog
from reviewer.qt.handing_over.export_dialog import ExportDialog
from reviewer.qt.handing_over.making import MadeResult, Maker, Making, MakingLine
from reviewer.qt.handing_over.pack_dialog import PackDialog
from reviewer.qt.handing_over.parts import HandOverParts
from reviewer.qt.handing_over.report_dialog import ReportDialog
from reviewer.qt.widgets.choosing_files import ask_folder
from reviewer.qt.widgets.type_box import Option, TypeBox, make_choice_question
from reviewer.services.case.backup import back_up
from reviewer.services.handing_over.places import load_last_folder
from reviewer.services.jobs import JobControl, Jobs

_JOB_NAMES = {
    "export": "An export",
    "backup": "A backup",
    "report": "A report",
    "pack": "A court pack",
    "access": "A change of who opens the case",
}
_STOP, _GO_ON = "stop", "go on"
_LEFT = {"report": "Sheets that were written stay."}
MakeDialog = Callable[[HandOverParts, Maker, QWidget], HandOverDialog]


class HandingOver:
    """Opens one dialog at a time over the window; `box` asks whether to stop what is being made already."""

    def __init__(self, parts: HandOverParts, line: MakingLine) -> None:
        self._parts = parts
        self.maker = Maker(parts.case, parts.examiner.id, parts.post, line)

    def open_report(self, box: TypeBox) -> None:
        self._open("report", ReportDialog, box)

    def open_export(self, box: TypeBox) -> None:
        self._open("export", ExportDialog, box)

    def open_pack(self, box: TypeBox) -> None:
        self._open("pack", PackDialog, box)

    def open_copies(self, box: TypeBox) -> None:
        self._open("export", CopiesDialog, box)

    def _open(self, job: str, make: MakeDialog, box: TypeBox) -> None:
        if job in self._parts.case.jobs.running():
            self._ask_to_stop(job, box)
        else:
            make(self._parts, self.maker, box.over).open()

    def _ask_to_stop(self, job: str, box: TypeBox) -> None:
        options = [
            Option(_STOP, "Stop it", _LEFT.get(job, "Nothing of it is kept.")),
            Option(_GO_ON, "Let it go on"),
        ]

        def take(key: str) -> None:
            if key == _STOP:
                self._parts.case.jobs.cancel(job)

        box.ask(make_choice_question(f"{_JOB_NAMES[job]} is being made", options, take))

    def make_backup(self, parent: QWidget) -> None:
        """Ask for a drive and write a backup of the Case; acts go on meanwhile."""
        parts = self._parts
        known = load_last_folder(parts.case, parts.examiner.id)
        chosen = ask_folder(parent, "On which drive is the backup to be kept?", known)
        if not chosen:
            return
        folder = Path(chosen)

        def work(control: JobControl) -> MadeResult:
            made = back_up(parts.case, folder, parts.examiner.id, control)
            return MadeResult(made.folder, f"{made.entries:,} entries, compared.")

        stopped = "The backup was stopped. Nothing of it was kept."
        making = Making("backup", "The backup", folder / "backup", "", stopped, keeps_place=False)
        self.maker.start(making, work)


def describe_unfinished(jobs: Jobs) -> str:
    """What is being written just now and would be stopped by leaving, as a sentence; "" if nothing is."""
    names = [_JOB_NAMES[name] for name in jobs.running() if name in _JOB_NAMES]
    return f"{' and '.join(names)} is being made." if names else ""
