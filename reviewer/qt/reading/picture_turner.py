"""Which picture of the file is on screen, and two buttons that show the one before and the next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.services.reading.pages import PageNavigator

_PREVIOUS, _NEXT = "go.previous-picture", "go.next-picture"


class PicturePager(QWidget):
    """Hidden for a file with one picture. `action_wanted` carries the id of an action."""

    action_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._said = PlainLabel()
        self._before, self._after = QToolButton(), QToolButton()
        row = make_row(self, spacing=4)
        for button, sign, name, action in (
            (self._before, "‹", "Previous picture in this file", _PREVIOUS),
            (self._after, "›", "Next picture in this file", _NEXT),
        ):
            button.setText(sign)
            button.setAccessibleName(name)
            button.setToolTip(name_keys(f"{name} (Ctrl+{'PgUp' if action == _PREVIOUS else 'PgDown'})"))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, wanted=action: self.action_wanted.emit(wanted))
        for part in (self._before, self._said, self._after):
            row.addWidget(part)
        self.hide()

    def show_pages(self, pages: PageNavigator) -> None:
        several = pages.count > 1
        self.setVisible(several)
        if several:
            self._said.setText(f"{pages.page:,} of {pages.count:,} pictures in this file")
            self._said.setToolTip(
                make_plain_tip("What is drawn on one picture of a file is on that one only.")
            )
            self._before.setEnabled(pages.page > 1)
            self._after.setEnabled(pages.page < pages.count)

    @property
    def said(self) -> str:
        return self._said.text() if not self.isHidden() else ""
