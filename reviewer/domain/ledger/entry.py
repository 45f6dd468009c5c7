"""The ledger's arithmetic: what an entry is, how it is sealed, how a chain of them is checked.

Every act that changes a Case is one entry. Entries of one examiner at one workstation form a *chain*:
seq 1, 2, 3 ..., each holding the hash of the one before. `tick` is a Lamport clock (L. Lamport, 1978):
one more than the highest tick seen, so that a wrong wall clock disturbs no order. `seen` is the head of the
whole ledger as the author saw it: whoever writes after others testifies to what they wrote.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

ENTRY_FORMAT, FORMAT_WITHOUT_SEEN = 2, 1
FIRST_PREVIOUS_HASH = NOTHING_SEEN = "0" * 64
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
    """A sealed act. `at` is UTC as ISO 8601 with offset; all hashes are 64 hex digits (SHA-256).

    `seen` is "" in an entry of the first format, which did not say it.
    """

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
    seen: str = ""

    @property
    def chain(self) -> ChainKey:
        return self.author, self.station

    @property
    def format(self) -> int:
        return ENTRY_FORMAT if self.seen else FORMAT_WITHOUT_SEEN


@dataclass(frozen=True)
class ChainSlot:
    """Where the next entry of a chain goes; `seen` as in the entry."""

    author: str
    station: str
    seq: int = 1
    prev: str = FIRST_PREVIOUS_HASH
    tick: int = 1
    seen: str = ""


@dataclass(frozen=True)
class Signer:
    """Who writes an entry, where, and how it is signed: from its hash to the signature, both hex.

    `require_right` raises NotAllowed for an act that this author may not do.
    """

    author: str
    station: str
    sign: Callable[[str], str]
    require_right: Callable[[str], None] = lambda _act: None


@dataclass(frozen=True)
class LedgerFault:
    """Something wrong in the ledger, and at which entry of which chain."""

    where: str
    what: str


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def to_canonical_json(value: object) -> bytes:
    """The one way a value is written: JSON, keys sorted, no spaces, UTF-8, whole numbers only.

    Raises ValueError for what has no such form (floats, lone surrogates, unknown types).
    """
    _refuse_floats(value)
    try:
        return _CANONICAL.encode(value).encode("utf-8")
    except (TypeError, UnicodeEncodeError) as error:
        raise ValueError(f"no canonical form: {error}") from error


def _refuse_floats(value: object) -> None:
    """Most of what is looked at is text, whole numbers and dicts, whose types say at once what they are."""
    kind = type(value)
    if kind is str or kind is int:
        return
    if isinstance(value, float):
        raise ValueError("no canonical form: a float")
    if kind is dict or isinstance(value, Mapping):
        for key, item in value.items():  # type: ignore[attr-defined]
            if not isinstance(key, str):
                raise ValueError("no canonical form: a key that is no text")
            if type(item) is not str:
                _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)


def make_sealed_content(
    place: ChainSlot, at: str, act: str, subject: str, body: EntryBody, takes_back: str
) -> dict[str, Any]:
    """What the hash of an entry is over, beside the hash before it."""
    seen = {"seen": place.seen} if place.seen else {}
    return {
        "format": ENTRY_FORMAT if seen else FORMAT_WITHOUT_SEEN,
        "author": place.author,
        "station": place.station,
        "seq": place.seq,
        "tick": place.tick,
        "at": at,
        "act": act,
        "subject": subject,
        "body": body,
        "takes_back": takes_back,
        **seen,
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
        seen=place.seen,
    )


def check_chains(entries: Iterable[Entry]) -> tuple[list[LedgerFault], dict[ChainKey, Entry]]:
    """Check entries in the order they were kept; the faults found, and the last entry of each chain.

    Checked: every hash, every link to the entry before, no gap, no fork, ticks that grow along a chain, and
    that what each author saw is what stands before the entry. Of those who saw another ledger only the first
    entry of each is named: their later ones saw it too.
    """
    faults: list[LedgerFault] = []
    heads: dict[ChainKey, Entry] = {}
    contradicted: set[str] = set()
    begun = False
    for entry in entries:
        faults += _find_faults(entry, heads.get(entry.chain))
        fault = _find_sight_fault(entry, heads, must_say=begun)
        if fault is not None and entry.author not in contradicted:
            contradicted.add(entry.author)
            faults.append(fault)
        begun = begun or bool(entry.seen)
        heads[entry.chain] = entry
    return faults, heads


def describe_place(entry: Entry) -> str:
    """Which entry of the ledger it is, for a fault."""
    return f"entry {entry.seq} of {entry.author}@{entry.station}"


def _find_faults(entry: Entry, last: Entry | None) -> list[LedgerFault]:
    where = describe_place(entry)
    place = ChainSlot(entry.author, entry.station, entry.seq, entry.prev, entry.tick, entry.seen)
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


def _find_sight_fault(entry: Entry, heads: Mapping[ChainKey, Entry], *, must_say: bool) -> LedgerFault | None:
    """What is wrong with what the author of an entry saw, where `heads` end the chains before it."""
    if not entry.seen:
        what = "does not say what its author saw, as the entries before it do"
        return LedgerFault(describe_place(entry), what) if must_say else None
    if entry.seen == compute_seen_head((*chain, last.seq, last.hash) for chain, last in heads.items()):
        return None
    return LedgerFault(
        describe_place(entry),
        "its author saw another ledger than the one that stands before it: entries were changed, cut off or "
        "put in since",
    )


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


def compute_seen_head(chains: Iterable[tuple[str, str, int, str]]) -> str:
    """The head as an entry holds it that is written now: 64 zeros for an empty ledger."""
    return compute_head_hash(chains) or NOTHING_SEEN
