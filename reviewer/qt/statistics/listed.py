"""The tables as the screen lists them: always the same ones, also those of which nothing is known yet."""

from __future__ import annotations

from reviewer.domain.figures.figures import CountedUnit, Statistics, Table
from reviewer.domain.figures.plots import (
    Plot,
    PlotColours,
    plot_bars,
    plot_body_map,
    plot_columns,
    plot_pairs,
)
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


def draw_plots(table: Table, ink: PlotColours, width: int, whole: bool = True) -> tuple[Plot, ...]:
    """The plots of a table, to be shown one below the other; `width` in units of a plot. What is not
    `whole` is a figure broken down: bars, whatever it is broken down by."""
    kind = table.key.split("/")[0] if whole else ""
    if kind == "regions":
        return plot_body_map(table, find_maps_showing_all(), ink, width), plot_bars(table, ink, width)
    if kind in _TABLES_IN_ORDER:
        return (plot_columns(table, ink, width),)
    if kind == "together":
        return (plot_pairs(table, ink, width),)
    return (plot_bars(table, ink, width),)
