"""The ledger on disk: append an entry, read entries back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, func, select, text

from reviewer.domain.acts.acts import ONLY_NOTES
from reviewer.domain.acts.shared_acts import INDIVIDUALS_MERGED
from reviewer.domain.ledger.entry import (
    ChainSlot,
    Draft,
    Entry,
    Signer,
    compute_head_hash,
    compute_seen_head,
    seal_entry,
)
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.engine.row_mapper import RowMapper, write_json

ENTRY_ROWS = RowMapper(Entry, t.ledger.columns, {"body": (json.loads, write_json)})
IS_ABOUT_NO_PHOTOGRAPH = text("length(ledger.subject) < 64")
"""The condition of the index `ledger_of_case`, word for word: otherwise the engine would not use it."""
# What is asked for every entry that is replayed is put together once.
_INSERT_ENTRY = t.ledger.insert().returning(t.ledger.c.position)
_BY_HASH = select(t.ledger).where(t.ledger.c.hash == bindparam("sought"))
_STANDING_ACTS = (
    select(t.ledger)
    .join(t.acts, t.acts.c.position == t.ledger.c.position)
    .where(t.ledger.c.subject == bindparam("about"), t.ledger.c.author == bindparam("examiner"))
    .where(t.acts.c.kind.in_(("act", "kept")), t.acts.c.taken_back == 0)
    .order_by(t.ledger.c.position)
)


def append_draft(connection: Connection, draft: Draft, pen: Signer, at: str) -> tuple[int, Entry]:
    """Seal and sign `draft` at the end of the author's chain; the position it got, and the entry."""
    entry = seal_entry(draft, _find_next_slot(connection, pen), at, pen.sign)
    return insert_entry(connection, entry), entry


def load_latest_time(connection: Connection, entries: int | None = None) -> str:
    """When the entry with the highest tick was made, of the first `entries` or of all; "" without any."""
    c = t.ledger.c
    if entries is None:
        return connection.execute(select(c.at).order_by(c.tick.desc()).limit(1)).scalar() or ""
    last = find_position_of(connection, entries)
    return connection.exec_driver_sql(_LATEST_TIME_QUERY, (last,)).scalar() or ""


_LATEST_TIME_QUERY = """
    SELECT at FROM ledger WHERE +position <= ? ORDER BY tick DESC, position DESC LIMIT 1
"""


def find_position_of(connection: Connection, number: int) -> int:
    """The position of the entry with this number, counted from 1: the same in a ledger without gaps."""
    c = t.ledger.c
    first, last = connection.execute(select(func.min(c.position), func.max(c.position))).one()
    count = connection.execute(select(func.count()).select_from(t.ledger)).scalar_one()
    if first == 1 and last == count:
        return min(number, count)
    query = select(c.position).order_by(c.position).offset(number - 1).limit(1)
    return int(connection.execute(query).scalar() or last or 0)


def count_entries_of_state(connection: Connection) -> int:
    """How many entries there are up to the last one that says more than that an export was made, that the
    ledger was seen, or what the program and a pack hold.

    None of these alters anything that an export holds. So what is exported twice in a row is the same.
    """
    c = t.ledger.c
    last = select(c.position).where(c.act.not_in(ONLY_NOTES)).order_by(c.position.desc()).limit(1)
    position = connection.execute(last).scalar() or 0
    notes = select(func.count()).select_from(t.ledger).where(c.position > position)
    count = connection.execute(select(func.count()).select_from(t.ledger)).scalar_one()
    return int(count - connection.execute(notes).scalar_one())


def insert_entry(connection: Connection, entry: Entry, position: int | None = None) -> int:
    """Keep an entry as it is, at `position` or at the end; its position in this ledger."""
    place = {} if position is None else {"position": position}
    return int(connection.execute(_INSERT_ENTRY, ENTRY_ROWS.write(entry, **place)).scalar_one())


def insert_entries(connection: Connection, entries: Sequence[tuple[int, Entry]]) -> None:
    """Keep entries as they are, each at its position."""
    if entries:
        rows = [ENTRY_ROWS.write(entry, position=position) for position, entry in entries]
        connection.execute(t.ledger.insert(), rows)


def iterate_entries(connection: Connection) -> Iterator[tuple[int, Entry]]:
    """Every entry with its position, oldest first."""
    for row in connection.execute(select(t.ledger).order_by(t.ledger.c.position)):
        yield row.position, ENTRY_ROWS.make(row)


