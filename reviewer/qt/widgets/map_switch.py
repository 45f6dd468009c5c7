"""The body map with a row of its pages above it: which figures are seen, and a click for others."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.qt.widgets.body_map import BodyMapWidget
from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.flow_row import make_flow_row
from reviewer.qt.widgets.layouts import make_column


class BodyMapWithPages(QWidget):
    """One button for each page of figures; the one that is on is pressed."""

    def __init__(self, body_map: BodyMapWidget) -> None:
        super().__init__()
        self.body_map = body_map
        self.buttons = {page.key: self._make_button(page.key, page.name) for page in body_map.pages}
        column = make_column(self, spacing=4)
        column.addLayout(make_flow_row(*self.buttons.values(), spacing=2))
        column.addWidget(body_map, 1)
        column.addStretch()
        body_map.page_changed.connect(self._show)
        self._show(body_map.page.key)

    def _make_button(self, key: str, name: str) -> QPushButton:
        button = make_choice_button(name, checkable=True)
        button.setAccessibleName(f"Body map: {name}")
        button.clicked.connect(lambda: self._on_chosen(key))
        return button

    def _on_chosen(self, key: str) -> None:
        self.body_map.show_page(key)
        self._show(self.body_map.page.key)

    def _show(self, key: str) -> None:
        for page, button in self.buttons.items():
            button.setChecked(page == key)
