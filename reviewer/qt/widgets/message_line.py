"""A line that says the keys of a screen, and for a while one sentence in their place."""

from __future__ import annotations

from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.plain_text import make_plain_tip
from reviewer.qt.widgets.timers import make_single_shot_timer

MESSAGE_MS = 6000


class MessageLine(ElidedLabel):
    """`usual` is what stands there when there is nothing to say."""

    def __init__(self, name: str, usual: str = "") -> None:
        super().__init__(name)
        self._usual = usual
        self._quiet = make_single_shot_timer(self, MESSAGE_MS, self.show_usual)
        self.show_usual()

    def say(self, sentence: str) -> None:
        shown = name_keys(sentence)
        self.setText(shown)
        self.setToolTip(make_plain_tip(shown))
        self._quiet.start()

    def change_usual(self, usual: str) -> None:
        """Other usual words; a sentence that stands in their place stays for its while."""
        is_usual, self._usual = not self._quiet.isActive(), usual
        if is_usual:
            self.show_usual()

    def show_usual(self) -> None:
        """Back to the usual words, at once."""
        self._quiet.stop()
        self.setText(self._usual)
        self.setToolTip("")
