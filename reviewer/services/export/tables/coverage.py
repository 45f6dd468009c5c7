"""The table of what photographs show well enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.vocabulary.coverage import region_of_coverage_key
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.services.export.tables.readings import ReadingRow, make_origin_columns


@dataclass(frozen=True)
class CoverageRow:
    """One Region of which a Reading says how well it can be judged."""

    within: ReadingRow
    region: str
    level: str
    vocabulary: Vocabulary


def make_coverage_rows(found: Contents, row: ReadingRow) -> Iterator[CoverageRow]:
    for region, level in row.reading.coverage:
        yield CoverageRow(row, region, level, found.vocabulary)


COVERAGE_COLUMNS: tuple[ExportColumn[CoverageRow], ...] = (
    *make_origin_columns(),
    ExportColumn("region", "key of the body region", lambda v: region_of_coverage_key(v.region)),
    ExportColumn(
        "aspect",
        "the side of the region that is meant: front, back, palm, upper or under; empty where a region is "
        "shown as a whole, and where an earlier reading did not say which side",
        lambda v: v.region.partition("/")[2],
    ),
    ExportColumn("region_name", "its English name", lambda v: v.vocabulary.region_name(v.region)),
    ExportColumn(
        "level",
        "how well it can be judged on this photograph: assessable, limited or not; of a region or side "
        "without a row nothing was said",
        lambda v: v.level,
    ),
)
