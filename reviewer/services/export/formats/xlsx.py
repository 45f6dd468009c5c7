"""XLSX export: one workbook with the findings long and wide, readings, individuals, and what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from reviewer.domain.people.individual import FACT_NAMES, Fact, Individual
from reviewer.domain.people.individual_names import find_merge_root, merge_statements
from reviewer.services.export.choice import ExportScope
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.tables.case_tables import CASE_TABLES
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.services.export.tables.findings import FINDING_COLUMNS, make_finding_rows
from reviewer.services.export.tables.measurements import MEASUREMENT_COLUMNS, make_measurement_rows
from reviewer.services.export.tables.readings import READING_COLUMNS, make_reading_rows
from reviewer.services.export.tables.wide import PHOTO_COLUMNS, PhotoRow, describe_term_column, make_cells
from reviewer.services.export.workbook import CellValue, WorkbookSheets, write_workbook
from reviewer.services.jobs import JobControl
from reviewer.storage.people import people
from reviewer.storage.reading.terms import list_terms_in_use
from reviewer.storage.whole_photos import ExportedPhoto

_INDIVIDUAL_COLUMNS = (
    ("individual", "id of the individual"),
    *((str(fact), f"{name}: every value that stands, separated by ;") for fact, name in FACT_NAMES.items()),
    ("photographs", "number of its photographs, those of individuals merged into it included"),
    ("read", "number of these that somebody read by a look of their own"),
    ("accepted_for", "why these photographs were held together when it was accepted"),
)


_DESCRIBED_SHEETS: dict[str, Sequence[ExportColumn[Any]]] = {
    "long": FINDING_COLUMNS,
    "wide": PHOTO_COLUMNS,
    "readings": READING_COLUMNS,
    "measurements": MEASUREMENT_COLUMNS,
    **{table.name: table.columns for table in CASE_TABLES},
}


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    known = [term.key for term in found.vocabulary.terms]
    terms = [*known, *(key for key in list_terms_in_use(found.connection) if key not in set(known))]
    with ExitStack() as files:
        sheets = WorkbookSheets(folder, files)
        sheets.begin("long", (column.name for column in FINDING_COLUMNS))
        sheets.begin("wide", [*(column.name for column in PHOTO_COLUMNS), *terms])
        sheets.begin("readings", (column.name for column in READING_COLUMNS))
        sheets.begin("measurements", (column.name for column in MEASUREMENT_COLUMNS))
        individuals = people.load_individuals(found.connection)
        shown, read = Counter[str](), Counter[str]()
        for whole in found.photos(control):
            individual = find_merge_root(individuals, whole.individual)
            row = _add_photo(found, sheets, whole, individual, terms)
            shown[individual] += 1
            read[individual] += bool(row.looks)
        for table in CASE_TABLES:
            control.check()
            sheets.begin(table.name, (column.name for column in table.columns))
            for table_row in table.rows(found):
                sheets.add(table.name, _make_row_cells(table.columns, table_row))
        _add_individuals(sheets, found.scope, individuals, shown, read)
        _add_dictionary(found, sheets, terms)
        _add_about(found, sheets, shown, read)
        control.check()
        with folder.file("reviewer.xlsx") as out:
            write_workbook(sheets.all, found.name, found.moment, out)


def _add_photo(
    found: Contents, sheets: WorkbookSheets, whole: ExportedPhoto, individual: str, terms: Sequence[str]
) -> PhotoRow:
    for reading in make_reading_rows(found, whole):
        sheets.add("readings", _make_row_cells(READING_COLUMNS, reading))
        for measurement in make_measurement_rows(reading):
            sheets.add("measurements", _make_row_cells(MEASUREMENT_COLUMNS, measurement))
        for finding in make_finding_rows(found, reading):
            sheets.add("long", _make_row_cells(FINDING_COLUMNS, finding))
    source, path = found.source_and_path(whole.files[0]) if whole.files else ("", "")
    row = PhotoRow(whole, source, path, individual)
    sheets.add("wide", make_cells(row, terms))
    return row


def _make_row_cells(columns: Sequence[ExportColumn[Any]], row: Any) -> Iterator[CellValue]:
    return (column.cell_of(row) for column in columns)


def _add_individuals(
    sheets: WorkbookSheets,
    scope: ExportScope,
    individuals: dict[str, Individual],
    shown: Counter[str],
    read: Counter[str],
) -> None:
    sheets.begin("individuals", (name for name, _meaning in _INDIVIDUAL_COLUMNS))
    chosen = (
        (id_, person)
        for id_, person in merge_statements(individuals.values()).items()
        if scope.has_individual(id_)
    )
    for id_, person in chosen:
        facts = (";".join(person.values(Fact(fact))) for fact in FACT_NAMES)
        sheets.add("individuals", (id_, *facts, shown[id_], read[id_], person.reason))


def _add_dictionary(found: Contents, sheets: WorkbookSheets, terms: Sequence[str]) -> None:
    sheets.begin("data dictionary", ("sheet", "column", "meaning"))
    described: list[tuple[str, str, str]] = []
    for sheet, columns in _DESCRIBED_SHEETS.items():
        described += [(sheet, column.name, column.meaning) for column in columns]
    described += [("long", "term", meaning) for meaning in found.list_earlier_meanings()]
    for key in terms:
        meaning = describe_term_column(
            found.vocabulary.term_name(key), found.vocabulary.term(key) is not None
        )
        described.append(("wide", key, meaning))
    described += [("individuals", name, meaning) for name, meaning in _INDIVIDUAL_COLUMNS]
    described += [("data dictionary", "sheet", "name of a sheet; one with many rows goes on in `name 2`")]
    described += [("data dictionary", "column", "heading of a column of that sheet")]
    described += [("data dictionary", "meaning", "what it says")]
    described += [("about", "fact", "what is told of this export"), ("about", "value", "what it is")]
    for row in described:
        sheets.add("data dictionary", row)


def _add_about(found: Contents, sheets: WorkbookSheets, shown: Counter[str], read: Counter[str]) -> None:
    sheets.begin("about", ("fact", "value"))
    for fact in found.about_facts().items():
        sheets.add("about", fact)
    sheets.add("about", ("photographs", shown.total()))
    sheets.add("about", ("photographs_nobody_read", shown.total() - read.total()))
    sheets.add("about", ("empty_cells", "nothing was said; never to be read as absent"))
    sheets.add("about", ("long_texts", "cut at 32,767 characters, and said to be"))


FORMAT = ExportFormat(
    "xlsx",
    "Excel workbook",
    "reviewer.xlsx with the sheets long (one row per finding), wide (one row per photograph, read or not, "
    "with a column for each term: present, absent, non-specific, not assessable), readings, measurements, "
    "statements, evaluations, decisions, card_passes, merges, samples, sample_units, record_rows, problems "
    "(as the CSV tables of these names), individuals (numbers, facts), data dictionary (every column "
    "explained) and about (ledger head, versions)",
    "the history of acts, coverage; texts of more than 32,767 characters are cut, and say so; a sheet of "
    "more than a million rows goes on in another",
    make,
)
