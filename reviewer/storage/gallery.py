"""What a gallery needs to know of every Photo, read in one go: never a query for each of them."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from sys import intern
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from reviewer.domain.geometry.orientation import compute_upright_size, to_upright
from reviewer.domain.photos.photo_columns import TextColumn
from reviewer.domain.search.arranging import GalleryRow, ShareBox
from reviewer.domain.search.gallery_rows import GalleryColumns
from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.engine.numbers import numbers_as_subquery
from reviewer.storage.engine.plain_rows import fetch_plain_rows, join_column
from reviewer.storage.photos import taken
from reviewer.storage.reading import reading_states
from reviewer.storage.shared import shared_rows


def load_gallery_columns(connection: Connection, examiner: str, highest: int) -> GalleryColumns:
    """What is known of every Photo, up to the `highest` number there is; progress and findings are those of
    one Examiner."""
    p, f, r = t.photos.c, t.findings.c, t.readings.c
    taken_at = [""] * (highest + 1)
    dated = _fetch_columns(connection, p.id, taken.valid_date_column(p.taken_at), p.taken_at != "")
    for number, at in zip(*dated, strict=True):
        if number <= highest:  # not what was ingested while this began
            taken_at[number] = at
    counted = select(f.photo, func.count().label("findings")).where(f.examiner == examiner, f.photo > 0)
    of_each = counted.group_by(f.photo).subquery().c
    findings = array("l", bytes(array("l").itemsize * (highest + 1)))
    for number, count in zip(*_fetch_columns(connection, of_each.photo, of_each.findings), strict=True):
        if number <= highest:
            findings[number] = count
    told = select(r.photo, r.carried_from, r.context_seen).where(r.examiner == examiner, r.photo > 0)
    told = told.where(or_(r.carried_from != "", r.context_seen != "[]"))
    rows = fetch_plain_rows(connection, told)
    states = reading_states.load_states_by_number(connection, examiner).items()
    return GalleryColumns(
        shared_rows.load_assignment_columns(connection, highest),
        TextColumn(taken_at),
        findings,
        {number: state for state, numbers in states for number in numbers},
        {id_: (added or "")[:10] for id_, added in connection.execute(_INGEST_DAYS)},
        dict(connection.execute(_SIZES_OF_GROUPS).all()),
        frozenset(connection.execute(select(p.id).where(p.damage != "")).scalars()),
        frozenset(number for number, carried_from, _seen in rows if carried_from),
        {number: tuple(json.loads(seen)) for number, _from, seen in rows if seen != "[]"},
        _load_card_areas(connection, None),
    )


_INGEST_DAYS = select(t.sources.c.id, t.sources.c.added_at)
_GROUP = t.photo_facts.c.duplicates
_SIZES_OF_GROUPS = select(_GROUP, func.count()).where(_GROUP != "").group_by(_GROUP)


def _fetch_columns(
    connection: Connection,
    one: ColumnElement[Any],
    other: ColumnElement[Any],
    *conditions: ColumnElement[bool],
) -> tuple[list[Any], list[Any]]:
    """Two columns of all rows found, in the same order."""
    query = select(join_column(one), join_column(other)).where(*conditions)
    ((ones, others),) = fetch_plain_rows(connection, query)
    return json.loads(ones), json.loads(others)


def load_gallery_rows_of(connection: Connection, examiner: str, photos: Sequence[str]) -> list[GalleryRow]:
    """A row for each of these Photos (SHA-256), in the order of ingest; progress and findings are those of
    one Examiner."""
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
) -> Mapping[int, tuple[ShareBox, ...]]:
    """Number of a Photo -> where cards were framed, as a GalleryRow has them; of some Photos or of all."""
    p, c = t.photos.c, t.cards.c
    query = select(c.photo, c.box, p.width, p.height, p.orientation)
    query = query.join(t.photos, p.id == c.photo)
    query = query.where(c.box != "[]", p.width > 0, p.height > 0)
    found: dict[int, dict[ShareBox, None]] = {}
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


def _select_rows(examiner: str, photos: Sequence[str]) -> Select[Any]:
    """What a GalleryRow is made of, for some Photos, in the order of ingest."""
    p, f, c = t.photos.c, t.source_files.c, t.findings.c
    counted = select(c.photo, func.count().label("findings")).where(c.examiner == examiner)
    counted = counted.where(c.photo.in_(numbers_as_subquery(photos)))
    found = counted.group_by(c.photo).subquery("found")
    reading = (t.readings.c.photo == p.id) & (t.readings.c.examiner == examiner)
    first = f.outcome.concat("") == "photo"  # no index for this one: Photos come in order, one file for each
    return (
        select(p.id, p.sha256, taken.valid_date_column(p.taken_at), p.damage, f.source, f.folder, f.name)
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
        .where(p.sha256.in_(ids_as_subquery(photos)))
        .order_by(p.id)
    )


def _iterate_rows(
    connection: Connection,
    query: Select[Any],
    alike: Counter[str],
    cards: Mapping[int, tuple[ShareBox, ...]],
) -> Iterator[GalleryRow]:
    """Each text once in memory: most are of many Photos."""
    unread = str(ReadingProgress.UNREAD)
    for (
        number,
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
            cards.get(number, ()),
        )
