"""Which photographs belong beside the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.errors import NotAllowed
from reviewer.services.case.open_case import OpenCase
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.reading import readings


def find_same_individual(worklist: Worklist, position: int) -> list[int]:
    """Return the Photos proposed to show the same Individual: this one, those after it, those before it."""
    mates = worklist.positions_of_same_individual(position)
    place = mates.index(position)
    found = [*mates[place:], *mates[:place]]
    if len(found) == 1:
        raise NotAllowed("No other photo is proposed to show this individual.")
    return found


def find_photos_with_region(case: OpenCase, examiner: str, regions: tuple[str, ...]) -> list[str]:
    """Return the Photos (SHA-256) on which this Examiner found something in one of `regions`.

    A blind reading stays blind: what other Examiners found is not looked at.
    """
    with case.store.read() as connection:
        return readings.find_photos_with_region(connection, examiner, regions)


def choose_same_region(worklist: Worklist, position: int, photos: Sequence[str]) -> list[int]:
    """Return this Photo, then those of `photos` that show other Individuals, in the order of the Worklist."""
    mates = set(worklist.positions_of_same_individual(position))
    places = (worklist.position_of(photo) for photo in photos)
    found = sorted(place for place in places if place is not None and place not in mates)
    if not found:
        raise NotAllowed("No photo of another individual has a finding there yet.")
    return [position, *found]


def find_following(worklist: Worklist, position: int) -> list[int]:
    """Return the positions of the Photo and of those that follow it, whatever they show."""
    return [place for place in range(position, position + 4) if place < len(worklist)]


def find_candidates(worklist: Worklist, position: int) -> list[int]:
    """Return what a Photo may be compared with, itself first: its near-duplicates, those of the same
    Individual, and where there are none those that follow it."""
    near = [*worklist.positions_of_duplicates(position), *worklist.positions_of_same_individual(position)]
    found = list(dict.fromkeys([position, *near]))
    return found if len(found) > 1 else find_following(worklist, position)
