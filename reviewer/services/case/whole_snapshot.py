"""Everything a Snapshot holds, for a face that only reads: Photos with all Readings, and Individuals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.grouping import group_pairs
from reviewer.domain.names import path_to_text
from reviewer.domain.people.individual import Individual
from reviewer.domain.people.individual_names import find_merge_root, make_individual_label, merge_statements
from reviewer.services.case.snapshot import Snapshot
from reviewer.storage.evidence import case_rows
from reviewer.storage.people import people
from reviewer.storage.shared import shared_rows
from reviewer.storage.whole_photos import ExportedPhoto, iterate_exported_photos

__all__ = ["AcceptedIndividual", "LocatedPhoto", "WholeCase", "make_whole_case"]


@dataclass(frozen=True)
class LocatedPhoto:
    """A Photo with everything known of it, the folder of its Source and the path below it, as text; "" of a
    Photo without a file. `individual` is the id of whom it shows by now, after mergers."""

    whole: ExportedPhoto
    source: str
    path: str
    individual: str


@dataclass(frozen=True)
class AcceptedIndividual:
    """An accepted Individual that was not merged into another: what is stated of it and of those merged into
    it, and its Photos (SHA-256) in the order of ingest."""

    id: str
    label: str
    individual: Individual
    photos: tuple[str, ...]


@dataclass(frozen=True)
class WholeCase:
    """The contents of one Snapshot, read on demand."""

    moment: Snapshot

    def iterate_photos(self) -> Iterator[LocatedPhoto]:
        """Yield every Photo in the order of ingest, read or not, with some hundred in memory at a time."""
        with self.moment.store.read() as connection:
            roots = {source.id: source.path for source in case_rows.load_sources(connection)}
            individuals = people.load_individuals(connection)
            for photo in iterate_exported_photos(connection):
                first = photo.files[0] if photo.files else None
                source = roots.get(first.source, "") if first else ""
                path = path_to_text(first.path) if first else ""
                yield LocatedPhoto(photo, source, path, find_merge_root(individuals, photo.individual))

    def list_individuals(self) -> list[AcceptedIndividual]:
        """Return every accepted Individual, in the order in which their first Photos were ingested; those
        without a Photo come last."""
        with self.moment.store.read() as connection:
            individuals = people.load_individuals(connection)
            order = [photo.sha256 for photo in people.load_photos_for_proposals(connection)]
            placed = shared_rows.load_assignments(connection)
        standing = merge_statements(individuals.values())
        owners = (
            (find_merge_root(individuals, placed[photo][1]), photo) for photo in order if photo in placed
        )
        members = group_pairs((owner, photo) for owner, photo in owners if owner in standing)
        ids = [*members, *(id_ for id_ in standing if id_ not in members)]
        return [
            AcceptedIndividual(
                id_, make_individual_label(standing[id_], number), standing[id_], tuple(members.get(id_, ()))
            )
            for number, id_ in enumerate(ids, start=1)
        ]


def make_whole_case(moment: Snapshot) -> WholeCase:
    """Return the contents of a Snapshot, read on demand."""
    return WholeCase(moment)
