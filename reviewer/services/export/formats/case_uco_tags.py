"""CASE/UCO with every tag of the files: a format of its own, so that nobody gets positions unasked."""

from __future__ import annotations

from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.formats import case_uco
from reviewer.services.jobs import JobControl


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    case_uco.write_graphs(found, folder, control, with_tags=True)


FORMAT = ExportFormat(
    "case-uco-tags",
    "CASE/UCO graph with the tags of the files: positions, serial numbers",
    "all of case-uco and, of each file, every tag as it was recorded at ingest and verified by nobody: "
    "position, serial numbers, owner, software, dates. Only for whoever is to have them",
    case_uco.LOSSES,
    make,
    standards=case_uco.STANDARDS,
)
