"""Making an export: check the place, make the files, give them their name together, note it in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from reviewer.domain.errors import KnownError
from reviewer.domain.names import make_printable
from reviewer.services.case.made import record_made
from reviewer.services.case.open_case import OpenCase
from reviewer.services.export import crate
from reviewer.services.export.all_formats import EXPORT_FORMATS
from reviewer.services.export.choice import EVERYTHING, ExportChoice, ExportScope
from reviewer.services.export.contents import open_contents
from reviewer.services.export.folder import ExportFolder, new_folder
from reviewer.services.export.sums import format_checksum_line
from reviewer.services.jobs import JobControl

MOST_IN_ENTRY = 200
"""Hashes in one entry; of more files than this it holds the hash of their list."""
CHECKSUM_LIST = "SHA256SUMS"
_MOST_NAMED = 20


class ExportResult(NamedTuple):
    """The `names` of the files made, sorted, and how many of them are called otherwise than the photograph
    that they belong to, since not every system could keep the name."""

    names: list[str]
    renamed: int = 0

    @property
    def renamed_in_words(self) -> str:
        """A sentence on the files that are called otherwise, "" if there are none."""
        if not self.renamed:
            return ""
        if self.renamed == 1:
            return "1 file is called otherwise than its photograph; the table beside the files says of which."
        return (
            f"{self.renamed:,} files are called otherwise than their photographs; the table beside the files "
            "says of which each is."
        )


def export(
    case: OpenCase, author: str, key: str, out: Path, control: JobControl, wish: ExportChoice = EVERYTHING
) -> ExportResult:
    """Export to the folder `out`, which must be new or empty.

    KnownError if that cannot be, QueryError where the query makes no sense.
    """
    chosen = next((format_ for format_ in EXPORT_FORMATS if format_.key == key), None)
    if chosen is None:
        known = ", ".join(format_.key for format_ in EXPORT_FORMATS)
        raise KnownError(
            f"There is no export format {make_printable(key)}.", f"Known: {known}.", code="no-format"
        )
    if not chosen.chooses and (wish.query.strip() or wish.examiners):
        raise KnownError(
            f"The format {key} is whole or proves nothing: no query and no examiner narrows it.",
            "Leave them out; --as-of can be said of it.",
            code="usage",
        )
    check_destination(case, out)
    chosen.refuse_without()
    with new_folder(out) as folder:
        with open_contents(case, author, control, wish) as found:
            chosen.make(found, folder, control)
            narrowed = choice_to_body(found.scope, wish)
            about = crate.describe_export(found, chosen, CHECKSUM_LIST)
        told = _choose_hashes_for_entry(folder, about)
        control.check()
    _record_export(case, author, {"format": key, "number": len(folder.hashes), **narrowed}, told, out)
    return ExportResult(sorted(folder.hashes), folder.renamed)


def choice_to_body(scope: ExportScope, wish: ExportChoice) -> dict[str, object]:
    """Return what the ledger keeps of a choice: query, Examiners (ids) and entry, where given."""
    said = {"query": scope.query, "examiners": list(scope.examiners), "as_of": wish.entries}
    return {name: value for name, value in said.items() if value}


def write_files(
    case: OpenCase,
    author: str,
    out: Path,
    files: Iterable[tuple[str, bytes]],
    said: Mapping[str, object],
    about: crate.About,
) -> list[str]:
    """Write these files, one after the other as they are made, then the crate that says `about` of them, and
    give the folder its name at the end.

    The act says `said` and the hash of each file, but of those that have their hash for a name: the tables
    beside them list these. The names of the files whose hashes it says. KnownError if it cannot be written.
    """
    with new_folder(out) as folder:
        for name, content in files:
            folder.put(name, content)
        crate.put_crate(folder, about, MOST_IN_ENTRY)
    told = {name: sha256 for name, sha256 in folder.hashes.items() if Path(name).stem != sha256}
    _record_export(case, author, said, told, out)
    return sorted(told)


def _record_export(
    case: OpenCase, author: str, said: Mapping[str, object], hashes: Mapping[str, str], out: Path
) -> None:
    if not case.read_only:
        record_made(case, author, {**said, "files": dict(hashes)}, out)


def shorten_names(names: Sequence[str]) -> str:
    """Return the names of the files made, or their number if there are too many to read."""
    return ", ".join(names) if len(names) <= _MOST_NAMED else f"{len(names):,} files"


def _choose_hashes_for_entry(folder: ExportFolder, about: crate.About) -> dict[str, str]:
    """Write the crate; return the hashes that the ledger keeps: of each file, or of the crate and of a list
    of all others beside them."""
    names = list(folder.hashes)
    if len(names) > MOST_IN_ENTRY:
        lines = (
            format_checksum_line(sha256, name.encode("utf-8"))
            for name, sha256 in sorted(folder.hashes.items())
        )
        folder.put(CHECKSUM_LIST, b"".join(lines))
        names = [CHECKSUM_LIST]
    crate.put_crate(folder, about, MOST_IN_ENTRY)
    return {name: folder.hashes[name] for name in (*names, crate.NAME)}


def check_destination(case: OpenCase, out: Path) -> None:
    """KnownError if an export cannot go there: `out` has to be new or empty, and not within the case."""
    shown = make_printable(str(out))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise KnownError(f"{shown} exists and is not empty.", "Name a new folder.", code="out-exists")
    if out.resolve().is_relative_to(case.folder.resolve()):
        raise KnownError("An export cannot lie inside the case.", code="out-exists")
