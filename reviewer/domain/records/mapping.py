"""How a file of records is read: which column holds which Fact, and everything else a person decided.

It is kept in the act of loading, so that the same reading can be made again from the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import to_canonical_json
from reviewer.domain.people.individual import FACT_NAMES, FACTS_FROM_RECORDS, Fact
from reviewer.domain.records.calendars import (
    ANY_DATE,
    Calendar,
    CalendarConversion,
    DateWindow,
    refuse_conversion,
)
from reviewer.domain.records.columns import FACTS_IN_SEVERAL_COLUMNS
from reviewer.domain.records.dates import DateOrder, DateOrderEvidence, find_date_order_evidence
from reviewer.domain.records.table import RecordCellKind, RecordTable
from reviewer.domain.records.values import DateConventions, read_value

RECORD_READING_VERSION = 2
"""Raised when the same file with the same mapping would be read differently."""


@dataclass(frozen=True)
class RecordMapping:
    """`columns` has every column of the file in its order; None leaves one out. `orders` and `calendars` are
    by column; dates outside `window` are doubts. `header_rows` is over how many rows the names stand."""

    columns: tuple[tuple[str, Fact | None], ...]
    orders: tuple[tuple[str, DateOrder], ...] = ()
    sheet: str = ""
    header_row: int = 0
    encoding: str = ""
    delimiter: str = ""
    header_rows: int = 1
    calendars: tuple[tuple[str, Calendar], ...] = ()
    window: DateWindow = ANY_DATE

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _fact in self.columns)

    def body(self) -> dict[str, Any]:
        """As it stands in the act."""
        return {
            "columns": [[name, str(fact) if fact else ""] for name, fact in self.columns],
            "orders": {name: str(order) for name, order in self.orders},
            "sheet": self.sheet,
            "header_row": self.header_row,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "header_rows": self.header_rows,
            "calendars": {name: str(calendar) for name, calendar in self.calendars},
            "window": [self.window.first, self.window.last],
            "version": RECORD_READING_VERSION,
        }


@dataclass(frozen=True, slots=True)
class RecordFact:
    """What one cell of a row says; `fact` is "" for a cell that only has a doubt."""

    column: str
    fact: str
    value: str
    raw: str
    doubt: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One row as it is kept; `cells` are the texts of the file."""

    sheet: str
    row: int
    cells: tuple[str, ...]
    facts: tuple[RecordFact, ...]


def mapping_from_body(body: Mapping[str, Any]) -> RecordMapping:
    """The mapping that stands in an act. KeyError, TypeError or ValueError for what is none."""
    return RecordMapping(
        columns=tuple((str(name), Fact(fact) if fact else None) for name, fact in body["columns"]),
        orders=tuple(sorted((str(name), DateOrder(order)) for name, order in body["orders"].items())),
        sheet=str(body["sheet"]),
        header_row=int(body["header_row"]),
        encoding=str(body["encoding"]),
        delimiter=str(body["delimiter"]),
        header_rows=int(body.get("header_rows", 1)),
        calendars=tuple(
            sorted((str(name), Calendar(calendar)) for name, calendar in body.get("calendars", {}).items())
        ),
        window=DateWindow(*(str(day) for day in body.get("window", ("", "")))),
    )


def apply_column_choices(
    columns: Iterable[tuple[str, Fact | None]], chosen: Mapping[str, str]
) -> tuple[tuple[str, Fact | None], ...]:
    """The columns with what a person chose: name of a column -> Fact, "" to leave it out.

    KnownError for a column the file does not have or a Fact there is not.
    """
    known = dict(columns)
    for name, fact in chosen.items():
        if name not in known:
            raise KnownError(
                f"The file has no column {name}.", f"It has: {', '.join(known)}.", code="records-mapping"
            )
        if fact and fact not in FACTS_FROM_RECORDS:
            facts = ", ".join(f"{allowed} ({FACT_NAMES[allowed].lower()})" for allowed in FACTS_FROM_RECORDS)
            raise KnownError(f"There is no fact {fact}.", f"There are: {facts}.", code="records-mapping")
        known[name] = Fact(fact) if fact else None
    return tuple(known.items())


