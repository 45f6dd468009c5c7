"""`apply` is the only code that writes the state tables: they are a pure function of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.commands.mandate import MANDATE_WRITTEN, facts_from_entry
from reviewer.domain.errors import LedgerDamaged
from reviewer.domain.ledger.entry import ACT_TAKEN_BACK, Entry, to_canonical_json
from reviewer.domain.reading.reading import Reading
from reviewer.storage import ledger
from reviewer.storage.engine import tables as t
from reviewer.storage.reading import readings
from reviewer.storage.replay import apply_shared

_INSERT_CHAIN = insert(t.chains)
_UPSERT_CHAIN = _INSERT_CHAIN.on_conflict_do_update(
    index_elements=["author", "station"],
    set_={"seq": _INSERT_CHAIN.excluded.seq, "hash": _INSERT_CHAIN.excluded.hash},
)


class ReadingStore(Protocol):
    """Where Readings are looked up and put while acts are applied: the tables (`readings`), or what is held
    before them (`replay`)."""

    def load(self, connection: Connection, examiner: str, photo: str) -> Reading | None: ...

    def save(self, connection: Connection, before: Reading | None, after: Reading | None) -> None: ...


def apply_entry(connection: Connection, position: int, entry: Entry, kept: ReadingStore = readings) -> None:
    """Bring the tables to where they are after `entry`, which stands in the ledger at `position`.

    Raises LedgerDamaged for an act this program does not know or an undo that points nowhere.
    """
    _move_chain(connection, entry)
    if acts.is_act_of_reading(entry.act):
        stays = entry.act in acts.NEVER_TAKEN_BACK
        _record_act(connection, position, entry.author, "kept" if stays else "act")
        before = kept.load(connection, entry.author, entry.subject)
        reading = before or Reading(entry.author, entry.subject)
        kept.save(connection, before, acts.apply_to_reading(reading, entry.act, entry.body, entry.at))
    elif shared_acts.is_shared_act(entry.act):
        _record_act(connection, position, entry.author, "act")
        apply_shared.apply_shared_act(connection, position, entry)
    elif entry.act == ACT_TAKEN_BACK:
        _undo_or_redo(connection, position, entry, kept)
    elif entry.act in _CASE_ACT_HANDLERS:
        _CASE_ACT_HANDLERS[entry.act](connection, entry)
    else:
        raise LedgerDamaged(f"The ledger holds an act this program does not know: {entry.act}.")


def _move_chain(connection: Connection, entry: Entry) -> None:
    connection.execute(
        _UPSERT_CHAIN,
        {"author": entry.author, "station": entry.station, "seq": entry.seq, "hash": entry.hash},
    )


def _record_act(connection: Connection, position: int, author: str, kind: str) -> None:
    connection.execute(
        t.acts.insert(), {"position": position, "author": author, "kind": kind, "taken_back": 0}
    )


def _undo_or_redo(connection: Connection, position: int, entry: Entry, kept: ReadingStore) -> None:
    """Undo an act, or redo one by taking its undo back; then fold anew what it was about."""
    target_position, target = _find_target(connection, entry)
    _set_taken_back(connection, target_position, True)
    if target.act == ACT_TAKEN_BACK:
        original_position, target = _find_target(connection, target)
        _set_taken_back(connection, original_position, False)
        _record_act(connection, position, entry.author, "redo")
    else:
        _record_act(connection, position, entry.author, "undo")
    if shared_acts.is_shared_act(target.act):
        apply_shared.replay_affected(connection, target)
        return
    before = kept.load(connection, entry.author, target.subject)
    standing = ledger.iterate_standing_acts(connection, entry.author, target.subject)
    of_reading = (each for each in standing if acts.is_act_of_reading(each.act))
    kept.save(connection, before, acts.replay_acts_of_reading(entry.author, target.subject, of_reading))


def _find_target(connection: Connection, entry: Entry) -> tuple[int, Entry]:
    found = ledger.find_by_hash(connection, entry.takes_back)
    if found is None or found[1].author != entry.author:
        raise LedgerDamaged(f"Entry {entry.seq} takes back an act that is not in the ledger.")
    return found


def _set_taken_back(connection: Connection, position: int, taken_back: bool) -> None:
    connection.execute(update(t.acts).where(t.acts.c.position == position).values(taken_back=int(taken_back)))


def _apply_case_created(connection: Connection, entry: Entry) -> None:
    for name, value in (("id", entry.subject), ("name", entry.body["name"]), ("created_at", entry.at)):
        connection.execute(t.case_facts.insert().values(name=name, value=value))


def _apply_reading_rules(connection: Connection, entry: Entry) -> None:
    _set_facts(connection, entry.body)


def _apply_mandate(connection: Connection, entry: Entry) -> None:
    _set_facts(connection, facts_from_entry(entry))


def _set_facts(connection: Connection, facts: Mapping[str, str]) -> None:
    """Settings of a Case, the later instead of the earlier."""
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


_CASE_ACT_HANDLERS: dict[str, Callable[[Connection, Entry], None]] = {
    acts.CASE_CREATED: _apply_case_created,
    acts.READING_RULES_SET: _apply_reading_rules,
    MANDATE_WRITTEN: _apply_mandate,
    acts.EXAMINER_ENROLLED: _apply_examiner_enrolled,
    acts.SOURCE_ADDED: _apply_source_added,
    acts.SOURCE_INGESTED: _apply_source_ingested,
    acts.EXAMINER_KEY_SET: _apply_examiner_key,
    acts.SOURCE_MOVED: _apply_source_moved,
    acts.RECORDS_LOADED: _apply_records_loaded,
    **dict.fromkeys(acts.ONLY_IN_LEDGER, _apply_nothing),
}


def find_undo_target(connection: Connection, author: str) -> Entry | None:
    """The latest act of `author` that stands."""
    return _find_latest_act(connection, author, "act", 0)


def find_redo_target(connection: Connection, author: str) -> Entry | None:
    """The undo that a redo would take back: the latest that stands, unless a new act came after it."""
    undo = _find_latest_act(connection, author, "undo", 0)
    if undo is None:
        return None
    new = connection.execute(
        select(t.acts.c.position)
        .where(t.acts.c.author == author, t.acts.c.kind == "act")
        .order_by(t.acts.c.position.desc())
        .limit(1)
    ).scalar()
    found = ledger.find_by_hash(connection, undo.hash)
    return undo if found and (new is None or found[0] > new) else None


def _find_latest_act(connection: Connection, author: str, kind: str, taken_back: int) -> Entry | None:
    position = connection.execute(
        select(t.acts.c.position)
        .where(t.acts.c.author == author, t.acts.c.kind == kind, t.acts.c.taken_back == taken_back)
        .order_by(t.acts.c.position.desc())
        .limit(1)
    ).scalar()
    return ledger.load_at_position(connection, position) if position is not None else None
