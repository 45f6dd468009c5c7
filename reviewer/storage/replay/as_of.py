"""The Case as it was after some entry of its ledger, read from the present tables but for what changed since.

A thing of which no entry behind it speaks is now what it was then; the others are hidden, and those that were
something then are brought forward anew from their acts, in memory. Temporary views with the names of the
tables say both together. They hold for one connection, which is good for nothing else from then on.

What is read so is as true as the present tables are: `verify` compares those with the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from reviewer.domain.ledger.entry import compute_head_hash
from reviewer.storage import ledger
from reviewer.storage.engine import database
from reviewer.storage.replay import as_of_evidence, as_of_views
from reviewer.storage.replay.as_of_changes import find_changes
from reviewer.storage.replay.as_of_things import (
    bring_case_forward,
    bring_readings_forward,
    bring_shared_forward,
)

_STEPS = 4


@dataclass(frozen=True)
class PastCase:
    """`connection` says what the tables said after the first `entries` entries; `head` and `at`, the time of
    the latest of them, say which these are."""

    connection: Connection
    entries: int
    head: str
    at: str


@contextmanager
def open_as_of(
    connection: Connection, entries: int, progress: Callable[[int], None] = lambda _done: None
) -> Iterator[PastCase]:
    """What the database said after the first `entries` entries, of which there are so many at least.

    `connection` is one of its own (`Store.read_apart`), in a transaction. `progress` is told the share that
    is done, in entries, and ends it by raising.
    """
    last = ledger.find_position_of(connection, entries)
    at = ledger.load_latest_time(connection, entries)
    steps = _count_steps(progress, entries)
    chains = ledger.load_chains_at(connection, last)
    changes = find_changes(connection, last)
    next(steps)
    with database.open_in_memory() as folded:
        bring_case_forward(connection, folded, last)
        bring_shared_forward(connection, folded, changes, steps)
        bring_readings_forward(connection, folded, changes, steps)
        next(steps)
        filled = as_of_views.put_brought_forward(connection, folded)
    as_of_evidence.hide_later_evidence(connection, last)
    next(steps)
    as_of_views.show_as_of(connection, changes, filled)
    as_of_views.show_chains(connection, chains)
    next(steps)
    yield PastCase(connection, entries, compute_head_hash(chains), at)


def _count_steps(progress: Callable[[int], None], entries: int) -> Iterator[None]:
    """Tells at each step that a further part is done: the first four steps are as long as all others."""
    done = 0.0
    while True:
        done += (1 - done) / _STEPS
        progress(int(entries * done))
        yield
