"""What is known of near-duplicates: the groups, their members, and what was parted by a person."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from reviewer.domain.acts.shared_acts import DUPLICATES_PARTED
from reviewer.domain.grouping import group_pairs
from reviewer.storage.engine import tables as t


def load_group_members(connection: Connection, group: str) -> list[str]:
    """Load the Photos of one group (SHA-256), in the order of ingest."""
    c = t.photo_facts.c
    query = select(t.photos.c.sha256).join(t.photo_facts, t.photos.c.id == c.photo)
    return list(connection.execute(query.where(c.duplicates == group).order_by(t.photos.c.id)).scalars())


def load_groups(connection: Connection) -> dict[str, list[str]]:
    """The name of each group -> its Photos, in the order of ingest; those of one Photo are left out."""
    c = t.photo_facts.c
    query = select(c.duplicates, t.photos.c.sha256.label("photo")).join(t.photos, t.photos.c.id == c.photo)
    rows = connection.execute(query.where(c.duplicates != "").order_by(t.photos.c.id))
    groups = group_pairs((row.duplicates, row.photo) for row in rows)
    return {name: photos for name, photos in groups.items() if len(photos) > 1}


def load_parted_pairs(connection: Connection) -> set[frozenset[str]]:
    """Load the pairs of Photos that a person has parted: they are not grouped again."""
    e, a = t.ledger.c, t.acts.c
    query = (
        select(e.body)
        .join(t.acts, a.position == e.position)
        .where(e.act == DUPLICATES_PARTED, a.kind == "act", a.taken_back == 0)
    )
    found: set[frozenset[str]] = set()
    for text in connection.execute(query).scalars():
        body = json.loads(text)
        photo = body["photos"][0]
        found.update(frozenset((photo, other)) for other in body["from"])
    return found


def load_sizes(connection: Connection) -> dict[str, tuple[int, int, int]]:
    """SHA-256 -> (width, height, EXIF orientation) of every Photo, in the order of ingest."""
    c = t.photos.c
    rows = connection.execute(select(c.sha256, c.width, c.height, c.orientation).order_by(c.id))
    return {row.sha256: (row.width, row.height, row.orientation) for row in rows}
