"""Where receipts are kept by themselves: in the account, and in a second place if one is chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from reviewer.domain.errors import KnownError
from reviewer.domain.names import make_printable
from reviewer.qt.settings.panel import SettingsPanel
from reviewer.qt.widgets.choosing_files import ask_folder
from reviewer.qt.widgets.page import make_text_label
from reviewer.services.account.second_place import choose_second_place, load_second_place
from reviewer.services.case.receipt_places import find_account_place

_WHAT = (
    "At each close that added something a signed receipt of the case is kept in this account, without names. "
    "When a case is opened that knows less than a receipt, the program says so before anything is shown."
)
_WORTH = (
    "Whoever has this account can delete what lies in it. A second place shows that: a stick that is put "
    "away, or a share from which this account cannot delete. It is brought up to date at each close at which "
    "it can be reached."
)


class ReceiptsPanel(SettingsPanel):
    """Chooses the second place. What was kept in one before stays there."""

    def __init__(self) -> None:
        super().__init__("Receipts", "Of this account, for every case.")
        self.account, self.second = make_text_label(), make_text_label()
        self.choose, self.forget = QPushButton("Choose a folder…"), QPushButton("No second place")
        self.message = make_text_label()
        self.message.setAccessibleName("Message")
        self.column.addWidget(make_text_label(_WHAT))
        self.add_head("In this account")
        self.column.addWidget(self.account)
        self.add_head("In a second place")
        self.column.addWidget(self.second)
        self.column.addWidget(make_text_label(_WORTH, "quiet"))
        self.add_row(self.choose, self.forget)
        self.column.addWidget(self.message)
        self.column.addStretch(1)
        self.choose.clicked.connect(self._ask)
        self.forget.clicked.connect(lambda: self.use_folder(None))
        self.refresh()

    def refresh(self) -> None:
        second = load_second_place()
        self.account.setText(make_printable(str(find_account_place().folder)))
        self.second.setText(make_printable(str(second)) if second is not None else "None is chosen.")
        self.forget.setEnabled(second is not None)

    def _ask(self) -> None:
        chosen = ask_folder(self, "Where are receipts kept as well?", load_second_place() or "")
        if chosen:
            self.use_folder(Path(chosen))

    def use_folder(self, folder: Path | None) -> None:
        """Keep them there as well from now on, or in the account alone."""
        try:
            choose_second_place(folder)
        except KnownError as error:
            self.message.setText(str(error))
            return
        self.message.setText("The receipts are copied at the next close." if folder is not None else "")
        self.refresh()
