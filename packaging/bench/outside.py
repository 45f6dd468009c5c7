"""The program from outside: by its command line, and on a virtual screen by keys.

Nothing of it is imported here, so that this fits any revision that has these verbs and this page: whichever
`PYTHONPATH` names first.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from measuring import PASSPHRASE, count_processor_seconds, find_passphrase
from screen import Screen, end

PROGRAM = (sys.executable, "-P", "-m", "reviewer")
NEW = ("--name", "Bench", "--examiner", "Bench")


def list_words(folder: Path, verb: str, *arguments: str, is_encrypted: bool) -> list[str]:
    """A verb of the command line; `folder` takes the file with the passphrase."""
    secret = folder / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    plain = ["--unencrypted"] if verb == "new" else []
    return [*PROGRAM, verb, *arguments, *(["--passphrase-file", str(secret)] if is_encrypted else plain)]


def make_case(folder: Path, photographs: Path, *, is_encrypted: bool) -> Path:
    """A case in which the photographs are ingested."""
    case = folder / "bench.case"
    for arguments in (("new", str(case), *NEW), ("ingest", str(case), str(photographs))):
        words = list_words(folder, *arguments, is_encrypted=is_encrypted)
        told = subprocess.run(words, capture_output=True, text=True)
        if told.returncode:
            raise RuntimeError(f"reviewer {arguments[0]} ended with {told.returncode}: {told.stderr.strip()}")
    return case


@contextmanager
def running(
    screen: Screen, command: Sequence[str], home: Path, is_there: Callable[[], bool] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program on the screen, with a home of its own, once `is_there` says so: a window that fills the
    screen unless something else is said."""
    home.mkdir(parents=True, exist_ok=True)
    places = {"HOME": home, "REVIEWER_DATA": home / "data", "XDG_CONFIG_HOME": home / "config",
              "XDG_CACHE_HOME": home / "cache"}  # fmt: skip
    environment = {**screen.environment, **{name: str(place) for name, place in places.items()}}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        screen.wait_until(is_there or screen.has_window, "a window")
        yield process
    finally:
        end(process)
        screen.settle(0.5, 3.0)


@contextmanager
def opened(screen: Screen, case: Path, home: Path) -> Iterator[tuple[subprocess.Popen[bytes], float, float]]:
    """The program with a case on the screen, its first photograph shown.

    Also the seconds until then, by the clock and of all processes: from Enter after the passphrase, and from
    the start of the program where none is asked for.
    """
    began = time.perf_counter()
    with running(screen, [*PROGRAM, "open", str(case)], home) as process:
        if find_passphrase(case) is None:
            screen.wait_until(screen.has_photograph, "a photograph")
            told = time.perf_counter() - began, count_processor_seconds(process.pid)
        else:
            screen.wait_for_caret()
            told = unlock(screen, process.pid)
        screen.settle(1.0, 10.0)
        yield process, *told


def unlock(screen: Screen, pid: int) -> tuple[float, float]:
    """Type the passphrase: seconds from Enter to a photograph, by the clock and of all processes."""
    for letter in PASSPHRASE:
        screen.press(letter)
    time.sleep(0.3)
    spent, began = count_processor_seconds(pid), time.perf_counter()
    screen.press("Return")
    screen.wait_until(screen.has_photograph, "a photograph")
    return time.perf_counter() - began, count_processor_seconds(pid) - spent


def keep_collection(folder: Path, photographs: int, *, is_encrypted: bool) -> Path:
    """The large case in `folder`: the one that is there, or a new one, made by a process of its own."""
    case = folder / "collection.case"
    if not case.exists():
        command = [sys.executable, str(Path(__file__).with_name("collection.py")), str(folder)]
        more = [] if is_encrypted else ["--unencrypted"]
        subprocess.run([*command, "--photos", str(photographs), *more], check=True, stdout=subprocess.DEVNULL)
    return case
