"""How the records screen says what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from reviewer.domain.names import printable
from reviewer.domain.people.individual import FACT_NAMES, Fact
from reviewer.domain.records.dates import DateOrder
from reviewer.domain.records.mapping import RecordFact
from reviewer.domain.records.matching import Outcome
from reviewer.services.reading.act_words import counted
from reviewer.services.records.matches import ListedRow, Listing
from reviewer.services.records.preview import Preview

DATE_ORDERS = (
    ("as the column decides", None),
    ("day first: 14/08/2012", DateOrder.DAY_FIRST),
    ("month first: 08/14/2012", DateOrder.MONTH_FIRST),
    ("year first only: 2012-08-14", DateOrder.ISO),
)
OUTCOMES = {
    Outcome.ONE: "fits one individual",
    Outcome.CONTRADICTS: "fits, but contradicts",
    Outcome.SEVERAL: "fits several",
    Outcome.SHARED: "another row fits the same",
    Outcome.NONE: "fits nobody",
    Outcome.SETTLED: "settled",
}


def apart(text: str) -> str:
    """Text in any script within a sentence: hidden signs as numbers, its direction its own."""
    return f"\u2068{printable(text)}\u2069"


def cell_words(fact: RecordFact) -> str:
    """A value as it will be read, the raw text where it differs, and the doubt."""
    if fact.doubt:
        return f"\u200e? {apart(fact.raw or fact.value)}  ({printable(fact.doubt)})"
    if fact.value == fact.raw:
        return printable(fact.value)
    return f"\u200e{apart(fact.raw)}  \u2192  {apart(fact.value)}"


def row_words(row: ListedRow, listing: Listing) -> Iterator[tuple[str, str]]:
    """Pairs of a caption and a text: what the row says, what fits, what was decided."""
    sheet = f", sheet {row.row.sheet}" if row.row.sheet else ""
    yield "Row", f"\u200e{apart(row.file.name)}{sheet}, row {row.row.row}"
    facts = {fact.column: fact for fact in row.row.facts}
    for column, cell in zip_longest(row.columns, row.row.cells, fillvalue=""):
        fact = facts.get(column)
        name = FACT_NAMES[Fact(fact.fact)] if fact is not None and fact.fact else "left out"
        caption = column if name == column else f"\u200e{apart(column)} ({name})"
        if fact is not None:
            yield caption, cell_words(fact)
        elif cell.strip():
            yield caption, printable(cell)
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


def doubt_words(row: int, fact: RecordFact) -> str:
    """A doubt about one cell of a file that is not loaded yet."""
    raw = apart(fact.raw) if fact.raw else "(empty)"
    return f"\u200eRow {row}, {apart(fact.column)}: {raw}: {printable(fact.doubt)}"


def whether_words(preview: Preview, doubts: int) -> str:
    """Whether a file can be loaded as it is shown, and what that would mean."""
    if preview.unclear is not None:
        return str(preview.unclear)
    before = preview.before
    if before is not None:
        return (
            f"This file is in the case already, as {before.name}, loaded {before.at[:10]}. Loading it "
            "once more replaces its rows on the list; what was kept before stays."
        )
    told = f"{counted(doubts, 'doubt')}, listed above and read as nothing" if doubts else "No doubts"
    return f"{told}. Cells are kept as they are, whatever is read."
