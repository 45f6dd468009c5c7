"""Whether the time stamps in a ledger stand for it, and what they say of the times of its entries.

A token proves that the entries it stands for were there at its time: so none of them was made later.
The entry that holds it cannot have been made before: so what follows was not made before either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.acts.acts import CASE_CREATED, CLOCK_SET_BACK, HEAD_STAMPED
from reviewer.domain.ledger.entry import ChainKey, Entry, LedgerFault, compute_head_hash, describe_place
from reviewer.domain.ledger.time_stamp import (
    HeldStamp,
    TimeStamp,
    TokenReader,
    TokenRefused,
    compute_imprint,
    stamp_from_body,
)


@dataclass(frozen=True)
class _StoredStamp:
    number: int
    where: str
    at: str
    body: object


class StampCheck:
    """Is given the entries in the order they were kept; afterwards it can tell each head the ledger had."""

    def __init__(self, read: TokenReader) -> None:
        self._read = read
        self._case = ""
        self._ends: list[tuple[ChainKey, int, str]] = []
        self._times: list[str] = []
        self._set_back: list[tuple[int, str]] = []
        self._stored: list[_StoredStamp] = []

    def check_entry(self, entry: Entry) -> Iterator[LedgerFault]:
        """Take note of an entry; what is wrong is known at the end only."""
        number = len(self._times) + 1
        if entry.act == CASE_CREATED and number == 1:
            self._case = entry.subject
        if entry.act == CLOCK_SET_BACK:
            self._set_back.append((number, str(entry.body.get("latest", ""))))
        if entry.act == HEAD_STAMPED:
            self._stored.append(_StoredStamp(number, describe_place(entry), entry.at, entry.body))
        self._ends.append((entry.chain, entry.seq, entry.hash))
        self._times.append(entry.at)
        yield from ()

    def find_stamped(self, imprint: str) -> tuple[int, str] | None:
        """The number of entries that an imprint stands for, and their head; None if it is of none of them."""
        for entries, head in enumerate(self._iterate_heads(), start=1):
            if compute_imprint(self._case, entries, head) == imprint:
                return entries, head
        return None

    def find_faults(self) -> Iterator[LedgerFault]:
        """At the end: what is wrong with each time stamp that the ledger holds."""
        if not self._stored:
            return
        heads, latest = list(self._iterate_heads()), self._find_latest_times()
        for stored in self._stored:
            for what in self._find_faults_of(stored, heads, latest):
                yield LedgerFault(stored.where, what)

    def _iterate_heads(self) -> Iterator[str]:
        """The head after each entry, the first first."""
        chains: dict[ChainKey, tuple[str, str, int, str]] = {}
        for chain, seq, hash_ in self._ends:
            chains[chain] = (*chain, seq, hash_)
            yield compute_head_hash(chains.values())

    def find_contradictions(self, stamp: TimeStamp, entries: int, at: str) -> Iterator[str]:
        """What speaks against a token for the first `entries` entries that is brought in at a moment."""
        yield from _compare_times(stamp, self._find_latest_times()[entries - 1], at)

    def _find_faults_of(
        self, stored: _StoredStamp, heads: Sequence[str], latest: Sequence[tuple[str, int]]
    ) -> Iterator[str]:
        try:
            held = stamp_from_body(stored.body)  # type: ignore[arg-type]
            stamp = self._read(held.token, held.roots)
        except TokenRefused as error:
            yield f"its time stamp does not hold: {error.message}"
            return
        except (ValueError, KeyError, TypeError):
            yield "it does not hold a time stamp in the form of one"
            return
        if not 0 < held.entries < stored.number or heads[held.entries - 1] != held.head:
            yield f"its time stamp is not that of the first {held.entries:,} entries of this ledger"
            return
        yield from _compare_with_token(self._case, held, stamp)
        yield from _compare_times(stamp, latest[held.entries - 1], stored.at)

    def _find_latest_times(self) -> list[tuple[str, int]]:
        """For each number of entries the latest time that one of them claims, and which entry that is.

        Times that the ledger itself says were of a wrong clock do not count: a later entry says that the
        clock was set back from such a time.
        """
        wrong, excused = "", [""] * len(self._times)
        later = dict(self._set_back)
        for number in range(len(self._times), 0, -1):
            excused[number - 1] = wrong
            wrong = max(wrong, later.get(number, ""))
        found, latest = [], ("", 0)
        for number, (at, until) in enumerate(zip(self._times, excused, strict=True), start=1):
            if at > until:
                latest = max(latest, (at, -number))
            found.append((latest[0], -latest[1]))
        return found


def _compare_with_token(case: str, held: HeldStamp, stamp: TimeStamp) -> Iterator[str]:
    if stamp.imprint != compute_imprint(case, held.entries, held.head):
        yield "what the authority signed is not the head of this ledger"
    if (stamp.authority, stamp.time) != (held.authority, held.time):
        yield "it names another authority or another time than its token does"


def _compare_times(stamp: TimeStamp, latest: tuple[str, int], at: str) -> Iterator[str]:
    claimed, number = latest
    if claimed > stamp.latest:
        yield (
            f"entry {number:,} was there at {stamp.time}, as the time stamp proves, and says that it was "
            f"made later, at {claimed}"
        )
    if at < stamp.earliest:
        yield f"it holds a time stamp of {stamp.time} and says that it was made before that, at {at}"
