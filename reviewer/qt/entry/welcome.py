"""What stands on the start screen the first time: three ways to begin, and what the program promises."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.qt.entry.ways import WayToBegin, make_promise
from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.layouts import make_column, make_hairline, make_row
from reviewer.qt.widgets.page import make_text_label

_STAYS_HERE = ("lock", "Stays here", "The program never opens a network connection. Cases can be encrypted.")
_VIEW_ONLY_PROMISES = (
    _STAYS_HERE,
    ("folder", "Nothing changes", "Not a byte of a case or a court pack changes by being looked at."),
)
_PROMISES = (
    _STAYS_HERE,
    ("folder", "Originals are only read", "No file that you add is ever changed, moved or renamed."),
    ("complete", "Saved before it says so", "“Saved 14:03:22” stands at the top after each act is on disk."),
)
DEMONSTRATION_SENTENCE = (
    "About 200 drawn photographs of nobody, a third of them read. Nothing in it can be spoiled."
)
_WAYS_SENTENCE = "Nothing is open yet. Three ways to begin; the first needs nothing but a minute."
VIEW_ONLY_SENTENCE = (
    "This window opens cases for reading only, and court packs. Nothing is written into them or made of them."
)


class WelcomeView(QWidget):
    """`action_wanted` carries the id of an action."""

    action_wanted = Signal(str)

    def __init__(self, *, view_only: bool = False) -> None:
        """With `view_only` the ways are those that write nothing."""
        super().__init__()
        self.demonstration = WayToBegin(
            "case.demonstration", "play", "Look around in the demonstration", DEMONSTRATION_SENTENCE
        )
        self.new = WayToBegin(
            "case.new",
            "add",
            "Begin a case",
            "A name, who reads, a passphrase; then the folder with the photographs.",
        )
        self.open = WayToBegin(
            "case.open",
            "folder",
            "Open a case",
            "A folder that ends in .case, on this machine or on a drive.",
        )
        self._find: FindAction | None = None
        self.pack = WayToBegin(
            "case.check-pack",
            "made",
            "Check a court pack",
            "The folder that holds bag-info.txt: whether it is sound, and what is in it.",
        )
        self._ways = (self.open, self.pack) if view_only else (self.demonstration, self.new, self.open)
        column = make_column(self, spacing=12)
        column.addWidget(make_text_label("View only" if view_only else "Welcome", "page"))
        column.addWidget(make_text_label(VIEW_ONLY_SENTENCE if view_only else _WAYS_SENTENCE, "quiet"))
        column.addSpacing(12)
        for way in self._ways:
            way.clicked.connect(lambda _on=False, id_=way.action_id: self.action_wanted.emit(id_))
            column.addWidget(way)
        column.addSpacing(24)
        column.addWidget(make_hairline())
        column.addSpacing(4)
        promises = make_row(spacing=32)
        made = [make_promise(*promise) for promise in (_VIEW_ONLY_PROMISES if view_only else _PROMISES)]
        self._icons = [icon for _whole, icon in made]
        for whole, _icon in made:
            promises.addWidget(whole, 1)
        column.addLayout(promises)
        self.setFocusProxy(self._ways[0])

    def show_made(self, is_made: bool) -> None:
        """Say how long the demonstration takes to be made, unless it is."""
        self.demonstration.say_beside("" if is_made else "about 15 s")

    def use_actions(self, find: FindAction) -> None:
        self._find = find
        self.show_keys()

    def show_keys(self) -> None:
        """Say the keys that hold now."""
        if self._find is not None:
            for way in self._ways:
                if way is not self.demonstration:
                    way.say_beside(self._find(way.action_id).shortcut().toString())

    def apply_theme(self, theme: Theme) -> None:
        for way in self._ways:
            way.apply_theme(theme)
        for icon in self._icons:
            icon.apply_theme(theme)
