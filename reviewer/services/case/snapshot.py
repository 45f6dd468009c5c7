"""A Case at one moment, for reading only: as it stands now while acts go on, or as of an entry of its ledger.

Whatever is counted from one Snapshot belongs together, and can be counted again next month.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from reviewer.domain.errors import KnownError
from reviewer.domain.photos.case import Examiner
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import JobControl
from reviewer.storage import ledger
from reviewer.storage.evidence import case_rows
from reviewer.storage.replay.as_of import PastCase, open_as_of
from reviewer.storage.store import Connection


class ConnectionSource(Protocol):
    """Gives connections to read with."""

    def read(self) -> AbstractContextManager[Connection]: ...


class ReadableCase(Protocol):
    """What reading a Case needs of it: an OpenCase, or a Snapshot of one."""

    @property
    def name(self) -> str: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def store(self) -> ConnectionSource: ...


class _SingleConnection:
    """Gives the same connection to everybody who asks, one at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        yield self._connection


@dataclass(frozen=True)
class Snapshot:
    """`entries` and `head` say which; `at` is the time of the last entry, "" without one. For one thread."""

    name: str
    vocabulary: Vocabulary
    store: ConnectionSource
    entries: int
    head: str
    at: str
    examiners: tuple[Examiner, ...]


@contextmanager
def open_snapshot(
    case: OpenCase, control: JobControl, entries: int | None = None, *, with_notes: bool = False
) -> Iterator[Snapshot]:
    """Open the Case as of its first `entries` entries, or as it stands now with None; for a job.

    As it stands, notes of exports at the end of the ledger are not counted, but `with_notes`: nothing follows
    from them, and the same figures have the same basis before and after a report was made. An earlier moment
    is made by replaying the ledger, in memory. KnownError if there are not so many entries.
    """
    with case.store.read() as connection:
        there, head = ledger.load_size_and_head(connection)
        state = there if with_notes else ledger.count_entries_of_state(connection)
        if entries is not None and not 0 < entries <= there:
            raise KnownError(
                f"The ledger has {there:,} entries.", "Name one of them, from 1 on.", code="no-entry"
            )
        if entries is None or state <= entries:
            chosen = entries or state
            head = head if chosen == there else ledger.compute_head_at(connection, chosen)
            at = ledger.load_latest_time(connection, chosen)
            yield _make_snapshot(case, PastCase(connection, chosen, head, at))
            return

    with (
        case.store.read_apart() as connection,
        open_as_of(connection, entries, lambda done: control.advance(done, entries)) as past,
    ):
        yield _make_snapshot(case, past)


def _make_snapshot(case: OpenCase, at: PastCase) -> Snapshot:
    return Snapshot(
        case.name,
        case.vocabulary,
        _SingleConnection(at.connection),
        at.entries,
        at.head,
        at.at,
        tuple(case_rows.load_examiners(at.connection)),
    )
