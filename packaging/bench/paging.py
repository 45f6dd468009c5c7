"""From the key press to the next photograph on the screen, measured from outside, for any program alike.

    python packaging/bench paging [--size 0.2|2|12|24] [--unencrypted] [--peers] [--during-ingest]

The case is encrypted, as by default, and its passphrase is typed; `--unencrypted` makes one that is not.

A jump is one to the next individual, whose first photograph is made ahead; a jump back, from the end of the
list, is one to a photograph that is not.

The program, and with --peers whichever of feh, geeqie and qimgv are installed, page through the same
photographs on a virtual screen of 1920 x 1080; see screen.py for how that is watched. Prints a table and
exits 1 when a bound is not kept or a peer is not 15 times slower.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from measuring import (
    count_processor_seconds,
    family_memory,
    finish,
    in_folder,
    make_parser,
    median,
    percentile,
)
from outside import PROGRAM, make_case, opened, running
from photographs import SIZES, make_photographs
from screen import Screen, Step

BOUNDS = {
    "next, sharp (ms)": 5.0,
    "next, sharp, 95 % (ms)": 10.0,
    "jump, recognisable (ms)": 9.0,
    "jump, sharp (ms)": 85.0,
    "jump back, recognisable (ms)": 9.0,
    "jump back, sharp (ms)": 85.0,
    "10 keys a second, last one sharp (ms)": 100.0,
    "30 keys a second, last one sharp (ms)": 100.0,
    "to 100 % (ms)": 100.0,
    "memory, all processes (MB)": 500.0,
    "while ingesting, next, sharp, 95 % (ms)": 30.0,
}
"""Of photographs of 12 megapixels on a machine with two cores and nothing else to do."""
_GROWING = {
    "jump, sharp (ms)",
    "jump back, sharp (ms)",
    "10 keys a second, last one sharp (ms)",
    "30 keys a second, last one sharp (ms)",
    "to 100 % (ms)",
    "memory, all processes (MB)",
}
"""What grows with the pixels may take twice as much at twice the pixels."""
TIMES_SLOWER = 15
"""How many times longer other viewers take for the next photograph, at least."""
PEERS: dict[str, tuple[Callable[[Path], list[str]], str, tuple[str, ...]]] = {
    "feh": (lambda first: ["feh", "-F", "-Z", "-S", "filename", str(first.parent)], "Right", ()),
    "geeqie": (lambda first: ["geeqie", "-f", str(first)], "Page_Down", ()),
    "qimgv": (lambda first: ["qimgv", str(first)], "Right", ("f",)),
}
_WARM = 2
Figures = dict[str, float]


def stepped(screen: Screen, chord: str, steps: int, pace: float, warm: int = _WARM) -> list[Step]:
    """The steps that changed the screen; the first `warm` are not counted."""
    found = []
    for number in range(steps + warm):
        step = screen.step(chord)
        if step is not None and number >= warm:
            found.append(step)
        time.sleep(pace)
    return found


def figures_of(name: str, steps: Sequence[Step]) -> Figures:
    if not steps:
        return {f"{name}, sharp (ms)": float("inf")}
    return {
        f"{name}, recognisable (ms)": median([step.recognisable for step in steps]),
        f"{name}, sharp (ms)": median([step.sharp for step in steps]),
        f"{name}, sharp, 95 % (ms)": percentile([step.sharp for step in steps], 0.95),
    }


def own(screen: Screen, case: Path, home: Path, options: argparse.Namespace) -> Figures:
    """Everything that is asked of this program."""
    with opened(screen, case, home) as (process, _clock, _processor):
        screen.press("F11")
        screen.settle()
        found = _step_and_count(screen, process.pid, "next", "Right", options.steps, options.pause)
        found["memory, all processes (MB)"] = family_memory(process.pid) * 1.048576
        screen.press("Home")
        screen.settle()
        jumps = min(options.steps, 20)
        found |= _step_and_count(screen, process.pid, "jump", "ctrl+Right", jumps, options.pause)
        screen.press("End")
        screen.settle()
        found |= _step_and_count(screen, process.pid, "jump back", "ctrl+Left", jumps, options.pause)
        for rate in (10, 30):
            runs = []
            for _time in range(options.holds):
                screen.press("Home")
                screen.settle(2.0)
                runs.append(screen.held("Right", rate, options.held))
            found[f"{rate} keys a second, pictures a second"] = min(shown for shown, _after in runs)
            found[f"{rate} keys a second, last one sharp (ms)"] = max(after for _shown, after in runs)
        found["to 100 % (ms)"] = median(_zooms(screen, min(options.steps, 10)))
        found["memory at the end, all processes (MB)"] = family_memory(process.pid) * 1.048576
    return found


def _step_and_count(screen: Screen, pid: int, name: str, chord: str, steps: int, pause: float) -> Figures:
    """Steps seen on the screen, and what one costs all processes, with what they do ahead of the reader."""
    spent = count_processor_seconds(pid)
    found = stepped(screen, chord, steps, pause)
    spent = count_processor_seconds(pid) - spent
    return {**figures_of(name, found), f"{name}, processor (ms)": spent * 1000 / (steps + _WARM)}


def _zooms(screen: Screen, times: int) -> list[float]:
    """From a photograph that has just come to its pixels one to one."""
    found = []
    for _time in range(times):
        screen.step("Left")
        step = screen.step("z")
        if step is not None:
            found.append(step.sharp)
        screen.press("ctrl+0")
        screen.settle(0.5)
    return found or [float("inf")]


def peer(screen: Screen, name: str, first: Path, home: Path, steps: int) -> Figures:
    command, chord, setup = PEERS[name]
    with running(screen, command(first), home, screen.has_photograph):  # however small its window is
        screen.settle(2.5)
        for each in setup:
            screen.press(each)
            screen.settle()
        return figures_of("next", stepped(screen, chord, steps, 0.6))


def during_ingest(screen: Screen, folder: Path, home: Path, steps: int) -> Figures:
    """Paging in a demonstration case while its photographs are drawn and ingested on both cores."""
    command = [*PROGRAM, "demo", str(folder / "demo"), "--photos", "1500", "--bare"]
    with running(screen, command, home):
        screen.press("F11")
        screen.wait_until(screen.has_photograph, "a photograph")  # until then the screen tells how far it is
        time.sleep(2.0)
        found = figures_of("while ingesting, next", stepped(screen, "Right", steps, 0.3))
    return found


def judged(size: float, ours: Figures, others: dict[str, Figures]) -> list[str]:
    """What was lost: one sentence each."""
    lost = []
    for name, bound in BOUNDS.items():
        bound *= 2 if size == 24 and name in _GROWING else 1
        if name in ours and ours[name] > bound:
            lost.append(f"{name}: {ours[name]:.1f}, the bound is {bound:.0f}")
    for name, figures in others.items():
        times = figures.get("next, sharp (ms)", 0) / ours["next, sharp (ms)"]
        if times < TIMES_SLOWER:
            lost.append(f"{name} takes {times:.1f} times as long, the bound is {TIMES_SLOWER}")
    return lost


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--size", type=float, choices=sorted(SIZES), default=12, help="megapixels")
    parser.add_argument("--photos", type=int, default=160)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--pause", type=float, default=0.6, help="seconds of a look at each")
    parser.add_argument("--held", type=float, default=2.5, help="seconds for which a key is held")
    parser.add_argument("--holds", type=int, default=3, help="how often")
    parser.add_argument("--peers", action="store_true", help="also feh, geeqie and qimgv where installed")
    parser.add_argument("--during-ingest", action="store_true")
    options = parser.parse_args()
    screen = Screen()
    try:
        with in_folder(None) as folder:
            pixels = SIZES[options.size]
            make_photographs(folder / "photographs", options.photos, *pixels, group=7)
            case = make_case(folder, folder / "photographs", is_encrypted=not options.unencrypted)
            ours = own(screen, case, folder / "home", options)
            if options.during_ingest:
                # a home of its own: F11 would end there what it began before
                ours |= during_ingest(screen, folder, folder / "home while ingesting", options.steps)
            others = {}
            if options.peers:
                make_photographs(folder / "flat", options.steps + 6, *pixels)
                first = folder / "flat" / "IMG_0000.JPG"
                others = {
                    name: peer(screen, name, first, folder / "home", options.steps)
                    for name in PEERS
                    if shutil.which(name)
                }
    finally:
        screen.close()
    figures: dict[str, float | int | str] = {"megapixels": options.size, **ours}
    for name, seen in others.items():
        figures |= {f"{name}: {what}": value for what, value in seen.items()}
        figures[f"{name}: times ours"] = seen.get("next, sharp (ms)", float("inf")) / ours["next, sharp (ms)"]
    finish("paging", figures, options, judged(options.size, ours, others))


if __name__ == "__main__":
    main()
