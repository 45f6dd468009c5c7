"""What `compare` compares: its parts, the bench of each, and which of its figures count."""

from __future__ import annotations

from dataclasses import dataclass

BOUND = 1.10


@dataclass(frozen=True)
class Figure:
    """A figure that a bench prints. `by_clock`: it says little on a busy machine. `more`: more is better."""

    name: str
    by_clock: bool = False
    more: bool = False


@dataclass(frozen=True)
class Part:
    """`options` are those of a whole run, `quick` those of a small one.

    `collection` is the option by which the bench takes the large case, "" if it takes none. `is_outside`: the
    bench imports nothing of the program, and so is the same for every revision.
    """

    name: str
    bench: str
    options: tuple[str, ...]
    quick: tuple[str, ...]
    figures: tuple[Figure, ...]
    collection: str = ""
    is_outside: bool = False

    def describe_own(self) -> str:
        """What is said where an older revision's own bench is run: those that make no cases of both kinds
        make them without encryption, and then the present program is measured so as well."""
        return "its own bench" if self.bench == "acts" else "its own bench, both without encryption"


_PAGING = (
    Figure("next, sharp (ms)", by_clock=True),
    Figure("next, processor (ms)"),
    Figure("jump, sharp (ms)", by_clock=True),
    Figure("jump, processor (ms)"),
    Figure("jump back, sharp (ms)", by_clock=True),
    Figure("jump back, processor (ms)"),
    Figure("30 keys a second, pictures a second", by_clock=True, more=True),
    Figure("30 keys a second, last one sharp (ms)", by_clock=True),
    Figure("memory, all processes (MB)"),
)
_WHOLE_PAGING = ("--size", "12")
_QUICK_PAGING = (
    "--size",
    "2",
    "--photos",
    "60",
    "--steps",
    "12",
    "--pause",
    "0.3",
    "--held",
    "1",
    "--holds",
    "1",
)
_INGEST = (
    Figure("files per second (median)", by_clock=True, more=True),
    Figure("processor for a file (ms, median)"),
    Figure("peak memory, all processes (MiB)"),
)


def _ingest(size: str, photos: int, quick: int) -> Part:
    options = ("--runs", "1", "--size", size, "--photos")
    name = f"ingest of {size} megapixels"
    return Part(name, "ingest", (*options, str(photos)), (*options, str(quick)), _INGEST, is_outside=True)


PARTS = (
    Part("paging", "paging", _WHOLE_PAGING, _QUICK_PAGING, _PAGING, is_outside=True),
    Part(
        "paging without encryption",
        "paging",
        (*_WHOLE_PAGING, "--unencrypted"),
        (*_QUICK_PAGING, "--unencrypted"),
        _PAGING,
        is_outside=True,
    ),
    Part(
        "window",
        "inside",
        ("--moves", "0"),
        ("--moves", "0", "--photos", "40", "--steps", "12", "--pause", "0.1"),
        (
            Figure("next, to photograph painted (ms of the thread)"),
            Figure("next, to everything painted (ms of the thread)"),
            Figure("jump, to photograph painted (ms of the thread)"),
            Figure("jump, to everything painted (ms of the thread)"),
            Figure("key held, to photograph painted (ms of the thread)"),
            Figure("key held, to everything painted (ms of the thread)"),
            Figure("tag to saved (ms, median)", by_clock=True),
        ),
    ),
    _ingest("0.2", 2_000, 200),
    _ingest("2", 400, 60),
    _ingest("12", 100, 16),
    Part(
        "acts",
        "acts",
        ("--acts", "210", "--before", "5000"),
        ("--acts", "70", "--before", "300"),
        (
            Figure("an act, encrypted (ms of processor)"),
            Figure("key press to committed, encrypted (ms)", by_clock=True),
            Figure("key press to committed, not encrypted (ms)", by_clock=True),
        ),
    ),
    Part(
        "search",
        "search",
        ("--cpu",),
        ("--cpu",),
        (Figure("all questions (ms)"), Figure("opened with its worklist (ms)")),
        collection="--folder",
    ),
    Part(
        "opening",
        "opening",
        ("--runs", "1"),
        ("--runs", "1"),
        (
            Figure("to the first photograph (s by the clock)", by_clock=True),
            Figure("to the first photograph (s of processor, all processes)"),
            Figure("memory, all processes (MiB)"),
        ),
        collection="--folder",
        is_outside=True,
    ),
    Part(
        "gallery",
        "gallery",
        ("--seconds", "5"),
        ("--seconds", "2"),
        (
            Figure("gallery shown (ms)", by_clock=True),
            Figure("rows of all photographs read (ms)", by_clock=True),
            Figure("a frame (ms of the thread)"),
            Figure("a frame late, end to end, by individual (ms, median)", by_clock=True),
            Figure("5,000 selected photographs sorted and shown (ms)", by_clock=True),
            Figure("peak memory, all processes (MiB)"),
        ),
        collection="--case",
    ),
    Part(
        "counting",
        "reports",
        ("--sheets", "5"),
        ("--sheets", "2"),
        (
            Figure("counting (s of processor)"),
            Figure("peak memory (MiB, limit 953)"),
        ),
        collection="--folder",
    ),
    Part(
        "memory over time",
        "memory",
        (),
        ("--rounds", "3", "--held", "1.5", "--photos", "40"),
        (
            Figure("after opening (MiB)"),
            Figure("in the last third (MiB)"),
            Figure("last third / second third"),
        ),
        is_outside=True,
    ),
)


def select_parts(names: str) -> list[Part]:
    """Those whose names begin so, all without a name; empty if one begins like none."""
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    if any(not any(part.name.startswith(name) for part in PARTS) for name in wanted):
        return []
    return [part for part in PARTS if not wanted or any(part.name.startswith(name) for name in wanted)]
