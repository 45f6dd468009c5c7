"""The ledger on disk: append an entry, read entries back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select

from reviewer.domain.acts.acts import EXPORT_MADE
from reviewer.domain.acts.shared_acts import INDIVIDUALS_MERGED
from reviewer.domain.ledger.entry import (
    ChainSlot,
    Draft,
    Entry,
    Signer,
    compute_head_hash,
    seal_entry,
)
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.engine.row_mapper import RowMapper, write_json

ENTRY_ROWS = RowMapper(Entry, t.ledger.columns, {"body": (json.loads, write_json)})
_INSERT_ENTRY = t.ledger.insert().returning(t.ledger.c.position)


def append_draft(connection: Connection, draft: Draft, pen: Signer, at: str) -> tuple[int, Entry]:
    """Seal and sign `draft` at the end of the author's chain; the position it got, and the entry."""
    entry = seal_entry(draft, _find_next_slot(connection, pen), at, pen.sign)
    return insert_entry(connection, entry), entry


def load_latest_time(connection: Connection, entries: int | None = None) -> str:
    """When the entry with the highest tick was made, of the first `entries` or of all; "" without any."""
    c = t.ledger.c
    query = select(c.at).order_by(c.tick.desc()).limit(1)
    if entries is not None:
        of = select(c.at, c.tick).order_by(c.position).limit(entries).subquery()
        query = select(of.c.at).order_by(of.c.tick.desc()).limit(1)
    return connection.execute(query).scalar() or ""


def count_entries_of_state(connection: Connection) -> int:
    """How many entries there are up to the last one that says more than that an export was made.

    Notes of exports alter nothing that an export holds. So what is exported twice in a row is the same.
    """
    c = t.ledger.c
    last = select(c.position).where(c.act != EXPORT_MADE).order_by(c.position.desc()).limit(1)
    until = select(func.count()).select_from(t.ledger).where(c.position <= last.scalar_subquery())
    return int(connection.execute(until).scalar_one())


def insert_entry(connection: Connection, entry: Entry, position: int | None = None) -> int:
    """Keep an entry as it is, at `position` or at the end; its position in this ledger."""
    place = {} if position is None else {"position": position}
    return int(connection.execute(_INSERT_ENTRY, ENTRY_ROWS.write(entry, **place)).scalar_one())


def iterate_entries(connection: Connection) -> Iterator[tuple[int, Entry]]:
    """Every entry with its position, oldest first."""
    for row in connection.execute(select(t.ledger).order_by(t.ledger.c.position)):
        yield row.position, ENTRY_ROWS.make(row)


def find_by_hash(connection: Connection, hash_: str) -> tuple[int, Entry] | None:
    row = connection.execute(select(t.ledger).where(t.ledger.c.hash == hash_)).first()
    return (row.position, ENTRY_ROWS.make(row)) if row else None


def load_entries_of_act(connection: Connection, act: str) -> list[Entry]:
    """Every entry of an act, the newest first."""
    query = select(t.ledger).where(t.ledger.c.act == act).order_by(t.ledger.c.position.desc())
    return [ENTRY_ROWS.make(row) for row in connection.execute(query)]


def load_at_position(connection: Connection, position: int) -> Entry:
    return ENTRY_ROWS.make(connection.execute(select(t.ledger).where(t.ledger.c.position == position)).one())


def find_latest(connection: Connection, act: str, subject: str) -> tuple[int, Entry] | None:
    """Find the last entry of an act about a subject, with its position; None before the first."""
    query = select(t.ledger).where(t.ledger.c.subject == subject, t.ledger.c.act == act)
    row = connection.execute(query.order_by(t.ledger.c.position.desc()).limit(1)).first()
    return (row.position, ENTRY_ROWS.make(row)) if row else None


def iterate_standing_acts(connection: Connection, author: str, subject: str) -> Iterator[Entry]:
    """The acts of one examiner on one Photo that are not taken back, oldest first."""
    query = (
        select(t.ledger)
        .join(t.acts, t.acts.c.position == t.ledger.c.position)
        .where(t.ledger.c.subject == subject, t.ledger.c.author == author)
        .where(t.acts.c.kind.in_(("act", "kept")), t.acts.c.taken_back == 0)
        .order_by(t.ledger.c.position)
    )
    return (ENTRY_ROWS.make(row) for row in connection.execute(query))


def iterate_standing_acts_on(connection: Connection, photos: Sequence[str]) -> Iterator[Entry]:
    """The acts of all examiners on these Photos (SHA-256) that are not taken back, oldest first."""
    query = (
        select(t.ledger)
        .join(t.acts, t.acts.c.position == t.ledger.c.position)
        .where(
            t.ledger.c.subject.in_(ids_as_subquery(photos)),
            t.acts.c.kind.in_(("act", "kept")),
            t.acts.c.taken_back == 0,
        )
        .order_by(t.ledger.c.position)
    )
    return (ENTRY_ROWS.make(row) for row in connection.execute(query))


def iterate_standing_mergers(connection: Connection) -> Iterator[Entry]:
    """The acts by which Individuals were merged and that are not taken back, oldest first."""
    query = (
        select(t.ledger)
        .join(t.acts, t.acts.c.position == t.ledger.c.position)
        .where(t.ledger.c.act == INDIVIDUALS_MERGED, t.acts.c.kind == "act", t.acts.c.taken_back == 0)
        .order_by(t.ledger.c.position)
    )
    return (ENTRY_ROWS.make(row) for row in connection.execute(query))


def load_size_and_head(connection: Connection) -> tuple[int, str]:
    """How many entries there are, and the one hash that stands for all of them."""
    count = connection.execute(select(func.count()).select_from(t.ledger)).scalar_one()
    rows = connection.execute(select(t.chains.c.author, t.chains.c.station, t.chains.c.seq, t.chains.c.hash))
    return int(count), compute_head_hash((row.author, row.station, row.seq, row.hash) for row in rows)


def load_authors(connection: Connection) -> set[str]:
    """Everybody who has written an entry."""
    return set(connection.execute(select(t.chains.c.author)).scalars())


def _find_next_slot(connection: Connection, pen: Signer) -> ChainSlot:
    tick = connection.execute(select(func.max(t.ledger.c.tick))).scalar() or 0
    last = connection.execute(
        select(t.chains.c.seq, t.chains.c.hash).where(
            t.chains.c.author == pen.author, t.chains.c.station == pen.station
        )
    ).first()
    if last is None:
        return ChainSlot(pen.author, pen.station, tick=tick + 1)
    return ChainSlot(pen.author, pen.station, seq=last.seq + 1, prev=last.hash, tick=tick + 1)


def load_newest(connection: Connection, most: int) -> list[Entry]:
    """The last entries of the ledger, the newest first."""
    query = select(t.ledger).order_by(t.ledger.c.position.desc()).limit(most)
    return [ENTRY_ROWS.make(row) for row in connection.execute(query)]


def compute_head_at(connection: Connection, count: int) -> str:
    """The head as it was when there were `count` entries."""
    query = select(t.ledger.c.author, t.ledger.c.station, t.ledger.c.seq, t.ledger.c.hash)
    chains = {}
    for row in connection.execute(query.order_by(t.ledger.c.position).limit(count)):
        chains[row.author, row.station] = (row.author, row.station, row.seq, row.hash)
    return compute_head_hash(chains.values())
