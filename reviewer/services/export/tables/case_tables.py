"""The tables of an export that are not about single photographs: one list for CSV files and for sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.services.export.tables.evaluations import EVALUATION_COLUMNS, make_evaluation_rows
from reviewer.services.export.tables.problems import PROBLEM_COLUMNS, make_problem_rows
from reviewer.services.export.tables.record_tables import RECORD_COLUMNS, make_record_rows
from reviewer.services.export.tables.sample_tables import (
    SAMPLE_COLUMNS,
    SAMPLE_UNIT_COLUMNS,
    make_sample_rows,
    make_sample_unit_rows,
)
from reviewer.services.export.tables.shared_tables import (
    CARD_COLUMNS,
    DECISION_COLUMNS,
    MERGE_COLUMNS,
    make_card_rows,
    make_decision_rows,
    make_merge_rows,
)
from reviewer.services.export.tables.statements import STATEMENT_COLUMNS, make_statement_rows


@dataclass(frozen=True)
class CaseTable:
    """`name` is that of the file without its ending, and of the sheet; `what` one row is."""

    name: str
    what: str
    columns: Sequence[ExportColumn[Any]]
    rows: Callable[[Contents], Iterator[Any]]


CASE_TABLES: tuple[CaseTable, ...] = (
    CaseTable("statements", "what is stated of an individual", STATEMENT_COLUMNS, make_statement_rows),
    CaseTable(
        "evaluations",
        "an overall evaluation that an examiner signed of an individual",
        EVALUATION_COLUMNS,
        make_evaluation_rows,
    ),
    CaseTable("decisions", "a decision about contradicting readings", DECISION_COLUMNS, make_decision_rows),
    CaseTable("card_passes", "a reading of a card", CARD_COLUMNS, make_card_rows),
    CaseTable("merges", "an individual that was merged into another", MERGE_COLUMNS, make_merge_rows),
    CaseTable("samples", "a stratum of a sample, with its weight", SAMPLE_COLUMNS, make_sample_rows),
    CaseTable("sample_units", "a unit that was drawn", SAMPLE_UNIT_COLUMNS, make_sample_unit_rows),
    CaseTable("record_rows", "a row of a file of records", RECORD_COLUMNS, make_record_rows),
    CaseTable("problems", "a file that could not be opened", PROBLEM_COLUMNS, make_problem_rows),
)
