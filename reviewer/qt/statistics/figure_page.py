"""The right of the statistics screen: a table drawn, its limits, the chosen figure, what all rests on."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from reviewer.domain.figures.figures import CountedUnit, Figure
from reviewer.domain.figures.words import figure_in_words, format_unit_count
from reviewer.qt.look.theme import Theme
from reviewer.qt.statistics.plot_view import DrawPlots, PlotView
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import make_text_label


class FigurePage(QWidget):
    """Drawing and notes scroll; title, chosen figure and basis are always in view."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.plot = PlotView(theme)
        self.title, self.notes = make_text_label("", "title"), make_text_label("", "quiet")
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
        column = make_column(self, spacing=8, margins=(20, 16, 12, 8))
        column.addWidget(self.title)
        column.addWidget(self._area, 1)
        column.addWidget(self.figure_line)
        column.addWidget(self.basis)

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
        behind = (
            f". Enter: {format_unit_count(len(figure.behind), CountedUnit.PHOTO)}"
            if figure is not None
            else ""
        )
        self.figure_line.setText(f"{words}{behind}" if words else "No figure is chosen.")
        place = self.plot.rectangle_of(key)
        if not place.isEmpty():
            self._area.ensureVisible(20, round(place.center().y()), 20, round(place.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """The drawing as wide as there is room, the bar at the right always thought of."""
        self.plot.fit(self._area.width() - self._area.verticalScrollBar().sizeHint().width() - 4)