def find_date_evidence(
    table: RecordTable, columns: Iterable[tuple[str, Fact | None]], calendar: Calendar = Calendar.GREGORIAN
) -> dict[str, DateOrderEvidence]:
    """For each column of dates: what its values say of the order of day and month."""
    return {
        name: find_date_order_evidence(
            (cell.text for cell in table.column(name) if cell.kind is RecordCellKind.TEXT), calendar
        )
        for name, fact in columns
        if fact is Fact.DIED_ON
    }


def decide_date_orders(
    evidence: Mapping[str, DateOrderEvidence], said: DateOrder | None
) -> tuple[tuple[str, DateOrder], ...]:
    """The order of each column of dates: what the person said, else what the column decides.

    KnownError where neither does: that is never guessed.
    """
    orders = []
    for name, found in evidence.items():
        order = said or found.order
        if order is None and found.needed:
            why = "both orders occur" if found.contradictory else "it can be two days"
            raise KnownError(
                f"The order of day and month in the column {name} is not clear: {found.example} ({why}).",
                "Say which it is: day-first, month-first or iso.",
                code="records-dates",
            )
        if order is not None:
            orders.append((name, order))
    return tuple(sorted(orders))


def check_mapping(mapping: RecordMapping) -> RecordMapping:
    """The mapping, if it says anything and no number is claimed by two columns; else KnownError."""
    used = [fact for _name, fact in mapping.columns if fact is not None]
    if not used:
        raise KnownError(
            "No column is mapped to a fact.",
            f"Say which column holds what: {', '.join(FACT_NAMES[f].lower() for f in FACTS_FROM_RECORDS)}.",
            code="records-mapping",
        )
    twice = [fact for fact in Fact if fact not in FACTS_IN_SEVERAL_COLUMNS and used.count(fact) > 1]
    if twice:
        raise KnownError(
            f"{FACT_NAMES[twice[0]]} is mapped from two columns.", "Leave one out.", code="records-mapping"
        )
    return mapping


def iterate_record_rows(
    table: RecordTable, mapping: RecordMapping, convert: CalendarConversion = refuse_conversion
) -> Iterator[RecordRow]:
    """Every row of the table as it will be kept; `convert` brings dates of other calendars to ours."""
    orders, calendars = dict(mapping.orders), dict(mapping.calendars)
    reading = {
        name: DateConventions(
            orders.get(name), calendars.get(name, Calendar.GREGORIAN), mapping.window, convert
        )
        for name in mapping.names
    }
    for row in table.rows:
        facts = []
        for place, (name, fact) in enumerate(mapping.columns):
            value = read_value(fact, row.cell(place), reading[name])
            if value.value or value.doubt or (fact is not None and value.raw.strip()):
                kind = str(fact) if fact else ""
                facts.append(RecordFact(name, kind, value.value, value.raw, value.doubt))
        cells = tuple(cell.text for cell in row.cells)
        yield RecordRow(table.grid.sheet, row.number, cells, tuple(facts))


def compute_rows_seal(rows: Iterable[RecordRow]) -> tuple[int, str]:
    """How many rows, and SHA-256 over their canonical lines in the order of the file: the seal of the act."""
    digest = hashlib.sha256()
    count = 0
    for row in rows:
        digest.update(to_canonical_json(row_to_list(row)) + b"\n")
        count += 1
    return count, digest.hexdigest()


def row_to_list(row: RecordRow) -> list[Any]:
    """A row as lists; its facts in the order of their columns' names."""
    facts = [[fact.column, fact.fact, fact.value, fact.raw, fact.doubt] for fact in row.facts]
    return [row.sheet, row.row, list(row.cells), sorted(facts)]


def format_citation(file: str, sheet: str, row: int) -> str:
    """How a row is cited: `file:sheet:row`; the file by its id in the Case."""
    return f"{file}:{sheet}:{row}"
