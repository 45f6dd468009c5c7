"""The report of a collection: limits, method, what was left out, figures, versions, how to verify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.domain.figures.body_plot import plot_body_map
from reviewer.domain.figures.document import (
    BulletList,
    Document,
    DocumentBlock,
    DocumentDrawing,
    DocumentHeading,
    DocumentTable,
    KeyValues,
    OwnText,
    Paragraph,
)
from reviewer.domain.figures.figures import Figure, FigureKind, Proportion, Statistics, Table
from reviewer.domain.figures.plots import plot_bars_in_parts, plot_columns, plot_pairs_in_parts
from reviewer.domain.figures.words import (
    readings_in_words,
    sample_in_words,
    selection_in_words,
    sums_in_words,
)
from reviewer.domain.vocabulary.body_map import BodyMap
from reviewer.services.report import wording
from reviewer.services.report.front import FrontPage, make_examination_blocks, make_mandate_blocks

_SIGN_HEADINGS = (*FigureKind.SIGN.sides, "after death", "not stated", "of all", "of assessable")
_CLASS_HEADINGS = ("how many", "cannot tell", "of all", "of those told")
_WIDTHS = {FigureKind.SIGN: (26, 9, 8, 14, 8, 8, 14, 14), FigureKind.CLASS: (42, 12, 12, 17, 17)}
_ORDERED_TABLES = ("month", "days")


def make_collection_document(counted: Statistics, maps: Sequence[BodyMap], front: FrontPage) -> Document:
    """Make the whole report of what was counted."""
    kind = "Report of a selection" if counted.basis.query else "Collection report"
    return Document(
        f"{kind}: {counted.basis.case}",
        f"{counted.individuals:,} individuals, {counted.photos:,} photographs, as of entry "
        f"{counted.basis.entries:,} of the ledger",
        wording.format_day(counted.basis),
        wording.make_footer(counted.basis),
        (*_make_first_page(counted, front), *_make_blocks(counted, maps), OwnText(wording.OWN_TEXT)),
        wording.make_origin(counted.basis),
    )


def _make_first_page(counted: Statistics, front: FrontPage) -> Iterator[DocumentBlock]:
    """Make the first page: what must be on it precedes the mandate, which can be long."""
    if counted.basis.query:
        yield DocumentHeading("A selection")
        yield BulletList(selection_in_words(counted))
    yield from make_examination_blocks(front, counted.basis)
    yield DocumentHeading("Files that could not be opened")
    yield BulletList(counted.unopened.in_words())
    yield from make_mandate_blocks(front)


def _make_blocks(counted: Statistics, maps: Sequence[BodyMap]) -> Iterator[DocumentBlock]:
    yield DocumentHeading("Limits")
    yield BulletList(wording.sentences("limits"))
    yield DocumentHeading("What the figures rest on")
    yield BulletList(
        (
            *readings_in_words(counted.readings, counted.basis),
            sample_in_words(counted.basis),
            *_describe_reading_conditions(counted),
        )
    )
    yield DocumentHeading("Method")
    yield BulletList(wording.sentences("method"))
    yield DocumentHeading("What was left out")
    yield BulletList(sums_in_words(counted))
    if counted.excluded:
        rows = (
            (excluded.why, excluded.unit.value, f"{len(excluded.ids):,}") for excluded in counted.excluded
        )
        yield DocumentTable(("reason", "of", "how many"), tuple(rows), widths=(60, 20, 20))
    elif not counted.unopened.files:
        yield Paragraph("Nothing was left out.")
    if counted.unopened.files:
        yield Paragraph(
            "The files that could not be opened, named on the first page, are in none of these sums; "
            "problems.csv of the CSV export lists each."
        )
    yield DocumentHeading("Figures")
    if not counted.individuals:
        yield Paragraph(wording.sentence("no_individual"))
    for table in counted.tables:
        yield from make_table_blocks(table, maps)
    yield DocumentHeading("Versions, and how to verify")
    yield BulletList(wording.sentences("verify"))
    yield KeyValues(wording.make_basis_rows(counted.basis))


def make_table_blocks(table: Table, maps: Sequence[BodyMap]) -> Iterator[DocumentBlock]:
    """One table with its plot, its limits, and every figure in numbers, whether anything was found or not."""
    yield DocumentHeading(table.title, 2)
    for note in table.notes:
        yield Paragraph(note, quiet=True)
    yield from _make_plots(table, maps)
    head = _SIGN_HEADINGS if table.kind is FigureKind.SIGN else _CLASS_HEADINGS
    row = _format_sign_row if table.kind is FigureKind.SIGN else _format_class_row
    yield DocumentTable(
        (table.unit.value, *head), tuple(row(figure) for figure in table.figures), widths=_WIDTHS[table.kind]
    )


def _make_plots(table: Table, maps: Sequence[BodyMap]) -> Iterator[DocumentBlock]:
    """The plots of a table, none taller than half a page: long ones in parts."""
    says = f"{table.title}; the numbers stand in the table below."
    if table.key == "regions" and maps:
        yield DocumentDrawing(plot_body_map(table, maps).svg, says, 80)
    elif table.key.split("/")[0] in _ORDERED_TABLES:
        yield DocumentDrawing(plot_columns(table).svg, says)
    else:
        parts = plot_pairs_in_parts(table) if table.key == "together" else plot_bars_in_parts(table)
        for number, part in enumerate(parts, start=1):
            of = f" Part {number} of {len(parts)}." if len(parts) > 1 else ""
            yield DocumentDrawing(part.svg, f"{says}{of}")


def _format_sign_row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.label,
        f"{len(figure.present):,}",
        f"{len(figure.absent):,}",
        _format_cannot_tell(figure),
        f"{len(figure.after_death):,}",
        f"{len(figure.unstated):,}",
        format_share(figure.of_all) if figure.is_share_meaningful else "not told",
        format_share(figure.of_assessable) if figure.is_assessable_share_meaningful else "not sayable",
    )


def _format_class_row(figure: Figure) -> tuple[str, ...]:
    """Format the row of a class: those in another class are not printed as absent, and a share only where
    another class was possible."""
    return (
        figure.label,
        f"{len(figure.present):,}",
        f"{figure.untold:,}",
        format_share(figure.of_all) if figure.is_share_meaningful else "",
        format_share(figure.of_assessable) if figure.is_assessable_share_meaningful else "",
    )


def _format_cannot_tell(figure: Figure) -> str:
    """Format how many are inconclusive, conflicts included, but for those with a column of their own."""
    untold = len(figure.cannot_tell) + len(figure.conflict)
    return f"{untold:,} ({len(figure.conflict):,} conflict)" if figure.conflict else f"{untold:,}"


def _describe_reading_conditions(counted: Statistics) -> Iterator[str]:
    """In which order they were read, and whether anybody read them a second time."""
    if counted.basis.order:
        yield wording.sentence(f"order_{counted.basis.order}")
    if len(counted.basis.examiners) == 1:
        yield wording.sentence("one_reader")
    shown = counted.table("shown")
    if shown is not None:
        parts = "; ".join(f"{figure.label}: {len(figure.present):,}" for figure in shown.figures)
        yield wording.sentence("shown").format(parts=parts, whole=f"{counted.readings.whole:,}")


def format_share(share: Proportion) -> str:
    """Format a share: "6.0 %", with its interval for a drawn sample; "of none" where the whole is empty."""
    return share.in_percent() or "of none"
