"""What the benchmarks share: medians, memory of a process and its children, a table and JSON."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType


def median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class PeakMemory:
    """The largest memory, in MiB, that this process and all its children held together (Linux).

    Proportional set size: what processes share counts once.
    """

    def __init__(self) -> None:
        self.peak = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.25):
            self.peak = max(self.peak, sum(map(_memory_of, _family(os.getpid()))))


def family_memory(pid: int) -> float:
    """MiB that a process and all its children hold together (proportional set size, Linux)."""
    return sum(map(_memory_of, _family(pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = thread.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _memory_of(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def report(title: str, figures: dict[str, float | int | str], as_json: bool) -> None:
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
    """A folder to work in: the one given, kept, or a temporary one."""
    import tempfile

    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="reviewer-bench-") as made:
        yield Path(made)
