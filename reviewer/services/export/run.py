"""Making an export: check the place, make the files, give them their name together, note it in the ledger."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reviewer.domain import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger import Draft
from reviewer.domain.names import printable
from reviewer.services.export.csv_tables import tables
from reviewer.services.jobs import JobControl
from reviewer.services.open_case import OpenCase
from reviewer.system.files import write_atomically


@dataclass(frozen=True)
class Format:
    """One export format: its key, what it makes and what it leaves out."""

    key: str
    what: str
    losses: str
    make: Callable[[OpenCase, JobControl], dict[str, bytes]]


FORMATS = (
    Format(
        "csv",
        "a folder with findings.csv (one row per finding), readings.csv (one row per reading), "
        "measurements.csv (one row per measurement), coverage.csv (one row per region that is shown on a "
        "photograph), dictionary.csv (every column explained) and about.csv "
        "(ledger head, hashes)",
        "the history of acts; marks are kept as JSON in one column",
        tables,
    ),
)


def export(case: OpenCase, author: str, key: str, out: Path, control: JobControl) -> list[str]:
    """Export to the folder `out`, which must be new or empty; the names of the files made."""
    chosen = next((each for each in FORMATS if each.key == key), None)
    if chosen is None:
        known = ", ".join(each.key for each in FORMATS)
        raise KnownError(f"There is no export format {printable(key)}.", f"Known: {known}.", code="no-format")
    _check_place(case, out)
    files = chosen.make(case, control)
    unfinished = out.with_name(f"{out.name}.unfinished")
    try:
        unfinished.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_atomically(unfinished / name, content)
        if out.exists():
            out.rmdir()
        unfinished.rename(out)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        shown = printable(str(out))
        raise KnownError(f"The export could not be written to {shown}: {error.strerror}.") from error
    if not case.read_only:
        hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        case.record(Draft(acts.EXPORT_MADE, case.id, {"format": key, "files": hashes}), author)
    return sorted(files)


def _check_place(case: OpenCase, out: Path) -> None:
    shown = printable(str(out))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise KnownError(f"{shown} exists and is not empty.", "Name a new folder.", code="out-exists")
    resolved, own = out.resolve(), case.folder.resolve()
    if own in [resolved, *resolved.parents]:
        raise KnownError("An export cannot lie inside the case.", code="out-exists")
