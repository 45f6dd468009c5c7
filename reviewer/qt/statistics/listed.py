"""The tables as the screen lists them: always the same ones, also those of which nothing is known yet."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.figures.figures import CountedUnit, Figure, Statistics, Table
from reviewer.domain.figures.plots import (
    MOST_PAIRS,
    PRINT_COLOURS,
    Plot,
    choose_drawn_figures,
    plot_bars,
    plot_body_map,
    plot_columns,
    plot_pairs,
    sort_most_first,
)
from reviewer.qt.statistics.copied_figure import PRINTED_WIDTH
from reviewer.qt.statistics.plot_view import DrawPlots
from reviewer.services.vocabulary.body_maps import find_maps_showing_all
from reviewer.services.vocabulary.vocabulary import load_vocabulary

_LISTED_DESCRIPTIONS = ("stage", "posture", "dress", "place", "under", "card")
"""What was said of photographs that is asked for most; a report has all of it."""

LISTED_TABLES = {
    "findings": "Findings",
    "headings": "Findings under headings",
    "parts": "Findings by part",
    "nutrition": "Wasting",
    "regions": "Regions of the body",
    "shown": "Parts shown",
    "together": "What occurs together",
    "month": "Months",
    "branch": "Branch",
    "sex": "Sex",
    "age": "Apparent age",
    **{
        f"described/{description.key}": f"{description.name[:1].upper()}{description.name[1:]}"
        for description in load_vocabulary().described
        if description.key in _LISTED_DESCRIPTIONS
    },
    "photos": "Photographs of each",
    "category": "Categories",
    "progress": "Progress of reading",
    "days": "Days of reading",
}
HEADINGS = {
    "findings": "Findings of individuals",
    "month": "Who they were",
    f"described/{_LISTED_DESCRIPTIONS[0]}": "What photographs show",
    "photos": "Photographs and reading",
}
"""What stands in the list above the first table of a group."""
_TABLES_OF_READING = frozenset({"findings", "headings", "parts", "nutrition", "regions", "together"})
_TABLES_OF_PHOTOS = frozenset({"category", "progress", "days"})
_TABLES_IN_ORDER = frozenset({"month", "days"})


def find_table(counted: Statistics, key: str) -> Table | None:
    """The table of that key; those of an Examiner have the id behind it."""
    return next((table for table in counted.tables if key in {table.key, table.key.split("/")[0]}), None)


def explain_nothing(counted: Statistics, key: str) -> str:
    """Why there is nothing to draw, in a sentence; "" if there is."""
    table = find_table(counted, key)
    if key not in _TABLES_OF_PHOTOS and not counted.individuals:
        which = "that has a photograph found by the query " if counted.basis.query else ""
        return (
            f"No individual {which}was accepted yet, so nobody is counted. Proposals are accepted on the "
            "individuals screen."
        )
    if table is None:
        return "Nothing is known of this yet, of nobody and no photograph that is counted."
    if key in _TABLES_OF_READING and not any(figure.present or figure.absent for figure in table.figures):
        return (
            f"Nothing was found and nothing could be ruled out yet: of none of "
            f"{counted.individuals:,} {CountedUnit.INDIVIDUAL} "
            "anything can be told. Figures come with readings."
        )
    return ""


def choose_bars(table: Table, *, whole: bool = True) -> tuple[Sequence[Figure], Sequence[str]]:
    """The figures of a table that are drawn as bars, and sentences on those that are not. What is not `whole`
    is a figure broken down: bars, whatever it is broken down by."""
    kind = _find_kind(table, whole=whole)
    if kind in _TABLES_IN_ORDER:
        return (), ()
    if kind == "together":
        return choose_drawn_figures(sort_most_first(table), MOST_PAIRS)
    return choose_drawn_figures(table)


def find_plots(table: Table, *, whole: bool = True) -> DrawPlots | None:
    """What is drawn of a table above its bars or in their place, from colours and the width in units of a
    plot; None for nothing."""
    kind = _find_kind(table, whole=whole)
    if kind == "regions":
        return lambda ink, width: (plot_body_map(table, find_maps_showing_all(), ink, width),)
    return (lambda ink, width: (plot_columns(table, ink, width),)) if kind in _TABLES_IN_ORDER else None


def draw_printed_plots(table: Table, *, whole: bool = True) -> tuple[Plot, ...]:
    """What a report draws of a table, to be shown one below the other."""
    draw, kind = find_plots(table, whole=whole), _find_kind(table, whole=whole)
    above = tuple(draw(PRINT_COLOURS, PRINTED_WIDTH)) if draw is not None else ()
    if kind in _TABLES_IN_ORDER:
        return above
    return (*above, plot_pairs(table) if kind == "together" else plot_bars(table))


def _find_kind(table: Table, *, whole: bool) -> str:
    return table.key.split("/")[0] if whole else ""
