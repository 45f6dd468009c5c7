"""Whether the time of an entry lies before one that its author had seen.

Clocks go wrong, and the order of entries does not depend on them; then the ledger says so itself: before an
act whose time would lie behind, the program records that the clock was set back.
"""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.domain.acts.acts import CLOCK_SET_BACK
from reviewer.domain.ledger.entry import Entry, LedgerFault, describe_place


class TimeCheck:
    """Is given the entries in the order they were kept. Entries of the first format are not judged: versions
    that wrote them did not all record a clock that was set back."""

    def __init__(self) -> None:
        self._before = ""

    def check_entry(self, entry: Entry) -> Iterator[LedgerFault]:
        if entry.act != CLOCK_SET_BACK and entry.seen and entry.at < self._before:
            seen = f"{self._before}, that of an entry which its author had seen"
            yield LedgerFault(describe_place(entry), f"its time, {entry.at}, lies before {seen}")
        self._before = entry.at
