"""Plots of Tables: present, absent and cannot tell side by side, with the interval and the numbers in words.

Order and pattern tell the three apart, not colour: present is darkest, absent light, cannot tell hatched.
`body` (plot_body.py) draws the Regions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.figures.body_plot import plot_body_map
from reviewer.domain.figures.figures import Figure, FigureKind, Table
from reviewer.domain.figures.svg_sheet import (
    FONT_SIZE,
    LINE_HEIGHT,
    PRINT_COLOURS,
    HitArea,
    Plot,
    PlotColours,
    SvgSheet,
    measure_text_width,
    shorten_text,
    wrap_text,
)

__all__ = [
    "PRINT_COLOURS",
    "HitArea",
    "Plot",
    "PlotColours",
    "choose_drawn_figures",
    "format_shares",
    "plot_bars",
    "plot_bars_in_parts",
    "plot_body_map",
    "plot_columns",
    "plot_pairs",
    "plot_pairs_in_parts",
    "sort_most_first",
]

_MOST_DRAWN_WHOLE, _MOST_DRAWN = 12, 40
MOST_PAIRS = 30
_GAP, _EDGE = 10.0, 4.0
_BAR, _WHISKER, _ROW_GAP = 14.0, 7.0, 9.0
_LEAST_BAR = 140.0
_COLUMN_SHARE, _WIDEST_COLUMN = 0.76, 48.0
"""A column takes this share of its place, but one day alone is no black wall across the page."""
TALLEST_PLOT = 480.0
"""How tall a plot may be on a page, in its units: of 680 across on A4 half of the page."""
_LABEL_PART = 0.34
_PRESENT, _ABSENT, _INCONCLUSIVE = range(3)
NOT_SAYABLE = "share of those assessable not sayable"
"""Where nobody could be shown to be without a sign, its share of those assessable would always be all."""


@dataclass(frozen=True)
class _BarRow:
    """A figure with its texts in lines, and how tall it is drawn."""

    figure: Figure
    label: Sequence[str]
    numbers: Sequence[str]

    @property
    def tall(self) -> float:
        return max(len(self.label) * LINE_HEIGHT, 2 * LINE_HEIGHT) + _ROW_GAP


def format_shares(figure: Figure) -> str:
    """ "12 of 200, 6.0 %; of 90 assessable 13.3 %": both shares of a sign; of a class what they say."""
    return "; ".join(_format_share_lines(figure))


def _format_share_lines(figure: Figure) -> tuple[str, ...]:
    share, is_class = figure.of_assessable, figure.kind is FigureKind.CLASS
    if not figure.is_share_meaningful:
        bare = f"{len(figure.present):,} of {figure.all:,}"
        return (bare,) if is_class else (bare, "nothing can be told of anybody")
    of_all = figure.of_all.in_words()
    if not figure.is_assessable_share_meaningful:
        return (of_all,) if is_class else (of_all, NOT_SAYABLE)
    return of_all, f"of {share.of:,} {figure.kind.judged} {share.in_percent()}"


def plot_bars(
    table: Table, ink: PlotColours = PRINT_COLOURS, width: int = 680, most: int = _MOST_DRAWN
) -> Plot:
    """One bar for each figure, from nothing to all of its units; the picture is wider where it must be.

    Of more than twelve figures those are drawn in which anything is present, and of these the `most` with the
    most, in the order of the table; a sentence below says how many are not drawn.
    """
    return plot_bars_in_parts(table, ink, width, most, math.inf)[0]


def plot_bars_in_parts(
    table: Table,
    ink: PlotColours = PRINT_COLOURS,
    width: int = 680,
    most: int = _MOST_DRAWN,
    tall: float = TALLEST_PLOT,
) -> tuple[Plot, ...]:
    """The same bars for pages: as many Plots as it takes for none to be taller than `tall` (one bar and what
    belongs to it always fits in one), each with its own legend and axis, all to the same scale."""
    shown, left_out = choose_drawn_figures(table, most)
    rows = [
        _BarRow(figure, wrap_text(figure.label, width * _LABEL_PART), _format_share_lines(figure))
        for figure in shown
    ]
    label_room = max((measure_text_width(line) for row in rows for line in row.label), default=0)
    number_room = max((measure_text_width(line) for row in rows for line in row.numbers), default=0)
    left = _EDGE + label_room + _GAP
    bar = max(_LEAST_BAR, width - left - _GAP - number_room - _EDGE)
    full = left + bar + _GAP + number_room + _EDGE
    spent = _draw_legend(SvgSheet(ink), table, full) + LINE_HEIGHT + 4 + _EDGE
    spent += LINE_HEIGHT * sum(len(wrap_text(sentence, full - 2 * _EDGE)) for sentence in left_out)
    parts = _divide_evenly(rows, tall - spent)
    return tuple(
        _plot_rows(part, table, ink, (left, bar, full), left_out if place == len(parts) else [])
        for place, part in enumerate(parts, start=1)
    )


def _divide_evenly(rows: Sequence[_BarRow], room: float) -> list[Sequence[_BarRow]]:
    """In runs that fit `room`: as few as can be, and of about the same height, so that no last one is
    left with a single bar."""
    if not rows:
        return [rows]
    least = len(_divide_in_runs(rows, room))
    if least == 1:
        return [rows]
    whole = sum(row.tall for row in rows)
    tries = (whole / least + step * _ROW_GAP for step in range(math.ceil(room / _ROW_GAP)))
    return next(
        (runs for height in tries if height < room and len(runs := _divide_in_runs(rows, height)) == least),
        _divide_in_runs(rows, room),
    )


def _divide_in_runs(rows: Sequence[_BarRow], room: float) -> list[Sequence[_BarRow]]:
    runs: list[list[_BarRow]] = [[]]
    used = 0.0
    for row in rows:
        if runs[-1] and used + row.tall > room:
            runs.append([])
            used = 0.0
        runs[-1].append(row)
        used += row.tall
    return list(runs)


def _plot_rows(
    rows: Sequence[_BarRow],
    table: Table,
    ink: PlotColours,
    across: tuple[float, float, float],
    left_out: Sequence[str],
) -> Plot:
    """One plot of these rows; `across` are where bars begin, how long they are, and the whole width."""
    left, bar, full = across
    sheet = SvgSheet(ink)
    y = _draw_legend(sheet, table, full)
    top = y
    for row in rows:
        _draw_label(sheet, row.label, y)
        _draw_bar(sheet, row.figure, left, y + 2, bar)
        for place, line in enumerate(row.numbers):
            sheet.text(left + bar + _GAP, y + FONT_SIZE + place * LINE_HEIGHT, line, quiet=place > 0)
        sheet.place(HitArea(row.figure.key, 0, y - _ROW_GAP / 2, full, row.tall))
        y += row.tall
    y = _draw_scale(sheet, left, bar, top, y) if rows else y
    y = _draw_sentences(sheet, left_out, y, full)
    return sheet.make_plot(table.title, full, y + _EDGE)


def plot_pairs(table: Table, ink: PlotColours = PRINT_COLOURS, width: int = 680) -> Plot:
    """Plot what occurs together as bars, the pair with most units first."""
    return plot_bars(sort_most_first(table), ink, width, MOST_PAIRS)


def plot_pairs_in_parts(table: Table) -> tuple[Plot, ...]:
    """Divide `plot_pairs` over pages."""
    return plot_bars_in_parts(sort_most_first(table), most=MOST_PAIRS)


def sort_most_first(table: Table) -> Table:
    """The table with the figure that has most units first."""
    ordered = sorted(table.figures, key=lambda figure: -len(figure.present))
    return Table(table.key, table.title, table.unit, tuple(ordered), table.notes)


def choose_drawn_figures(table: Table, most: int = _MOST_DRAWN) -> tuple[list[Figure], list[str]]:
    """The figures that are drawn, and sentences that say how many are not."""
    figures = list(table.figures)
    if len(figures) <= _MOST_DRAWN_WHOLE:
        return figures[:most], []
    anything = [figure for figure in figures if figure.present]
    ranked = sorted(anything, key=lambda figure: -len(figure.present))[:most]
    keys = {figure.key for figure in ranked}
    said = []
    if len(anything) > len(ranked):
        said.append(f"{len(anything) - len(ranked):,} more, with fewer present, are not drawn.")
    if len(figures) > len(anything):
        said.append(f"{len(figures) - len(anything):,} of which nothing is present are not drawn.")
    return [figure for figure in anything if figure.key in keys], said


def _draw_legend(sheet: SvgSheet, table: Table, full: float) -> float:
    """Draw what the parts of a bar mean, and the unit; return where the bars begin."""
    x, y = _EDGE, FONT_SIZE + _EDGE
    sheet.text(x, y, f"{table.unit}:".capitalize())
    x += measure_text_width(f"{table.unit}:") + _GAP
    drawn = any(figure.drawn for figure in table.figures)
    names = table.kind.sides
    entries = (*names, f"95 % interval of {names[0]} among all") if drawn else names
    for place, name in enumerate(entries):
        room = 24 + measure_text_width(name) + _GAP
        if x + room - _GAP > full - _EDGE:
            x, y = _EDGE, y + LINE_HEIGHT + 4
        if place == _PRESENT:
            sheet.box(x, y - 9, 18, 10, sheet.ink.present, sheet.ink.line)
        elif place == _ABSENT:
            sheet.box(x, y - 9, 18, 10, sheet.ink.absent, sheet.ink.line)
        elif place == _INCONCLUSIVE:
            sheet.draw_inconclusive(x, y - 9, 18, 10)
        else:
            _draw_whisker(sheet, x, x + 18, y - 6.5)
        sheet.text(x + 24, y, name, quiet=True)
        x += room
    return y + LINE_HEIGHT + 4


def _draw_label(sheet: SvgSheet, lines: Sequence[str], y: float) -> None:
    for place, line in enumerate(lines):
        sheet.text(_EDGE, y + FONT_SIZE + place * LINE_HEIGHT, line)


def _draw_bar(sheet: SvgSheet, figure: Figure, left: float, y: float, bar: float) -> None:
    if not figure.all:
        return
    parts = (len(figure.present), len(figure.absent), figure.untold)
    ends = [left + bar * sum(parts[:place]) / figure.all for place in range(4)]
    sheet.draw_inconclusive(ends[2], y, ends[3] - ends[2], _BAR)
    sheet.box(ends[1], y, ends[2] - ends[1], _BAR, sheet.ink.absent, sheet.ink.line)
    sheet.box(ends[0], y, ends[1] - ends[0], _BAR, sheet.ink.present, sheet.ink.line)
    interval = figure.of_all.interval
    if interval is not None:
        low, high = interval
        _draw_whisker(sheet, left + bar * low / 100, left + bar * high / 100, y + _BAR + 2)


def _draw_whisker(sheet: SvgSheet, left: float, right: float, y: float) -> None:
    """From one end of an interval to the other, below the bar, where no part of it hides it."""
    middle = y + (_WHISKER - 2) / 2
    sheet.line(left, middle, right, middle, sheet.ink.text)
    for x in (left, right):
        sheet.line(x, y, x, y + _WHISKER - 2, sheet.ink.text)


def _draw_scale(sheet: SvgSheet, left: float, bar: float, top: float, y: float) -> float:
    """Nothing, half and all, below the bars."""
    for part, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        x = left + bar * part
        sheet.line(x, y - 4, x, y, sheet.ink.line)
        sheet.text(x, y + FONT_SIZE + 1, f"{part:.0%}".replace("%", " %"), quiet=True, anchor=anchor)
    sheet.line(left, y - 4, left + bar, y - 4, sheet.ink.line)
    return y + LINE_HEIGHT + 4


def _draw_sentences(sheet: SvgSheet, sentences: Sequence[str], y: float, full: float) -> float:
    for sentence in sentences:
        for line in wrap_text(sentence, full - 2 * _EDGE):
            sheet.text(_EDGE, y + FONT_SIZE, line, quiet=True)
            y += LINE_HEIGHT
    return y


def plot_columns(table: Table, ink: PlotColours = PRINT_COLOURS, width: int = 680, height: int = 240) -> Plot:
    """One column for each figure, in the order of the table: how many units have it.

    Labels below are thinned evenly until none touches the next. Units of which it cannot be told are in no
    column; a sentence says how many.
    """
    sheet = SvgSheet(ink)
    figures = table.figures
    top_count = _round_up_count(max((len(figure.present) for figure in figures), default=0))
    left = _EDGE + measure_text_width(f"{top_count:,}") + _GAP
    top, bottom = FONT_SIZE + LINE_HEIGHT + 2 * _EDGE, height - 2 * LINE_HEIGHT - 2 * _EDGE
    full = max(width, left + _LEAST_BAR)
    slot = (full - left - _EDGE) / max(1, len(figures))
    sheet.text(_EDGE, FONT_SIZE + _EDGE, f"{table.unit}".capitalize())
    for count in _list_scale_steps(top_count):
        y = bottom - (bottom - top) * count / top_count
        sheet.line(left, y, full - _EDGE, y, ink.line, 0.5)
        sheet.text(left - _GAP / 2, y + 4, f"{count:,}", quiet=True, anchor="end")
    for place, figure in enumerate(figures):
        x, tall = left + slot * place, (bottom - top) * len(figure.present) / top_count
        wide = min(slot * _COLUMN_SHARE, _WIDEST_COLUMN)
        sheet.box(x + (slot - wide) / 2, bottom - tall, wide if tall else 0, tall, ink.present)
        sheet.place(HitArea(figure.key, x, top, slot, bottom - top))
    _draw_labels_below(sheet, figures, left, slot, bottom + LINE_HEIGHT + _EDGE, full)
    y = _draw_sentences(sheet, _inconclusive_in_words(table), bottom + LINE_HEIGHT + 2 * _EDGE, full)
    return sheet.make_plot(table.title, full, max(height, y + _EDGE))


def _draw_labels_below(
    sheet: SvgSheet, figures: Sequence[Figure], left: float, slot: float, y: float, full: float
) -> None:
    labels = [shorten_text(figure.label, full / 3) for figure in figures]
    widest = max((measure_text_width(label) for label in labels), default=0)
    step = max(1, math.ceil((widest + _GAP) / slot))
    end = 0.0
    for place in range(0, len(labels), step):
        room = measure_text_width(labels[place])
        start = left + slot * (place + 0.5) - room / 2
        start = min(max(start, _EDGE), full - _EDGE - room)
        if start >= end:
            sheet.text(start, y, labels[place], quiet=True)
            end = start + room + _GAP


def _inconclusive_in_words(table: Table) -> list[str]:
    if not table.figures or not table.figures[0].untold:
        return []
    first = table.figures[0]
    return [f"Cannot tell: {first.untold:,} of {first.all:,}. They are in no column."]


def _round_up_count(count: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50 ... or a whole number of steps of a scale."""
    step = _find_scale_step(count)
    return max(1, math.ceil(count / step) * step)


def _find_scale_step(count: int) -> int:
    size = 1
    while count > size * 50:
        size *= 10
    return next((size * factor for factor in (1, 2, 5, 10) if count <= size * factor * 5), size * 10)


def _list_scale_steps(top: int) -> range:
    return range(0, top + 1, _find_scale_step(top))
