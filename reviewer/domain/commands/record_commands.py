"""From a decision about rows of records to a Draft, or to a sentence that says why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reviewer.domain.acts.shared_acts import RECORDS_SETTLED
from reviewer.domain.acts.shared_bodies import statement_to_body
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.individual import Fact, Statement, StatementSourceKind

MATCHED, BY_HAND, NO_INDIVIDUAL = "matched", "by hand", "none"


@dataclass(frozen=True)
class SettledRow:
    """One row and what was decided: the Individual ("" for none), how, why; `values` are what it says:
    Fact, value, name of the column, raw text."""

    record: str
    individual: str
    how: str
    note: str = ""
    values: tuple[tuple[Fact, str, str, str], ...] = ()


def settle_records(rows: Sequence[SettledRow], new_id: Callable[[], str]) -> Draft:
    """One entry for all of them: each row belongs to its Individual and its values are stated of it."""
    if not rows:
        raise NotAllowed("There is no row to settle.")
    for row in rows:
        if not row.individual and not row.note.strip() and row.how == NO_INDIVIDUAL:
            raise NotAllowed("Say why the row speaks of no individual.")
    if len({row.record for row in rows}) < len(rows):
        raise NotAllowed("A row can be settled once at a time.")
    return Draft(RECORDS_SETTLED, "", {"records": [_row_to_body(row, new_id) for row in rows]})


def _row_to_body(row: SettledRow, new_id: Callable[[], str]) -> dict[str, object]:
    body: dict[str, object] = {
        "record": row.record,
        "individual": row.individual,
        "how": row.how,
        "note": row.note.strip(),
    }
    if row.individual:
        body["statements"] = [
            statement_to_body(
                Statement(
                    new_id(),
                    fact,
                    value,
                    "definite",
                    StatementSourceKind.RECORD,
                    row.record,
                    f"{column}: {raw}",
                )
            )
            for fact, value, column, raw in row.values
        ]
    return body
