"""`apply` is the only code that writes the state tables: they are a pure function of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, Select, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from reviewer.domain.acts import acts
from reviewer.domain.acts.act import AffectedThing, ThingKind, ThingState, split_reading_id
from reviewer.domain.acts.table import ACTS, affected_by, apply_to_thing, replay_acts_of_thing
from reviewer.domain.commands.card_order import card_order_to_facts
from reviewer.domain.commands.mandate import facts_from_entry
from reviewer.domain.errors import LedgerDamaged
from reviewer.domain.ledger.entry import ACT_TAKEN_BACK, Entry, to_canonical_json
from reviewer.storage import ledger
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.engine.numbers import give_numbers, load_numbers
from reviewer.storage.replay import thing_tables
from reviewer.storage.replay.thing_tables import ThingStore

_INSERT_CHAIN = insert(t.chains)
_INSERT_ACT = t.acts.insert()
_SET_TAKEN_BACK = (
    update(t.acts).where(t.acts.c.position == bindparam("of")).values(taken_back=bindparam("now"))
)
_UPSERT_CHAIN = _INSERT_CHAIN.on_conflict_do_update(
    index_elements=["author", "station"],
    set_={"seq": _INSERT_CHAIN.excluded.seq, "hash": _INSERT_CHAIN.excluded.hash},
)


AffectedByKind = dict[ThingKind, dict[str, list[AffectedThing]]]
Changes = dict[tuple[ThingKind, str], ThingState | None]
"""Kind and id of each thing that became different -> what it is now, None once it is gone."""


def apply_entry(
    connection: Connection, position: int, entry: Entry, things: ThingStore = thing_tables
) -> Changes:
    """Bring the tables to where they are after `entry`, which stands in the ledger at `position`.

    Returns what it changed. Raises LedgerDamaged for an act this program does not know or an undo that points
    nowhere.
    """
    _move_chain(connection, entry)
    if entry.act == ACT_TAKEN_BACK:
        return _undo_or_redo(connection, position, entry, things)
    act = ACTS.get(entry.act)
    if act is None:
        raise LedgerDamaged(f"The ledger holds an act this program does not know: {entry.act}.")
    if act.find_affected is None:
        CASE_ACT_HANDLERS[entry.act](connection, entry)
        return {}
    _record_act(connection, position, entry.author, "kept" if act.stays else "act")
    return _apply_to_affected(connection, position, entry, things)


def is_about_readings(entry: Entry) -> bool:
    """Whether an act changes Readings and nothing else: for it nothing is looked up in the ledger."""
    act = ACTS.get(entry.act)
    return act is not None and act.find_affected is not None and act.handlers.keys() == {ThingKind.READING}


def apply_to_readings(connection: Connection, entry: Entry, things: ThingStore) -> None:
    """What `apply_entry` does for an act that is about Readings, but for what `note_acts` does."""
    for touch in affected_by(entry):
        before = things.load(connection, touch.kind, (touch.id,))
        after = apply_to_thing(before.get(touch.id), touch, entry)
        things.save(connection, touch.kind, before, {touch.id: after})


def note_acts(connection: Connection, entries: Sequence[tuple[int, Entry]]) -> None:
    """Keep entries that are about Readings, with their positions, and where their chains end now."""
    ledger.insert_entries(connection, entries)
    for entry in {entry.chain: entry for _position, entry in entries}.values():
        _move_chain(connection, entry)
    rows = [
        {
            "position": position,
            "author": entry.author,
            "kind": "kept" if ACTS[entry.act].stays else "act",
            "taken_back": 0,
        }
        for position, entry in entries
    ]
    if rows:
        connection.execute(t.acts.insert(), rows)


def _apply_to_affected(connection: Connection, position: int, entry: Entry, things: ThingStore) -> Changes:
    """Note which shared things the act touches, and change what it touches."""
    affected = _group_affected(entry)
    _insert_subjects(connection, position, affected)
    changes: Changes = {}
    for kind, touches_by_id in affected.items():
        before = things.load(connection, kind, list(touches_by_id))
        after: dict[str, ThingState | None] = {}
        for id_, touches in touches_by_id.items():
            state: ThingState | None = before.get(id_)
            for touch in touches:
                state = apply_to_thing(state, touch, entry)
            after[id_] = changes[kind, id_] = state
        things.save(connection, kind, before, after)
    return changes


def _insert_subjects(connection: Connection, position: int, affected: AffectedByKind) -> None:
    """The acts on a Reading are found by their author and subject, which stand in the ledger itself."""
    numbers = give_numbers(connection, affected.get(ThingKind.PHOTO, ()))
    rows = [
        {
            "kind": str(kind),
            "subject": str(numbers[id_]) if kind is ThingKind.PHOTO else id_,
            "position": position,
        }
        for kind, touches_by_id in affected.items()
        if kind is not ThingKind.READING
        for id_ in touches_by_id
    ]
    if rows:
        connection.execute(t.act_subjects.insert(), rows)


def _replay_affected(connection: Connection, target: Entry, things: ThingStore) -> Changes:
    """Replay everything that `target` affects from the acts that stand now."""
    changes: Changes = {}
    grouped: dict[str, AffectedByKind] = {}
    for kind, touches_by_id in _group_affected(target).items():
        after: dict[str, ThingState | None] = {}
        for id_, entries in _load_standing_acts(connection, kind, list(touches_by_id)).items():
            touching = []
            for entry in entries:
                if entry.hash not in grouped:
                    grouped[entry.hash] = _group_affected(entry)
                touching += [(entry, touch) for touch in grouped[entry.hash].get(kind, {}).get(id_, ())]
            after[id_] = changes[kind, id_] = replay_acts_of_thing(kind, id_, touching)
        things.save(connection, kind, things.load(connection, kind, list(after)), after)
    return changes


def _group_affected(entry: Entry) -> AffectedByKind:
    found: AffectedByKind = {}
    for touch in affected_by(entry):
        found.setdefault(touch.kind, {}).setdefault(touch.id, []).append(touch)
    return found


def _load_standing_acts(
    connection: Connection, kind: ThingKind, ids: Sequence[str]
) -> dict[str, list[Entry]]:
    """Load the standing acts on each thing, oldest first."""
    if kind is ThingKind.READING:
        whose = {id_: split_reading_id(id_) for id_ in ids}
        return {
            id_: list(ledger.iterate_standing_acts(connection, examiner, photo))
            for id_, (examiner, photo, _round) in whose.items()
        }
    found: dict[str, list[Entry]] = {id_: [] for id_ in ids}
    s, a = t.act_subjects.c, t.acts.c
    subjects = {id_: id_ for id_ in ids}
    if kind is ThingKind.PHOTO:
        subjects = {str(number): photo for photo, number in load_numbers(connection, ids).items()}
    query = (
        select(s.subject, s.position)
        .join(t.acts, a.position == s.position)
        .where(s.kind == str(kind), s.subject.in_(ids_as_subquery(list(subjects))))
        .where(a.kind == "act", a.taken_back == 0)
        .order_by(s.position)
    )
    entries: dict[int, Entry] = {}
    for subject, position in connection.execute(query).all():
        if position not in entries:
            entries[position] = ledger.load_at_position(connection, position)
        found[subjects[subject]].append(entries[position])
    return found


def _move_chain(connection: Connection, entry: Entry) -> None:
    connection.execute(
        _UPSERT_CHAIN,
        {"author": entry.author, "station": entry.station, "seq": entry.seq, "hash": entry.hash},
    )


def _record_act(connection: Connection, position: int, author: str, kind: str) -> None:
    connection.execute(_INSERT_ACT, {"position": position, "author": author, "kind": kind, "taken_back": 0})


def _undo_or_redo(connection: Connection, position: int, entry: Entry, things: ThingStore) -> Changes:
    """Undo an act, or redo one by taking its undo back; then fold anew what it was about."""
    target_position, target = _find_target(connection, entry)
    _set_taken_back(connection, target_position, True)
    if target.act == ACT_TAKEN_BACK:
        original_position, target = _find_target(connection, target)
        _set_taken_back(connection, original_position, False)
        _record_act(connection, position, entry.author, "redo")
    else:
        _record_act(connection, position, entry.author, "undo")
    return _replay_affected(connection, target, things)


def _find_target(connection: Connection, entry: Entry) -> tuple[int, Entry]:
    found = ledger.find_by_hash(connection, entry.takes_back)
    if found is None or found[1].author != entry.author:
        raise LedgerDamaged(f"Entry {entry.seq} takes back an act that is not in the ledger.")
    return found


def _set_taken_back(connection: Connection, position: int, taken_back: bool) -> None:
    connection.execute(_SET_TAKEN_BACK, {"of": position, "now": int(taken_back)})


def _apply_case_created(connection: Connection, entry: Entry) -> None:
    for name, value in (("id", entry.subject), ("name", entry.body["name"]), ("created_at", entry.at)):
        connection.execute(t.case_facts.insert().values(name=name, value=value))


def _set_facts(connection: Connection, facts: Mapping[str, str]) -> None:
    """Set facts of a Case; a later value replaces an earlier one."""
    for name, value in facts.items():
        row = {"name": name, "value": value}
        put = insert(t.case_facts).values(row)
        connection.execute(put.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def _apply_examiner_enrolled(connection: Connection, entry: Entry) -> None:
    connection.execute(
        t.examiners.insert().values(
            id=entry.subject, name=entry.body["name"], enrolled_at=entry.at, key=entry.body.get("key", "")
        )
    )


def _apply_examiner_key(connection: Connection, entry: Entry) -> None:
    connection.execute(
        update(t.examiners).where(t.examiners.c.id == entry.subject).values(key=entry.body["key"])
    )


def _apply_source_moved(connection: Connection, entry: Entry) -> None:
    connection.execute(
        update(t.sources)
        .where(t.sources.c.id == entry.subject)
        .values(path=entry.body["path"], path_hex=entry.body["path_hex"])
    )


def _apply_source_added(connection: Connection, entry: Entry) -> None:
    connection.execute(
        t.sources.insert().values(
            id=entry.subject,
            path=entry.body["path"],
            path_hex=entry.body["path_hex"],
            added_at=entry.at,
            ingested_at="",
            manifest="",
            records="",
            files=0,
            through=0,
        )
    )


def _apply_source_ingested(connection: Connection, entry: Entry) -> None:
    connection.execute(
        update(t.sources)
        .where(t.sources.c.id == entry.subject)
        .values(
            ingested_at=entry.at,
            manifest=entry.body["manifest"],
            records=entry.body["records"],
            files=entry.body["files"],
            through=entry.body["through"],
        )
    )


def _apply_records_loaded(connection: Connection, entry: Entry) -> None:
    kept = {name: entry.body[name] for name in ("name", "sha256", "rows", "seal")}
    mapping = to_canonical_json(entry.body["mapping"]).decode("utf-8")
    connection.execute(
        t.record_files.insert().values(
            id=entry.subject, mapping=mapping, author=entry.author, at=entry.at, **kept
        )
    )


def _apply_nothing(_connection: Connection, _entry: Entry) -> None:
    """The act stands in the ledger; no table follows from it."""


CASE_ACT_HANDLERS: dict[str, Callable[[Connection, Entry], None]] = {
    acts.CASE_CREATED: _apply_case_created,
    acts.READING_RULES_SET: lambda connection, entry: _set_facts(connection, entry.body),
    acts.MANDATE_WRITTEN: lambda connection, entry: _set_facts(connection, facts_from_entry(entry)),
    acts.CARD_ORDER_SET: lambda connection, entry: _set_facts(connection, card_order_to_facts(entry)),
    acts.EXAMINER_ENROLLED: _apply_examiner_enrolled,
    acts.SOURCE_ADDED: _apply_source_added,
    acts.SOURCE_INGESTED: _apply_source_ingested,
    acts.EXAMINER_KEY_SET: _apply_examiner_key,
    acts.SOURCE_MOVED: _apply_source_moved,
    acts.RECORDS_LOADED: _apply_records_loaded,
    **dict.fromkeys(acts.ONLY_IN_LEDGER, _apply_nothing),
}
ACTS_IN_CASE_TABLES = CASE_ACT_HANDLERS.keys() - acts.ONLY_IN_LEDGER
"""The acts on the case itself that a table follows from."""


def find_undo_target(connection: Connection, author: str) -> Entry | None:
    """Find the latest standing act of `author`."""
    return _find_latest_act(connection, author, "act")


def find_redo_target(connection: Connection, author: str) -> Entry | None:
    """Find the undo that a redo takes back: the latest that stands, unless a new act came after it."""
    undo = _find_latest_act(connection, author, "undo")
    if undo is None:
        return None
    new = connection.execute(_select_latest_position(author, "act")).scalar()
    found = ledger.find_by_hash(connection, undo.hash)
    return undo if found and (new is None or found[0] > new) else None


def _select_latest_position(author: str, kind: str) -> Select[int]:
    c = t.acts.c
    return select(c.position).where(c.author == author, c.kind == kind).order_by(c.position.desc()).limit(1)


def _find_latest_act(connection: Connection, author: str, kind: str) -> Entry | None:
    query = _select_latest_position(author, kind).where(t.acts.c.taken_back == 0)
    position = connection.execute(query).scalar()
    return ledger.load_at_position(connection, position) if position is not None else None
