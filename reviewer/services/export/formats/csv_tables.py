"""CSV export: one row per Finding, one row per Reading, and the dictionary that explains each column."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from reviewer.domain.people.individual_names import find_merge_root
from reviewer.services.export.contents import Contents
from reviewer.services.export.csv_files import open_table, write_about, write_dictionary
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.tables.case_tables import CASE_TABLES
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.services.export.tables.coverage import COVERAGE_COLUMNS, make_coverage_rows
from reviewer.services.export.tables.descriptions import DESCRIPTION_COLUMNS, make_description_rows
from reviewer.services.export.tables.findings import FINDING_COLUMNS, make_finding_rows
from reviewer.services.export.tables.measurements import MEASUREMENT_COLUMNS, make_measurement_rows
from reviewer.services.export.tables.readings import READING_COLUMNS, make_reading_rows
from reviewer.services.export.tables.wide import PHOTO_COLUMNS, PhotoRow
from reviewer.services.jobs import JobControl
from reviewer.storage.people import people

TABLES: dict[str, Sequence[ExportColumn[Any]]] = {
    "findings.csv": FINDING_COLUMNS,
    "readings.csv": READING_COLUMNS,
    "measurements.csv": MEASUREMENT_COLUMNS,
    "coverage.csv": COVERAGE_COLUMNS,
    "description.csv": DESCRIPTION_COLUMNS,
    "photographs.csv": PHOTO_COLUMNS,
    **{f"{table.name}.csv": table.columns for table in CASE_TABLES},
}


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    with ExitStack() as files:
        write = {
            name: files.enter_context(open_table(found, folder, name, columns)).add
            for name, columns in TABLES.items()
        }
        known = people.load_individuals(found.connection)
        for table in CASE_TABLES:
            control.check()
            write[f"{table.name}.csv"](table.rows(found))
        for whole in found.photos(control):
            source, path = found.source_and_path(whole.files[0]) if whole.files else ("", "")
            shown = find_merge_root(known, whole.individual)
            write["photographs.csv"]((PhotoRow(whole, source, path, shown),))
            for row in make_reading_rows(found, whole):
                write["readings.csv"]((row,))
                write["findings.csv"](make_finding_rows(found, row))
                write["measurements.csv"](make_measurement_rows(row))
                write["coverage.csv"](make_coverage_rows(found, row))
                write["description.csv"](make_description_rows(found, row))
    meant = (["findings.csv", "term", meaning, "no"] for meaning in found.list_earlier_meanings())
    write_dictionary(found, folder, TABLES, meant)
    write_about(found, folder)


FORMAT = ExportFormat(
    "csv",
    "CSV tables",
    "a folder with findings.csv (one row per finding), readings.csv (one row per reading), "
    "measurements.csv (one row per measurement), coverage.csv (one row per region that is shown on a "
    "photograph), description.csv (one row per thing said of a photograph as a whole), photographs.csv "
    "(one row per photograph, read or not); "
    + "".join(f"{table.name}.csv (one row for {table.what}), " for table in CASE_TABLES)
    + "dictionary.csv (every column explained) and about.csv "
    "(ledger head, hashes)",
    "the history of acts; marks are kept as JSON in one column",
    make,
)
