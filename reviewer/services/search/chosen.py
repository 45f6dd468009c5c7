"""What a choice of photographs comes to, before anything is written of them."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.jobs import JobControl
from reviewer.services.search import search


@dataclass(frozen=True)
class Chosen:
    """`photos` of `all` photographs of the Case after `entries` entries; `canonical` is the query."""

    photos: int
    all: int
    entries: int
    canonical: str


def count_chosen(
    case: OpenCase, query: str, examiner: str | None, entries: int | None, control: JobControl
) -> Chosen:
    """Count what a query finds as of an entry, or as the Case stands with None; for a job.

    Readings asked are those of `examiner` (an id), of everybody with None. QueryError where the query makes
    no sense, KnownError if there are not so many entries.
    """
    with open_snapshot(case, control, entries) as moment:
        found = search.count_photos(moment, query, examiner)
        everything = search.count_photos(moment, "", None).count
        return Chosen(found.count, everything, moment.entries, found.canonical)
