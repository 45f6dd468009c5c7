"""The lower part of the panel: quick tags, body map, note; one under the other, or behind tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.layouts import make_column, make_row

TAGS, MAP, NOTE = "tags", "map", "note"
_NAMES = {TAGS: "Tags", MAP: "Body map", NOTE: "Note"}
_DOT = " •"


class LowerPart(QWidget):
    """The keys of all three work whichever is seen. A dot beside the name says that there is something.

    What is put in their place is seen instead of them for as long as it is shown."""

    turned = Signal(str)

    def __init__(self, sections: Mapping[str, QWidget], stretches: Mapping[str, int]) -> None:
        super().__init__()
        self._sections = dict(sections)
        self.is_tabbed, self.on = False, TAGS
        self._left_out: set[str] = set()
        self._tabs = QWidget()
        self._tabs.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = make_row(self._tabs, spacing=0, margins=(12, 8, 12, 4))
        self.buttons = {key: self._make_button(key) for key in sections}
        for button in self.buttons.values():
            row.addWidget(button, 1)
        column = make_column(self, spacing=0)
        column.addWidget(make_line())
        column.addWidget(self._tabs)
        self._lines = [make_line() for _between in range(len(self._sections) - 1)]
        for place, (key, section) in enumerate(sections.items()):
            if place:
                column.addWidget(self._lines[place - 1])
            column.addWidget(section, stretches.get(key, 0))
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        self._instead: QWidget | None = None
        self._show()

    def _make_button(self, key: str) -> QPushButton:
        button = make_choice_button(_NAMES[key], checkable=True)
        button.clicked.connect(lambda: self.turn_to(key))
        return button

    def put_in_place(self, instead: QWidget) -> None:
        """Have a widget that is seen instead of all sections while it is shown."""
        self._instead = instead
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.count() - 1, instead, 1)
        instead.installEventFilter(self)

    def measure_own(self, measure: Callable[[], None]) -> None:
        """Run `measure` with the sections shown, whatever stands in their place: that moves nothing above."""
        instead = self._instead
        if instead is None or instead.isHidden():
            measure()
            return
        instead.hide()
        measure()
        instead.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._show()
        return super().eventFilter(watched, event)

    def set_tabbed(self, tabbed: bool) -> None:
        if tabbed != self.is_tabbed:
            self.is_tabbed = tabbed
            self._show()

    def leave_out_tags(self) -> None:
        """Have no quick tags: nothing can be tagged here."""
        self._left_out.add(TAGS)
        self.buttons[TAGS].hide()
        self.turn_to(MAP)

    def turn_to(self, key: str) -> None:
        """Bring a section to the front, also of what stands in their place."""
        self.on = key
        if self._instead is not None:
            self._instead.hide()
        self._show()
        self.turned.emit(key)

    def show_contents(self, there: Mapping[str, bool]) -> None:
        """Say behind which tabs there is something."""
        for key, button in self.buttons.items():
            button.setText(f"{_NAMES[key]}{_DOT if there.get(key) else ''}")
            button.setAccessibleName(f"{_NAMES[key]}{', with something in it' if there.get(key) else ''}")

    def _show(self) -> None:
        own = self._instead is None or self._instead.isHidden()
        self._tabs.setVisible(own and self.is_tabbed)
        for key, section in self._sections.items():
            is_on = own and (not self.is_tabbed or key == self.on)
            section.setVisible(is_on and key not in self._left_out)
            self.buttons[key].setChecked(key == self.on)
        for line in self._lines:
            line.setVisible(own and not self.is_tabbed)
        if self._left_out:
            self._lines[0].hide()
        self._rest.setVisible(own and self.is_tabbed and self.on != MAP)  # the map takes the room itself


def make_line() -> QFrame:
    line = QFrame()
    line.setObjectName("panelLine")
    line.setFixedHeight(1)
    return line
