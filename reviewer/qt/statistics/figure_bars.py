"""A table drawn: for each figure its name, its bar with the interval below, and its numbers in columns.

The heads of the columns and the axis stay in view where the rows are scrolled.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip

from reviewer.domain.figures.columns import make_number_columns
from reviewer.domain.figures.figures import Figure
from reviewer.domain.figures.words import figure_in_words
from reviewer.qt.look.theme import Theme, make_font
from reviewer.qt.statistics.bar_drawing import draw_bar, draw_interval
from reviewer.qt.statistics.bar_layout import WRAPPED, BarLayout, PlacedColumn, lay_out_bars
from reviewer.qt.statistics.figure_view import FigureView
from reviewer.qt.widgets.plain_text import make_plain_tip

EDGE = 12
"""What the row that is chosen sticks out at either side."""
_MARK, _RADIUS = 3, 4
_QUARTERS = (0, 25, 50, 75, 100)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_TIP = "{words}.\nA click chooses it; a double click shows its photographs."


class FigureBars(FigureView):
    """One row for each figure."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._figures: tuple[Figure, ...] = ()
        self._layout: BarLayout | None = None
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._body, self._caption = make_font(theme), make_font(theme, "caption")
        self._strong = QFont(self._body)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._spacing = 1 + max(0.0, theme.text_scale - 1) * 0.4
        self.lay_out()

    def show_figures(self, figures: Sequence[Figure], name: str = "") -> None:
        """These, in this order; none of them is chosen."""
        self._figures, self._chosen = tuple(figures), ""
        self.setAccessibleName(name)
        self.lay_out()

    def drawn_keys(self) -> list[str]:
        return [figure.key for figure in self._figures]

    def rectangle_of(self, key: str) -> QRectF:
        """Where the row of a figure is; empty if it has none."""
        keys = self.drawn_keys()
        if self._layout is None or key not in keys:
            return QRectF()
        top, bottom = self._layout.tops[keys.index(key) :][:2]
        return QRectF(0, top, self.width(), bottom - top)

    @property
    def covered_height(self) -> int:
        """How much of what is in view heads and axis take."""
        return self._layout.head + self._layout.axis if self._layout is not None else 0

    def key_at(self, place: QPointF) -> str:
        """The figure whose row is there, "" for none; heads and axis lie over rows that are scrolled."""
        if self._layout is None or not self._find_rows_in_view().contains(place.toPoint()):
            return ""
        row = self._layout.find_row(place.y())
        return self._figures[row].key if row is not None else ""

    def sizeHint(self) -> QSize:
        found = self._layout
        return QSize(found.width + 2 * EDGE, found.height) if found is not None else QSize(0, 0)

    # what is pointed at

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self.explain(event.pos())
            QToolTip.showText(event.globalPos(), make_plain_tip(words), self)
            return True
        return super().event(event)

    def explain(self, place: QPoint) -> str:
        """What a tooltip says there: of a number what its column means, else the figure in words."""
        found = self._layout
        if found is None:
            return ""
        key = self.key_at(QPointF(place))
        is_head = self._find_view().top() <= place.y() < self._find_view().top() + found.head
        x = place.x() - EDGE
        for placed in found.columns:
            if placed.right - placed.width <= x <= placed.right and (key or is_head):
                return placed.column.help
        figure = next((figure for figure in self._figures if figure.key == key), None)
        return _TIP.format(words=figure_in_words(figure)) if figure is not None else ""

    # painting

    def lay_out(self) -> None:
        if self._figures:
            columns = make_number_columns(self._figures)
            metrics = QFontMetrics(self._strong), QFontMetrics(self._caption)
            room = max(0, self._room - 2 * EDGE)
            self._layout = lay_out_bars(self._figures, columns, room, *metrics, self._spacing)
        else:
            self._layout = None
        self.setFixedSize(self.sizeHint())
        self.update()

    def _find_view(self) -> QRect:
        """The part that is in view; all of it where it is in no window."""
        seen = self.visibleRegion().boundingRect()
        return seen if not seen.isEmpty() else self.rect()

    def _find_rows_in_view(self) -> QRect:
        found = self._layout
        view = self._find_view()
        if found is None:
            return view
        axis_top = min(found.tops[-1], view.bottom() + 1 - found.axis)
        return QRect(0, view.top() + found.head, self.width(), axis_top - view.top() - found.head)

    def paintEvent(self, event: QPaintEvent) -> None:
        found = self._layout
        if found is None:
            return
        painter = QPainter(self)
        rows = self._find_rows_in_view()
        painter.setClipRect(rows)
        painter.translate(EDGE, 0)
        self._paint_quarters(painter, found)
        for row, figure in enumerate(self._figures):
            if found.tops[row] <= rows.bottom() and found.tops[row + 1] > rows.top():
                self._paint_row(painter, found, row, figure)
        painter.setClipping(False)
        self._paint_heads(painter, found, rows.top())
        self._paint_axis(painter, found, rows.bottom() + 1)
        painter.end()

    def _find_x(self, found: BarLayout, percent: float) -> float:
        return found.bar_left + found.bar_width * percent / 100

    def _paint_quarters(self, painter: QPainter, found: BarLayout) -> None:
        for quarter in _QUARTERS:
            place = QRectF(
                round(self._find_x(found, quarter)), found.tops[0], 1, found.tops[-1] - found.tops[0]
            )
            painter.fillRect(place, self._theme.colour("line"))

    def _paint_row(self, painter: QPainter, found: BarLayout, row: int, figure: Figure) -> None:
        top, bottom = found.tops[row], found.tops[row + 1]
        is_chosen = figure.key == self._chosen
        if is_chosen:
            self._paint_ground(painter, found, top, bottom)
        text = self._theme.colour("text")
        painter.setFont(self._strong if is_chosen else self._body)
        painter.setPen(text)
        painter.drawText(
            QRect(0, top + found.pad, found.name_width, bottom - top), int(WRAPPED), figure.label
        )
        middle = top + found.pad + found.line / 2
        bar = QRectF(found.bar_left, round(middle - found.bar / 2), found.bar_width, found.bar)
        draw_bar(painter, self._theme, bar, figure)
        interval = figure.of_all.interval if figure.is_share_meaningful else None
        if interval is not None:
            low, high = (self._find_x(found, end) for end in interval)
            share = self._find_x(found, figure.of_all.percent or 0)
            draw_interval(painter, text, (low, high), share, bar.bottom() + found.bar / 2 + 1, found.bar / 2)
        for placed in found.columns:
            self._paint_cell(painter, found, placed, row, is_chosen=is_chosen)

    def _paint_ground(self, painter: QPainter, found: BarLayout, top: int, bottom: int) -> None:
        place = QRectF(-EDGE, top + 1, found.width + 2 * EDGE, bottom - top - 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent_fill"))
        painter.drawRoundedRect(place, _RADIUS, _RADIUS)
        painter.restore()
        painter.fillRect(QRectF(-EDGE, top + 1, _MARK, bottom - top - 2), self._theme.colour("accent"))

    def _paint_cell(
        self, painter: QPainter, found: BarLayout, placed: PlacedColumn, row: int, *, is_chosen: bool
    ) -> None:
        cell = placed.column.cells[row]
        is_number = cell[:1].isdigit() and not placed.column.is_quiet
        is_count = placed is found.columns[0]
        painter.setFont(self._strong if is_count or (is_chosen and is_number) else self._body)
        painter.setPen(self._theme.colour("text" if is_number else "quiet"))
        left, top = placed.right - placed.width, found.tops[row] + found.pad
        painter.drawText(QRect(left, top, placed.width, found.line), int(_RIGHT), cell)
        if placed.below is not None:
            painter.setFont(self._caption)
            painter.setPen(self._theme.colour("quiet"))
            place = QRect(left, top + found.line, placed.width, found.line)
            painter.drawText(place, int(_RIGHT), placed.below.cells[row])

    def _paint_heads(self, painter: QPainter, found: BarLayout, bottom: int) -> None:
        """Over the rows that are scrolled out of view."""
        ground = QRect(-EDGE, bottom - found.head, self.width(), found.head)
        painter.fillRect(ground, self._theme.colour("window"))
        painter.setFont(self._caption)
        painter.setPen(self._theme.colour("quiet"))
        for placed in found.columns:
            place = QRect(placed.right - placed.width, ground.top(), placed.width, found.head)
            painter.drawText(place, int(_RIGHT), placed.column.head)

    def _paint_axis(self, painter: QPainter, found: BarLayout, top: int) -> None:
        ground = QRect(-EDGE, top, self.width(), found.axis)
        painter.fillRect(ground, self._theme.colour("window"))
        painter.fillRect(QRectF(found.bar_left, top, found.bar_width + 1, 1), self._theme.colour("quiet"))
        metrics = QFontMetrics(self._caption)
        painter.setFont(self._caption)
        painter.setPen(self._theme.colour("quiet"))
        for quarter in _QUARTERS:
            x, words = round(self._find_x(found, quarter)), f"{quarter} %"
            painter.fillRect(QRectF(x, top, 1, found.pad // 2), self._theme.colour("quiet"))
            wide = metrics.horizontalAdvance(words)
            if quarter in {0, 50, 100} or found.bar_width > 6 * wide:
                place = QRect(x - wide, top + found.pad // 2, 2 * wide, metrics.height())
                painter.drawText(place, int(_CENTRE), words)
        title = QRect(
            found.bar_left - found.name_width,
            top + found.pad // 2 + metrics.height(),
            found.bar_width + 2 * found.name_width,
            metrics.height(),
        )
        painter.drawText(title, int(_CENTRE), self.axis_title)

    @property
    def axis_title(self) -> str:
        """Of what the axis has shares."""
        sizes = {figure.all for figure in self._figures}
        unit = self._figures[0].unit if self._figures else ""
        return (
            f"share of the {sizes.pop():,} {unit}" if len(sizes) == 1 else f"share of the {unit} of each row"
        )
