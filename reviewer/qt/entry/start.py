"""The start screen: open a case, make one, say who reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
)

from reviewer.domain.errors import CaseBusy, KnownError, LedgerDamaged, NeedsPassphrase
from reviewer.domain.names import make_printable
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.secret_field import SecretField
from reviewer.services.account.recent_cases import load_recent_cases
from reviewer.services.case.open_case import CASE_SUFFIX, OpenCase
from reviewer.services.case.opening import close_unclaimed, create_case, discard_new_case, open_case
from reviewer.services.jobs import Job, JobControl, LatestJob, Post

AskForFolder = Callable[[str], str]
_FOLDER = Qt.ItemDataRole.UserRole


class StartScreen(Page):
    """`began` says that a case is being opened or made; `opened` carries it; `passphrase_needed` a folder,
    and whether it is for reading only."""

    began = Signal()
    opened = Signal(object)
    passphrase_needed = Signal(object, bool)

    def __init__(self, post: Post, opening: LatestJob, choose: AskForFolder | None = None) -> None:
        super().__init__(
            "Cases",
            "A case is a folder on a drive of this machine, encrypted under the passphrases of its readers.",
        )
        self._post, self._opening = post, opening
        self._choose = choose or (lambda title: QFileDialog.getExistingDirectory(self, title))
        self._job: Job[OpenCase] | None = None
        self._busy_folder: Path | None = None
        self._busy_read_only = False
        self._recent = QListWidget()
        self._recent.setAccessibleName("Recent cases")
        self._recent.itemActivated.connect(self._on_recent)
        self.message: PlainLabel = make_text_label()
        self.message.setAccessibleName("Message")
        self._read_only = QPushButton("Open for reading only")
        self._read_only.hide()
        self._read_only.clicked.connect(self._on_read_only)
        self._name, self._examiner, self._folder = QLineEdit(), QLineEdit(), QLineEdit()
        self._words, self._again = SecretField("Passphrase"), SecretField("Passphrase again")
        self._open_to_all = QCheckBox("Do not encrypt it: whoever has the folder can read and change it")
        self._open_to_all.toggled.connect(self._on_open_to_all)
        self._arrange()
        self.refresh()

    def _arrange(self) -> None:
        self.column.addWidget(make_text_label("Open", "title"))
        self.column.addWidget(self._recent, 1)
        open_other = QPushButton("Open another case…")
        open_other.clicked.connect(self.choose_and_open)
        self.add_row(open_other, self._read_only)
        self.column.addWidget(self.message)
        self.column.addWidget(make_text_label("New case", "title"))
        self.column.addLayout(self._make_form())
        create = make_main_button("Create the case")
        create.clicked.connect(self._on_create)
        self.add_row(create)
        self.column.addStretch(1)

    def _make_form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        browse = QPushButton("Choose…")
        browse.clicked.connect(self._on_browse)
        rows = (
            ("Name of the case", self._name),
            ("Your name, as it is to stand in reports", self._examiner),
            ("In the folder", self._folder),
            ("Passphrase, 12 characters or more", self._words),
            ("The same again", self._again),
        )
        for row, (text, field) in enumerate(rows):
            label = PlainLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(browse, 2, 2)
        grid.addWidget(self._open_to_all, len(rows), 0, 1, 3)
        return grid

    def refresh(self) -> None:
        """Read the list of recent cases again."""
        self._recent.clear()
        for case in load_recent_cases():
            where = make_printable(str(case.folder))
            text = f"{make_printable(case.name or case.folder.stem)}\n{where}" + (
                "" if case.is_there else "   (not found)"
            )
            item = QListWidgetItem(text)
            item.setData(_FOLDER, str(case.folder))
            self._recent.addItem(item)
        self._recent.setVisible(self._recent.count() > 0)
        if self._recent.count():
            self._recent.setCurrentRow(0)

    def choose_and_open(self) -> None:
        folder = self._choose("Open the case folder (it ends in .case)")
        if folder:
            self.open_folder(Path(folder))

    def open_folder(self, folder: Path, read_only: bool = False) -> None:
        """Open in the background; says why if it cannot be."""
        self._busy_folder, self._busy_read_only = folder, read_only
        self._start_job(
            lambda control: open_case(folder, read_only=read_only, check=control.check),
            close_unclaimed,
            "Opening…",
        )

    def _start_job(
        self, work: Callable[[JobControl], OpenCase], dispose: Callable[[OpenCase], None], words: str
    ) -> None:
        if self._job is not None and self._job.is_awaited:
            return
        self.began.emit()
        self._read_only.hide()
        self.say(words)
        self._job = self._opening.start(
            "open", work, self._post, on_done=self._on_opened, on_failed=self._on_failed, dispose=dispose
        )

    def leave(self) -> None:
        if self._job is not None and self._job.is_awaited:
            self._job.abandon()
            self.say("")

    def _on_opened(self, case: OpenCase) -> None:
        self.say("")
        for field in (self._words, self._again):
            field.clear()
        self.opened.emit(case)

    def _on_failed(self, error: KnownError) -> None:
        if isinstance(error, NeedsPassphrase) and self._busy_folder is not None:
            self.say("")
            self.passphrase_needed.emit(self._busy_folder, self._busy_read_only)
            return
        self.say(str(error))
        self._read_only.setVisible(isinstance(error, CaseBusy | LedgerDamaged))

    def show_refusal(self, folder: Path, error: KnownError) -> None:
        """Say why a case that was asked for elsewhere does not open, and offer what is possible."""
        self._busy_folder = folder
        self._on_failed(error)

    def _on_open_to_all(self, on: bool) -> None:
        for field in (self._words, self._again):
            field.setEnabled(not on)

    def _on_read_only(self) -> None:
        if self._busy_folder is not None:
            self.open_folder(self._busy_folder, read_only=True)

    def _on_recent(self, item: QListWidgetItem) -> None:
        self.open_folder(Path(item.data(_FOLDER)))

    def _on_browse(self) -> None:
        folder = self._choose("Where is the case to be kept?")
        if folder:
            self._folder.setText(folder)

    def _on_create(self) -> None:
        name, examiner, parent = self._name.text(), self._examiner.text(), self._folder.text().strip()
        if not parent:
            self.say("Choose the folder in which the case is to be kept.")
            return
        safe = "".join(c if c.isalnum() or c in " -_." else "_" for c in name).strip(" .") or "case"
        folder = Path(parent) / f"{safe}{CASE_SUFFIX}"
        if not self._open_to_all.isChecked() and self._words.text() != self._again.text():
            self.say("The two passphrases are not the same.")
            return
        passphrase = None if self._open_to_all.isChecked() else self._words.text()
        self._start_job(
            lambda control: create_case(folder, name, examiner, passphrase, check=control.check),
            discard_new_case,
            "Making the case…",
        )
