"""A framed line that says what stands in the way and what can be done about it, with its buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.flow_row import make_flow_row
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.page import make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel

CALM, WARNING, ALARM = "", "warning", "alarm"
SIGNS = {CALM: "", WARNING: "\u26a0", ALARM: "\u2716"}


class NoticeLine(FramedBox):
    """Sign and edge have the colour of what it is, the words keep that of text. Empty, it is hidden."""

    def __init__(self, name: str, *acts: QWidget) -> None:
        super().__init__()
        self.kind = CALM
        self.sign, self.words = PlainLabel(), make_text_label()
        self.words.setAccessibleName(name)
        row = make_row(spacing=8)
        row.addWidget(self.sign)
        row.addWidget(self.words, 1)
        if acts:
            row.addLayout(make_flow_row(*acts))
        self.column.addLayout(row)
        self.hide()

    def text(self) -> str:
        return self.words.text()

    def say(self, sentence: str, kind: str = CALM) -> None:
        """Say something; "" says nothing any more."""
        self.kind = kind
        self.words.setText(name_keys(sentence))
        self.sign.setText(SIGNS[kind])
        self.sign.setVisible(bool(SIGNS[kind]))
        set_style_property(self.sign, "kind", f"{kind} sign" if kind else "")
        set_style_property(self, "kind", kind)
        self.setVisible(bool(sentence))
