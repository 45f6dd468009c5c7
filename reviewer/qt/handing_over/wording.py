"""What is said of what is handed over: sizes, choices, rows of the summary, warnings."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.figures.figures import CountedUnit
from reviewer.domain.figures.words import format_unit_count
from reviewer.qt.handing_over.summary import SummaryRows
from reviewer.qt.search.wording import format_photographs
from reviewer.services.handing_over.forecast import Forecast

_STEP = 1000
_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_NOT_ENCRYPTED = "It is not encrypted, whatever the case is: keep it as carefully as the case."


def format_size(size: int) -> str:
    """ "18.2 MB"; whole bytes up to a thousand."""
    amount, unit = float(size), 0
    while amount >= _STEP and unit < len(_UNITS) - 1:
        amount, unit = amount / _STEP, unit + 1
    return f"{size:,} {_UNITS[0]}" if unit == 0 else f"{amount:,.1f} {_UNITS[unit]}"


def describe_choice(found: Forecast, query: str | None) -> str:
    """ "12 of 47 photographs", with how the query was read where that is not as it was typed."""
    if query is None:
        return "No photograph is listed."
    if not query.strip():
        return f"All {format_photographs(found.all_photos)}."
    read = f" Read as: {found.canonical}" if found.canonical != query.strip() else ""
    return f"{found.hits:,} of {format_photographs(found.all_photos)}.{read}"


def make_rows(title: str, found: Forecast, examiners: str, further: SummaryRows = ()) -> SummaryRows:
    """The rows of what tells readings, with those that one kind of thing has `further`."""
    return [
        *make_first_rows(title, found),
        ("Read completely", f"{found.complete:,} of these"),
        ("Findings", f"{found.findings:,} of {examiners}"),
        *further,
        make_as_of_row(found),
    ]


def make_first_rows(title: str, found: Forecast) -> SummaryRows:
    return [
        ("Title", title),
        ("Individuals", f"{found.individuals:,} of {found.all_individuals:,} accepted"),
        ("Photographs", f"{found.photos:,} of {found.all_photos:,}"),
    ]


def make_as_of_row(found: Forecast) -> tuple[str, str]:
    at = f", {found.at[:10]} {found.at[11:16]} UTC" if found.at else ""
    return "As of", f"entry {found.entries:,}{at}"


def describe_left_out(found: Forecast) -> Sequence[str]:
    """Each reason for which something is in no figure, with its number."""
    return [f"Left out: {format_unit_count(number, unit)}, {why}." for why, unit, number in found.left_out]


def count_left_out(found: Forecast) -> str:
    """ "3 individuals, 12 photographs"; "nothing"."""
    sums = {unit: sum(n for _why, of, n in found.left_out if of is unit) for unit in CountedUnit}
    return ", ".join(format_unit_count(n, unit) for unit, n in sums.items() if n) or "nothing"


def warn_of_selection(found: Forecast) -> Sequence[str]:
    """That a search chose, where it speaks of what is counted."""
    said = []
    if found.choice.conditions:
        said.append(
            f"the search asks for what is counted ({', '.join(found.choice.conditions)}). Shares of such "
            "signs say nothing here; page 1 gives the search and who was not chosen."
        )
    if found.choice.unknown:
        said.append(
            f"how {', '.join(found.choice.unknown)} was made is not kept in the case, so it cannot be said "
            "whether it was by what is counted."
        )
    return said


def note_unread(found: Forecast) -> Sequence[str]:
    unread = found.photos - found.complete
    if not unread:
        return ()
    of = f"{unread:,} of these photographs {'has' if unread == 1 else 'have'}"
    return (f"{of} no complete reading.",)


def note_unencrypted(is_open_to_all: bool) -> Sequence[str]:
    return () if is_open_to_all else (_NOT_ENCRYPTED,)
