"""The right of the statistics screen: a table drawn, its limits, the chosen figure, what all rests on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from reviewer.domain.figures.figures import CountedUnit, Figure
from reviewer.domain.figures.words import figure_in_words, format_unit_count
from reviewer.qt.look.theme import Theme
from reviewer.qt.statistics.plot_view import DrawPlots, PlotView
from reviewer.qt.widgets.action_button import ActionTextButton, FindAction
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.page import make_text_label

_BUTTONS = {
    "statistics.break-down": "Break down…",
    "statistics.query": "Search…",
    "statistics.as-of": "As of…",
    "statistics.again": "Again",
}
_NO_FIGURE = "Show the photographs"


class FigurePage(QWidget):
    """Drawing and notes scroll; title, chosen figure and basis are always in view."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.plot = PlotView(theme)
        self.title, self.notes = make_text_label("", "page"), make_text_label("", "quiet")
        self.buttons = tuple(ActionTextButton(*button) for button in _BUTTONS.items())
        self.photographs = ActionTextButton("statistics.photographs", _NO_FIGURE, is_main=True)
        self.figure_line, self.basis = make_text_label(), make_text_label("", "caption")
        self._area = QScrollArea()
        self._area.setAccessibleName("Figures of the table")
        inner = QWidget()
        inner.setObjectName("screen")
        below = make_column(inner, spacing=8)
        below.addWidget(self.plot)
        below.addWidget(self.notes)
        below.addStretch(1)
        self._area.setWidget(inner)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        head, foot = make_row(spacing=8), make_row(spacing=8)
        head.addWidget(self.title, 1)
        for button in self.buttons:
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.figure_line, 1)
        foot.addWidget(self.photographs)
        column = make_column(self, spacing=8, margins=(24, 16, 24, 12))
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        column.addWidget(self.basis)

    def use_actions(self, find: FindAction) -> None:
        for button in (*self.buttons, self.photographs):
            button.use_action(find)

    def apply_theme(self, theme: Theme) -> None:
        self.plot.apply_theme(theme)

    def show_table(self, title: str, draw: DrawPlots | None, notes: str) -> None:
        """A table under its title; without `draw` only the notes."""
        self.title.setText(title)
        self.plot.show_plots(draw, title)
        self.notes.setText(notes)
        self._area.verticalScrollBar().setValue(0)

    def choose(self, figure: Figure | None) -> None:
        """Frame a figure, bring it into view and say it in words."""
        words = figure_in_words(figure) if figure is not None else ""
        key = figure.key if figure is not None else ""
        self.plot.choose(key, words)
        photos = len(figure.behind) if figure is not None else 0
        self.figure_line.setText(words or "No figure is chosen: click one, or press Right.")
        self.photographs.set_word(
            f"Show {format_unit_count(photos, CountedUnit.PHOTO)}" if photos else _NO_FIGURE
        )
        place = self.plot.rectangle_of(key)
        if not place.isEmpty():
            self._area.ensureVisible(20, round(place.center().y()), 20, round(place.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """The drawing as wide as there is room, the bar at the right always thought of."""
        self.plot.fit(self._area.width() - self._area.verticalScrollBar().sizeHint().width() - 4)
