"""The table of measurements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.geometry.measuring import (
    FORMULA_VERSION,
    Measurement,
    MeasurementResult,
    Scale,
    compute_measurement,
    scale_plane_in_words,
)
from reviewer.services.export.tables.columns import ExportColumn, format_yes_or_no
from reviewer.services.export.tables.readings import ReadingRow, make_origin_columns
from reviewer.services.reading.measurements import describe_measurements


@dataclass(frozen=True)
class MeasurementRow:
    """One Measurement within its Reading, with its Scale and what it says; `result` None where the points
    allow none."""

    within: ReadingRow
    measurement: Measurement
    scale: Scale | None
    label: str
    result: MeasurementResult | None


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


MEASUREMENT_COLUMNS: tuple[ExportColumn[MeasurementRow], ...] = (
    ExportColumn("measurement_id", "id of the measurement in the ledger", lambda m: m.measurement.id),
    *make_origin_columns(),
    ExportColumn("finding_id", "the finding it belongs to, if any", lambda m: m.measurement.finding),
    ExportColumn("quantity", "length, angle, area or path", lambda m: str(m.measurement.quantity)),
    ExportColumn(
        "result", "as shown: value, margin (about 95 %), unit; a ratio without a scale", lambda m: m.label
    ),
    ExportColumn(
        "value",
        "the result as a number, in the unit beside it; empty if these points allow none",
        lambda m: f"{m.result.value:.4f}" if m.result else "",
        number=True,
    ),
    ExportColumn(
        "margin",
        "plus or minus, about 95 %, in the same unit",
        lambda m: f"{m.result.margin:.4f}" if m.result else "",
        number=True,
    ),
    ExportColumn(
        "unit",
        "mm, mm², °; without a scale px or px²: pixels of this picture, to be compared with no other picture",
        lambda m: m.result.unit if m.result else "",
    ),
    ExportColumn(
        "tilt",
        "how far the plane leans in degrees: estimated from the four corners of the scale, judged for one of "
        "two points; empty without a scale",
        lambda m: f"{m.result.tilt:.2f}" if m.result and m.scale else "",
        number=True,
    ),
    ExportColumn("formula", "version of the formulas of the result", lambda _m: str(FORMULA_VERSION)),
    ExportColumn(
        "repeats",
        "number of takes: how often the points were set",
        lambda m: str(len(m.measurement.takes)),
        whole=True,
    ),
    ExportColumn(
        "takes",
        "JSON list: points in whole pixels of the file before orientation; hand: how well a point was set, "
        "in 1/100 pixel",
        lambda m: json.dumps([{"points": t.points, "hand": t.hand} for t in m.measurement.takes]),
    ),
    ExportColumn("scale_id", "the scale it was measured with; empty if none", lambda m: m.measurement.scale),
    ExportColumn(
        "scale_micrometres",
        "known lengths of the scale: one, or width and height; separated by ;",
        lambda m: ";".join(map(str, m.scale.micrometres)) if m.scale else "",
    ),
    ExportColumn(
        "scale_points",
        "JSON list of the points of the scale, whole pixels of the file",
        lambda m: json.dumps(m.scale.points) if m.scale else "",
    ),
    ExportColumn(
        "scale_source",
        "what it is whose size is known",
        lambda m: m.scale.source if m.scale else "",
        free=True,
    ),
    ExportColumn(
        "scale_tilt",
        "the most the plane may lean, degrees, as judged for a two-point scale",
        lambda m: str(m.scale.tilt) if m.scale else "",
        whole=True,
    ),
    ExportColumn(
        "scale_known_by",
        "how its size is known: printed on it, measured (by whom stands in scale_source), standard object, "
        "assumed; 'not asked' for scales marked before it was asked",
        lambda m: (m.scale.known_by or "not asked") if m.scale else "",
    ),
    ExportColumn(
        "scale_off_plane",
        "the most it may lie in front of or behind what is measured, in thousandths of its distance from the "
        "camera; empty if that was not asked",
        lambda m: str(m.scale.off_plane) if m.scale and m.scale.known_by else "",
        whole=True,
    ),
    ExportColumn(
        "scale_plane",
        "the same in words",
        lambda m: scale_plane_in_words(m.scale) if m.scale else "",
    ),
    ExportColumn(
        "curved",
        "yes if the surface was said to be curved",
        lambda m: format_yes_or_no(bool(m.scale and m.scale.curved)),
    ),
    ExportColumn(
        "page", "which picture of the file it lies on, from 1", lambda m: str(m.measurement.page), whole=True
    ),
)
