"""Overall evaluations of individuals, one row for each examiner who gave one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.people.evaluations import Evaluation
from reviewer.domain.people.individual_names import find_merge_root
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.storage.people import people
from reviewer.storage.shared import evaluations


@dataclass(frozen=True)
class EvaluationRow:
    """`individual` stands for all merged into it; `written_of` is the one the evaluation was written of."""

    individual: str
    written_of: str
    evaluation: Evaluation
    examiner: str


def make_evaluation_rows(found: Contents) -> Iterator[EvaluationRow]:
    """Yield the standing evaluations, by Individual and examiner; withdrawn ones are in the ledger only."""
    known = people.load_individuals(found.connection)
    for id_, evaluation in evaluations.load_standing_evaluations(found.connection):
        stands_for = find_merge_root(known, id_)
        if found.scope.has_individual(stands_for) and found.scope.includes_examiner(evaluation.examiner):
            yield EvaluationRow(stands_for, id_, evaluation, found.examiner_name(evaluation.examiner))


EVALUATION_COLUMNS: tuple[ExportColumn[EvaluationRow], ...] = (
    ExportColumn("individual", "id of the individual, as in photographs.csv", lambda e: e.individual),
    ExportColumn(
        "written_of",
        "id of the individual it was written of; another one if that was merged into this one since",
        lambda e: e.written_of,
    ),
    ExportColumn("examiner", "name of the examiner who signed it", lambda e: e.examiner, free=True),
    ExportColumn("examiner_id", "the examiner's id in the ledger", lambda e: e.evaluation.examiner),
    ExportColumn("at", "UTC time at which it was signed", lambda e: e.evaluation.at),
    ExportColumn(
        "text",
        "what all findings together amount to, in the examiner's words (Istanbul Protocol 2022, paragraph "
        "424)",
        lambda e: e.evaluation.text,
        free=True,
    ),
    ExportColumn(
        "degree",
        "Istanbul Protocol degree of consistency of all findings together; empty if none is given",
        lambda e: e.evaluation.degree,
    ),
    ExportColumn(
        "alleged_by",
        "whose account the degree measures: witness, record, or likely cause",
        lambda e: e.evaluation.alleged_by,
    ),
)
