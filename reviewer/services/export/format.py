"""What an export format is: its key, what it makes, what it leaves out, and the function that writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import Folder
from reviewer.services.jobs import JobControl


@dataclass(frozen=True)
class Format:
    """`name` is what a person calls it; `what` and `losses` are told wherever formats are listed.

    `make` writes files into the folder, piece by piece, reports progress and stops when asked to. `chooses`:
    a query and Examiners can narrow it; what proves something only as a whole (ledger, manifest) cannot be.
    `refuse_without` raises KnownError where an optional part of the program is needed and missing.
    """

    key: str
    name: str
    what: str
    losses: str
    make: Callable[[Contents, Folder, JobControl], None]
    chooses: bool = True
    refuse_without: Callable[[], None] = lambda: None
