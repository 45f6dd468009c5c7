"""A confined process that tries what it must not be able to do, and tells what was refused.

    python -m reviewer.media.workers.probe [--channel N] [--unfiltered]

It is asked by the self-test, never while photographs are read. A request names a folder; the answer has in
"refused" the names of ATTEMPTS that the system did not allow.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from reviewer.media.workers.serving import Work, WorkerMessage, run_worker

COMMAND = (sys.executable, "-m", "reviewer.media.workers.probe")
SENT = "probe"
"""What the attempt to write would leave."""


def main(arguments: list[str]) -> None:
    """Answer until standard input ends."""
    run_worker(arguments, lambda: Work(_answer_request, lambda: None))


def _answer_request(request: WorkerMessage, _data: memoryview, _room: memoryview) -> WorkerMessage:
    folder = Path(request["folder"])
    return {
        "ok": True,
        "refused": [name for name, attempt in ATTEMPTS.items() if _is_refused(attempt, folder)],
    }


def _is_refused(attempt: Callable[[Path], object], folder: Path) -> bool:
    try:
        attempt(folder)
    except (OSError, subprocess.SubprocessError):
        return True
    return False


def _read_file(_folder: Path) -> None:
    with Path(__file__).open("rb") as file:
        file.read(1)


def _write_file(folder: Path) -> None:
    with (folder / SENT).open("wb", buffering=0) as file:
        file.write(b"written")


def _open_network(_folder: Path) -> None:
    """A socket that is bound to this machine alone: nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as made:
        made.bind(("127.0.0.1", 0))


def _start_process(_folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-I", "-S", "-c", ""], check=True, stdin=subprocess.DEVNULL, env=os.environ
    )


ATTEMPTS: dict[str, Callable[[Path], None]] = {
    "reading files": _read_file,
    "writing files": _write_file,
    "the network": _open_network,
    "starting programs": _start_process,
}

if __name__ == "__main__":
    main(sys.argv[1:])
