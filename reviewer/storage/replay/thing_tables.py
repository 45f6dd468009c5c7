"""The tables as the place of things: what acts add up to is loaded from there and saved there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlalchemy import Connection

from reviewer.domain.acts.act import ThingKind, ThingState, split_reading_id
from reviewer.domain.reading.reading import Reading
from reviewer.storage.reading import readings
from reviewer.storage.shared import shared_rows


class ThingStore(Protocol):
    """Where things are looked up and put while acts are applied: the tables (this module), or what is held
    before them (`replay`)."""

    def load(self, connection: Connection, kind: ThingKind, ids: Sequence[str]) -> dict[str, ThingState]: ...

    def save(
        self,
        connection: Connection,
        kind: ThingKind,
        before: Mapping[str, ThingState],
        after: Mapping[str, ThingState | None],
    ) -> None: ...


def load(connection: Connection, kind: ThingKind, ids: Sequence[str]) -> dict[str, ThingState]:
    """The things of one kind with these ids; those that are not there are left out."""
    if kind is not ThingKind.READING:
        return shared_rows.load_things(connection, kind, ids)
    found = ((id_, readings.load(connection, *split_reading_id(id_))) for id_ in ids)
    return {id_: reading for id_, reading in found if reading is not None}


def save(
    connection: Connection,
    kind: ThingKind,
    before: Mapping[str, ThingState],
    after: Mapping[str, ThingState | None],
) -> None:
    """Make the tables say `after` where they said `before`; None takes a thing out."""
    if kind is not ThingKind.READING:
        shared_rows.save_things(connection, kind, after)
        return
    changes = [(require_reading(before.get(id_)), require_reading(then)) for id_, then in after.items()]
    readings.save_many(connection, changes)


def require_reading(thing: ThingState | None) -> Reading | None:
    """Return the thing as a Reading; TypeError for a different kind."""
    if thing is not None and not isinstance(thing, Reading):
        raise TypeError(f"{thing.__class__.__name__} is no Reading")
    return thing
