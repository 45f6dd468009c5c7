"""A change of the key of the case while one works: how far it is, pause, stop, and what is left to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.qt.case.progress_box import ShareBar
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.line_row import LineRow
from reviewer.services.case.key_changing import KeyChangePhase, KeyChanging

_BAR_WIDTH = 160
_NO_RECOVERY_KEY = "The case has no recovery key until you make one: have paper at hand."


class KeyChangeButtons(QWidget):
    """The share that is done, and what can be done meanwhile; hidden while nothing is under way."""

    def __init__(self, changing: KeyChanging) -> None:
        super().__init__()
        self._changing = changing
        self.bar, self.pause, self.stop = ShareBar(), QPushButton(), QPushButton("Stop the change")
        row = make_row(self, spacing=8)
        row.addWidget(self.bar, 1)
        row.addWidget(self.pause)
        row.addWidget(self.stop)
        self.pause.clicked.connect(changing.toggle_pause)
        self.stop.clicked.connect(self._on_stop)
        changing.on_changed.connect(self.show_state)
        self.hide()  # shown before it has a place, it would be a window of its own and take the keyboard

    def show_state(self) -> None:
        """Show how far it is, from when it has its place."""
        state = self._changing.state
        self.setVisible(state.is_going and bool(state.said))
        self.bar.show_share(state.share)
        self.stop.setEnabled(True)
        for widget in (self.pause, self.stop):
            widget.setVisible(state.can_stop)
        self.pause.setText("Go on" if state.phase is KeyChangePhase.PAUSED else "Pause the change")

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self._changing.stop()


class KeyChangeRow(LineRow):
    """The same on every screen, in the line of what is being made; `key_wanted` asks for the recovery key."""

    key_wanted = Signal()

    def __init__(self, changing: KeyChanging) -> None:
        super().__init__()
        self._changing = changing
        self.under_way, self.make_key = KeyChangeButtons(changing), QPushButton("Make the recovery key\u2026")
        self.under_way.bar.setFixedWidth(_BAR_WIDTH)
        self.place(self.under_way, self.make_key)
        self.under_way.show_state()
        self.make_key.clicked.connect(self.key_wanted)
        changing.on_changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Say how far it is, or how it ended."""
        state = self._changing.state
        lacks = state.phase is KeyChangePhase.CHANGED and self._changing.lacks_recovery_key
        said = f"{state.said} {_NO_RECOVERY_KEY}" if lacks else state.said
        self.say(said, wrong=state.phase is KeyChangePhase.FAILED)
        self.make_key.setVisible(lacks)
        self.close_button.setVisible(not state.is_going)

    def forget(self) -> None:
        """It is taken away: nothing is shown in it any more."""
        self._changing.on_changed.disconnect(self.show_state)
        self._changing.on_changed.disconnect(self.under_way.show_state)
