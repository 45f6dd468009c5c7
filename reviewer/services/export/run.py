"""Making an export: check the place, make the files, give them their name together, note it in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import printable
from reviewer.services.case.open_case import OpenCase
from reviewer.services.export import crate
from reviewer.services.export.all_formats import FORMATS
from reviewer.services.export.choice import EVERYTHING, Scope, Wish
from reviewer.services.export.contents import contents
from reviewer.services.export.folder import Folder, new_folder
from reviewer.services.export.sums import sum_line
from reviewer.services.jobs import JobControl

MOST_IN_ENTRY = 200
"""Hashes in one entry; of more files than this it holds the hash of their list."""
LIST = "SHA256SUMS"
_MOST_NAMED = 20


def export(
    case: OpenCase, author: str, key: str, out: Path, control: JobControl, wish: Wish = EVERYTHING
) -> list[str]:
    """Export to the folder `out`, which must be new or empty; the names of the files made, sorted.

    KnownError if that cannot be, QueryError where the query makes no sense.
    """
    chosen = next((each for each in FORMATS if each.key == key), None)
    if chosen is None:
        known = ", ".join(each.key for each in FORMATS)
        raise KnownError(f"There is no export format {printable(key)}.", f"Known: {known}.", code="no-format")
    if not chosen.chooses and (wish.query.strip() or wish.examiners):
        raise KnownError(
            f"The format {key} is whole or proves nothing: no query and no examiner narrows it.",
            "Leave them out; --as-of can be said of it.",
            code="usage",
        )
    check_place(case, out)
    chosen.refuse_without()
    with new_folder(out) as folder:
        with contents(case, author, control, wish) as found:
            chosen.make(found, folder, control)
            narrowed = narrowing(found.scope, wish)
            about = crate.about_of(found, chosen, LIST)
        told = _told(folder, about)
        control.check()
    _note(case, author, {"format": key, "number": len(folder.hashes), **narrowed}, told)
    return sorted(folder.hashes)


def narrowing(scope: Scope, wish: Wish) -> dict[str, object]:
    """What the ledger keeps of a choice: query, Examiners (ids) and entry, where they were named."""
    said = {"query": scope.query, "examiners": list(scope.examiners), "as_of": wish.entries}
    return {name: value for name, value in said.items() if value}


def written(
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
    _note(case, author, said, told)
    return sorted(told)


def _note(case: OpenCase, author: str, said: Mapping[str, object], hashes: Mapping[str, str]) -> None:
    if not case.read_only:
        case.record(Draft(acts.EXPORT_MADE, case.id, {**said, "files": dict(hashes)}), author)


def in_short(names: Sequence[str]) -> str:
    """The names of the files made, or how many there are where nobody would read them all."""
    return ", ".join(names) if len(names) <= _MOST_NAMED else f"{len(names):,} files"


def _told(folder: Folder, about: crate.About) -> dict[str, str]:
    """Write the crate; the hashes that the ledger keeps: of each file, or of the crate and of a list of all
    others that lies beside them."""
    names = list(folder.hashes)
    if len(names) > MOST_IN_ENTRY:
        lines = (sum_line(sha256, name.encode("utf-8")) for name, sha256 in sorted(folder.hashes.items()))
        folder.put(LIST, b"".join(lines))
        names = [LIST]
    crate.put_crate(folder, about, MOST_IN_ENTRY)
    return {name: folder.hashes[name] for name in (*names, crate.NAME)}


def check_place(case: OpenCase, out: Path) -> None:
    """KnownError if an export cannot go there: `out` has to be new or empty, and not within the case."""
    shown = printable(str(out))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise KnownError(f"{shown} exists and is not empty.", "Name a new folder.", code="out-exists")
    resolved, own = out.resolve(), case.folder.resolve()
    if own in [resolved, *resolved.parents]:
        raise KnownError("An export cannot lie inside the case.", code="out-exists")
