"""The list of rows of records to work through: which fit an Individual, and what a person decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from reviewer.domain.commands.record_commands import (
    BY_HAND,
    MATCHED,
    NO_INDIVIDUAL,
    SettledRow,
    settle_records,
)
from reviewer.domain.errors import KnownError
from reviewer.domain.grouping import group_pairs
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.individual import NUMBER_FACTS, Fact, RecordLink
from reviewer.domain.records.mapping import RecordFact, RecordRow, format_citation
from reviewer.domain.records.matching import KnownIndividual, MatchOutcome, RowClaim, RowMatch, match_rows
from reviewer.domain.records.values import make_number_key
from reviewer.domain.text_folding import fold_text
from reviewer.services.case.open_case import OpenCase
from reviewer.services.records.load import load_mapping
from reviewer.storage import records
from reviewer.storage.records import KnownValues, RecordFile
from reviewer.system.new_ids import new_id

MOST_AT_ONCE = 2_000
"""Rows that one act settles: an entry is read and hashed as a whole."""


@dataclass(frozen=True)
class RecordListRow:
    """One row of the list. `link` is what was decided about it, None if nothing was."""

    record: str
    file: RecordFile
    columns: tuple[str, ...]
    row: RecordRow
    match: RowMatch
    link: RecordLink | None = None
    text: str = ""
    """Everything that stands in the row, folded: for a filter by text."""

    @property
    def outcome(self) -> MatchOutcome:
        return self.match.outcome

    @property
    def doubts(self) -> tuple[RecordFact, ...]:
        return tuple(fact for fact in self.row.facts if fact.doubt)

    def value(self, fact: Fact) -> str:
        return " / ".join(cell.value for cell in self.row.facts if cell.fact == fact and cell.value)


@dataclass(frozen=True)
class RecordListing:
    """All rows of all files that count, in the order of the files; `known`: what is known of Individuals."""

    rows: tuple[RecordListRow, ...]
    known: dict[str, KnownValues]

    def counts(self) -> Counter[MatchOutcome]:
        return Counter(row.outcome for row in self.rows)

    @property
    def unambiguous(self) -> tuple[RecordListRow, ...]:
        """Rows that fit exactly one Individual, contradict nothing and share it with no other row."""
        return tuple(row for row in self.rows if row.outcome is MatchOutcome.ONE)

    @property
    def unresolved(self) -> tuple[RecordListRow, ...]:
        return tuple(row for row in self.rows if row.outcome is not MatchOutcome.SETTLED)

    def find(self, record: str) -> RecordListRow:
        """Return the row of a citation. KnownError if the list has none."""
        found = next((row for row in self.rows if row.record == record), None)
        if found is None:
            raise KnownError(
                f"There is no row {record}.", "Rows are named file:sheet:row.", code="records-row"
            )
        return found

    def name_individual(self, individual: str) -> str:
        """An Individual in words: its numbers, or the beginning of its id."""
        values = self.known.get(individual, {})
        numbers = [" or ".join(values[fact]) for fact in NUMBER_FACTS if values.get(fact)]
        return " / ".join(numbers) or f"individual {individual[:8]}"

    def find_individuals_with(self, number: str) -> list[str]:
        """Return the Individuals with this number, or whose id begins with it."""
        key = make_number_key(number)
        if not key:
            return []
        return [
            id_
            for id_, values in self.known.items()
            if any(make_number_key(v) == key for fact in NUMBER_FACTS for v in values.get(fact, ()))
            or (len(key) >= 4 and id_.startswith(key))
        ]


def load_listing(case: OpenCase, check: Callable[[], None] = lambda: None) -> RecordListing:
    """Read all rows and match those that are not settled. Not for the thread of a window."""
    with case.store.read() as connection:
        known = records.load_known_values(connection)
        links = records.load_links(connection)
        found: list[tuple[RecordFile, tuple[str, ...], RecordRow]] = []
        for file in _keep_latest(records.load_record_files(connection)):
            check()
            columns = load_mapping(file).names
            found += [(file, columns, row) for row in records.iterate_rows(connection, file.id)]
    check()
    return RecordListing(tuple(_match_rows(found, known, links)), known)


def _keep_latest(files: list[RecordFile]) -> list[RecordFile]:
    """Files without those that were read again another way later."""
    latest = {(file.sha256, load_mapping(file).sheet): file.id for file in files}
    return [file for file in files if latest[file.sha256, load_mapping(file).sheet] == file.id]


def _match_rows(
    found: list[tuple[RecordFile, tuple[str, ...], RecordRow]],
    known: dict[str, KnownValues],
    links: dict[str, RecordLink],
) -> Iterable[RecordListRow]:
    cites = [format_citation(file.id, row.sheet, row.row) for file, _columns, row in found]
    claims = [
        make_claim(file.id, row)
        for (file, _columns, row), record in zip(found, cites, strict=True)
        if record not in links
    ]
    people = [KnownIndividual(id_, values) for id_, values in known.items()]
    settled = {
        record: (record.partition(":")[0], link.individual)
        for record, link in links.items()
        if link.individual
    }
    by_record = {match.record: match for match in match_rows(claims, people, settled)}
    for (file, columns, row), record in zip(found, cites, strict=True):
        match = by_record.get(record) or RowMatch(record, MatchOutcome.SETTLED)
        values = (fact.value for fact in row.facts)
        text = fold_text("\n".join((file.name, str(row.row), *row.cells, *values)))
        yield RecordListRow(record, file, columns, row, match, links.get(record), text)


def make_claim(file: str, row: RecordRow) -> RowClaim:
    """Return what a row claims, for matching."""
    values = group_pairs((Fact(fact.fact), fact.value) for fact in row.facts if fact.fact and fact.value)
    return RowClaim(
        format_citation(file, row.sheet, row.row), file, {fact: tuple(said) for fact, said in values.items()}
    )


def make_acceptance_act(rows: Iterable[RecordListRow]) -> Draft:
    """Make the act that accepts the match of the first MOST_AT_ONCE of these rows. NotAllowed if no row
    fits."""
    fitting = islice((row for row in rows if row.match.individual), MOST_AT_ONCE)
    return settle_records([_make_settled_row(row, row.match.individual, MATCHED) for row in fitting], new_id)


def make_link_act(row: RecordListRow, individual: str, note: str = "") -> Draft:
    """Make the act that links a row to an Individual, whatever fits."""
    how = MATCHED if individual == row.match.individual else BY_HAND
    return settle_records([_make_settled_row(row, individual, how, note)], new_id)


def make_no_individual_act(row: RecordListRow, note: str) -> Draft:
    """Make the act that says that a row is about no Individual of the Case, and why."""
    return settle_records([SettledRow(row.record, "", NO_INDIVIDUAL, note)], new_id)


def _make_settled_row(row: RecordListRow, individual: str, how: str, note: str = "") -> SettledRow:
    values = tuple(
        (Fact(fact.fact), fact.value, fact.column, fact.raw)
        for fact in row.row.facts
        if fact.fact and fact.value
    )
    return SettledRow(row.record, individual, how, note, values)
