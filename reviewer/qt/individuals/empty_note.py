"""What stands in the place of the rows where there are none: why, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel

_INGEST = name_keys(
    "Individuals are proposed from folders, cards, bursts or records once photographs are ingested, on the "
    "Ingest screen (Ctrl+Shift+2). Nothing is recorded until you accept a proposal."
)


class EmptyNote(QWidget):
    """Lies over `place`, as large as it."""

    def __init__(self, place: QWidget) -> None:
        super().__init__(place)
        self._place = place
        self._title, self._what = PlainLabel(kind="strong"), PlainLabel(kind="quiet")
        for label in (self._title, self._what):
            label.setWordWrap(True)
        self.propose = KeyedButton("individuals.proposals", "Propose from…", is_main=True)
        self.clear = KeyedButton("individuals.back", "Clear")
        column = make_column(self, spacing=8, margins=(24, 24, 24, 24))
        column.addWidget(self._title)
        column.addWidget(self._what)
        row = make_row(spacing=8)
        row.addWidget(self.propose)
        row.addWidget(self.clear)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        place.installEventFilter(self)
        self.hide()

    def use_actions(self, find: FindAction) -> None:
        self.propose.use_action(find)
        self.clear.use_action(find)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._place.rect())
        return super().eventFilter(watched, event)

    def show_filtered(self, sentence: str) -> None:
        """There are individuals, and none fits."""
        self._show(sentence, "", nobody=False)

    def show_nobody(self, ground: str) -> None:
        """Nobody is accepted, and the ground proposes nobody."""
        self._show(f"No individual yet, and none is proposed from {ground}.", _INGEST, nobody=True)

    def _show(self, title: str, what: str, *, nobody: bool) -> None:
        self._title.setText(title)
        self._what.setText(what)
        self._what.setVisible(bool(what))
        self.propose.setVisible(nobody)
        self.clear.setVisible(not nobody)
        self.setGeometry(self._place.rect())
        self.show()
