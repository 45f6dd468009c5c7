"""The report of a collection: limits, method, what was left out, figures, versions, how to verify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.domain.figures.body_plot import body
from reviewer.domain.figures.document import (
    Block,
    Drawing,
    Facts,
    Grid,
    Heading,
    OwnText,
    Page,
    Paragraph,
    Points,
)
from reviewer.domain.figures.figures import Counted, Figure, Kind, Share, Table
from reviewer.domain.figures.plots import bar_parts, columns, pair_parts
from reviewer.domain.figures.words import (
    readings_in_words,
    sample_in_words,
    selection_in_words,
    sums_in_words,
)
from reviewer.domain.vocabulary.body_map import BodyMap
from reviewer.services.report import wording
from reviewer.services.report.front import Front, examination_blocks, mandate_blocks

_OF_A_SIGN = (*Kind.SIGN.sides, "after death", "not stated", "of all", "of assessable")
_OF_A_CLASS = ("how many", "cannot tell", "of all", "of those told")
_WIDTHS = {Kind.SIGN: (26, 9, 8, 14, 8, 8, 14, 14), Kind.CLASS: (42, 12, 12, 17, 17)}
_IN_ORDER = ("month", "days")


def collection(counted: Counted, maps: Sequence[BodyMap], front: Front) -> Page:
    """The whole report of what was counted."""
    kind = "Report of a selection" if counted.basis.query else "Collection report"
    return Page(
        f"{kind}: {counted.basis.case}",
        f"{counted.individuals:,} individuals, {counted.photos:,} photographs, as of entry "
        f"{counted.basis.entries:,} of the ledger",
        wording.day_of(counted.basis),
        wording.foot_of(counted.basis),
        (*_page_one(counted, front), *_blocks(counted, maps), OwnText(wording.OWN_TEXT)),
        wording.origin_of(counted.basis),
    )


def _page_one(counted: Counted, front: Front) -> Iterator[Block]:
    """What must stand on it comes first: the mandate can be long."""
    if counted.basis.query:
        yield Heading("A selection")
        yield Points(selection_in_words(counted))
    yield from examination_blocks(front, counted.basis)
    yield Heading("Files that could not be opened")
    yield Points(counted.unopened.in_words())
    yield from mandate_blocks(front)


def _blocks(counted: Counted, maps: Sequence[BodyMap]) -> Iterator[Block]:
    yield Heading("Limits")
    yield Points(wording.sentences("limits"))
    yield Heading("What the figures rest on")
    yield Points(
        (
            *readings_in_words(counted.readings, counted.basis),
            sample_in_words(counted.basis),
            *_others(counted),
        )
    )
    yield Heading("Method")
    yield Points(wording.sentences("method"))
    yield Heading("What was left out")
    yield Points(sums_in_words(counted))
    if counted.excluded:
        rows = ((each.why, each.unit.value, f"{len(each.ids):,}") for each in counted.excluded)
        yield Grid(("reason", "of", "how many"), tuple(rows), widths=(60, 20, 20))
    elif not counted.unopened.files:
        yield Paragraph("Nothing was left out.")
    if counted.unopened.files:
        yield Paragraph(
            "The files that could not be opened, named on the first page, are in none of these sums; "
            "problems.csv of the CSV export lists each."
        )
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
    yield from _plots(table, maps)
    head = _OF_A_SIGN if table.kind is Kind.SIGN else _OF_A_CLASS
    row = _row_of_sign if table.kind is Kind.SIGN else _row_of_class
    yield Grid(
        (table.unit.value, *head), tuple(row(each) for each in table.figures), widths=_WIDTHS[table.kind]
    )


def _plots(table: Table, maps: Sequence[BodyMap]) -> Iterator[Block]:
    """The plots of a table, none taller than half a page: long ones in parts."""
    says = f"{table.title}; the numbers stand in the table below."
    if table.key == "regions" and maps:
        yield Drawing(body(table, maps).svg, says, 80)
    elif table.key.split("/")[0] in _IN_ORDER:
        yield Drawing(columns(table).svg, says)
    else:
        parts = pair_parts(table) if table.key == "together" else bar_parts(table)
        for number, part in enumerate(parts, start=1):
            of = f" Part {number} of {len(parts)}." if len(parts) > 1 else ""
            yield Drawing(part.svg, f"{says}{of}")


def _row_of_sign(figure: Figure) -> tuple[str, ...]:
    return (
        figure.label,
        f"{len(figure.present):,}",
        f"{len(figure.absent):,}",
        _cannot_tell(figure),
        f"{len(figure.after_death):,}",
        f"{len(figure.unstated):,}",
        share_words(figure.of_all) if figure.is_told else "not told",
        share_words(figure.of_assessable) if figure.is_sayable else "not sayable",
    )


def _row_of_class(figure: Figure) -> tuple[str, ...]:
    """Nobody is without a month or a branch: those in another are not printed as absent, and a share only
    where another one was possible."""
    return (
        figure.label,
        f"{len(figure.present):,}",
        f"{figure.untold:,}",
        share_words(figure.of_all) if figure.is_told else "",
        share_words(figure.of_assessable) if figure.is_sayable else "",
    )


def _cannot_tell(figure: Figure) -> str:
    """What cannot be told, contradictions among it; what has a column of its own is not in it again."""
    untold = len(figure.cannot_tell) + len(figure.conflict)
    return f"{untold:,} ({len(figure.conflict):,} conflict)" if figure.conflict else f"{untold:,}"


def _others(counted: Counted) -> Iterator[str]:
    """In which order they were read, and whether anybody read them a second time."""
    if counted.basis.order:
        yield wording.sentence(f"order_{counted.basis.order}")
    if len(counted.basis.examiners) == 1:
        yield wording.sentence("one_reader")
    shown = counted.table("shown")
    if shown is not None:
        parts = "; ".join(f"{each.label}: {len(each.present):,}" for each in shown.figures)
        yield wording.sentence("shown").format(parts=parts, whole=f"{counted.readings.whole:,}")


def share_words(share: Share) -> str:
    """ "6.0 %", of a drawn sample with its interval; "of none" where there is nothing to take a share of."""
    return share.in_percent() or "of none"
