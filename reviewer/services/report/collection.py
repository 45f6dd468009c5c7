"""The report of a collection: limits, method, what was left out, figures, versions, how to verify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.domain.body_map import BodyMap
from reviewer.domain.figures import Counted, Figure, Share, Table
from reviewer.domain.page import Block, Drawing, Facts, Grid, Heading, Page, Paragraph, Points
from reviewer.domain.plot_body import body
from reviewer.domain.plots import bars, columns
from reviewer.services.report import wording

_HEAD = ("", "present", "absent", "cannot tell", "of all, %", "of assessable, %")
_WIDTHS = (28, 9, 9, 15, 20, 20)
_IN_ORDER = ("month", "days")


def collection(counted: Counted, maps: Sequence[BodyMap]) -> Page:
    """The whole report of what was counted."""
    return Page(
        f"Collection report: {counted.basis.case}",
        f"{counted.individuals:,} individuals, {counted.photos:,} photographs, as of entry "
        f"{counted.basis.entries:,} of the ledger",
        wording.day_of(counted.basis),
        wording.foot_of(counted.basis),
        tuple(_blocks(counted, maps)),
    )


def _blocks(counted: Counted, maps: Sequence[BodyMap]) -> Iterator[Block]:
    yield Heading("Limits")
    yield Points(wording.sentences("limits"))
    yield Heading("Method")
    yield Points(wording.sentences("method"))
    yield Heading("What was left out")
    if counted.excluded:
        rows = ((each.why, each.unit.value, f"{len(each.ids):,}") for each in counted.excluded)
        yield Grid(("reason", "of", "how many"), tuple(rows), widths=(60, 20, 20))
    else:
        yield Paragraph("Nothing was left out.")
    yield Heading("Figures")
    if not counted.individuals:
        yield Paragraph(wording.sentence("no_individual"))
    for table in counted.tables:
        yield from table_blocks(table, maps)
    yield Heading("Versions, and how to verify")
    yield Points(wording.sentences("verify"))
    yield Facts(wording.basis_rows(counted.basis))


def table_blocks(table: Table, maps: Sequence[BodyMap]) -> Iterator[Block]:
    """One table with its plot, its limits, and every figure in numbers, whether anything was found or not."""
    yield Heading(table.title, 2)
    for note in table.notes:
        yield Paragraph(note, quiet=True)
    says = f"{table.title}; the numbers stand in the table below."
    if table.key == "regions" and maps:
        yield Drawing(body(table, maps).svg, says, 80)
    elif table.key.split("/")[0] in _IN_ORDER:
        yield Drawing(columns(table).svg, says)
    else:
        yield Drawing(bars(table).svg, says)
    yield Grid((table.unit.value, *_HEAD[1:]), tuple(_row(each) for each in table.figures), widths=_WIDTHS)


def _row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.label,
        f"{len(figure.present):,}",
        f"{len(figure.absent):,}",
        f"{figure.untold:,}" + (f" ({len(figure.conflict)} conflict)" if figure.conflict else ""),
        share_words(figure.of_all),
        share_words(figure.of_assessable),
    )


def share_words(share: Share) -> str:
    """ "6.0 (3.5 to 10.2)", percent; "of none" where there is nothing to take a share of."""
    if share.percent is None or share.interval is None:
        return "of none"
    low, high = share.interval
    return f"{share.percent:.1f} ({low:.1f} to {high:.1f})"
