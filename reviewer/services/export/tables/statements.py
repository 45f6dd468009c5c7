"""What is stated of individuals, one row for each statement: several may stand beside one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.people.individual import Statement
from reviewer.domain.people.individual_names import merge_statements
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.storage.people import people


@dataclass(frozen=True)
class StatementRow:
    """A Statement about the Individual (an id) that stands for all that were merged into it."""

    individual: str
    statement: Statement
    examiner: str


def make_statement_rows(found: Contents) -> Iterator[StatementRow]:
    """Yield the statements by Individual, in the order in which they were stated; withdrawn ones as well."""
    for id_, individual in sorted(
        merge_statements(people.load_individuals(found.connection).values()).items()
    ):
        for statement in individual.statements if found.scope.has_individual(id_) else ():
            yield StatementRow(id_, statement, found.examiner_name(statement.author))


STATEMENT_COLUMNS: tuple[ExportColumn[StatementRow], ...] = (
    ExportColumn("individual", "id of the individual, as in photographs.csv", lambda s: s.individual),
    ExportColumn("statement_id", "id of the statement in the ledger", lambda s: s.statement.id),
    ExportColumn(
        "fact", "what is stated: a number, sex, age_band, died_on and so on", lambda s: s.statement.fact
    ),
    ExportColumn(
        "value", "the value; ? is a digit that cannot be read", lambda s: s.statement.value, free=True
    ),
    ExportColumn("certainty", "definite, probable or possible", lambda s: s.statement.certainty),
    ExportColumn("kind", "what it rests on: examiner, card, record or folder", lambda s: s.statement.kind),
    ExportColumn(
        "rests_on", "the photograph, row or folder it rests on", lambda s: s.statement.source, free=True
    ),
    ExportColumn("detail", "the same in words", lambda s: s.statement.detail, free=True),
    ExportColumn("examiner", "name of the examiner who stated it", lambda s: s.examiner, free=True),
    ExportColumn("at", "UTC time at which it was stated", lambda s: s.statement.at),
    ExportColumn(
        "withdrawn", "why it no longer counts, or empty", lambda s: s.statement.withdrawn, free=True
    ),
)
