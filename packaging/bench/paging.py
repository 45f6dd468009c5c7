"""From the key press to the next photograph on the screen, measured from outside, for any program alike.

    python packaging/bench paging [--size 12] [--steps 40] [--peers] [--during-ingest] [--json]

The program, and with --peers whichever of feh, geeqie and qimgv are installed, page through the same
photographs on a virtual screen of 1920 x 1080; see screen.py for how that is watched. Prints a table and
exits 1 when a bound is not kept or a peer is faster.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import family_memory, median, percentile
from photographs import make_photographs
from screen import Screen, Step, end

SIZES = {2: (1600, 1200), 12: (4000, 3000), 24: (6000, 4000)}
BOUNDS = {
    "next, recognisable (ms)": 16.0,
    "next, sharp (ms)": 16.0,
    "next, sharp, 95 % (ms)": 40.0,
    "jump, recognisable (ms)": 20.0,
    "jump, sharp (ms)": 130.0,
    "10 keys a second, last one sharp (ms)": 130.0,
    "30 keys a second, last one sharp (ms)": 130.0,
    "to 100 % (ms)": 150.0,
    "memory, all processes (MB)": 700.0,
    "while ingesting, next, sharp, 95 % (ms)": 100.0,
}
_GROWING = {
    "jump, sharp (ms)",
    "10 keys a second, last one sharp (ms)",
    "30 keys a second, last one sharp (ms)",
    "to 100 % (ms)",
    "memory, all processes (MB)",
}
"""What grows with the pixels may take twice as much at twice the pixels."""
PEERS: dict[str, tuple[Callable[[Path], list[str]], str, tuple[str, ...]]] = {
    "feh": (lambda first: ["feh", "-F", "-Z", "-S", "filename", str(first.parent)], "Right", ()),
    "geeqie": (lambda first: ["geeqie", "-f", str(first)], "Page_Down", ()),
    "qimgv": (lambda first: ["qimgv", str(first)], "Right", ("f",)),
}
Figures = dict[str, float]


@contextmanager
def running(screen: Screen, command: Sequence[str], home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program on the screen, once what it shows has settled."""
    places = {"HOME": home, "REVIEWER_DATA": home / "data", "XDG_CONFIG_HOME": home / "config",
              "XDG_CACHE_HOME": home / "cache"}  # fmt: skip
    environment = {**screen.environment, **{name: str(place) for name, place in places.items()}}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        screen.settle(2.5)
        yield process
    finally:
        end(process)
        screen.settle(0.5, 3.0)


def stepped(screen: Screen, chord: str, steps: int, pace: float, warm: int = 2) -> list[Step]:
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


def own(screen: Screen, case: Path, home: Path, steps: int) -> Figures:
    """Everything that is asked of this program."""
    with running(screen, [sys.executable, "-m", "reviewer", "open", str(case)], home) as process:
        screen.press("F11")
        screen.settle()
        found = figures_of("next", stepped(screen, "Right", steps, 0.6))
        found["memory, all processes (MB)"] = family_memory(process.pid) * 1.048576
        screen.press("Home")
        screen.settle()
        jumps = stepped(screen, "ctrl+Right", min(steps, 20), 0.6)
        found |= figures_of("jump", jumps)
        for rate in (10, 30):
            runs = []
            for _time in range(3):
                screen.press("Home")
                screen.settle(2.0)
                runs.append(screen.held("Right", rate, 2.5))
            found[f"{rate} keys a second, pictures a second"] = min(shown for shown, _after in runs)
            found[f"{rate} keys a second, last one sharp (ms)"] = max(after for _shown, after in runs)
        found["to 100 % (ms)"] = median(_zooms(screen))
        found["memory at the end, all processes (MB)"] = family_memory(process.pid) * 1.048576
    return found