def find_by_hash(connection: Connection, hash_: str) -> tuple[int, Entry] | None:
    row = connection.execute(_BY_HASH, {"sought": hash_}).first()
    return (row.position, ENTRY_ROWS.make(row)) if row else None


def find_position(connection: Connection, hash_: str) -> int:
    """The position of an entry that is there."""
    return int(connection.execute(select(t.ledger.c.position).where(t.ledger.c.hash == hash_)).scalar_one())


def load_entries_of_act(connection: Connection, act: str) -> list[Entry]:
    """Every entry of an act, the newest first; of an act that is about no photograph."""
    query = select(t.ledger).where(t.ledger.c.act == act, IS_ABOUT_NO_PHOTOGRAPH)
    query = query.order_by(t.ledger.c.position.desc())
    return [ENTRY_ROWS.make(row) for row in connection.execute(query)]


def load_entries_about(connection: Connection, act: str, subject: str) -> list[Entry]:
    """Every entry of an act about a subject, oldest first."""
    query = select(t.ledger).where(t.ledger.c.subject == subject, t.ledger.c.act == act)
    return [ENTRY_ROWS.make(row) for row in connection.execute(query.order_by(t.ledger.c.position))]


def load_entries_of_acts(
    connection: Connection, acts: Collection[str], last: int | None = None
) -> list[Entry]:
    """Every entry of any of these acts, up to the position `last` or all of them, oldest first; of acts that
    are about no photograph."""
    query = select(t.ledger).where(t.ledger.c.act.in_(acts), IS_ABOUT_NO_PHOTOGRAPH)
    if last is not None:
        query = query.where(t.ledger.c.position <= last)
    query = query.order_by(t.ledger.c.position)
    return [ENTRY_ROWS.make(row) for row in connection.execute(query)]


def load_at_position(connection: Connection, position: int) -> Entry:
    return ENTRY_ROWS.make(connection.execute(select(t.ledger).where(t.ledger.c.position == position)).one())


def find_latest(
    connection: Connection, act: str, subject: str, until: int | None = None
) -> tuple[int, Entry] | None:
    """Find the last entry of an act about a subject, up to a position or of all, with its position; None
    before the first."""
    query = select(t.ledger).where(t.ledger.c.subject == subject, t.ledger.c.act == act)
    if until is not None:
        query = query.where(t.ledger.c.position <= until)
    row = connection.execute(query.order_by(t.ledger.c.position.desc()).limit(1)).first()
    return (row.position, ENTRY_ROWS.make(row)) if row else None


def iterate_standing_acts(connection: Connection, author: str, subject: str) -> Iterator[Entry]:
    """The acts of one examiner on one Photo that are not taken back, oldest first."""
    rows = connection.execute(_STANDING_ACTS, {"examiner": author, "about": subject})
    return (ENTRY_ROWS.make(row) for row in rows)


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


def count_last_of_one_author(connection: Connection) -> int:
    """How many entries at the end of the ledger are of one author, without another's between."""
    c = t.ledger.c
    author = select(c.author).order_by(c.position.desc()).limit(1).scalar_subquery()
    before = select(func.coalesce(func.max(c.position), 0)).where(c.author != author).scalar_subquery()
    query = select(func.count()).select_from(t.ledger).where(c.position > before)
    return int(connection.execute(query).scalar_one())


def load_authors(connection: Connection) -> set[str]:
    """Everybody who has written an entry."""
    return set(connection.execute(select(t.chains.c.author)).scalars())


def _find_next_slot(connection: Connection, pen: Signer) -> ChainSlot:
    tick = connection.execute(select(func.max(t.ledger.c.tick))).scalar() or 0
    c = t.chains.c
    chains = [tuple(row) for row in connection.execute(select(c.author, c.station, c.seq, c.hash))]
    slot = ChainSlot(pen.author, pen.station, tick=tick + 1, seen=compute_seen_head(chains))
    for author, station, seq, hash_ in chains:
        if (author, station) == (pen.author, pen.station):
            return replace(slot, seq=seq + 1, prev=hash_)
    return slot


_ENTRY_OF_CHAIN_QUERY = "SELECT position, hash FROM ledger WHERE author = ? AND station = ? AND seq = ?"


