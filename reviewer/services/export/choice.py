"""What of a Case is exported: everything as it stands, or what a query finds, of whom, as of which entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewer.domain.people.individual_names import follow_mergers
from reviewer.domain.search.query import format_query, parse_query
from reviewer.services.case.snapshot import Snapshot
from reviewer.services.search import search
from reviewer.storage.people import people
from reviewer.storage.shared import shared_rows


@dataclass(frozen=True)
class ExportChoice:
    """`query` chooses photographs, "" all of them; `examiners` (ids) are those whose Readings are told, () is
    everybody; `entries` says as of which entry of the ledger, None as the Case stands. With `mark` a CSV file
    begins with the mark of UTF-8 (three bytes), by which Excel knows it."""

    query: str = ""
    examiners: tuple[str, ...] = ()
    entries: int | None = None
    mark: bool = False


EVERYTHING = ExportChoice()


@dataclass(frozen=True)
class ExportScope:
    """What an ExportChoice chooses at a Snapshot: `photos` (SHA-256) and `individuals` (ids), None for all.

    An Individual is chosen if one of its photographs is. `query` is in its canonical form.
    """

    query: str = ""
    examiners: tuple[str, ...] = ()
    photos: frozenset[str] | None = None
    individuals: frozenset[str] | None = None

    def has_photo(self, photo: str) -> bool:
        return self.photos is None or photo in self.photos

    def has_individual(self, id_: str) -> bool:
        return self.individuals is None or id_ in self.individuals

    def includes_examiner(self, examiner: str) -> bool:
        return not self.examiners or examiner in self.examiners

    def about_facts(self, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the facts every export states about the choice; none if everything was chosen."""
        if self.query:
            yield "query", self.query
            yield "photographs_chosen", str(len(self.photos or ()))
        if self.examiners:
            yield "readings_of", "; ".join(names.get(examiner, examiner) for examiner in self.examiners)


def resolve_scope(moment: Snapshot, wish: ExportChoice) -> ExportScope:
    """Resolve what is chosen. QueryError if the query makes no sense. A query asks the Readings of the one
    Examiner named, or of all where none or several are."""
    if not wish.query.strip():
        return ExportScope(examiners=wish.examiners)
    asked = wish.examiners[0] if len(wish.examiners) == 1 else None
    photos = search.find_photos(moment, wish.query, asked).photos
    canonical = format_query(parse_query(wish.query, moment.vocabulary))
    return ExportScope(canonical, wish.examiners, frozenset(photos), _find_individuals(moment, photos))


def _find_individuals(moment: Snapshot, photos: Sequence[str]) -> frozenset[str]:
    """Return the Individuals of these Photos, after mergers."""
    with moment.store.read() as connection:
        merged = shared_rows.load_mergers(connection)
        found = set(people.load_individual_by_photo(connection, photos).values())
    return frozenset(follow_mergers(merged, individual) for individual in found)
