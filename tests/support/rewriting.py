"""An examiner who has the key of the case, the program's own code and time: history is written anew."""

from contextlib import contextmanager
from dataclasses import replace

from reviewer.domain.ledger.entry import NOTHING_SEEN, compute_entry_hash, compute_seen_head
from reviewer.domain.ledger.entry import ChainSlot as Slot
from reviewer.storage import ledger
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.head_journal import JOURNAL_NAME
from reviewer.storage.replay.apply import apply_entry


def reseal(entries, author, sign):
    """The same entries with all of `author` sealed and signed anew, as far as one's own key goes: what she
    saw, what came before, hash and signature are made to fit. Entries of others stay as they are."""
    return reseal_all(entries, {author: sign})


def reseal_all(entries, signs):
    """The same with all of several authors, each signed by `signs[author]`."""
    heads, made = {}, []
    for entry in entries:
        if entry.author in signs:
            author, sign = entry.author, signs[entry.author]
            last = heads.get(entry.chain)
            seen = compute_seen_head((*chain, end.seq, end.hash) for chain, end in heads.items())
            prev, seq = (last.hash, last.seq + 1) if last else (NOTHING_SEEN, 1)
            slot = Slot(author, entry.station, seq, prev, entry.tick, seen if entry.seen else "")
            hash_ = compute_entry_hash(slot, entry.at, entry.act, entry.subject, entry.body, entry.takes_back)
            entry = replace(entry, seq=seq, prev=prev, seen=slot.seen, hash=hash_, signature=sign(hash_))
        heads[entry.chain] = entry
        made.append(entry)
    return made


def entries_of(case):
    with case.store.read() as connection:
        return [entry for _position, entry in ledger.iterate_entries(connection)]


@contextmanager
def _unguarded(case):
    """A transaction that no trigger watches; they are there again afterwards."""
    with case.store._used, case.store._writing.begin() as connection:
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).all()
        for name, _sql in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        yield connection
        for _name, sql in triggers:
            connection.exec_driver_sql(sql)


def change_rows(case, *statements):
    """Change rows of evidence, which no entry holds."""
    with _unguarded(case) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def replace_ledger(case, entries):
    """Put `entries` in the place of the ledger, all tables that follow from it and the head journal."""
    with _unguarded(case) as connection:
        for table in (*t.STATE_TABLES, t.ledger):
            connection.exec_driver_sql(f"DELETE FROM {table.name}")
        for position, entry in enumerate(entries, start=1):
            ledger.insert_entry(connection, entry, position)
            apply_entry(connection, position, entry)
    lines = (f"{position} {entry.hash}\n" for position, entry in enumerate(entries, start=1))
    (case.folder / JOURNAL_NAME).write_text("".join(lines))
