"""What one run of ingest did, in numbers and in sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class IngestResult:
    """What one run did; `names` = `known` + `photos` + `duplicates` + `problems` + `left_out`.

    `files` are those of the names that are regular files; `known` had a row before, which stands. `again` of
    the names were looked at again, `replaced` of them have a new row beside the old one, `changed` of these
    because another content was there. `told` are sentences about other Sources that hold the same files.
    """

    source: str
    names: int
    files: int
    known: int
    photos: int
    duplicates: int
    problems: int
    left_out: int
    again: int
    replaced: int
    changed: int
    finished: bool
    told: tuple[str, ...] = ()
    doubted: int = 0
    """Files that were told otherwise by a decoding process that had seen other files, and asked anew."""


def describe_counts(result: IngestResult) -> str:
    """Describe all names met, by outcome."""
    return (
        f"{result.names:,} names met = {result.photos:,} new photos + {result.duplicates:,} duplicates + "
        f"{result.problems:,} problems + {result.left_out:,} left out + {result.known:,} known before"
    )


def describe_run(result: IngestResult) -> str:
    """Say that every name is accounted for, or that the run was stopped, and what it brought."""
    ended = "Every name is accounted for" if result.finished else "Stopped; what was done stays"
    new = result.names - result.known
    return f"{ended}: {new:,} names are new, {result.known:,} were known before."


def describe_details(result: IngestResult) -> list[str]:
    """Describe what the counts do not say, each in a whole sentence."""
    said = []
    if result.again:
        said.append(
            f"Names examined again, because they were no photograph or look different now: {result.again:,}; "
            f"of these, {result.replaced:,} have a new row beside the old one."
        )
    if result.changed:
        said.append(
            f"Files with another content than when they were ingested: {result.changed:,}. "
            "The photographs of before stay with their readings."
        )
    if result.doubted:
        said.append(
            "Files examined once more, for a decoding process gave a wrong answer about them: "
            f"{result.doubted:,}."
        )
    return [*said, *result.told]
