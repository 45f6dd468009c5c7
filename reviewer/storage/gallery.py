"""What a gallery needs to know of every Photo, read in one go: never a query for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from reviewer.domain.arranging import GalleryRow
from reviewer.domain.worklist import Progress
from reviewer.storage import tables as t

_AT_ONCE = 500


def rows(connection: Connection, examiner: str) -> list[GalleryRow]:
    """Every Photo in the order of ingest; progress and findings are those of one Examiner."""
    alike = Counter(connection.execute(select(t.photo_facts.c.duplicates)).scalars())
    return list(_rows(connection, _query(examiner, None), alike))


def rows_of(connection: Connection, examiner: str, photos: Sequence[str]) -> list[GalleryRow]:
    """The same for these Photos (SHA-256)."""
    found: list[GalleryRow] = []
    for start in range(0, len(photos), _AT_ONCE):
        some = photos[start : start + _AT_ONCE]
        found += _rows(connection, _query(examiner, some), _alike(connection, some))
    return found


def _alike(connection: Connection, photos: Sequence[str]) -> Counter[str]:
    c = t.photo_facts.c
    groups = select(c.duplicates).where(c.photo.in_(photos), c.duplicates != "")
    query = select(c.duplicates, func.count()).where(c.duplicates.in_(groups)).group_by(c.duplicates)
    return Counter({group: count for group, count in connection.execute(query)})


def _query(examiner: str, photos: Sequence[str] | None) -> Select[Any]:
    """What a GalleryRow is made of, for some Photos or for all, in the order of ingest."""
    p, f, c = t.photos.c, t.source_files.c, t.findings.c
    counted = select(c.photo, func.count().label("findings")).where(c.examiner == examiner)
    if photos is not None:
        counted = counted.where(c.photo.in_(photos))
    found = counted.group_by(c.photo).subquery("found")
    reading = (t.readings.c.photo == p.sha256) & (t.readings.c.examiner == examiner)
    query = (
        select(p.sha256, p.taken_at, p.damage, f.source, f.folder, f.name, t.sources.c.added_at)
        .add_columns(t.photo_facts.c.category, t.photo_facts.c.duplicates, t.photo_facts.c.individual)
        .add_columns(t.readings.c.state, found.c.findings)
        .join(t.source_files, (f.photo == p.id) & (f.outcome == "photo"))
        .outerjoin(t.sources, t.sources.c.id == f.source)
        .outerjoin(t.photo_facts, t.photo_facts.c.photo == p.sha256)
        .outerjoin(t.readings, reading)
        .outerjoin(found, found.c.photo == p.sha256)
        .order_by(p.id)
    )
    return query if photos is None else query.where(p.sha256.in_(photos))


def _rows(connection: Connection, query: Select[Any], alike: Counter[str]) -> Iterator[GalleryRow]:
    unread = str(Progress.UNREAD)
    for (
        sha,
        taken,
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
            sha256=sha,
            folder=f"{source}/{folder}",
            name=name,
            taken_at=taken,
            ingest_day=(added or "")[:10],
            category=category or "",
            group=group or "",
            individual=person or "",
            progress=state or unread,
            findings=findings or 0,
            damaged=bool(damage),
            alike=alike[group] if group else 0,
        )
