"""Making an export: check the place, make the files, give them their name together, note it in the ledger."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Mapping
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
    check_place(case, out)
    return written(case, author, out, chosen.make(case, control).items(), {"format": key})


def written(
    case: OpenCase, author: str, out: Path, files: Iterable[tuple[str, bytes]], said: Mapping[str, object]
) -> list[str]:
    """Write these files, one after the other as they are made, and give the folder its name at the end.

    The act says `said` and the hash of each file, but of those that have their hash for a name: the tables
    beside them list these. The names of the files whose hashes it says. KnownError if it cannot be written.
    """
    unfinished = unfinished_of(out)
    hashes: dict[str, str] = {}
    try:
        unfinished.mkdir(parents=True)
        for name, content in files:
            write_atomically(unfinished / name, content)
            digest = hashlib.sha256(content).hexdigest()
            if Path(name).stem != digest:
                hashes[name] = digest
        if out.exists():
            out.rmdir()
        unfinished.rename(out)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        shown = printable(str(out))
        raise KnownError(f"The export could not be written to {shown}: {error.strerror}.") from error
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    if not case.read_only:
        case.record(Draft(acts.EXPORT_MADE, case.id, {**said, "files": hashes}), author)
    return sorted(hashes)


def unfinished_of(out: Path) -> Path:
    """Where an export lies while it is made."""
    return out.with_name(f"{out.name}.unfinished")


def check_place(case: OpenCase, out: Path) -> None:
    """KnownError if an export cannot go there: `out` has to be new or empty, and not within the case."""
    shown = printable(str(out))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise KnownError(f"{shown} exists and is not empty.", "Name a new folder.", code="out-exists")
    if unfinished_of(out).exists():
        left = printable(str(unfinished_of(out)))
        raise KnownError(
            f"{left} is left over from an export that was stopped.",
            "Delete it, or name another folder.",
            code="out-exists",
        )
    resolved, own = out.resolve(), case.folder.resolve()
    if own in [resolved, *resolved.parents]:
        raise KnownError("An export cannot lie inside the case.", code="out-exists")
