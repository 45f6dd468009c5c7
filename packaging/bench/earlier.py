"""A case opened as of an earlier entry, against the limit of 5 s for a ledger of 660,000.

    python packaging/bench earlier [--entries 20000] [--runs 3] [--case FOLDER]

The case is that of `verifying`, and may be the same. It is opened as of the middle of its ledger and as of a
hundred entries before its end. A smaller ledger than that of the limit is said for 660,000 as well, as if the
time went with the number of entries. Exit status 1 if the limit is not kept.
"""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from measuring import finish, in_folder, make_parser, median, time_additions
from verifying import PASSPHRASES, make_case

from reviewer.services.case.opening import open_case
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.jobs import JobControl
from reviewer.storage import ledger

LIMIT_SECONDS, LIMIT_ENTRIES = 5, 660_000
_BEFORE_THE_END = 100


def measure(folder: Path, entries: int) -> float:
    """Seconds of the processor that opening the case as of its first `entries` entries takes."""
    with closing(open_case(folder, PASSPHRASES[0], read_only=True)) as case:
        began = time.process_time()
        with open_snapshot(case, JobControl(), entries) as snapshot:
            return (time.process_time() - began) if snapshot.entries == entries else float("nan")


def count_entries(folder: Path) -> int:
    with closing(open_case(folder, PASSPHRASES[0], read_only=True)) as case, case.store.read() as connection:
        return ledger.load_size_and_head(connection)[0]


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--case", type=Path, help="kept, and used again")
    options = parser.parse_args()
    additions = time_additions()
    with in_folder(options.case) as within:
        folder = within / "measured.case"
        if not folder.exists():
            make_case(folder, options.entries)
        there = count_entries(folder)
        moments = there // 2, there - _BEFORE_THE_END
        seconds = [median([measure(folder, moment) for _run in range(options.runs)]) for moment in moments]
    each = max(seconds) / there
    figures: dict[str, float | int | str] = {
        "entries": there,
        "as of the middle (s)": seconds[0],
        "as of a hundred entries before the end (s)": seconds[1],
        "milliseconds an entry of the ledger": each * 1000,
        f"for {LIMIT_ENTRIES:,} entries (s)": each * LIMIT_ENTRIES,
        "the limit (s)": LIMIT_SECONDS,
        "ten million additions (s)": additions,
    }
    taken = each * LIMIT_ENTRIES
    lost = [f"{taken:.0f} s, the bound is {LIMIT_SECONDS}"] if taken > LIMIT_SECONDS else []
    finish("earlier", figures, options, lost)


if __name__ == "__main__":
    main()
