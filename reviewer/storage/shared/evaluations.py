"""The overall evaluations that stand, of some Individuals or of all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from reviewer.domain.people.evaluations import Evaluation
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.shared.shared_rows import EVALUATION_ROWS


def load_standing_evaluations(
    connection: Connection, individuals: Sequence[str] | None = None
) -> list[tuple[str, Evaluation]]:
    """(id of the Individual it was written of, evaluation), by Individual and Examiner.

    `individuals` None is all; those that were merged into another keep what was written of them.
    """
    c = t.evaluations.c
    query = select(t.evaluations).order_by(c.individual, c.examiner)
    if individuals is not None:
        query = query.where(c.individual.in_(ids_as_subquery(list(individuals))))
    return [(row.individual, EVALUATION_ROWS.make(row)) for row in connection.execute(query)]
