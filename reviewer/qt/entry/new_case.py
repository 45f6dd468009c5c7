"""The form of a new case: its name, who reads, where it is kept, and the passphrase that encrypts it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPushButton, QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.names import make_portable_name, validate_name
from reviewer.qt.widgets.field_message import FieldMessage
from reviewer.qt.widgets.layouts import make_column, make_grid
from reviewer.qt.widgets.page import make_button_row, make_main_button, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel, isolate_path
from reviewer.qt.widgets.secret_field import SecretField
from reviewer.qt.widgets.suggested_words import make_suggest_button
from reviewer.services.case.open_case import CASE_SUFFIX

_SECRET = "bad-passphrase"


@dataclass(frozen=True)
class NewCase:
    """What the form says: `passphrase` is None for a case that is not encrypted."""

    folder: Path
    name: str
    examiner: str
    passphrase: str | None


def make_folder_name(name: str) -> str:
    """Make the name of the folder of a case: its own name, as every system can keep it."""
    return make_portable_name(name.strip(" .") or "case", CASE_SUFFIX)


class NewCaseForm(QWidget):
    """`wanted` carries a NewCase, `left` nothing. What is wrong stands under its field."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, choose: Callable[[str], str]) -> None:
        super().__init__()
        self._choose = choose
        self.name, self.examiner, self.folder = QLineEdit(), QLineEdit(), QLineEdit()
        self.words, self.again = SecretField("Passphrase"), SecretField("Repeat the passphrase")
        self.suggest = make_suggest_button(self.words)
        self.open_to_all = QCheckBox("Do not encrypt it: whoever has the folder can read and change it")
        self.open_to_all.toggled.connect(self._on_open_to_all)
        self._fields: dict[QWidget, FieldMessage] = {}
        self.make = make_main_button("Create the case")
        self.make.clicked.connect(self.submit)
        self._back = QPushButton("Back")
        self._back.clicked.connect(self.left)
        self._arrange()
        self.name.textChanged.connect(self._say_folder)
        self._go_on_by_enter()
        self.setFocusProxy(self.name)

    def _arrange(self) -> None:
        column = make_column(self, spacing=12)
        column.addWidget(make_text_label("New case", "page"))
        column.addWidget(
            make_text_label(
                "A case is a folder on a drive of this machine, encrypted under the passphrases of its "
                "examiners. The folder with the photographs is added next.",
                "quiet",
            )
        )
        column.addLayout(self._make_grid())
        column.addWidget(self.open_to_all)
        column.addLayout(make_button_row(self.make, self._back))

    def _make_grid(self) -> QGridLayout:
        grid = make_grid(across=12, down=4)
        grid.setColumnStretch(1, 1)
        browse = QPushButton("Choose…")
        browse.clicked.connect(self.browse)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Name of the case", self.name),
            ("Your name, as it is to stand in reports", self.examiner),
            ("In the folder", self.folder),
            ("Passphrase, 12 characters or more", self.words),
            ("Repeat the passphrase", self.again),
        )
        for row, (text, field) in enumerate(rows):
            label, error = PlainLabel(text), FieldMessage(field)
            label.setBuddy(field)
            field.setAccessibleName(text)
            self._fields[field] = error
            grid.addWidget(label, 2 * row, 0)
            grid.addWidget(field, 2 * row, 1)
            grid.addWidget(error, 2 * row + 1, 1)
        grid.addWidget(browse, 4, 2)
        grid.addWidget(self.suggest, 6, 2, Qt.AlignmentFlag.AlignTop)
        return grid

    def _go_on_by_enter(self) -> None:
        """Enter goes to the next field, and in the last one makes the case."""
        self.name.returnPressed.connect(self.examiner.setFocus)
        self.examiner.returnPressed.connect(lambda: self.folder.setFocus(Qt.FocusReason.TabFocusReason))
        self.folder.returnPressed.connect(self._on_folder_entered)
        self.words.entered.connect(self.again.setFocus)
        self.again.entered.connect(self.submit)

    def propose_folder(self, folder: Path | None) -> None:
        """Fill in a folder to keep the case in, if none is named yet."""
        if folder is not None and not self.folder.text():
            self.folder.setText(str(folder))

    def clear(self) -> None:
        """Forget all that was typed: another case may be another person's."""
        for field in (self.name, self.examiner, self.folder, self.words, self.again):
            field.clear()
        self.open_to_all.setChecked(False)
        self._forget_errors()

    def forget_passphrases(self) -> None:
        self.words.clear()
        self.again.clear()

    def browse(self) -> None:
        folder = self._choose("Where is the case to be kept?")
        if folder:
            self.folder.setText(folder)

    def submit(self) -> None:
        """Ask for the case, or say under the first field that is wrong what is wrong."""
        self._forget_errors()
        wrong = self._find_mistake()
        if wrong is not None:
            self.say_at(*wrong)
            return
        encrypted = not self.open_to_all.isChecked()
        name = self.name.text()
        folder = Path(self.folder.text().strip()) / make_folder_name(name)
        self.wanted.emit(
            NewCase(folder, name, self.examiner.text(), self.words.text() if encrypted else None)
        )

    def _find_mistake(self) -> tuple[QWidget, str] | None:
        for field, what in ((self.name, "case"), (self.examiner, "examiner")):
            try:
                validate_name(field.text(), what)
            except KnownError as error:
                return field, str(error)
        if not self.folder.text().strip():
            return self.folder, "Choose the folder in which the case is to be kept."
        if not self.open_to_all.isChecked() and self.words.text() != self.again.text():
            return self.again, "The two passphrases are not the same."
        return None

    def show_refusal(self, error: KnownError) -> None:
        """Say why the case could not be made, under the field it is about."""
        self.say_at(self.words if error.code == _SECRET else self.folder, str(error))

    def say_at(self, field: QWidget, sentence: str) -> None:
        """Say under a field what is wrong with it, and go there."""
        self._fields[field].say_wrong(sentence)
        field.setFocus()

    @property
    def said(self) -> str:
        """What is said of a field just now, "" for nothing."""
        return next((error.text() for error in self._fields.values() if error.text()), "")

    def _forget_errors(self) -> None:
        for error in self._fields.values():
            error.say("")

    def show_busy(self, busy: bool) -> None:
        """While the case is made nothing can be changed."""
        widgets: list[QWidget] = [*self._fields, self.suggest, self.open_to_all, self.make]
        for widget in widgets:
            widget.setEnabled(not busy)
        self.make.setText("Creating…" if busy else "Create the case")
        if not busy:
            self._on_open_to_all(self.open_to_all.isChecked())

    def _on_open_to_all(self, on: bool) -> None:
        for widget in (self.words, self.again, self.suggest):
            widget.setEnabled(not on)

    def _say_folder(self, name: str) -> None:
        """Say how the folder is called where not every system could keep the name of the case."""
        folder = make_folder_name(name)
        differs = bool(name.strip()) and folder != f"{name.strip()}{CASE_SUFFIX}"
        self._fields[self.name].say(f"Its folder will be called {isolate_path(folder)}." if differs else "")

    def _on_folder_entered(self) -> None:
        if self.open_to_all.isChecked():
            self.submit()
        else:
            self.words.setFocus()
