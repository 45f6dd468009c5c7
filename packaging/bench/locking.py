"""What a lock leaves in memory, and what it costs, from outside (Linux).

    python packaging/bench locking [--runs 3] [--seconds 60]     on a virtual screen; needs root

Each run starts the program on its own copy of one encrypted case, reads, writes a note, locks by key, and
unlocks. In the first the memory of all processes is looked through while unlocked, once locked, and so many
seconds later: that needs root or the right to trace. Exits 1 when anything is left.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

from measuring import family_memory, find_passphrase, finish, in_folder, list_family, make_parser, median
from outside import make_case, opened, unlock
from photographs import make_photographs
from remains import can_be_read, count_remains, list_sought
from screen import Screen

from reviewer.services.case.opening import open_case

NOTE, FILE = "zygomaticarch", "tibia{:03}namedrarely.jpg"
Figures = dict[str, float]


def read_and_note(screen: Screen) -> None:
    for key in ("Right", "Right", "Left"):
        screen.press(key)
        screen.settle(0.7)
    screen.press("s")
    screen.settle(0.5)
    for letter in NOTE:
        screen.press(letter)
    screen.press("Escape")
    screen.settle(1.0)


def lock(screen: Screen, process: subprocess.Popen[bytes]) -> float:
    """Seconds from the key until the page takes a passphrase."""
    before = set(list_family(process.pid))
    began = time.perf_counter()
    screen.press("ctrl+l")
    screen.wait_until(lambda: _has_taken_over(process.pid, before), "another process")
    seconds = time.perf_counter() - began
    screen.wait_for_caret()
    return seconds


def _has_taken_over(pid: int, before: set[int]) -> bool:
    """What takes over starts what decodes once the process before is gone."""
    new = set(list_family(pid)) - before
    return b"stand_in.py" in _words_of(pid) and any(b"fork_server" in _words_of(process) for process in new)


def _words_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def run_one(screen: Screen, case: Path, seconds: float | None) -> Figures:
    """Times and memory of one sitting; what was found in memory too, if `seconds` is not None."""
    found: Figures = {}
    with in_folder(None) as folder:
        passphrase = find_passphrase(case)
        opened_case = open_case(case, passphrase, read_only=True)
        sought = list_sought(opened_case.keys, passphrase or "", NOTE, [FILE.format(0), FILE.format(1)])
        opened_case.close()
        copy = Path(shutil.copytree(case, folder / "copy.case"))
        with opened(screen, copy, folder / "home") as (process, clock, _processor):
            pid = process.pid
            if not can_be_read(pid):
                raise RuntimeError("the memory of another process cannot be read; run this as root")
            found["first opening, Enter to photograph (s)"] = clock
            read_and_note(screen)
            if seconds is not None:
                found["kinds in memory, unlocked"] = len(count_remains(pid, sought))
            found["lock to a page that takes a passphrase (s)"] = lock(screen, process)
            if seconds is not None:
                found["kinds in memory, locked"] = len(count_remains(pid, sought))
                time.sleep(seconds)
                found["kinds in memory, locked, later"] = len(count_remains(pid, sought))
            found["memory while locked, all processes (MiB)"] = family_memory(pid)
            clock, processor = unlock(screen, pid)
            screen.settle(1.0)
            found["unlocking, Enter to photograph (s)"] = clock
            found["the same, processor time of all processes (s)"] = processor
            found["memory unlocked again, all processes (MiB)"] = family_memory(pid)
    return found


def _make_case(folder: Path) -> Path:
    make_photographs(folder / "photographs", 12, 1600, 1200)
    for number, path in enumerate(sorted((folder / "photographs").iterdir())):
        path.rename(path.with_name(FILE.format(number)))
    return make_case(folder, folder / "photographs", is_encrypted=True)


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    if options.unencrypted:
        parser.error("a case that is not encrypted cannot be locked")
    screen = Screen(1366, 768)
    try:
        with in_folder(None) as folder:
            case = _make_case(folder)
            runs = [
                run_one(screen, case, options.seconds if not run else None) for run in range(options.runs)
            ]
    finally:
        screen.close()
    figures = {name: median([run[name] for run in runs if name in run]) for name in runs[0]}
    lost = [f"{name}: {value:.0f}" for name, value in figures.items() if "memory, locked" in name and value]
    finish("locking", figures, options, lost)


if __name__ == "__main__":
    main()
