"""The keys of the screen that is on, on one sheet: a view of the list of actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from reviewer.qt.actions.keymap import Keymap
from reviewer.qt.actions.spec import ActionSpec
from reviewer.qt.layers import WindowLayer
from reviewer.qt.widgets.plain_text import PlainLabel

_COLUMNS, _LINE = 4, 30


class KeysSheet(WindowLayer):
    """Lies over the window until any key or a click, which then does nothing else."""

    any_key_closes = True

    def __init__(self, parent: QWidget, keymap: Keymap) -> None:
        super().__init__(parent)
        self._over, self._keymap = parent, keymap
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hint = PlainLabel(
            "Any key or a click closes this sheet. Other screens have keys of their own.", kind="caption"
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 12)
        whole.addWidget(self._area, 1)
        whole.addWidget(hint)
        self.hide()

    def use_keymap(self, keymap: Keymap) -> None:
        """Show other keys from now on."""
        self._keymap = keymap

    def _make_columns(self, screen: str) -> QWidget:
        """The keys that work on a screen, in columns."""
        row = QHBoxLayout()
        row.setSpacing(28)
        for groups in _balance_columns(self._keymap.actions, screen):
            column = QVBoxLayout()
            column.setSpacing(4)
            for specs in groups:
                column.addWidget(_make_caption(specs[0].group))
                column.addLayout(_make_table(specs, self._keymap))
            column.addStretch(1)
            row.addLayout(column, 1)
        inner = QWidget()
        inner.setObjectName("sideInner")
        row.setContentsMargins(0, 0, 0, 0)
        inner.setLayout(row)
        return inner

    def toggle(self, screen: str) -> None:
        """Show the keys that work on the screen that is on, or hide them."""
        if self.isVisible():
            self.put_away()
            return
        self._area.setWidget(self._make_columns(screen))
        self.setGeometry(self._over.rect().adjusted(12, 12, -12, -12))
        self.show()
        self.raise_()
        self.setFocus()


def _balance_columns(actions: Sequence[ActionSpec], screen: str) -> list[list[list[ActionSpec]]]:
    """Columns of groups: all that works on a screen, the longest first, each into the shortest column."""
    groups: dict[str, list[ActionSpec]] = {}
    for spec in actions:
        if spec.context.includes(screen):
            groups.setdefault(spec.group, []).append(spec)
    columns: list[list[list[ActionSpec]]] = [[] for _column in range(_COLUMNS)]
    for specs in sorted(groups.values(), key=_count_lines, reverse=True):
        min(columns, key=lambda column: sum(map(_count_lines, column))).append(specs)
    return columns


def _count_lines(specs: list[ActionSpec]) -> int:
    """About how many lines a group takes, its title included."""
    return 2 + sum(1 + len(spec.text) // _LINE for spec in specs)


def _make_caption(name: str) -> QLabel:
    label = PlainLabel(name, kind="title")
    return label


def _make_table(specs: list[ActionSpec], keymap: Keymap) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(1)
    grid.setColumnStretch(1, 1)
    for row, spec in enumerate(specs):
        keys = PlainLabel(keymap.format_keys(spec.id), kind="caption")
        text = PlainLabel(spec.text, kind="plain caption")
        text.setWordWrap(True)
        keys.setWordWrap(True)
        keys.setFixedWidth(124)
        grid.addWidget(keys, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, row, 1, Qt.AlignmentFlag.AlignTop)
    return grid
