"""How the records screen says what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.domain.individual import FACT_NAMES, Fact
from reviewer.domain.record_mapping import RecordFact
from reviewer.domain.record_matching import Outcome
from reviewer.services.record_matches import ListedRow, Listing

OUTCOMES = {
    Outcome.ONE: "fits one individual",
    Outcome.CONTRADICTS: "fits, but contradicts",
    Outcome.SEVERAL: "fits several",
    Outcome.SHARED: "another row fits the same",
    Outcome.NONE: "fits nobody",
    Outcome.SETTLED: "settled",
}


def cell_words(fact: RecordFact) -> str:
    """A value as it will be read, the raw text where it differs, and the doubt."""
    if fact.doubt:
        return f"? {fact.raw or fact.value}  ({fact.doubt})"
    return fact.value if fact.value == fact.raw else f"{fact.raw}  \u2192  {fact.value}"


def row_words(row: ListedRow, listing: Listing) -> Iterator[tuple[str, str]]:
    """Pairs of a caption and a text: what the row says, what fits, what was decided."""
    sheet = f", sheet {row.row.sheet}" if row.row.sheet else ""
    yield "Row", f"{row.file.name}{sheet}, row {row.row.row}"
    for fact in row.row.facts:
        name = FACT_NAMES[Fact(fact.fact)] if fact.fact else "Left out"
        yield (fact.column if name == fact.column else f"{fact.column} ({name})"), cell_words(fact)
    said = {fact.column for fact in row.row.facts}
    for column, cell in zip(row.columns, row.row.cells, strict=False):
        if column not in said and cell.strip():
            yield f"{column} (left out)", cell
    yield from _decided(row, listing)


def _decided(row: ListedRow, listing: Listing) -> Iterator[tuple[str, str]]:
    link = row.link
    if link is not None:
        whom = listing.told(link.individual) if link.individual else "no individual"
        note = f"\n{link.note}" if link.note else ""
        yield "Settled", f"{whom} ({link.how}, {link.at[:16].replace('T', ' ')}){note}"
        return
    if not row.match.candidates:
        yield "Fits", "No accepted individual has these numbers."
    for candidate in row.match.candidates:
        against = "".join(f"\n\u2260 {each}" for each in candidate.against)
        yield "Fits", f"{listing.told(candidate.individual)}, by {candidate.by}{against}"
