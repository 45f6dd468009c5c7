"""The lower part of the panel: quick tags, body map, note; one under the other, or behind tabs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.layouts import make_column, make_row

TAGS, MAP, NOTE = "tags", "map", "note"
_NAMES = {TAGS: "Tags", MAP: "Body map", NOTE: "Note"}
_DOT = " •"


class LowerPart(QWidget):
    """The keys of all three work whichever is seen. A dot beside the name says that there is something."""

    turned = Signal(str)

    def __init__(self, sections: Mapping[str, QWidget], stretches: Mapping[str, int]) -> None:
        super().__init__()
        self._sections = dict(sections)
        self.is_tabbed, self.on = False, TAGS
        self._tabs = QWidget()
        self._tabs.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = make_row(self._tabs, spacing=0, margins=(12, 8, 12, 4))
        self.buttons = {key: self._make_button(key) for key in sections}
        for button in self.buttons.values():
            row.addWidget(button, 1)
        column = make_column(self, spacing=0)
        column.addWidget(_make_line())
        column.addWidget(self._tabs)
        for key, section in sections.items():
            column.addWidget(section, stretches.get(key, 0))
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        self._show()

    def _make_button(self, key: str) -> QPushButton:
        button = make_choice_button(_NAMES[key], checkable=True)
        button.clicked.connect(lambda: self.turn_to(key))
        return button

    def set_tabbed(self, tabbed: bool) -> None:
        if tabbed != self.is_tabbed:
            self.is_tabbed = tabbed
            self._show()

    def turn_to(self, key: str) -> None:
        """Bring a section to the front; it makes no difference where all of them are seen."""
        self.on = key
        self._show()
        self.turned.emit(key)

    def show_contents(self, there: Mapping[str, bool]) -> None:
        """Say behind which tabs there is something."""
        for key, button in self.buttons.items():
            button.setText(f"{_NAMES[key]}{_DOT if there.get(key) else ''}")
            button.setAccessibleName(f"{_NAMES[key]}{', with something in it' if there.get(key) else ''}")

    def _show(self) -> None:
        self._tabs.setVisible(self.is_tabbed)
        for key, section in self._sections.items():
            section.setVisible(not self.is_tabbed or key == self.on)
            self.buttons[key].setChecked(key == self.on)
        self._rest.setVisible(self.is_tabbed and self.on != MAP)  # the map takes the room itself


def _make_line() -> QFrame:
    line = QFrame()
    line.setObjectName("panelLine")
    line.setFixedHeight(1)
    return line
