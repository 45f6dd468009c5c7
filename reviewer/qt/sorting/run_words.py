"""What the runs that can be sorted at once are called."""

from __future__ import annotations

from reviewer.services.reading.sorting import PhotoRun, RunKind

RUN_NAMES = {
    RunKind.INDIVIDUAL: "the rest of this individual",
    RunKind.FOLDER: "the rest of this folder",
    RunKind.TO_NEXT_SORTED: "up to the next one sorted",
}
_SENTENCES = {
    RunKind.INDIVIDUAL: "for {count:,} photographs: the rest of this individual. None of them is sorted yet.",
    RunKind.FOLDER: "for {count:,} photographs: the rest of this folder. None of them is sorted yet.",
    RunKind.TO_NEXT_SORTED: (
        "for {count:,} photographs: from here up to the next one that is sorted. None of them is sorted yet."
    ),
}


def describe_run(run: PhotoRun) -> str:
    """Which photographs, and how many, get the category that stands before this sentence."""
    return _SENTENCES[run.kind].format(count=len(run.positions))
