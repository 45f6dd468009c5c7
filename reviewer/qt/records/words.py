"""How the records screen says what it shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest

from reviewer.domain.names import make_printable
from reviewer.domain.people.individual import FACT_NAMES, Fact
from reviewer.domain.records.dates import DateOrder
from reviewer.domain.records.mapping import RecordFact
from reviewer.domain.records.matching import MatchOutcome
from reviewer.services.reading.act_words import format_count
from reviewer.services.records.matches import RecordListing, RecordListRow
from reviewer.services.records.preview import RecordPreview

_STRONG = frozenset({"L", "R", "AL"})
DATE_ORDERS = (
    ("as the column decides", None),
    ("day first: 14/08/2012", DateOrder.DAY_FIRST),
    ("month first: 08/14/2012", DateOrder.MONTH_FIRST),
    ("year first only: 2012-08-14", DateOrder.ISO),
)
OUTCOME_WORDS = {
    MatchOutcome.ONE: "fits one individual",
    MatchOutcome.CONTRADICTS: "fits, but contradicts",
    MatchOutcome.SEVERAL: "fits several",
    MatchOutcome.SHARED: "another row fits the same",
    MatchOutcome.NONE: "fits nobody",
    MatchOutcome.SETTLED: "settled",
}


def isolate(text: str) -> str:
    """Text in any script within a sentence: hidden signs as numbers, its direction its own."""
    return f"\u2068{isolate_groups(text)}\u2069"


def is_from_right(text: str) -> bool:
    """Whether a text is written from right to left, by its first letter."""
    first = next((sign for sign in text if unicodedata.bidirectional(sign) in _STRONG), "")
    return bool(first) and unicodedata.bidirectional(first) != "L"


def isolate_groups(text: str) -> str:
    """Digits and signs of a date in any script, group after group from the left as they stand in the file:
    without this, day and year of Arabic digits with hyphens change places on screen."""
    parts = re.split(r"(\d+)", make_printable(text))
    if not any(unicodedata.bidirectional(sign) == "AN" for sign in text) or any(
        unicodedata.bidirectional(sign) in _STRONG for sign in text
    ):
        return make_printable(text)
    return "\u200e" + "".join(f"\u2068{part}\u2069" if part.isdigit() else part for part in parts)


def format_cell(fact: RecordFact) -> str:
    """A value as it will be read, the raw text where it differs, and the doubt."""
    if fact.doubt:
        return f"\u200e? {isolate(fact.raw or fact.value)}  ({make_printable(fact.doubt)})"
    if fact.value == fact.raw:
        return isolate_groups(fact.value)
    return f"\u200e{isolate(fact.raw)}  \u2192  {isolate(fact.value)}"


def describe_row(row: RecordListRow, listing: RecordListing) -> Iterator[tuple[str, str]]:
    """Pairs of a caption and a text: what the row says, what fits, what was decided."""
    sheet = f", sheet {row.row.sheet}" if row.row.sheet else ""
    yield "Row", f"\u200e{isolate(row.file.name)}{sheet}, row {row.row.row}"
    facts = {fact.column: fact for fact in row.row.facts}
    for column, cell in zip_longest(row.columns, row.row.cells, fillvalue=""):
        fact = facts.get(column)
        name = FACT_NAMES[Fact(fact.fact)] if fact is not None and fact.fact else "left out"
        caption = column if name == column else f"\u200e{isolate(column)} ({name})"
        if fact is not None:
            yield caption, format_cell(fact)
        elif cell.strip():
            yield caption, make_printable(cell)
    yield from _describe_decision(row, listing)


def _describe_decision(row: RecordListRow, listing: RecordListing) -> Iterator[tuple[str, str]]:
    link = row.link
    if link is not None:
        whom = listing.name_individual(link.individual) if link.individual else "no individual"
        note = f"\n{link.note}" if link.note else ""
        yield "Settled", f"{whom} ({link.how}, {link.at[:16].replace('T', ' ')}){note}"
        return
    if not row.match.candidates:
        yield "Fits", "No accepted individual has these numbers."
    for candidate in row.match.candidates:
        against = "".join(f"\n\u2260 {reason}" for reason in candidate.against)
        yield "Fits", f"{listing.name_individual(candidate.individual)}, by {candidate.by}{against}"


def format_doubt(row: int, fact: RecordFact) -> str:
    """A doubt about one cell of a file that is not loaded yet."""
    raw = isolate(fact.raw) if fact.raw else "(empty)"
    return f"\u200eRow {row}, {isolate(fact.column)}: {raw}: {make_printable(fact.doubt)}"


def describe_loadable(preview: RecordPreview, doubts: int) -> str:
    """Whether a file can be loaded as it is shown, and what that would mean."""
    if preview.unclear is not None:
        return "1 thing is still to decide, at the right. Nothing is loaded before."
    before = preview.before
    if before is not None:
        return (
            f"This file is in the case already, as {before.name}, loaded {before.at[:10]}. Loading it "
            "once more replaces its rows on the list; what was kept before stays."
        )
    told = (
        f"{format_count(doubts, 'doubt')}, listed at the right and read as nothing" if doubts else "No doubts"
    )
    return f"{told}. Cells are kept as they are, whatever is read."
