"""The body map with a row of its pages above it: which figures are seen, and a click for others."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.qt.widgets.body_map import BodyMapWidget
from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.flow_row import make_flow_row
from reviewer.qt.widgets.layouts import make_column, make_row


class _PageRow(QWidget):
    """As high as its lines are at the width it has; it asks nobody around it to reckon with that."""

    def __init__(self, buttons: Iterable[QPushButton]) -> None:
        super().__init__()
        self._flow = make_flow_row(*buttons, spacing=0)
        self.setLayout(self._flow)

    def hasHeightForWidth(self) -> bool:
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self._flow.heightForWidth(self.width()))


class BodyMapWithPages(QWidget):
    """One button for each page of figures; the one that is on is pressed. `beside` stands at the right of the
    figures and stays when they are hidden."""

    def __init__(self, body_map: BodyMapWidget, beside: QWidget | None = None) -> None:
        super().__init__()
        self.body_map = body_map
        self.buttons = {page.key: self._make_button(page.key, page.name) for page in body_map.pages}
        self._pages = _PageRow(self.buttons.values())
        column = make_column(self, spacing=4)
        column.addWidget(self._pages)
        row = make_row(spacing=8)
        row.addWidget(body_map, 1)
        if beside is not None:
            row.addWidget(beside)
        column.addLayout(row, 1)
        column.addStretch()
        body_map.page_changed.connect(self._show)
        self._show(body_map.page.key)

    def _make_button(self, key: str, name: str) -> QPushButton:
        button = make_choice_button(name, checkable=True)
        button.setObjectName("pageTab")
        button.setAccessibleName(f"Body map: {name}")
        button.clicked.connect(lambda: self._on_chosen(key))
        return button

    def _on_chosen(self, key: str) -> None:
        self.body_map.show_page(key)
        self._show(self.body_map.page.key)

    def show_figures(self, shown: bool) -> None:
        """Show or hide the figures and their buttons."""
        self.body_map.setVisible(shown)
        self._pages.setVisible(shown)

    def _show(self, key: str) -> None:
        for page, button in self.buttons.items():
            button.setChecked(page == key)
