"""Text that is only text. Qt guesses whether a text is markup, and a file name may look like it."""

from __future__ import annotations

import html
import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from reviewer.qt.actions.key_words import name_keys


class PlainLabel(QLabel):
    """A label that shows its text as it is; the style sheet knows its `kind`."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, kind: str = "") -> None:
        super().__init__(parent)
        if kind:
            self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def say(self, sentence: str) -> None:
        """Show one sentence until the next."""
        self.setText(name_keys(sentence))


def make_plain_tip(text: str) -> str:
    """A tooltip that shows `text` as it is; a tooltip cannot be told that it is no markup."""
    if "<" not in text and "&" not in text:
        return text
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>"


def shorten_middle(text: str, most: int) -> str:
    """At most so many letters, without the middle: of a path both ends are known by."""
    if len(text) <= most:
        return text
    before = most // 2
    return f"{text[:before]}\u2026{text[len(text) - (most - before - 1) :]}"


def isolate_path(path: str) -> str:
    """A path whose parts stand from left to right whatever their script.

    Without this, a part in Arabic turns the order of the numbers of the parts beside it.
    """
    if not any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in path):
        return path
    return "\u200e" + "/".join(f"\u2068{part}\u2069" for part in path.split("/"))
