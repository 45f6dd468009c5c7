"""Whether the rows of evidence are those the ledger stands for, and no row is there that it does not.

An ingest says in the ledger that it begins, and seals its rows when it ends. Rows behind the seal belong to
an ingest that was killed, or were put there by somebody else. A Source of a version that did not yet say when
an ingest began cannot tell the two apart until it is ingested again: there they are counted, not accused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import LedgerFault, to_canonical_json
from reviewer.domain.photos.case import Source
from reviewer.storage import ledger
from reviewer.storage.engine import tables as t
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photos

SAYS_WHEN_INGEST_BEGINS = "beginnings_told"
"""In the body of SOURCE_ADDED: every ingest of this Source says when it begins."""


@dataclass(frozen=True)
class ChangedSeal:
    """What binds the rows of files found changed to the ledger: a hash over all of them up to `through`."""

    records: str
    files: int
    through: int


def compute_changed_seal(connection: Connection, source: str, through: int | None = None) -> ChangedSeal:
    """The seal of the files of a Source that were found changed, of all rows or of those up to `through`."""
    c = t.changed_files.c
    query = (
        select(t.changed_files)
        .join(t.source_files, t.source_files.c.id == c.source_file)
        .where(t.source_files.c.source == source)
        .order_by(c.id)
    )
    rows = connection.execute(query if through is None else query.where(c.id <= through)).all()
    digest = hashlib.sha256(b"".join(to_canonical_json(list(row)) for row in rows)).hexdigest()
    return ChangedSeal(digest, len(rows), rows[-1].id if rows else 0)


def load_changed_seal(connection: Connection, source: str) -> ChangedSeal:
    """Load the last seal of changed files in the ledger; that of no rows before the first."""
    found = ledger.find_latest(connection, acts.CHANGED_FILES_FOUND, source)
    return ChangedSeal(**found[1].body) if found else compute_changed_seal(connection, source, 0)


@dataclass(frozen=True)
class ReplacedRows:
    """The rows of a Source that later ones stand beside and replace: how many, and a hash over both ids."""

    rows: int
    sha256: str


def compute_replaced_rows(connection: Connection, source: str) -> ReplacedRows:
    c = t.source_files.c
    query = select(c.id, c.replaces).where(c.source == source, c.replaces.is_not(None)).order_by(c.id)
    pairs = [list(row) for row in connection.execute(query)]
    return ReplacedRows(len(pairs), hashlib.sha256(to_canonical_json(pairs)).hexdigest())


def is_ingest_open(connection: Connection, source: str) -> bool:
    """Whether an ingest of the Source began after its last seal."""
    begun = ledger.find_latest(connection, acts.INGEST_BEGUN, source)
    ended = ledger.find_latest(connection, acts.SOURCE_INGESTED, source)
    return begun is not None and (ended is None or ended[0] < begun[0])


def check_seals(connection: Connection) -> tuple[list[LedgerFault], int]:
    """What is wrong with the rows of evidence, and how many files belong to an ingest that has not ended."""
    faults = list(_find_strays(connection))
    unsealed = 0
    for source in case_rows.load_sources(connection):
        faults += _find_changes(connection, source)
        files, changed = _count_behind_seal(connection, source)
        if (files or changed) and not _may_have_rows_behind(connection, source.id):
            what = f"{files:,} files and {changed:,} notes of changed files are in it that no ingest sealed"
            faults.append(LedgerFault(f"source {source.path}", what))
        else:
            unsealed += files
    return faults, unsealed


def _find_changes(connection: Connection, source: Source) -> Iterator[LedgerFault]:
    """Every seal is compared with the rows that it counted, not only the last one: where a row is taken away
    and a new seal made over what is left, those that were made before speak against it."""
    where = f"source {source.path}"
    ends = ledger.load_entries_about(connection, acts.SOURCE_INGESTED, source.id)
    throughs = sorted({int(end.body["through"]) for end in ends})
    now = dict(zip(throughs, photos.compute_seals(connection, source.id, throughs), strict=True))
    for end in ends:
        seal = now[int(end.body["through"])]
        if seal.manifest != end.body["manifest"]:
            what = "its first {files:,} files are not those that were sealed on {at} by {author}"
        elif seal.records != end.body["records"]:
            what = "what was recorded of its first {files:,} files is not what was sealed on {at} by {author}"
        else:
            continue
        what = what.format(files=int(end.body["files"]), at=end.at, author=end.author)
        yield LedgerFault(where, what)
        break
    for told in ledger.load_entries_about(connection, acts.CHANGED_FILES_FOUND, source.id):
        seal_told = ChangedSeal(**told.body)
        if compute_changed_seal(connection, source.id, seal_told.through) != seal_told:
            yield LedgerFault(where, "which of its files were found changed is not what was recorded")
            break


def _count_behind_seal(connection: Connection, source: Source) -> tuple[int, int]:
    """How many rows of files and of changed files no entry stands for yet."""
    c = t.source_files.c
    behind = (c.source == source.id) & (c.id > source.through)
    files = connection.execute(select(func.count()).select_from(t.source_files).where(behind)).scalar_one()
    told = load_changed_seal(connection, source.id)
    return int(files), max(0, compute_changed_seal(connection, source.id).files - told.files)


def _may_have_rows_behind(connection: Connection, source: str) -> bool:
    if is_ingest_open(connection, source):
        return True
    added = ledger.find_latest(connection, acts.SOURCE_ADDED, source)
    told = added is not None and bool(added[1].body.get(SAYS_WHEN_INGEST_BEGINS))
    return not told and ledger.find_latest(connection, acts.INGEST_BEGUN, source) is None


def _find_strays(connection: Connection) -> Iterator[LedgerFault]:
    """Rows that belong to no Source, or that no file made."""
    known = select(t.sources.c.id)
    for name in connection.execute(
        select(t.source_files.c.source).where(t.source_files.c.source.not_in(known)).distinct()
    ).scalars():
        yield LedgerFault("the files of a source", f"no entry adds the source {name}")
    made = select(t.source_files.c.photo).where(t.source_files.c.outcome == "photo")
    for sha256 in connection.execute(select(t.photos.c.sha256).where(t.photos.c.id.not_in(made))).scalars():
        yield LedgerFault(f"photo {sha256[:12]}", "no file of a source made it")
