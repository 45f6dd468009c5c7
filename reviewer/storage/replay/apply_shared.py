"""Acts on what is shared, brought to the tables: one act on, or all that an act touched folded anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select

from reviewer.domain.acts import shared_acts
from reviewer.domain.acts.shared_acts import Kind, State, Touch
from reviewer.domain.ledger.entry import Entry
from reviewer.storage import ledger
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import among
from reviewer.storage.shared import shared_rows

Touched = dict[Kind, dict[str, list[Touch]]]


def apply(connection: Connection, position: int, entry: Entry) -> None:
    """Note what the act touches, and change that."""
    touched = _touched(entry)
    rows = [
        {"kind": str(kind), "subject": id_, "position": position}
        for kind, things in touched.items()
        for id_ in things
    ]
    if rows:
        connection.execute(t.act_subjects.insert(), rows)
    for kind, things in touched.items():
        before = shared_rows.load(connection, kind, list(things))
        after: dict[str, State | None] = {}
        for id_, found in things.items():
            state: State | None = before.get(id_)
            for touch in found:
                state = shared_acts.evolved(state, touch, entry)
            after[id_] = state
        shared_rows.save(connection, kind, after)


def fold_anew(connection: Connection, target: Entry) -> None:
    """Everything that `target` touches, as it follows from the acts that stand now."""
    entries: dict[int, tuple[Entry, Touched]] = {}
    for kind, things in _touched(target).items():
        ids = list(things)
        standing = _standing(connection, kind, ids)
        for position in sorted({each for found in standing.values() for each in found}):
            if position not in entries:
                entry = ledger.at_position(connection, position)
                entries[position] = entry, _touched(entry)
        folded = {
            id_: shared_acts.folded(
                kind,
                id_,
                (
                    (entries[position][0], touch)
                    for position in standing[id_]
                    for touch in entries[position][1][kind][id_]
                ),
            )
            for id_ in ids
        }
        shared_rows.save(connection, kind, folded)


def _touched(entry: Entry) -> Touched:
    found: Touched = defaultdict(lambda: defaultdict(list))
    for touch in shared_acts.touches(entry.act, entry.subject, entry.body):
        found[touch.kind][touch.id].append(touch)
    return found


def _standing(connection: Connection, kind: Kind, ids: Sequence[str]) -> dict[str, list[int]]:
    """The positions of the standing acts on each thing, oldest first."""
    found: dict[str, list[int]] = {id_: [] for id_ in ids}
    s, a = t.act_subjects.c, t.acts.c
    query = (
        select(s.subject, s.position)
        .join(t.acts, a.position == s.position)
        .where(s.kind == str(kind), s.subject.in_(among(ids)))
        .where(a.kind == "act", a.taken_back == 0)
        .order_by(s.position)
    )
    for row in connection.execute(query):
        found[row.subject].append(row.position)
    return found
