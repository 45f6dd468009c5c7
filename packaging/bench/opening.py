"""A large case opened in the window, from outside: from the passphrase to its first photograph.

    python packaging/bench opening [--photos 55000] [--folder F] [--runs 3]     on a virtual screen

`--folder` keeps the collection there, or takes the one that is there; each run opens a copy. Seconds by the
clock, and of processor time of all processes; where the case is not encrypted they begin with the start of
the program. Exits 1 when the median by the clock is above 1.5 s, or 3 with 550,000 photographs.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from measuring import family_memory, finish, in_folder, make_parser, median
from outside import keep_collection, opened
from screen import Screen

BOUND, BOUND_TIMES_TEN = 1.5, 3.0
"""Seconds; the second from ten times the photographs of the first collection on."""
TIMES_TEN = 550_000


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--photos", type=int, default=55_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    by_clock, spent, memory = [], [], []
    screen = Screen()
    try:
        with in_folder(options.folder) as folder:
            case = keep_collection(folder, options.photos, is_encrypted=not options.unencrypted)
            for number in range(options.runs):
                with in_folder(None) as place:
                    copy = Path(shutil.copytree(case, place / f"{number}.case"))
                    with opened(screen, copy, place / "home") as (process, clock, processor):
                        by_clock.append(clock)
                        spent.append(processor)
                        memory.append(family_memory(process.pid))
    finally:
        screen.close()
    figures: dict[str, float | int | str] = {
        "photographs": options.photos,
        "to the first photograph (s by the clock)": median(by_clock),
        "to the first photograph (s of processor, all processes)": median(spent),
        "memory, all processes (MiB)": median(memory),
    }
    bound = BOUND if options.photos < TIMES_TEN else BOUND_TIMES_TEN
    late = median(by_clock) > bound
    lost = [f"{median(by_clock):.1f} s to the first photograph, the bound is {bound}"] if late else []
    finish("opening", figures, options, lost)


if __name__ == "__main__":
    main()
