"""Memory over time: what all processes hold while a reader goes on and on through a case.

    python packaging/bench memory [--rounds 10] [--held 6] [--photos 160] [--size 2]     on a virtual screen

A round holds the key for the next photograph for `--held` seconds, goes back to the first one, and waits
until the screen is still. What counts is whether the last rounds hold more than earlier ones. Exits 1 when
the mean of the last third is more than 1.10 times that of the second third: what is decoded ahead is full by
then.
"""

from __future__ import annotations

from measuring import family_memory, finish, in_folder, make_parser
from outside import make_case, opened
from photographs import SIZES, make_photographs
from screen import Screen

BOUND = 1.10
_RATE = 20


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--held", type=float, default=6.0)
    parser.add_argument("--photos", type=int, default=160)
    parser.add_argument("--size", type=float, choices=sorted(SIZES), default=2, help="megapixels")
    options = parser.parse_args()
    rounds = max(3, options.rounds)
    screen = Screen()
    try:
        with in_folder(None) as folder:
            make_photographs(folder / "photographs", options.photos, *SIZES[options.size], group=7)
            case = make_case(folder, folder / "photographs", is_encrypted=not options.unencrypted)
            with opened(screen, case, folder / "home") as (process, _clock, _processor):
                first = family_memory(process.pid)
                held = []
                for _round in range(rounds):
                    screen.held("Right", _RATE, options.held)
                    screen.press("Home")
                    screen.settle(0.5, 10.0)
                    held.append(family_memory(process.pid))
    finally:
        screen.close()
    third = rounds // 3
    middle, last = (sum(part) / len(part) for part in (held[third : 2 * third], held[-third:]))
    figures: dict[str, float | int | str] = {
        "rounds": rounds,
        "after opening (MiB)": first,
        "after the first round (MiB)": held[0],
        "in the second third (MiB)": middle,
        "in the last third (MiB)": last,
        "most (MiB)": max(held),
        "last third / second third": last / middle,
    }
    lost = (
        [f"memory grew to {last / middle:.2f} times, the bound is {BOUND}"] if last > BOUND * middle else []
    )
    finish("memory", figures, options, lost)


if __name__ == "__main__":
    main()
