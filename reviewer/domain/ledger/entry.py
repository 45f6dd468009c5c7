"""The ledger's arithmetic: what an entry is, how it is sealed, how a chain of them is checked.

Every act that changes a Case is one entry. Entries of one examiner at one workstation form a *chain*:
seq 1, 2, 3 ..., each holding the hash of the one before. `tick` is a Lamport clock (L. Lamport, 1978):
one more than the highest tick seen, so that a wrong wall clock disturbs no order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

ENTRY_FORMAT = 1
FIRST_PREVIOUS_HASH = "0" * 64
ACT_TAKEN_BACK = "act.taken_back"

EntryBody = Mapping[str, Any]
ChainKey = tuple[str, str]


@dataclass(frozen=True)
class Draft:
    """An act not yet sealed: what is to happen, to what, with which details."""

    act: str
    subject: str
    body: EntryBody = field(default_factory=dict)
    takes_back: str = ""


@dataclass(frozen=True)
class Entry:
    """A sealed act. `at` is UTC as ISO 8601 with offset; all hashes are 64 hex digits (SHA-256)."""

    author: str
    station: str
    seq: int
    prev: str
    tick: int
    at: str
    act: str
    subject: str
    body: EntryBody
    takes_back: str
    hash: str
    signature: str = ""

    @property
    def chain(self) -> ChainKey:
        return self.author, self.station


@dataclass(frozen=True)
class ChainSlot:
    """Where the next entry of a chain goes."""

    author: str
    station: str
    seq: int = 1
    prev: str = FIRST_PREVIOUS_HASH
    tick: int = 1


@dataclass(frozen=True)
class Signer:
    """Who writes an entry, where, and how it is signed: from its hash to the signature, both hex."""

    author: str
    station: str
    sign: Callable[[str], str]


@dataclass(frozen=True)
class LedgerFault:
    """Something wrong in the ledger, and at which entry of which chain."""

    where: str
    what: str


def to_canonical_json(value: object) -> bytes:
    """The one way a value is written: JSON, keys sorted, no spaces, UTF-8, whole numbers only.

    Raises ValueError for what has no such form (floats, lone surrogates, unknown types).
    """
    _refuse_floats(value)
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return text.encode("utf-8")
    except (TypeError, UnicodeEncodeError) as error:
        raise ValueError(f"no canonical form: {error}") from error


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise ValueError("no canonical form: a float")
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ValueError("no canonical form: a key that is no text")
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)


def make_sealed_content(
    place: ChainSlot, at: str, act: str, subject: str, body: EntryBody, takes_back: str
) -> dict[str, Any]:
    """What the hash of an entry is over, beside the hash before it."""
    return {
        "format": ENTRY_FORMAT,
        "author": place.author,
        "station": place.station,
        "seq": place.seq,
        "tick": place.tick,
        "at": at,
        "act": act,
        "subject": subject,
        "body": body,
        "takes_back": takes_back,
    }


def compute_entry_hash(
    place: ChainSlot, at: str, act: str, subject: str, body: EntryBody, takes_back: str
) -> str:
    """SHA-256 over the previous hash, a line feed, and the canonical form of everything else."""
    content = to_canonical_json(make_sealed_content(place, at, act, subject, body, takes_back))
    return hashlib.sha256(place.prev.encode("ascii") + b"\n" + content).hexdigest()


def seal_entry(
    draft: Draft, place: ChainSlot, at: str, sign: Callable[[str], str] = lambda _hash: ""
) -> Entry:
    """The entry that stands at `place` for `draft`, made at the moment `at`."""
    hash_ = compute_entry_hash(place, at, draft.act, draft.subject, draft.body, draft.takes_back)
    return Entry(
        author=place.author,
        station=place.station,
        seq=place.seq,
        prev=place.prev,
        tick=place.tick,
        at=at,
        act=draft.act,
        subject=draft.subject,
        body=draft.body,
        takes_back=draft.takes_back,
        hash=hash_,
        signature=sign(hash_),
    )


def check_chains(entries: Iterable[Entry]) -> tuple[list[LedgerFault], dict[ChainKey, Entry]]:
    """Check entries in the order they were kept; the faults found, and the last entry of each chain.

    Checked: every hash, every link to the entry before, no gap, no fork, ticks that grow along a chain.
    """
    faults: list[LedgerFault] = []
    heads: dict[ChainKey, Entry] = {}
    for entry in entries:
        last = heads.get(entry.chain)
        faults += _find_faults(entry, last)
        heads[entry.chain] = entry
    return faults, heads


def _find_faults(entry: Entry, last: Entry | None) -> list[LedgerFault]:
    where = f"entry {entry.seq} of {entry.author}@{entry.station}"
    place = ChainSlot(entry.author, entry.station, entry.seq, entry.prev, entry.tick)
    faults = []
    expected_seq, expected_prev = (last.seq + 1, last.hash) if last else (1, FIRST_PREVIOUS_HASH)
    if entry.seq != expected_seq:
        faults.append(LedgerFault(where, f"entry {expected_seq} should stand here: a gap or a fork"))
    elif entry.prev != expected_prev:
        faults.append(LedgerFault(where, "does not follow from the entry before it"))
    if last is not None and entry.tick <= last.tick:
        faults.append(LedgerFault(where, "its tick is not later than that of the entry before it"))
    if not _is_hash_right(entry, place):
        faults.append(LedgerFault(where, "its content is not what was sealed"))
    return faults


def _is_hash_right(entry: Entry, place: ChainSlot) -> bool:
    try:
        found = compute_entry_hash(place, entry.at, entry.act, entry.subject, entry.body, entry.takes_back)
    except ValueError:
        return False
    return found == entry.hash


def compute_head_hash(chains: Iterable[tuple[str, str, int, str]]) -> str:
    """The head of the ledger, one hash for all of it: SHA-256 over the sorted lines
    `author station seq hash`, "" if it is empty."""
    lines = sorted(f"{author} {station} {seq} {hash_}\n" for author, station, seq, hash_ in chains)
    return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest() if lines else ""
