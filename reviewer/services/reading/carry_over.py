"""Near-duplicates as the reader meets them: how many are alike, and one judgement for all of them.

A judgement is carried over by the reader's own wish, to Photos of which nothing was said yet, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reviewer.domain.commands import near_duplicate_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.people.photo_owners import Owner, are_apart
from reviewer.domain.reading.reading import Reading, State
from reviewer.services.pictures.near_duplicates import is_mirrored, members_of
from reviewer.services.reading.reader import Reader, new_id
from reviewer.services.worklist.photo_owners import owners_of


@dataclass(frozen=True)
class Offer:
    """What can be carried over now: the Reading of `source` to the `targets` (SHA-256).

    `mirrored` counts near-duplicates that are left out because left and right are exchanged on them, `taken`
    those with a reading of their own, `apart` those that people gave to another person. `whose` says of the
    source and the targets whose they are.
    """

    source: str
    targets: tuple[str, ...]
    mirrored: int = 0
    taken: int = 0
    apart: int = 0
    whose: Mapping[str, str] = field(default_factory=dict)


class Carrying:
    """Asks the Case for the group of the Photo on screen, and makes the acts."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def offer(self) -> Offer:
        """From the Photo on screen to the others of its group; or to it, if nothing was said of it yet.

        NotAllowed, with the reason, if there is nothing to carry over.
        """
        reader = self._reader
        reader.must_see()
        members = members_of(reader.desk.case, reader.sha256)
        if not members:
            raise NotAllowed("This photo is in no group of near-duplicates.")
        reading = reader.reading
        others = [reader.desk.reading(photo) for photo in members if photo != reading.photo]
        if near_duplicate_commands.is_free(reading):
            return self._onto(reading, others)
        near_duplicate_commands.can_be_carried(reading)
        free = [each.photo for each in others if near_duplicate_commands.is_free(each)]
        if not free:
            raise NotAllowed("Every near-duplicate of this photo has a reading already.")
        owners = owners_of(reader.desk.case, [reading.photo, *free])
        of_one = [photo for photo in free if not are_apart(owners[reading.photo], owners[photo])]
        if not of_one:
            raise NotAllowed(_of_others(owners, free))
        targets = [photo for photo in of_one if is_mirrored(reader.desk.case, reading.photo, photo) is False]
        if not targets:
            raise NotAllowed("Left and right are exchanged on the near-duplicates: read them by themselves.")
        return Offer(
            reading.photo,
            tuple(targets),
            mirrored=len(of_one) - len(targets),
            taken=len(others) - len(free),
            apart=len(free) - len(of_one),
            whose=_whose(owners, [reading.photo, *targets]),
        )

    def carry_over(self, offer: Offer) -> None:
        """Make it so: one act for each Photo."""
        reader = self._reader
        source = reader.desk.reading(offer.source)
        owners = owners_of(reader.desk.case, [offer.source, *offer.targets])
        for photo in offer.targets:
            if are_apart(owners[offer.source], owners[photo]):
                raise NotAllowed(_of_others(owners, [photo]))
            reader.do(near_duplicate_commands.carry_over(source, reader.desk.reading(photo), new_id))

    def part(self) -> None:
        """The Photo on screen is no near-duplicate of the others."""
        self._reader.must_see()
        members = members_of(self._reader.desk.case, self._reader.sha256)
        self._reader.share(near_duplicate_commands.part(self._reader.sha256, members))

    def in_words(self) -> str:
        """Where the Reading on screen was carried over from; "" for a look of the reader's own."""
        source = self._reader.reading.carried_from
        return f"Carried over from {self.name(source)}. Enter makes it your own look." if source else ""

    def name(self, photo: str) -> str:
        """ "photo 3" of this Individual, or "photograph 1,204" of the Worklist."""
        worklist, here = self._reader.worklist, self._reader.position
        position = worklist.position_of(photo)
        if position is None:
            return "a photograph that is not in this list"
        mates = worklist.mates(here)
        if worklist.individual(here) >= 0 and position in mates:
            return f"photo {mates.index(position) + 1}"
        return f"photograph {position + 1:,} of the list"

    def _onto(self, reading: Reading, others: list[Reading]) -> Offer:
        case = self._reader.desk.case
        complete = [each for each in others if each.state is State.COMPLETE and not each.carried_from]
        if not complete:
            raise NotAllowed("No near-duplicate of this photo has a complete reading of yours yet.")
        read = [each.photo for each in complete]
        owners = owners_of(case, [reading.photo, *read])
        of_one = [photo for photo in read if not are_apart(owners[photo], owners[reading.photo])]
        if not of_one:
            raise NotAllowed(_of_others(owners, read))
        sources = [photo for photo in of_one if is_mirrored(case, photo, reading.photo) is False]
        if not sources:
            raise NotAllowed("Left and right are exchanged on the photo that was read: read this one too.")
        source = sources[0]
        return Offer(source, (reading.photo,), whose=_whose(owners, [source, reading.photo]))


def _whose(owners: Mapping[str, Owner], photos: Sequence[str]) -> dict[str, str]:
    return {photo: owners[photo].in_words() for photo in photos}


def _of_others(owners: Mapping[str, Owner], photos: Sequence[str]) -> str:
    """Why nothing is carried over: people have said that these Photos are of somebody else."""
    named = ", ".join(dict.fromkeys(owners[photo].in_words() for photo in photos))
    return (
        f"The near-duplicates are another person's, by what was said of them ({named}): "
        "nothing is carried over. Look at them among the conflicts of the individuals."
    )
