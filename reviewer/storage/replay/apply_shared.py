"""Acts on what is shared, brought to the tables: one act on, or all that an act touched folded anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select

from reviewer.domain.acts import shared_acts
from reviewer.domain.acts.shared_acts import AffectedThing, SharedKind, SharedState
from reviewer.domain.ledger.entry import Entry
from reviewer.storage import ledger
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.shared import shared_rows

AffectedByKind = dict[SharedKind, dict[str, list[AffectedThing]]]


def apply_shared_act(connection: Connection, position: int, entry: Entry) -> None:
    """Note what the act touches, and change that."""
    touched = _group_affected(entry)
    rows = [
        {"kind": str(kind), "subject": id_, "position": position}
        for kind, things in touched.items()
        for id_ in things
    ]
    if rows:
        connection.execute(t.act_subjects.insert(), rows)
    for kind, things in touched.items():
        before = shared_rows.load_things(connection, kind, list(things))
        after: dict[str, SharedState | None] = {}
        for id_, found in things.items():
            state: SharedState | None = before.get(id_)
            for touch in found:
                state = shared_acts.apply_to_thing(state, touch, entry)
            after[id_] = state
        shared_rows.save_things(connection, kind, after)


def replay_affected(connection: Connection, target: Entry) -> None:
    """Everything that `target` touches, as it follows from the acts that stand now."""
    entries: dict[int, tuple[Entry, AffectedByKind]] = {}
    for kind, things in _group_affected(target).items():
        ids = list(things)
        standing = _find_standing_positions(connection, kind, ids)
        for position in sorted({each for found in standing.values() for each in found}):
            if position not in entries:
                entry = ledger.load_at_position(connection, position)
                entries[position] = entry, _group_affected(entry)
        folded = {
            id_: shared_acts.replay_acts_of_thing(
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
        shared_rows.save_things(connection, kind, folded)


def _group_affected(entry: Entry) -> AffectedByKind:
    found: AffectedByKind = defaultdict(lambda: defaultdict(list))
    for touch in shared_acts.affected_by(entry.act, entry.subject, entry.body):
        found[touch.kind][touch.id].append(touch)
    return found


def _find_standing_positions(
    connection: Connection, kind: SharedKind, ids: Sequence[str]
) -> dict[str, list[int]]:
    """The positions of the standing acts on each thing, oldest first."""
    found: dict[str, list[int]] = {id_: [] for id_ in ids}
    s, a = t.act_subjects.c, t.acts.c
    query = (
        select(s.subject, s.position)
        .join(t.acts, a.position == s.position)
        .where(s.kind == str(kind), s.subject.in_(ids_as_subquery(ids)))
        .where(a.kind == "act", a.taken_back == 0)
        .order_by(s.position)
    )
    for row in connection.execute(query):
        found[row.subject].append(row.position)
    return found
