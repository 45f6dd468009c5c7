"""From Photos to the rows of tables: what the CSV and the XLSX export have in common."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.domain.geometry.measuring import Measurement, MeasurementResult, Scale, compute_measurement
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import (
    CoverageRow,
    DescriptionTableRow,
    FindingRow,
    MeasurementRow,
    ReadingRow,
)
from reviewer.services.reading.measurements import describe_measurements
from reviewer.storage.whole_photos import ExportedPhoto


def make_reading_rows(found: Contents, whole: ExportedPhoto) -> Iterator[ReadingRow]:
    for reading in whole.readings:
        source, path = found.source_and_path(whole.files[0]) if whole.files else ("", "")
        name = found.examiner_name(reading.examiner)
        yield ReadingRow(reading, whole.photo, source, path, whole.files_there, name, whole.category)


def make_finding_rows(found: Contents, row: ReadingRow) -> Iterator[FindingRow]:
    for number, finding in enumerate(row.reading.findings, start=1):
        yield FindingRow(row, finding, number, found.vocabulary)


def make_coverage_rows(found: Contents, row: ReadingRow) -> Iterator[CoverageRow]:
    for region, level in row.reading.coverage:
        yield CoverageRow(row, region, level, found.vocabulary)


def make_description_rows(found: Contents, row: ReadingRow) -> Iterator[DescriptionTableRow]:
    for key, values in row.reading.description:
        yield DescriptionTableRow(row, key, values, found.vocabulary)


def make_measurement_rows(row: ReadingRow) -> Iterator[MeasurementRow]:
    labels = describe_measurements(row.reading)
    for measurement in row.reading.measurements:
        scale = row.reading.scale(measurement.scale)
        yield MeasurementRow(
            row, measurement, scale, labels[measurement.id], _compute_result(measurement, scale)
        )


def _compute_result(measurement: Measurement, scale: Scale | None) -> MeasurementResult | None:
    """None if a point lies on the horizon of the plane."""
    try:
        return compute_measurement(measurement, scale)
    except (ValueError, ZeroDivisionError):
        return None
