"""The page of what was made of the Case: a table, and what can be done with what is chosen in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QPushButton, QWidget

from reviewer.domain.errors import KnownError
from reviewer.qt.handing_over.fields import compute_type_scale
from reviewer.qt.handing_over.made_table import MadeModel, MadeRow, fit_columns, make_made_table
from reviewer.qt.handing_over.made_words import (
    describe_as_of,
    describe_compared,
    describe_what,
    describe_whom,
    find_hash,
    format_hash_in_eights,
    format_hashes,
)
from reviewer.qt.handing_over.system_viewer import open_in_system, show_in_folder
from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.choosing_files import ask_folder
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel, isolate_path
from reviewer.services.case.made import MadeThing, keep_new_place, load_made
from reviewer.services.case.open_case import OpenCase
from reviewer.services.handing_over.comparing import compare_again, measure
from reviewer.services.jobs import JobControl, JobProgress, LatestJob, Post

_ABOUT = "Everything that left the case: what, of whom, when, by whom, and the hash it had."
_NOTHING = (
    "Nothing was made of this case yet. A report, an export, a court pack or redacted copies come here."
)
_WIDEST = 1800


class MadeScreen(Page):
    """Reads the ledger's notes anew whenever it comes on; hashes again only when asked to."""

    def __init__(self, case: OpenCase, post: Post, theme: Theme) -> None:
        super().__init__("Made of this case", _ABOUT, _WIDEST)
        self._case, self._post = case, post
        self._loading, self._comparing = LatestJob(case.jobs), LatestJob(case.jobs)
        self.model = MadeModel(theme)
        self.table = make_made_table(self.model)
        self.message: PlainLabel = make_text_label()
        self.message.setAccessibleName("Message")
        self._title = make_text_label("", "title")
        self._names = ("Where", "Of whom", "As of", "SHA-256", "Compared")
        self._values = {name: make_text_label() for name in self._names}
        self.buttons: dict[str, QPushButton] = {}
        self.column.addWidget(self._make_ways())
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._make_details())
        self.column.addWidget(self.message)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_chosen())
        self.table.doubleClicked.connect(lambda _index: self.action_wanted.emit("made.open"))
        self._show_chosen()

    def _make_ways(self) -> QWidget:
        ways = QWidget()
        row = make_row(ways, spacing=8)
        for words, action in (
            ("Report\u2026", "case.report"),
            ("Export\u2026", "case.export"),
            ("Court pack\u2026", "case.pack"),
            ("Redacted copies\u2026", "case.export-copies"),
        ):
            row.addWidget(self._make_button(words, action))
        row.addStretch(1)
        return ways

    def _make_details(self) -> QWidget:
        details = QFrame()
        details.setObjectName("card")
        row = make_row(details, spacing=24, margins=(16, 12, 16, 12))
        facts = make_column(spacing=8)
        facts.addWidget(self._title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, name in enumerate(self._names):
            grid.addWidget(make_text_label(name, "quiet"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._values[name], place, 1, Qt.AlignmentFlag.AlignTop)
        facts.addLayout(grid)
        facts.addStretch(1)
        ways = make_column(spacing=8)
        for words, action in (
            ("Open   Enter", "made.open"),
            ("Show in folder   F", "made.show-folder"),
            ("Copy hash   H", "made.copy-hash"),
            ("Compare again   C", "made.compare"),
            ("Say where it lies\u2026   W", "made.find"),
        ):
            ways.addWidget(self._make_button(words, action))
        ways.addStretch(1)
        row.addLayout(facts, 1)
        row.addLayout(ways)
        return details

    def _make_button(self, words: str, action: str) -> QPushButton:
        button = make_main_button(words) if action == "made.open" else QPushButton(words)
        button.clicked.connect(lambda: self.action_wanted.emit(action))
        self.buttons[action] = button
        return button

    # what is shown

    def focus(self) -> QWidget:
        return self.table

    def apply_theme(self, theme: Theme) -> None:
        self.model.apply_theme(theme)
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read what was made anew; the newest is chosen, or what was chosen before."""

        def work(control: JobControl) -> list[MadeRow]:
            rows = []
            for made in load_made(self._case):
                control.check()
                rows.append(MadeRow(made, *measure(made)))
            return rows

        self._loading.start("made", work, self._post, on_done=self._show_rows, on_failed=self.tell_error)

    def update_list(self) -> None:
        """Something was added to the Case: nothing of it is listed here."""

    def _show_rows(self, rows: list[MadeRow]) -> None:
        before = self._chosen_row()
        self.model.show(rows)
        hashes = [row.made.entry.hash for row in rows]
        place = hashes.index(before.made.entry.hash) if before and before.made.entry.hash in hashes else 0
        if rows:
            self.table.selectRow(place)
            fit_columns(self.table, compute_type_scale())
        self._show_chosen()
        self.say("" if rows else _NOTHING)

    def _chosen_row(self) -> MadeRow | None:
        place = self.table.currentIndex().row()
        return self.model.rows[place] if 0 <= place < len(self.model.rows) else None

    def _show_chosen(self) -> None:
        row = self._chosen_row()
        made = row.made if row is not None else None
        self._title.setText(describe_what(made) if made is not None else "Nothing is chosen.")
        for name, label in self._values.items():
            label.setText(_describe(made, name) if made is not None else "")
        is_here = row is not None and row.is_here
        for action, button in self.buttons.items():
            if action in {"made.open", "made.show-folder", "made.compare"}:
                button.setEnabled(is_here)
            elif action == "made.copy-hash":
                button.setEnabled(made is not None)
            elif action == "made.find":
                button.setEnabled(made is not None and not self._case.read_only)

    # what can be done

    def require_chosen(self) -> MadeThing:
        row = self._chosen_row()
        if row is None:
            raise KnownError("Nothing is chosen in the table.")
        return row.made

    def open_chosen(self) -> None:
        self._look(open_in_system)

    def show_folder(self) -> None:
        self._look(show_in_folder)

    def _look(self, look: Callable[[Path], str]) -> None:
        place = self.require_chosen().place
        self.say(look(place) if place is not None else "Where it lies is not known here: say where.")

    def copy_hash(self) -> None:
        made = self.require_chosen()
        QApplication.clipboard().setText(format_hashes(made))
        self.say("The hash is copied." if find_hash(made)[1] else "The hashes are copied.")

    def compare_again(self) -> None:
        """Hash again what is chosen, in the background."""
        made, place = self.require_chosen(), self.table.currentIndex().row()
        self.say("Comparing\u2026")
        self._comparing.start(
            "compare made",
            lambda control: MadeRow(compared := compare_again(self._case, made, control), *measure(compared)),
            self._post,
            on_progress=self._show_progress,
            on_done=lambda row: self._show_compared(place, row),
            on_failed=self.tell_error,
        )

    def find_place(self) -> None:
        """Say where it lies now: the folder it was made as, or that of its one file."""
        made = self.require_chosen()
        chosen = ask_folder(self, "In which folder does it lie?", made.place or "")
        if not chosen:
            return
        place = Path(chosen)
        names = list(made.hashes)
        if len(names) == 1 and made.format == "report" and (place / names[0]).is_file():
            place /= names[0]
        elif not all((place / name).is_file() for name in names):
            self.say("It does not lie in this folder: not all of its files are there.")
            return
        keep_new_place(self._case, made, place)
        self.refresh()

    def _show_progress(self, progress: JobProgress) -> None:
        self.say(f"Comparing\u2026 {progress.done:,} of {progress.total:,} files")

    def _show_compared(self, place: int, row: MadeRow) -> None:
        if place < len(self.model.rows) and self.model.rows[place].made.entry.hash == row.made.entry.hash:
            self.model.replace_row(place, row)
        self._show_chosen()
        self.say(f"Compared: {describe_compared(row.made)}.")


def _describe(made: MadeThing, name: str) -> str:
    """What stands beside a name in the details."""
    if name == "Where":
        return isolate_path(str(made.place)) if made.place is not None else "not known on this workstation"
    if name == "Of whom":
        return describe_whom(made)
    if name == "As of":
        return describe_as_of(made)
    if name == "Compared":
        return describe_compared(made)
    file, sha256 = find_hash(made)
    if not sha256:
        return f"{len(made.hashes):,} hashes, one for each file: Copy hash copies them"
    stands = "" if len(made.hashes) == 1 else f"  ({file}, which names all others)"
    return format_hash_in_eights(sha256) + stands