def find_head_at(connection: Connection, count: int) -> str:
    """The head as it was when there were `count` entries, by a few look-ups in the index of each chain.

    It takes for granted that positions and numbers of a chain rise together, as in every ledger the program
    wrote; where it finds another head than was expected, `compute_head_at` is asked.
    """
    ends = []
    for chain in connection.exec_driver_sql("SELECT author, station, seq, hash FROM chains"):
        end = _find_end_of_chain(connection, chain.author, chain.station, chain.seq, count)
        if end is not None:
            ends.append((chain.author, chain.station, *end))
    return compute_head_hash(ends)


def _find_end_of_chain(
    connection: Connection, author: str, station: str, last: int, count: int
) -> tuple[int, str] | None:
    """Number and hash of the last entry of a chain among the first `count`: nearest to the end it is found
    soonest."""
    before, after, hash_, step = 0, last + 1, "", 1
    while after - before > 1:  # the entry `before` is among them, that of `after` is not
        seq = max(before + 1, after - step) if not before else (before + after) // 2
        row = connection.exec_driver_sql(_ENTRY_OF_CHAIN_QUERY, (author, station, seq)).first()
        if row is not None and row.position <= count:
            before, hash_ = seq, row.hash
        else:
            after, step = seq, 2 * step
    return (before, hash_) if before else None


def find_last_position(connection: Connection) -> int:
    """The position of the last entry, which is how many there are in every ledger the program wrote."""
    return int(connection.exec_driver_sql("SELECT max(position) FROM ledger").scalar() or 0)


def load_acts_about(connection: Connection, act: str, subject: str) -> list[Entry]:
    """Every entry of an act about a subject, oldest first."""
    query = select(t.ledger).where(t.ledger.c.subject == subject, t.ledger.c.act == act)
    return [ENTRY_ROWS.make(row) for row in connection.execute(query.order_by(t.ledger.c.position))]


def load_newest(connection: Connection, most: int) -> list[Entry]:
    """The last entries of the ledger, the newest first."""
    query = select(t.ledger).order_by(t.ledger.c.position.desc()).limit(most)
    return [ENTRY_ROWS.make(row) for row in connection.execute(query)]


def load_newest_of_acts(connection: Connection, acts: Sequence[str], most: int, within: int) -> list[Entry]:
    """The last entries of these acts among the last `within` of the ledger, the newest first."""
    last = connection.execute(select(func.max(t.ledger.c.position))).scalar() or 0
    query = select(t.ledger).where(t.ledger.c.act.in_(acts), t.ledger.c.position > last - within)
    rows = connection.execute(query.order_by(t.ledger.c.position.desc()).limit(most))
    return [ENTRY_ROWS.make(row) for row in rows]


def compute_head_at(connection: Connection, count: int) -> str:
    """The head as it was when there were `count` entries, or of all if there are fewer."""
    return compute_head_hash(load_chains_at(connection, find_position_of(connection, count)))


def load_chains_at(connection: Connection, last: int) -> list[tuple[str, str, int, str]]:
    """The end of each chain (author, station, number, hash) among the entries up to this position.

    Read from the index of the chains alone, so that it costs little however long the ledger is.
    """
    rows = connection.exec_driver_sql(_CHAINS_QUERY, (last,))
    return [(row.author, row.station, row.seq, row.hash) for row in rows]


_CHAINS_QUERY = """
    SELECT l.author, l.station, l.seq, l.hash FROM ledger l JOIN (
        SELECT max(position) AS position FROM ledger WHERE +position <= ? GROUP BY author, station
    ) AS ends ON ends.position = l.position ORDER BY l.author, l.station
"""
"""With the sign before it, a condition on the position lets the engine read the index alone."""


def compute_heads_at(connection: Connection, counts: Collection[int]) -> dict[int, str]:
    """The heads as they were when there were so many entries, in one pass; none for more than there are."""
    query = select(t.ledger.c.author, t.ledger.c.station, t.ledger.c.seq, t.ledger.c.hash)
    wanted, chains, heads = set(counts), {}, {}
    if not wanted:
        return {}
    rows = connection.execute(query.order_by(t.ledger.c.position).limit(max(wanted)))
    for number, row in enumerate(rows, start=1):
        chains[row.author, row.station] = (row.author, row.station, row.seq, row.hash)
        if number in wanted:
            heads[number] = compute_head_hash(chains.values())
    return heads
