"""A box that says one state in a phrase, why in two lines, and of what."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from reviewer.qt.case.notice_line import ALARM, CALM, SIGNS, WARNING
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel

_LOWEST, _HEAD = 136, 26
GOOD, UNKNOWN = "good", "unknown"
"""Checked and found as it should be; not checked, or being checked."""
_SIGNS = {**SIGNS, GOOD: "\u2713", UNKNOWN: ""}


class SubjectBox(FramedBox):
    """`act` checks this one alone, where it can be checked alone."""

    def __init__(self, subject: str, act: QPushButton | None = None) -> None:
        super().__init__()
        self.setMinimumHeight(_LOWEST)
        self.kind = UNKNOWN
        self._subject = subject
        self.sign, self.phrase = PlainLabel(), PlainLabel(kind="title")
        self.why = PlainLabel(kind="quiet")
        head = make_row(spacing=8)
        head.addStrut(_HEAD)
        head.addWidget(self.sign)
        head.addWidget(PlainLabel(subject, kind="strong"), 1)
        if act is not None:
            act.setObjectName("quietButton")
            head.addWidget(act)
        self.column.addLayout(head)
        for label in (self.phrase, self.why):
            label.setWordWrap(True)
            self.column.addWidget(label)
        self.column.addStretch(1)

    def show_state(self, kind: str, phrase: str, why: str) -> None:
        """`kind` is GOOD, UNKNOWN, WARNING or ALARM."""
        self.kind = kind
        self.sign.setText(_SIGNS[kind])
        self.sign.setVisible(bool(_SIGNS[kind]))
        is_loud = kind in {WARNING, ALARM}
        set_style_property(self.sign, "kind", f"{kind} sign" if is_loud else "quiet")
        set_style_property(self.phrase, "kind", f"{kind} title" if is_loud else "title")
        set_style_property(self, "kind", kind if kind == ALARM else CALM)
        self.phrase.setText(phrase)
        self.why.setText(why)
        self.setAccessibleName(f"{self._subject}: {phrase}")
