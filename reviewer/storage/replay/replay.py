"""The ledger replayed into empty tables, in memory: to prove tables, to see a past state, to check a pack.

An act changes one Reading, and a photograph is mostly read in one go. So Readings are held in memory while
the acts about them come, and written once: read and written for each act they would cost five times as much.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from reviewer.domain.errors import LedgerDamaged
from reviewer.domain.ledger.entry import Entry
from reviewer.domain.reading.reading import Reading
from reviewer.storage import ledger
from reviewer.storage.reading import readings
from reviewer.storage.replay.apply import ReadingStore, apply_entry

CANNOT_APPLY = (DBAPIError, LedgerDamaged, KeyError, ValueError, TypeError)
"""What an entry that cannot be applied raises."""

_MOST_HELD = 2_000
PositionedEntry = tuple[int, Entry]


def replay_entries(
    into: Connection,
    entries: Callable[[], Iterable[PositionedEntry]],
    progress: Callable[[int], None] = lambda _n: None,
) -> None:
    """Bring empty tables to where these entries, with their positions, lead, or raise one of CANNOT_APPLY.

    `progress` is called with the number replayed so far, and ends it by raising. `entries` is asked a second
    time where what is held and written late meets what was written before it (the id of a finding that was
    taken away from one photograph and given to another): then each act is written as it comes.
    """
    held = HeldReadings(_MOST_HELD)
    tried = into.begin_nested()
    try:
        _apply_all(into, entries(), held, progress)
        held.write(into)
    except IntegrityError:
        tried.rollback()
        _apply_all(into, entries(), readings, progress)
    else:
        tried.commit()


def _apply_all(
    into: Connection, entries: Iterable[PositionedEntry], kept: ReadingStore, progress: Callable[[int], None]
) -> None:
    for done, (position, entry) in enumerate(entries, start=1):
        ledger.insert_entry(into, entry, position)
        apply_entry(into, position, entry, kept)
        progress(done)


class HeldReadings:
    """Readings of empty tables as the acts leave them, written when they have not been asked for long.

    `most` is how many are held at once.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[tuple[str, str], tuple[Reading | None, Reading | None]] = OrderedDict()
        """By examiner and Photo: what the tables say, and what they are to say."""
        self._written: set[tuple[str, str]] = set()

    def load(self, connection: Connection, examiner: str, photo: str) -> Reading | None:
        key = (examiner, photo)
        if key not in self._held:
            there = readings.load(connection, examiner, photo) if key in self._written else None
            self._hold(connection, key, there, there)
        self._held.move_to_end(key)
        return self._held[key][1]

    def save(self, connection: Connection, before: Reading | None, after: Reading | None) -> None:
        one = before or after
        if one is None:
            return
        key = (one.examiner, one.photo)
        there = self._held[key][0] if key in self._held else before
        self._hold(connection, key, there, after)

    def write(self, connection: Connection) -> None:
        """Write everything that is held."""
        while self._held:
            self._write_oldest(connection)

    def _hold(
        self, connection: Connection, key: tuple[str, str], there: Reading | None, after: Reading | None
    ) -> None:
        self._held[key] = (there, after)
        self._held.move_to_end(key)
        while len(self._held) > self._most:
            self._write_oldest(connection)

    def _write_oldest(self, connection: Connection) -> None:
        key, (there, after) = self._held.popitem(last=False)
        if there != after:
            readings.save(connection, there, after)
            self._written.add(key)
