"""What a gallery needs to know of every Photo, read in one go: never a query for each of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from sys import intern
from typing import Any

from sqlalchemy import Connection, Select, func, select

from reviewer.domain.geometry.orientation import compute_upright_size, to_upright
from reviewer.domain.search.arranging import GalleryRow, ShareBox
from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.engine.numbers import numbers_as_subquery
from reviewer.storage.photos import taken


def load_gallery_rows(connection: Connection, examiner: str) -> list[GalleryRow]:
    """Every Photo in the order of ingest; progress and findings are those of one Examiner."""
    alike = Counter(connection.execute(select(t.photo_facts.c.duplicates)).scalars())
    cards = _load_card_areas(connection, None)
    return list(_iterate_rows(connection, _select_rows(examiner, None), alike, cards))


def load_gallery_rows_of(connection: Connection, examiner: str, photos: Sequence[str]) -> list[GalleryRow]:
    """The same for these Photos (SHA-256)."""
    c = t.photo_facts.c
    groups = (
        select(c.duplicates).where(c.photo.in_(numbers_as_subquery(photos)), c.duplicates != "").distinct()
    )
    counted = select(c.duplicates, func.count()).where(c.duplicates.in_(groups)).group_by(c.duplicates)
    alike = Counter({group: count for group, count in connection.execute(counted)})
    cards = _load_card_areas(connection, photos)
    return list(_iterate_rows(connection, _select_rows(examiner, photos), alike, cards))


def _load_card_areas(
    connection: Connection, photos: Sequence[str] | None
) -> Mapping[str, tuple[ShareBox, ...]]:
    """SHA-256 -> where cards were framed, as a GalleryRow has them; of some Photos or of all."""
    p, c = t.photos.c, t.cards.c
    query = select(p.sha256.label("photo"), c.box, p.width, p.height, p.orientation)
    query = query.join(t.photos, p.id == c.photo)
    query = query.where(c.box != "[]", p.width > 0, p.height > 0)
    found: dict[str, dict[ShareBox, None]] = {}
    for row in connection.execute(
        query if photos is None else query.where(c.photo.in_(numbers_as_subquery(photos)))
    ):
        area = _to_share(json.loads(row.box), row.width, row.height, row.orientation)
        found.setdefault(row.photo, {})[area] = None
    return {photo: tuple(areas) for photo, areas in found.items()}


def _to_share(box: Sequence[int], width: int, height: int, orientation: int) -> ShareBox:
    """A box of recorded pixels (left, top, width, height) as shares of the upright sides."""
    left, top, wide, tall = box
    last = left + max(1, wide) - 1, top + max(1, tall) - 1
    (x1, y1), (x2, y2) = (to_upright(corner, width, height, orientation) for corner in ((left, top), last))
    across, down = compute_upright_size(width, height, orientation)
    sides = (abs(x2 - x1) + 1) / across, (abs(y2 - y1) + 1) / down
    return min(x1, x2) / across, min(y1, y2) / down, *sides


def _select_rows(examiner: str, photos: Sequence[str] | None) -> Select[Any]:
    """What a GalleryRow is made of, for some Photos or for all, in the order of ingest."""
    p, f, c = t.photos.c, t.source_files.c, t.findings.c
    counted = select(c.photo, func.count().label("findings")).where(c.examiner == examiner)
    if photos is not None:
        counted = counted.where(c.photo.in_(numbers_as_subquery(photos)))
    found = counted.group_by(c.photo).subquery("found")
    reading = (t.readings.c.photo == p.id) & (t.readings.c.examiner == examiner)
    first = f.outcome.concat("") == "photo"  # no index for this one: Photos come in order, one file for each
    query = (
        select(p.sha256, taken.valid_date_column(p.taken_at), p.damage, f.source, f.folder, f.name)
        .add_columns(t.sources.c.added_at)
        .add_columns(t.photo_facts.c.category, t.photo_facts.c.duplicates, t.photo_facts.c.individual)
        .add_columns(
            t.readings.c.state, found.c.findings, t.readings.c.carried_from, t.readings.c.context_seen
        )
        .join(t.source_files, (f.photo == p.id) & first)
        .outerjoin(t.sources, t.sources.c.id == f.source)
        .outerjoin(t.photo_facts, t.photo_facts.c.photo == p.id)
        .outerjoin(t.readings, reading)
        .outerjoin(found, found.c.photo == p.id)
        .order_by(p.id)
    )
    return query if photos is None else query.where(p.sha256.in_(ids_as_subquery(photos)))


def _iterate_rows(
    connection: Connection,
    query: Select[Any],
    alike: Counter[str],
    cards: Mapping[str, tuple[ShareBox, ...]],
) -> Iterator[GalleryRow]:
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
        carried_from,
        seen,
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
            bool(carried_from),
            tuple(json.loads(seen)) if seen and seen != "[]" else (),
            cards.get(sha, ()),
        )
