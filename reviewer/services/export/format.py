"""What an export format is: its key, what it makes, what it leaves out, and the function that writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.jobs import JobControl


class Standard(NamedTuple):
    """What files with this ending (".jsonld") conform to: the IRI of a published standard, and its name."""

    ending: str
    iri: str
    name: str


@dataclass(frozen=True)
class ExportFormat:
    """`name` is what a person calls it; `what` and `losses` are told wherever formats are listed.

    `make` writes files into the folder, piece by piece, reports progress and stops when asked to. `chooses`:
    a query and Examiners can narrow it; what proves something only as a whole (ledger, manifest) cannot be.
    `standards` are told in the crate of an export; those of CSV and XLSX files are known there.
    `adds_up`: readings are added up to one result, those of who exports unless others are named.
    `refuse_without` raises KnownError where an optional part of the program is needed and missing.
    """

    key: str
    name: str
    what: str
    losses: str
    make: Callable[[Contents, ExportFolder, JobControl], None]
    chooses: bool = True
    standards: tuple[Standard, ...] = ()
    adds_up: bool = False
    refuse_without: Callable[[], None] = lambda: None
