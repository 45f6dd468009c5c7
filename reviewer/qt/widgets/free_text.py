"""A field for text of several lines, in whatever script it is written."""

from __future__ import annotations

from PySide6.QtWidgets import QTextEdit


class FreeTextField(QTextEdit):
    """Each paragraph begins at the side of its own script: Arabic at the right. Tab goes on.

    It takes plain text only. QPlainTextEdit would begin every paragraph at the left.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
