"""All Photos of a Case in columns: the engine joins what stands in its indexes, and hands over a few texts.

A row for each Photo costs more than the engine takes to find it, and in an encrypted Case the rows themselves
would have to be decrypted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from reviewer.domain.errors import LedgerDamaged
from reviewer.domain.photos.photo import IngestOutcome
from reviewer.domain.photos.photo_columns import PhotoHashes, PhotoPlaces, TextColumn
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.indexes import keep_off_index
from reviewer.storage.engine.plain_rows import fetch_plain_rows, join_column
from reviewer.storage.photos.taken import valid_date_column

_OTHER_OUTCOMES = [str(outcome) for outcome in IngestOutcome if outcome is not IngestOutcome.PHOTO]


def load_hashes(connection: Connection) -> PhotoHashes:
    """The SHA-256 of all Photos, by number. LedgerDamaged where one is no SHA-256 by its length."""
    p = t.photos.c
    found = select(p.id, p.sha256).order_by(p.sha256).subquery().c
    query = select(join_column(found.id), func.group_concat(found.sha256, ""))
    ((numbers, hashes),) = fetch_plain_rows(connection, query)
    try:
        return PhotoHashes(json.loads(numbers), hashes or "")
    except ValueError as error:
        raise LedgerDamaged(
            "The case database is damaged: the hash of a photograph is not as long as it was written.",
            "`reviewer verify CASE` says what else is; restore the case folder from a backup.",
        ) from error


def load_places(connection: Connection, highest: int) -> PhotoPlaces:
    """Where all Photos lie, up to the `highest` number there is."""
    c = t.source_files.c
    others = select(c.id).where(c.outcome.in_(_OTHER_OUTCOMES))
    made = keep_off_index(c.photo).is_not(None), c.id.not_in(others)
    folders = select(c.source, c.folder, func.count()).where(*made).group_by(c.source, c.folder)
    files = select(c.photo, c.name).where(*made).order_by(c.source, c.folder, c.name).subquery().c
    joined = select(join_column(files.photo), join_column(files.name))
    ((in_order, named),) = fetch_plain_rows(connection, joined)
    numbers = json.loads(in_order)
    folder_of, name_of = [""] * (highest + 1), [""] * (highest + 1)
    start = 0
    for source, folder, count in fetch_plain_rows(connection, folders.order_by(c.source, c.folder)):
        inside = f"{source}/{folder}"
        for number in numbers[start : start + count]:
            folder_of[number] = inside
        start += count
    for number, name in zip(numbers, json.loads(named), strict=True):
        name_of[number] = name
    return PhotoPlaces(folder_of, TextColumn(name_of))


def load_times_of(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """When each of these Photos was taken; those without a date of the calendar are left out."""
    p = t.photos.c
    of_these = p.id.in_(select(func.json_each(json.dumps(list(numbers))).table_valued("value").c.value))
    taken = valid_date_column(p.taken_at)
    return dict(fetch_plain_rows(connection, select(p.id, taken).where(of_these, p.taken_at != "")))
