"""The list of rows of records to work through: which fit an Individual, and what a person decided."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from reviewer.domain.commands.record_commands import BY_HAND, MATCHED, NO_INDIVIDUAL, SettledRow, settle
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.individual import NUMBERS, Fact, RecordLink
from reviewer.domain.records.mapping import RecordFact, RecordRow, cite
from reviewer.domain.records.matching import KnownIndividual, Match, Outcome, RowClaim, matches
from reviewer.domain.records.values import number_key
from reviewer.domain.text_folding import folded
from reviewer.services.case.open_case import OpenCase
from reviewer.services.records.load import mapping_of
from reviewer.storage import records
from reviewer.storage.records import RecordFile, Values

MOST_AT_ONCE = 2_000
"""Rows that one act settles: an entry is read and hashed as a whole."""


@dataclass(frozen=True)
class ListedRow:
    """One row of the list. `link` is what was decided about it, None if nothing was."""

    record: str
    file: RecordFile
    columns: tuple[str, ...]
    row: RecordRow
    match: Match
    link: RecordLink | None = None
    text: str = ""
    """Everything that stands in the row, folded: for a filter by text."""

    @property
    def outcome(self) -> Outcome:
        return self.match.outcome

    @property
    def doubts(self) -> tuple[RecordFact, ...]:
        return tuple(fact for fact in self.row.facts if fact.doubt)

    def value(self, fact: Fact) -> str:
        return " / ".join(each.value for each in self.row.facts if each.fact == fact and each.value)


@dataclass(frozen=True)
class Listing:
    """All rows of all files that count, in the order of the files; `known`: what is known of Individuals."""

    rows: tuple[ListedRow, ...]
    known: dict[str, Values]

    def counts(self) -> Counter[Outcome]:
        return Counter(row.outcome for row in self.rows)

    @property
    def unambiguous(self) -> tuple[ListedRow, ...]:
        """Rows that fit one Individual, contradict nothing and stand alone."""
        return tuple(row for row in self.rows if row.outcome is Outcome.ONE)

    @property
    def unresolved(self) -> tuple[ListedRow, ...]:
        return tuple(row for row in self.rows if row.outcome is not Outcome.SETTLED)

    def find(self, record: str) -> ListedRow:
        """The row of a citation; KnownError if the list has none."""
        found = next((row for row in self.rows if row.record == record), None)
        if found is None:
            raise KnownError(
                f"There is no row {record}.", "Rows are named file:sheet:row.", code="records-row"
            )
        return found

    def told(self, individual: str) -> str:
        """An Individual in words: its numbers, or the beginning of its id."""
        values = self.known.get(individual, {})
        numbers = [" or ".join(values[fact]) for fact in NUMBERS if values.get(fact)]
        return " / ".join(numbers) or f"individual {individual[:8]}"

    def individuals_with(self, number: str) -> list[str]:
        """Individuals one of whose numbers is this one, or whose id begins with it."""
        key = number_key(number)
        if not key:
            return []
        return [
            id_
            for id_, values in self.known.items()
            if any(number_key(v) == key for fact in NUMBERS for v in values.get(fact, ()))
            or (len(key) >= 4 and id_.startswith(key))
        ]


def listing(case: OpenCase, check: Callable[[], None] = lambda: None) -> Listing:
    """Read all rows and match those that are not settled. Not for the thread of a window."""
    with case.store.read() as connection:
        known = records.known_values(connection)
        links = records.links(connection)
        found: list[tuple[RecordFile, tuple[str, ...], RecordRow]] = []
        for file in _that_count(records.files(connection)):
            check()
            columns = mapping_of(file).names
            found += [(file, columns, row) for row in records.rows(connection, file.id)]
    check()
    return Listing(tuple(_matched(found, known, links)), known)


def _that_count(files: list[RecordFile]) -> list[RecordFile]:
    """Files without those that were read again another way later."""
    latest = {(file.sha256, mapping_of(file).sheet): file.id for file in files}
    return [file for file in files if latest[file.sha256, mapping_of(file).sheet] == file.id]


def _matched(
    found: list[tuple[RecordFile, tuple[str, ...], RecordRow]],
    known: dict[str, Values],
    links: dict[str, RecordLink],
) -> Iterable[ListedRow]:
    cites = [cite(file.id, row.sheet, row.row) for file, _columns, row in found]
    claims = [
        claim_of(file.id, row)
        for (file, _columns, row), record in zip(found, cites, strict=True)
        if record not in links
    ]
    people = [KnownIndividual(id_, values) for id_, values in known.items()]
    settled = {
        record: (record.partition(":")[0], link.individual)
        for record, link in links.items()
        if link.individual
    }
    by_record = {match.record: match for match in matches(claims, people, settled)}
    for (file, columns, row), record in zip(found, cites, strict=True):
        match = by_record.get(record) or Match(record, Outcome.SETTLED)
        values = (fact.value for fact in row.facts)
        text = folded("\n".join((file.name, str(row.row), *row.cells, *values)))
        yield ListedRow(record, file, columns, row, match, links.get(record), text)


def claim_of(file: str, row: RecordRow) -> RowClaim:
    """What a row says, for matching."""
    values: dict[Fact, list[str]] = defaultdict(list)
    for each in row.facts:
        if each.fact and each.value:
            values[Fact(each.fact)].append(each.value)
    return RowClaim(
        cite(file, row.sheet, row.row), file, {fact: tuple(said) for fact, said in values.items()}
    )


def claims(case: OpenCase) -> list[RowClaim]:
    """What every row that is not settled says: for proposals of Individuals."""
    return [claim_of(row.file.id, row.row) for row in listing(case).unresolved]


def accept(rows: Iterable[ListedRow]) -> Draft:
    """One act that accepts the match of the first MOST_AT_ONCE of these rows; NotAllowed if there is none."""
    fitting = islice((row for row in rows if row.match.individual), MOST_AT_ONCE)
    return settle([_settled(row, row.match.individual, MATCHED) for row in fitting], _new)


def link(row: ListedRow, individual: str, note: str = "") -> Draft:
    """One act that says which Individual a row speaks of, whatever fits."""
    how = MATCHED if individual == row.match.individual else BY_HAND
    return settle([_settled(row, individual, how, note)], _new)


def link_to_none(row: ListedRow, note: str) -> Draft:
    """One act that says that a row speaks of no Individual of the Case, and why."""
    return settle([SettledRow(row.record, "", NO_INDIVIDUAL, note)], _new)


def _settled(row: ListedRow, individual: str, how: str, note: str = "") -> SettledRow:
    values = tuple(
        (Fact(each.fact), each.value, each.column, each.raw)
        for each in row.row.facts
        if each.fact and each.value
    )
    return SettledRow(row.record, individual, how, note, values)


def _new() -> str:
    return secrets.token_hex(8)
