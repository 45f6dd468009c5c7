"""All keys on one sheet: a view of the action catalogue."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reviewer.qt.actions.catalogue import CATALOGUE
from reviewer.qt.actions.keymap import Keymap
from reviewer.qt.actions.spec import ActionSpec

_COLUMNS = (("Go", "View"), ("Findings",), ("Reading", "Marks"), ("Case", "Window"))


class KeysSheet(QFrame):
    """Lies over the window until any key or a click."""

    def __init__(self, parent: QWidget, keymap: Keymap) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("overlay")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 12)
        row = QHBoxLayout()
        row.setSpacing(28)
        groups = {name: list(specs) for name, specs in groupby(_sorted(), key=lambda spec: spec.group)}
        for names in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(4)
            for name in names:
                column.addWidget(_caption(name))
                column.addLayout(_table(groups[name], keymap))
            column.addStretch(1)
            row.addLayout(column, 1)
        hint = QLabel("Any key or a click closes this sheet.")
        hint.setProperty("kind", "caption")
        whole.addLayout(row, 1)
        whole.addWidget(hint)
        self.hide()

    def toggle(self) -> None:
        if self.isVisible():
            self.hide()
            return
        self.setGeometry(self._over.rect().adjusted(12, 12, -12, -12))
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()


def _sorted() -> list[ActionSpec]:
    return sorted(CATALOGUE, key=lambda spec: spec.group)


def _caption(name: str) -> QLabel:
    label = QLabel(name)
    label.setProperty("kind", "title")
    return label


def _table(specs: list[ActionSpec], keymap: Keymap) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(1)
    grid.setColumnStretch(1, 1)
    for row, spec in enumerate(specs):
        keys = QLabel(keymap.shown(spec.id))
        keys.setProperty("kind", "caption")
        text = QLabel(spec.text)
        text.setProperty("kind", "plain caption")
        text.setWordWrap(True)
        keys.setWordWrap(True)
        keys.setFixedWidth(124)
        grid.addWidget(keys, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, row, 1, Qt.AlignmentFlag.AlignTop)
    return grid
