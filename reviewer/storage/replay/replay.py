"""The ledger replayed into empty tables, in memory: to prove tables, to see a past state, to check a pack.

An act changes one Reading, and a photograph is mostly read in one go. So Readings are held in memory while
the acts about them come, and written once: read and written for each act they would cost five times as much.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from reviewer.domain.acts.act import ThingKind, ThingState
from reviewer.domain.errors import LedgerDamaged
from reviewer.domain.ledger.entry import Entry
from reviewer.storage import ledger
from reviewer.storage.replay import thing_tables
from reviewer.storage.replay.apply import apply_entry, apply_to_readings, is_about_readings, note_acts
from reviewer.storage.replay.thing_tables import ThingStore

CANNOT_APPLY = (DBAPIError, LedgerDamaged, KeyError, ValueError, TypeError)
"""What an entry that cannot be applied raises."""

_MOST_HELD, _MOST_WAITING, _MOST_WRITTEN = 2_000, 1_000, 500
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
    held = HeldThings(_MOST_HELD)
    tried = into.begin_nested()
    try:
        _apply_all(into, entries(), held, progress)
        held.write(into)
    except IntegrityError:
        tried.rollback()
        _apply_all(into, entries(), thing_tables, progress)
    else:
        tried.commit()


def _apply_all(
    into: Connection, entries: Iterable[PositionedEntry], things: ThingStore, progress: Callable[[int], None]
) -> None:
    """Acts about Readings are most of a ledger. The rows that say that they were done are asked for by undo
    and by acts on what is shared, and are written together before the next of those."""
    waiting: list[PositionedEntry] = []
    for done, (position, entry) in enumerate(entries, start=1):
        if is_about_readings(entry):
            apply_to_readings(into, entry, things)
            waiting.append((position, entry))
        else:
            note_acts(into, waiting)
            waiting.clear()
            ledger.insert_entry(into, entry, position)
            apply_entry(into, position, entry, things)
        if len(waiting) >= _MOST_WAITING:
            note_acts(into, waiting)
            waiting.clear()
        progress(done)
    note_acts(into, waiting)


class HeldThings:
    """Readings of empty tables as the acts leave them, written when they have not been asked for long.

    `most` is how many are held. What is shared goes to the tables at once.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[str, tuple[ThingState | None, ThingState | None]] = OrderedDict()
        """By id: what the tables say, and what they are to say."""
        self._written: set[str] = set()

    def load(self, connection: Connection, kind: ThingKind, ids: Sequence[str]) -> dict[str, ThingState]:
        if kind is not ThingKind.READING:
            return thing_tables.load(connection, kind, ids)
        found: dict[str, ThingState] = {}
        for id_ in ids:
            if id_ not in self._held:
                there = thing_tables.load(connection, kind, [id_]).get(id_) if id_ in self._written else None
                self._hold(connection, id_, there, there)
            self._held.move_to_end(id_)
            now = self._held[id_][1]
            if now is not None:
                found[id_] = now
        return found

    def save(
        self,
        connection: Connection,
        kind: ThingKind,
        before: Mapping[str, ThingState],
        after: Mapping[str, ThingState | None],
    ) -> None:
        if kind is not ThingKind.READING:
            thing_tables.save(connection, kind, before, after)
            return
        for id_, reading in after.items():
            there = self._held[id_][0] if id_ in self._held else before.get(id_)
            self._hold(connection, id_, there, reading)

    def write(self, connection: Connection) -> None:
        """Write everything that is held."""
        while self._held:
            self._write_oldest(connection, _MOST_WRITTEN)

    def _hold(
        self, connection: Connection, id_: str, there: ThingState | None, after: ThingState | None
    ) -> None:
        self._held[id_] = (there, after)
        self._held.move_to_end(id_)
        if len(self._held) > self._most:
            self._write_oldest(connection, max(1, min(_MOST_WRITTEN, self._most // 2)))

    def _write_oldest(self, connection: Connection, count: int) -> None:
        """Write those that were not asked for longest, together: a statement costs more than a row."""
        before: dict[str, ThingState] = {}
        after: dict[str, ThingState | None] = {}
        for _number in range(min(count, len(self._held))):
            id_, (there, now) = self._held.popitem(last=False)
            if there == now:
                continue
            after[id_] = now
            if there is not None:
                before[id_] = there
        thing_tables.save(connection, ThingKind.READING, before, after)
        self._written.update(after)
