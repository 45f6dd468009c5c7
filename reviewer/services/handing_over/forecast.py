"""What a report, an export, a court pack or redacted copies will hold, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.figures.figures import CountedUnit
from reviewer.domain.people.individual_names import follow_mergers, merge_statements
from reviewer.domain.search.query import format_query, parse_query
from reviewer.domain.search.selection import QuerySelection, find_query_selection
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.snapshot import Snapshot, open_snapshot
from reviewer.services.counting.cohort import gather_cohort
from reviewer.services.jobs import JobControl
from reviewer.services.search import search
from reviewer.storage import summary_rows
from reviewer.storage.people import people
from reviewer.storage.photos import photos as photo_rows
from reviewer.storage.shared import redactions, shared_rows


class HandedKind(StrEnum):
    """What is handed over."""

    REPORT = "report"
    EXPORT = "export"
    PACK = "pack"
    COPIES = "copies"


@dataclass(frozen=True)
class HandedWish:
    """`query` chooses photographs: "" all, None no photograph. `examiners` (ids) are those whose Readings are
    told, () everybody; `asked` is the one whose Readings the query asks, None everybody; `entries` says as of
    which entry, None as the Case stands; `individual` is the id of the one a report is about, "" for all."""

    kind: HandedKind
    query: str | None = ""
    examiners: tuple[str, ...] = ()
    asked: str | None = None
    entries: int | None = None
    individual: str = ""


@dataclass(frozen=True)
class Forecast:
    """The query finds `hits`; `photos` of `all_photos` Photos, and `individuals` of `all_individuals`
    accepted ones, are in it, with `findings`; `complete` of these Photos have a complete Reading. `left_out`
    tells reasons with numbers. `redacted` have areas to redact; `size` are the bytes of the originals.
    `canonical` is the query as it was read, and `choice` whether it speaks of what is counted."""

    hits: int
    individuals: int
    all_individuals: int
    photos: int
    all_photos: int
    complete: int
    findings: int
    redacted: int
    size: int
    entries: int
    at: str
    canonical: str
    choice: QuerySelection
    left_out: tuple[tuple[str, CountedUnit, int], ...] = ()


def forecast(case: OpenCase, wish: HandedWish, control: JobControl) -> Forecast:
    """Count what will be in it; for a job. QueryError where the query makes no sense, KnownError if there are
    not so many entries."""
    with open_snapshot(case, control, wish.entries) as moment:
        if wish.kind is HandedKind.REPORT:
            return _forecast_report(moment, wish)
        return _forecast_photos(moment, wish)


def _forecast_report(moment: Snapshot, wish: HandedWish) -> Forecast:
    """Individuals are counted by all of their photographs, as figures are."""
    query = wish.query or ""
    found = gather_cohort(moment, query, wish.examiners)
    left_out = tuple(
        (excluded.why, excluded.unit, len(excluded.ids)) for excluded in found.list_excluded() if excluded.ids
    )
    everybody = len(found.members) + len(found.not_chosen)
    whole = len(found.worklist.items)
    hits = search.count_photos(moment, query, wish.asked).count
    if wish.individual:
        photos = found.people.get(wish.individual, ())
        return _make_forecast(moment, wish, hits, photos, (1 if photos else 0, everybody), whole)
    people_counted = len(found.people), everybody
    return _make_forecast(moment, wish, hits, found.counted, people_counted, whole, left_out)


def _forecast_photos(moment: Snapshot, wish: HandedWish) -> Forecast:
    everything = search.find_photos(moment, "", None).photos
    chosen: tuple[str, ...] = everything
    if wish.query is None:
        chosen = ()
    elif wish.query.strip():
        chosen = search.find_photos(moment, wish.query, wish.asked).photos
    with moment.store.read() as connection:
        merged = shared_rows.load_mergers(connection)
        owners = set(people.load_individual_by_photo(connection, chosen).values())
        accepted = merge_statements(people.load_individuals(connection).values())
    shown = {follow_mergers(merged, owner) for owner in owners}
    counts = len(shown), len(accepted)
    return _make_forecast(moment, wish, len(chosen), chosen, counts, len(everything))


def _make_forecast(
    moment: Snapshot,
    wish: HandedWish,
    hits: int,
    chosen: tuple[str, ...],
    individuals: tuple[int, int],
    all_photos: int,
    left_out: tuple[tuple[str, CountedUnit, int], ...] = (),
) -> Forecast:
    query = wish.query or ""
    examiners = wish.examiners or None
    with moment.store.read() as connection:
        complete = summary_rows.count_complete_photos(connection, examiners, chosen)
        findings = summary_rows.count_findings(connection, examiners, chosen)
        areas = redactions.load_redactions(connection)
        size = photo_rows.sum_sizes(connection, chosen)
    asked = parse_query(query, moment.vocabulary)
    return Forecast(
        hits,
        individuals[0],
        individuals[1],
        len(chosen),
        all_photos,
        complete,
        findings,
        sum(photo in areas for photo in chosen),
        size,
        moment.entries,
        moment.at,
        format_query(asked) if query.strip() else "",
        find_query_selection(asked, search.load_lists(moment), moment.vocabulary),
        left_out,
    )
