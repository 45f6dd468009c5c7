"""The numbers beside bars, in columns: a head and a cell for each figure. One of nothing is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.figures.figures import Figure, FigureKind

NOTHING_TOLD, NOT_SAYABLE_HERE = "cannot tell", "not sayable"
_ALL_HELP = "Share of all {unit} that are counted, also of those of whom it cannot be told."
_JUDGED_HELP = "Share of those {unit} of whom it can be told, and how many these are."
_NOT_SAYABLE_HELP = (
    " Not sayable: nobody could be shown to be without the sign, so that its share would be all of those in "
    "whom it was found, whatever the truth is."
)
_INTERVAL_HELP = "Interval of the share at 95 % (Wilson), in percent."


@dataclass(frozen=True)
class NumberColumn:
    """`cells` has one text for each figure, "" where nothing may be printed. A quiet column belongs to the
    share before it: of how many it is, or (`is_interval`) its interval."""

    head: str
    cells: tuple[str, ...]
    help: str
    is_quiet: bool = False
    is_interval: bool = False


def make_number_columns(figures: Sequence[Figure]) -> tuple[NumberColumn, ...]:
    """How many, the share of all, that of those that could be judged, with the intervals that there are.

    What may be printed of a figure is decided by the figure. The number of all stands in a head where it is
    the same for each; what cannot be said has a word in its place.
    """
    if not figures:
        return ()
    kind, unit = figures[0].kind, figures[0].unit
    sizes = {figure.all for figure in figures}
    is_same = len(sizes) == 1
    all_head, of_all = (
        (f"of all {sizes.pop():,}", []) if is_same else ("of all", [f"of {f.all:,}" for f in figures])
    )
    all_help = _ALL_HELP.format(unit=unit)
    judged_help = _JUDGED_HELP.format(unit=unit) + (_NOT_SAYABLE_HELP if kind is FigureKind.SIGN else "")
    columns = (
        NumberColumn(kind.sides[0], tuple(f"{len(f.present):,}" for f in figures), f"How many {unit}."),
        NumberColumn(all_head, tuple(map(_format_of_all, figures)), all_help),
        NumberColumn("", tuple(of_all), all_help, is_quiet=True),
        _make_interval([f.of_all.ends if f.is_share_meaningful else "" for f in figures]),
        *_make_judged_columns(figures, judged_help),
    )
    return tuple(column for column in columns if any(column.cells))


def _make_judged_columns(figures: Sequence[Figure], help_: str) -> tuple[NumberColumn, ...]:
    """The share of those that could be judged; nothing where it can be said of no figure."""
    sayable = [f.is_share_meaningful and f.is_assessable_share_meaningful for f in figures]
    if not any(sayable):
        return ()
    judged = [f"of {f.of_assessable.of:,}" if can else "" for f, can in zip(figures, sayable, strict=True)]
    return (
        NumberColumn(f"of {figures[0].kind.judged}", tuple(map(_format_of_judged, figures)), help_),
        NumberColumn("", tuple(judged), help_, is_quiet=True),
        _make_interval(
            [f.of_assessable.ends if can else "" for f, can in zip(figures, sayable, strict=True)]
        ),
    )


def _make_interval(ends: Sequence[str]) -> NumberColumn:
    return NumberColumn("95 %", tuple(ends), _INTERVAL_HELP, is_quiet=True, is_interval=True)


def _format_of_all(figure: Figure) -> str:
    if figure.is_share_meaningful:
        return figure.of_all.share
    return NOTHING_TOLD if figure.kind is FigureKind.SIGN else ""


def _format_of_judged(figure: Figure) -> str:
    if not figure.is_share_meaningful:
        return ""
    if figure.is_assessable_share_meaningful:
        return figure.of_assessable.share
    return NOT_SAYABLE_HERE if figure.kind is FigureKind.SIGN else ""
