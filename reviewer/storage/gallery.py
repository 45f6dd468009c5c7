"""What a gallery needs to know of every Photo, read in one go: never a query for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from sys import intern
from typing import Any

from sqlalchemy import Connection, Select, func, select

from reviewer.domain.search.arranging import GalleryRow
from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.photos import taken


def load_gallery_rows(connection: Connection, examiner: str) -> list[GalleryRow]:
    """Every Photo in the order of ingest; progress and findings are those of one Examiner."""
    alike = Counter(connection.execute(select(t.photo_facts.c.duplicates)).scalars())
    return list(_iterate_rows(connection, _select_rows(examiner, None), alike))


def load_gallery_rows_of(connection: Connection, examiner: str, photos: Sequence[str]) -> list[GalleryRow]:
    """The same for these Photos (SHA-256)."""
    c = t.photo_facts.c
    groups = select(c.duplicates).where(c.photo.in_(ids_as_subquery(photos)), c.duplicates != "").distinct()
    counted = select(c.duplicates, func.count()).where(c.duplicates.in_(groups)).group_by(c.duplicates)
    alike = Counter({group: count for group, count in connection.execute(counted)})
    return list(_iterate_rows(connection, _select_rows(examiner, photos), alike))


def _select_rows(examiner: str, photos: Sequence[str] | None) -> Select[Any]:
    """What a GalleryRow is made of, for some Photos or for all, in the order of ingest."""
    p, f, c = t.photos.c, t.source_files.c, t.findings.c
    counted = select(c.photo, func.count().label("findings")).where(c.examiner == examiner)
    if photos is not None:
        counted = counted.where(c.photo.in_(ids_as_subquery(photos)))
    found = counted.group_by(c.photo).subquery("found")
    reading = (t.readings.c.photo == p.sha256) & (t.readings.c.examiner == examiner)
    first = f.outcome.concat("") == "photo"  # no index for this one: Photos come in order, one file for each
    query = (
        select(p.sha256, taken.valid_date_column(p.taken_at), p.damage, f.source, f.folder, f.name)
        .add_columns(t.sources.c.added_at)
        .add_columns(t.photo_facts.c.category, t.photo_facts.c.duplicates, t.photo_facts.c.individual)
        .add_columns(t.readings.c.state, found.c.findings)
        .join(t.source_files, (f.photo == p.id) & first)
        .outerjoin(t.sources, t.sources.c.id == f.source)
        .outerjoin(t.photo_facts, t.photo_facts.c.photo == p.sha256)
        .outerjoin(t.readings, reading)
        .outerjoin(found, found.c.photo == p.sha256)
        .order_by(p.id)
    )
    return query if photos is None else query.where(p.sha256.in_(ids_as_subquery(photos)))


def _iterate_rows(connection: Connection, query: Select[Any], alike: Counter[str]) -> Iterator[GalleryRow]:
    """Each text once in memory: most are of many Photos, and hashes and names are in the Worklist too."""
    unread = str(ReadingProgress.UNREAD)
    for (
        sha,
        taken_at,
        damage,
        source,
        folder,
        name,
        added,
        category,
        group,
        person,
        state,
        findings,
    ) in connection.execute(query):
        yield GalleryRow(
            intern(sha),
            intern(f"{source}/{folder}"),
            intern(name),
            intern(taken_at),
            intern((added or "")[:10]),
            intern(category or ""),
            intern(group or ""),
            intern(person or ""),
            intern(state or unread),
            findings or 0,
            bool(damage),
            alike[group] if group else 0,
        )
