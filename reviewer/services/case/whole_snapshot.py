"""Everything a Moment holds, for a face that only reads: Photos with all Readings, and Individuals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.names import as_text
from reviewer.domain.people.individual import Individual
from reviewer.domain.people.individual_names import label, root_of, whole
from reviewer.services.case.snapshot import Moment
from reviewer.storage.evidence import case_rows
from reviewer.storage.people import people
from reviewer.storage.shared import shared_rows
from reviewer.storage.whole_photos import WholePhoto, whole_photos

__all__ = ["KnownPerson", "PlacedPhoto", "Whole", "whole_of"]


@dataclass(frozen=True)
class PlacedPhoto:
    """A Photo with everything known of it, the folder of its Source and the path below it, as text; "" of a
    Photo without a file. `individual` is the id of whom it shows by now, after mergers."""

    whole: WholePhoto
    source: str
    path: str
    individual: str


@dataclass(frozen=True)
class KnownPerson:
    """An accepted Individual that was not merged into another: what is stated of it and of those merged into
    it, and its Photos (SHA-256) in the order of ingest."""

    id: str
    label: str
    individual: Individual
    photos: tuple[str, ...]


@dataclass(frozen=True)
class Whole:
    """The things of one Moment, read as they are asked for."""

    moment: Moment

    def photos(self) -> Iterator[PlacedPhoto]:
        """Every Photo in the order of ingest, read or not; some hundred are in memory at a time."""
        with self.moment.store.read() as connection:
            roots = {each.id: each.path for each in case_rows.sources(connection)}
            individuals = people.individuals(connection)
            for each in whole_photos(connection):
                first = each.files[0] if each.files else None
                source = roots.get(first.source, "") if first else ""
                path = as_text(first.path) if first else ""
                yield PlacedPhoto(each, source, path, root_of(individuals, each.individual))

    def people(self) -> list[KnownPerson]:
        """Every accepted Individual, in the order in which their first Photos were ingested; those without a
        Photo come last."""
        with self.moment.store.read() as connection:
            individuals = people.individuals(connection)
            order = [each.sha256 for each in people.seen(connection)]
            placed = shared_rows.places(connection)
        standing = whole(individuals.values())
        members: dict[str, list[str]] = {}
        for photo in order:
            owner = root_of(individuals, placed[photo][1]) if photo in placed else ""
            if owner in standing:
                members.setdefault(owner, []).append(photo)
        ids = [*members, *(id_ for id_ in standing if id_ not in members)]
        return [
            KnownPerson(id_, label(standing[id_], number), standing[id_], tuple(members.get(id_, ())))
            for number, id_ in enumerate(ids, start=1)
        ]


def whole_of(moment: Moment) -> Whole:
    """What a Moment holds; nothing is read before it is asked for."""
    return Whole(moment)
