"""The page of what was made of the Case: a table, and what can be done with what is chosen in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from reviewer.domain.errors import KnownError, ReadOnly
from reviewer.domain.ledger.hash_text import format_hash_in_eights
from reviewer.qt.handing_over.made_table import MadeModel, MadeRow, fit_columns, make_made_table
from reviewer.qt.handing_over.made_words import (
    describe_as_of,
    describe_compared,
    describe_what,
    describe_whom,
    find_hash,
    format_hashes,
)
from reviewer.qt.look.theme import Theme
from reviewer.qt.look.type_scale import compute_type_scale
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.choosing_files import ask_folder
from reviewer.qt.widgets.empty_state import EmptyState
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_grid, make_row
from reviewer.qt.widgets.page import Page, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel, isolate_path
from reviewer.qt.widgets.system_viewer import open_in_system, show_in_folder
from reviewer.services.case.made import MadeThing, keep_new_place, load_made
from reviewer.services.case.open_case import OpenCase
from reviewer.services.handing_over.comparing import compare_again, measure
from reviewer.services.jobs import JobControl, JobProgress, LatestJob, Post

_ABOUT = "Everything that left the case: what, of whom, when, by whom, and the hash it had."
_NOTHING = "Nothing has been made of this case yet"
_COMES_HERE = (
    "A report, an export, a court pack or redacted copies will stand here, with their hashes and whether "
    "they still are as they were made."
)
_WAYS = (
    ("Redacted copies\u2026", "case.export-copies"),
    ("Court pack\u2026", "case.pack"),
    ("Export\u2026", "case.export"),
    ("Report\u2026", "case.report"),
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
        self.buttons: dict[str, KeyedButton] = {}
        self._framed, self._details, self._none = FramedBox(), self._make_details(), EmptyState("made")
        for words, action in _WAYS:
            self.head.add_act(self._make_button(words, action))
        self._framed.column.setContentsMargins(1, 1, 1, 4)
        self._framed.column.addWidget(self.table)
        self._none.show_state(_NOTHING, _COMES_HERE)
        self._none.hide()
        self.column.addWidget(self._none)
        self.column.addWidget(self._framed, 1)
        self.column.addWidget(self._details)
        self.column.addWidget(self.message)
        self.column.addStretch(0)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_chosen())
        self.table.doubleClicked.connect(lambda _index: self.action_wanted.emit("made.open"))
        self._show_chosen()

    def _make_details(self) -> QWidget:
        details, row = FramedBox(), make_row(spacing=24)
        details.column.addLayout(row)
        facts = make_column(spacing=8)
        facts.addWidget(self._title)
        grid = make_grid(across=16, down=4)
        grid.setColumnStretch(1, 1)
        for place, name in enumerate(self._names):
            grid.addWidget(make_text_label(name, "quiet"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._values[name], place, 1, Qt.AlignmentFlag.AlignTop)
        facts.addLayout(grid)
        facts.addStretch(1)
        ways = make_column(spacing=8)
        for words, action in (
            ("Open", "made.open"),
            ("Show in folder", "made.show-folder"),
            ("Copy hash", "made.copy-hash"),
            ("Compare again", "made.compare"),
            ("Say where it lies\u2026", "made.find"),
        ):
            ways.addWidget(self._make_button(words, action))
        ways.addStretch(1)
        row.addLayout(facts, 1)
        row.addLayout(ways)
        return details

    def _make_button(self, words: str, action: str) -> KeyedButton:
        button = KeyedButton(action, words, is_main=action == "made.open")
        self.buttons[action] = button
        return button

    def use_actions(self, find: FindAction) -> None:
        for button in self.buttons.values():
            button.use_action(find)

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
        self._framed.setVisible(bool(rows))
        self._details.setVisible(bool(rows))
        self._none.setVisible(not rows)
        if not rows:
            self.say("")

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
        for action in ("made.open", "made.show-folder", "made.compare"):
            self.buttons[action].refuse("" if is_here else "It was not found where it lay.")
        for action in ("made.copy-hash", "made.find"):
            self.buttons[action].refuse("" if made is not None else "Nothing is chosen.")
        if self._case.read_only:
            self.buttons["made.find"].refuse(str(ReadOnly()))

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
