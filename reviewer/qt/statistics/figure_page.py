"""The right of the statistics screen: a table drawn, the chosen figure in words, and what all rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reviewer.domain.figures.figures import CountedUnit, Figure, Table
from reviewer.domain.figures.words import figure_in_words, format_unit_count
from reviewer.qt.look.theme import Theme
from reviewer.qt.statistics.figure_bars import EDGE, FigureBars
from reviewer.qt.statistics.figure_key import FigureKey
from reviewer.qt.statistics.plot_view import PLOT_EDGE, DrawPlots, PlotView
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.page import make_text_label
from reviewer.qt.widgets.page_head import PageHead
from reviewer.qt.widgets.plain_text import PlainLabel

_BUTTONS = {
    "statistics.break-down": "Break down…",
    "statistics.query": "Search…",
    "statistics.as-of": "As of…",
    "statistics.copy-figure": "Copy figure",
}
_NO_FIGURE, _NONE_CHOSEN = "Show the photographs", "No figure is chosen: click one, or press Right."
_PAGE_EDGE, _NOTE_WIDTH, _LEAST_LINES = 24, 620, 26
_HEADS = {
    "limits": "Limits of this table",
    "counted": "What is counted, and what is left out",
    "basis": "What the figures rest on",
}


@dataclass(frozen=True)
class DrawnTable:
    """What the page shows: `line` says of how many, `bars` and `draw` what is drawn, `left_out` how much is
    not. `selection`, `limits` and `counted` are sentences."""

    title: str
    line: str = ""
    table: Table | None = None
    bars: Sequence[Figure] = ()
    draw: DrawPlots | None = None
    selection: Sequence[str] = ()
    limits: Sequence[str] = ()
    counted: Sequence[str] = ()
    basis: str = ""
    left_out: str = ""


class FigurePage(QWidget):
    """Drawing and sentences scroll; title, key, chosen figure and what is left out are always in view."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.plot, self.bars, self.key = PlotView(theme), FigureBars(theme), FigureKey(theme)
        self.head = PageHead()
        self.buttons = tuple(KeyedButton(*button) for button in _BUTTONS.items())
        self.photographs = KeyedButton("statistics.photographs", _NO_FIGURE, is_main=True)
        self.figure_line, self.left_out = make_text_label("", "strong"), make_text_label("", "caption")
        self.selection = make_text_label("", "plain caption")
        self.notes = {name: make_text_label("", "quiet") for name in _HEADS}
        self._note_heads = {name: make_text_label(words, "strong") for name, words in _HEADS.items()}
        self._area = self._make_area()
        column = make_column(self, spacing=8, margins=(_PAGE_EDGE - EDGE, 16, _PAGE_EDGE - EDGE, 8))
        column.addLayout(self._make_head())
        column.addWidget(self._area, 1)
        column.addWidget(_make_hairline())
        column.addLayout(self._make_foot())
        self._show_key(None)

    def _make_head(self) -> QVBoxLayout:
        head = make_column(spacing=8, margins=(EDGE, 0, EDGE, 0))
        for button in self.buttons:
            self.head.add_act(button)
        for part in (self.head, self.selection, self.key):
            head.addWidget(part)
        return head

    def _make_area(self) -> QScrollArea:
        area = QScrollArea()
        area.setAccessibleName("Figures of the table")
        inner = QWidget()
        inner.setObjectName("screen")
        below = make_column(inner, spacing=8)
        beside = make_row(spacing=0, margins=(EDGE - PLOT_EDGE, 0, 0, 0))
        beside.addWidget(self.plot)
        beside.addStretch(1)
        below.addLayout(beside)
        below.addWidget(self.bars)
        for name, label in self.notes.items():
            around = make_row(spacing=0, margins=(EDGE, 8, EDGE, 0))
            lines = make_column(spacing=2)
            label.setMaximumWidth(_NOTE_WIDTH)
            lines.addWidget(self._note_heads[name])
            lines.addWidget(label)
            around.addLayout(lines, 1)
            around.addStretch(1)
            below.addLayout(around)
        below.addStretch(1)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.verticalScrollBar().valueChanged.connect(lambda _value: self.bars.update())
        return area

    def _make_foot(self) -> QHBoxLayout:
        foot = make_row(spacing=16, margins=(EDGE, 4, EDGE, 0))
        words = make_column(spacing=4)
        words.addWidget(self.figure_line)
        words.addWidget(self.left_out)
        foot.addLayout(words, 1)
        foot.addWidget(self.photographs, 0, Qt.AlignmentFlag.AlignTop)
        return foot

    def use_actions(self, find: FindAction) -> None:
        for button in (*self.buttons, self.photographs):
            button.use_action(find)

    def apply_theme(self, theme: Theme) -> None:
        for part in (self.plot, self.bars, self.key):
            part.apply_theme(theme)
        for label in self.notes.values():
            label.setMaximumWidth(round(_NOTE_WIDTH * theme.pixels("body") / 13))

    def show_table(self, drawn: DrawnTable) -> None:
        """A table under its title; without bars and drawing only the sentences."""
        self.head.set_title(drawn.title)
        self.head.set_line(drawn.line)
        _say(self.selection, "\n".join(drawn.selection))
        self._show_key(drawn.table if drawn.bars else None)
        self.plot.show_plots(drawn.draw, drawn.title)
        self.plot.setVisible(drawn.draw is not None)
        self.bars.show_figures(drawn.bars, drawn.title)
        said = {"limits": drawn.limits, "counted": drawn.counted, "basis": (drawn.basis,)}
        for name, sentences in said.items():
            _say(self.notes[name], "\n".join(filter(None, sentences)))
            self._note_heads[name].setVisible(bool(self.notes[name].text()) and drawn.table is not None)
        self.left_out.setText(drawn.left_out)
        self._fit_foot()
        self._area.verticalScrollBar().setValue(0)

    def _show_key(self, table: Table | None) -> None:
        self.key.setVisible(table is not None)
        if table is not None:
            self.key.show_kind(table.kind, with_interval=any(figure.drawn for figure in table.figures))

    @property
    def text(self) -> str:
        """All that is said of the table, but its figures."""
        labels = (self.selection, *self.notes.values(), self.left_out)
        return "\n".join(label.text() for label in labels if label.text())

    def drawn_keys(self) -> list[str]:
        """The figures that are drawn, in order; of the body map, only those that are nowhere else."""
        return list(dict.fromkeys((*self.bars.drawn_keys(), *self.plot.drawn_keys())))

    def choose(self, figure: Figure | None) -> None:
        """Show which figure is chosen, bring it into view and say it in words."""
        words = figure_in_words(figure) if figure is not None else ""
        key = figure.key if figure is not None else ""
        for part in (self.plot, self.bars):
            part.choose(key, words)
        photos = len(figure.behind) if figure is not None else 0
        self.figure_line.setText(f"{words[:1].upper()}{words[1:]}" if words else _NONE_CHOSEN)
        self.photographs.show_word(
            f"Show the {format_unit_count(photos, CountedUnit.PHOTO)}" if photos else _NO_FIGURE
        )
        place = self._find_place(key)
        if not place.isEmpty():
            margin = round(place.height()) + self.bars.covered_height // 2
            self._area.ensureVisible(0, round(place.center().y()), 0, margin)

    def _find_place(self, key: str) -> QRectF:
        """Where a figure is within what scrolls: its row, or where it was drawn without one."""
        row = self.bars.rectangle_of(key)
        part, found = (self.bars, row) if not row.isEmpty() else (self.plot, self.plot.rectangle_of(key))
        return found.translated(part.x(), part.y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _fit_foot(self) -> None:
        """How much is left out stands at the foot where that leaves room for rows, and always below them."""
        is_tall = self.height() > _LEAST_LINES * self.left_out.fontMetrics().height()
        self.left_out.setVisible(is_tall and bool(self.left_out.text()))

    def fit(self) -> None:
        """The drawing as wide as there is room, the bar at the right always thought of."""
        room = self._area.width() - self._area.verticalScrollBar().sizeHint().width()
        self._fit_foot()
        self.bars.fit(room)
        self.plot.fit(room - EDGE)


def _make_hairline() -> QFrame:
    line = QFrame()
    line.setObjectName("hairline")
    line.setFixedHeight(1)
    return line


def _say(label: PlainLabel, words: str) -> None:
    """The words, or nothing and no room for it."""
    label.setText(words)
    label.setVisible(bool(words))
