"""Overall evaluations of individuals, one row for each examiner who gave one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.people.evaluations import Evaluation
from reviewer.domain.people.individual_names import root_of
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import Column
from reviewer.storage.people import people
from reviewer.storage.shared import evaluations


@dataclass(frozen=True)
class EvaluationRow:
    """`individual` stands for all that were merged into it; `written_of` is whom it was written of."""

    individual: str
    written_of: str
    evaluation: Evaluation
    examiner: str


def evaluation_rows(found: Contents) -> Iterator[EvaluationRow]:
    """Those that stand, by Individual and examiner; what was withdrawn is in the ledger."""
    known = people.individuals(found.connection)
    for id_, each in evaluations.standing(found.connection):
        stands_for = root_of(known, id_)
        if found.scope.has_individual(stands_for) and found.scope.tells(each.examiner):
            yield EvaluationRow(stands_for, id_, each, found.examiner_name(each.examiner))


EVALUATION_COLUMNS: tuple[Column[EvaluationRow], ...] = (
    Column("individual", "id of the individual, as in photographs.csv", lambda e: e.individual),
    Column(
        "written_of",
        "id of the individual it was written of; another one if that was merged into this one since",
        lambda e: e.written_of,
    ),
    Column("examiner", "name of the examiner who signed it", lambda e: e.examiner, free=True),
    Column("examiner_id", "the examiner's id in the ledger", lambda e: e.evaluation.examiner),
    Column("at", "UTC time at which it was signed", lambda e: e.evaluation.at),
    Column(
        "text",
        "what all findings together amount to, in the examiner's words (Istanbul Protocol 2022, paragraph "
        "424)",
        lambda e: e.evaluation.text,
        free=True,
    ),
    Column(
        "degree",
        "Istanbul Protocol degree of consistency of all findings together; empty if none is given",
        lambda e: e.evaluation.degree,
    ),
    Column(
        "alleged_by",
        "whose account the degree measures: witness, record, or likely cause",
        lambda e: e.evaluation.alleged_by,
    ),
)
