"""What the benchmarks share: options, medians, what a process and its children cost, a table and JSON.

Nothing of the program is imported here: this runs beside any revision of it.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

PASSPHRASE = "measuringpaddlesoverslateroof"
"""Of every case that is made for measuring, unless it is not encrypted."""
Figures = Mapping[str, float | int | str]
_TICKS = os.sysconf("SC_CLK_TCK")


def make_parser(description: str | None) -> argparse.ArgumentParser:
    """The options that all benchmarks have. Whoever is asked to end clears away what it began."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--unencrypted", action="store_true", help="cases that are not encrypted")
    parser.add_argument("--unbounded", action="store_true", help="end with 0 whatever was measured")
    parser.add_argument("--json", action="store_true")
    return parser


def finish(title: str, figures: Figures, options: argparse.Namespace, lost: Sequence[str] = ()) -> None:
    """Print the figures and what was lost, a sentence each; the status is 1 if anything was."""
    report(title, figures, options.json)
    for sentence in lost:
        print(f"LOST  {sentence}", file=sys.stderr)
    sys.exit(bool(lost) and not options.unbounded)


def find_passphrase(case: Path) -> str | None:
    """The passphrase of a case made for measuring, None if it is not encrypted."""
    return PASSPHRASE if json.loads((case / "keys.json").read_text(encoding="utf-8"))["cipher"] else None


def median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Watch:
    """What a process and all its children cost, looked at ten times a second (Linux).

    `peak` is the most memory, in MiB, that they held together; what processes share counts once
    (proportional set size). `processor` is the seconds of the processors they had used at the last look.
    """

    def __init__(self, pid: int = 0) -> None:
        self.peak = self.processor = 0.0
        self._pid = pid or os.getpid()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            self.peak = max(self.peak, family_memory(self._pid))
            self.processor = max(self.processor, count_processor_seconds(self._pid))


def family_memory(pid: int) -> float:
    """MiB that a process and all its children hold together (proportional set size, Linux)."""
    return sum(map(memory_of, list_family(pid)))


def count_processor_seconds(pid: int) -> float:
    """What a process and all its children have used of the processors, ended ones too (Linux)."""
    return sum(map(_processor_seconds, list_family(pid)))


def _processor_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS


def list_family(pid: int) -> Iterator[int]:
    """A process and all its descendants."""
    yield pid
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:  # it has ended meanwhile
        return
    for thread in threads:
        try:
            children = Path(f"/proc/{pid}/task/{thread}/children").read_text().split()
        except OSError:
            continue
        for child in children:
            yield from list_family(int(child))


def memory_of(pid: int) -> float:
    """MiB that one process holds (proportional set size, Linux); 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def time_additions() -> float:
    """Seconds of the processor that ten million additions take: figures of machines, and of hours, compare
    by their ratio to it. The median of three."""
    found = []
    for _run in range(3):
        began, total = time.process_time(), 0
        for _number in range(10_000_000):
            total = total + 1
        found.append(time.process_time() - began)
    return median(found)


def report(title: str, figures: Figures, as_json: bool) -> None:
    """Print figures by name, or one JSON object."""
    if as_json:
        print(json.dumps({"benchmark": title, **figures}))
        return
    print(title)
    for name, value in figures.items():
        shown = (
            f"{value:,.2f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value
        )
        print(f"  {name:<52} {shown:>12}")


@contextmanager
def in_folder(folder: Path | None) -> Iterator[Path]:
    """A folder to work in: the one given, kept, or a temporary one.

    The account of the program is a new one, so that nothing is written into that of whoever measures.
    """
    with tempfile.TemporaryDirectory(prefix="reviewer-bench-") as made:
        os.environ["REVIEWER_DATA"] = str(Path(made) / "account")
        place = folder or Path(made) / "work"
        place.mkdir(parents=True, exist_ok=True)
        yield place
