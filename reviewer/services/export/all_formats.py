"""Every export format there is, in the order in which they are listed: the first nine go by a number."""

from __future__ import annotations

from reviewer.services.export.format import ExportFormat
from reviewer.services.export.formats import (
    case_uco,
    case_uco_tags,
    coco,
    csv_tables,
    cvat,
    individuals_by_signs,
    individuals_by_signs_parquet,
    labelme,
    ledger_lines,
    manifests,
    qupath,
    web_annotations,
    xlsx,
    xmp,
    yolo,
)

EXPORT_FORMATS: tuple[ExportFormat, ...] = (
    csv_tables.FORMAT,
    xlsx.FORMAT,
    web_annotations.FORMAT,
    coco.FORMAT,
    labelme.FORMAT,
    case_uco.FORMAT,
    case_uco_tags.FORMAT,
    manifests.FORMAT,
    ledger_lines.FORMAT,
    coco.RECORDED_FORMAT,
    yolo.FORMAT,
    individuals_by_signs.FORMAT,
    cvat.FORMAT,
    individuals_by_signs_parquet.FORMAT,
    qupath.FORMAT,
    xmp.FORMAT,
)