def _zooms(screen: Screen) -> list[float]:
    """From a photograph that has just come to its pixels one to one."""
    found = []
    for _time in range(10):
        screen.step("Left")
        step = screen.step("z")
        if step is not None:
            found.append(step.sharp)
        screen.press("ctrl+0")
        screen.settle(0.5)
    return found or [float("inf")]


def peer(screen: Screen, name: str, first: Path, home: Path, steps: int) -> Figures:
    command, chord, setup = PEERS[name]
    with running(screen, command(first), home):
        for each in setup:
            screen.press(each)
            screen.settle()
        return figures_of("next", stepped(screen, chord, steps, 0.6))


def during_ingest(screen: Screen, folder: Path, home: Path, steps: int) -> Figures:
    """Paging in a demonstration case while its photographs are drawn and ingested on both cores."""
    command = [sys.executable, "-m", "reviewer", "demo", str(folder / "demo"), "--photos", "1500", "--bare"]
    with running(screen, command, home):
        screen.press("F11")
        time.sleep(2.0)
        found = figures_of("while ingesting, next", stepped(screen, "Right", steps, 0.3))
    return found


def made_case(folder: Path, photographs: Path) -> Path:
    case = folder / "bench.case"
    for arguments in (
        ["new", str(case), "--name", "Bench", "--examiner", "Bench", "--unencrypted"],
        ["ingest", str(case), str(photographs)],
    ):
        subprocess.run(
            [sys.executable, "-m", "reviewer", *arguments], check=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
    return case


def judged(size: int, ours: Figures, others: dict[str, Figures]) -> list[str]:
    """What was lost: one sentence each."""
    lost = []
    for name, bound in BOUNDS.items():
        bound *= 2 if size == 24 and name in _GROWING else 1
        if name in ours and ours[name] > bound:
            lost.append(f"{name}: {ours[name]:.1f}, the bound is {bound:.0f}")
    for name, figures in others.items():
        if figures.get("next, sharp (ms)", 0) <= ours["next, sharp (ms)"]:
            lost.append(f"{name} is not slower: {figures['next, sharp (ms)']:.1f} ms")
    return lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, choices=sorted(SIZES), default=12, help="megapixels")
    parser.add_argument("--photos", type=int, default=160)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--peers", action="store_true", help="also feh, geeqie and qimgv where installed")
    parser.add_argument("--during-ingest", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    screen = Screen()
    try:
        with TemporaryDirectory(prefix="paging") as name:
            folder = Path(name)
            make_photographs(folder / "photographs", options.photos, *SIZES[options.size], group=7)
            ours = own(screen, made_case(folder, folder / "photographs"), folder / "home", options.steps)
            if options.during_ingest:
                ours |= during_ingest(screen, folder, folder / "home", options.steps)
            others = {}
            if options.peers:
                make_photographs(folder / "flat", options.steps + 6, *SIZES[options.size])
                first = folder / "flat" / "IMG_0000.JPG"
                others = {
                    each: peer(screen, each, first, folder / "home", options.steps)
                    for each in PEERS
                    if shutil.which(each)
                }
    finally:
        screen.close()
    _print(options.size, ours, others, options.json)
    lost = judged(options.size, ours, others)
    for each in lost:
        print(f"LOST  {each}", file=sys.stderr)
    sys.exit(bool(lost))


def _print(size: int, ours: Figures, others: dict[str, Figures], as_json: bool) -> None:
    if as_json:
        print(json.dumps({"megapixels": size, "ours": ours, "peers": others}))
        return
    print(f"{size} megapixels, 1920 x 1080")
    for name, value in ours.items():
        print(f"  {name:<48} {value:8.1f}")
    for name, figures in others.items():
        ratio = figures.get("next, sharp (ms)", float("inf")) / ours["next, sharp (ms)"]
        shown = ", ".join(f"{key.removeprefix('next, ')} {value:.1f}" for key, value in figures.items())
        print(f"  {name:<10} {shown}; {ratio:.1f} times ours")


if __name__ == "__main__":
    main()
