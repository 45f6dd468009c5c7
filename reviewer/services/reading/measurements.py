"""What the measurements of a Reading say, in words: on the photograph, and in what is exported."""

from __future__ import annotations

from reviewer.domain.geometry.measuring import (
    MeasurementResult,
    compute_measurement,
    measurement_in_words,
    ratio_in_words,
)
from reviewer.domain.reading.reading import Reading


def describe_measurements(reading: Reading) -> dict[str, str]:
    """By id: millimetres with their margin, or ratios to the first of its kind where there is no scale."""
    said: dict[str, str] = {}
    references: dict[tuple[str, int], MeasurementResult] = {}
    for measurement in reading.measurements:
        scale = reading.scale(measurement.scale)
        try:
            result = compute_measurement(measurement, scale)
        except (ValueError, ZeroDivisionError):
            said[measurement.id] = "cannot be measured in this plane"
            continue
        repeats = f", {len(measurement.takes)} times" if len(measurement.takes) > 1 else ""
        if scale is not None:
            said[measurement.id] = measurement_in_words(result) + repeats
            continue
        like = (result.unit, measurement.page)  # pixels of two pictures are not comparable
        name = "the first area" if result.unit == "px²" else "the first length"
        said[measurement.id] = ratio_in_words(result, references.get(like), name) + repeats
        references.setdefault(like, result)
    return said
