"""Near-duplicates as the reader meets them: how many are alike, and one judgement for all of them.

A judgement is carried over by the reader's own wish, to Photos of which nothing was said yet, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reviewer.domain.commands import near_duplicate_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.people.photo_owners import PhotoOwner, are_of_different_persons
from reviewer.domain.reading.reading import Reading
from reviewer.services.pictures.near_duplicates import is_mirrored, load_group_members
from reviewer.services.reading.reader import Reader
from reviewer.services.worklist.photo_owners import load_owners
from reviewer.system.new_ids import new_id


@dataclass(frozen=True)
class CarryOverOffer:
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


class CarryOver:
    """Asks the Case for the group of the Photo on screen, and makes the acts."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def make_offer(self) -> CarryOverOffer:
        """Offer to carry over from the Photo on screen to the others of its group; or to it, if it is blank.

        NotAllowed, with the reason, if there is nothing to carry over.
        """
        reader = self._reader
        reader.must_see()
        members = load_group_members(reader.desk.case, reader.sha256)
        if not members:
            raise NotAllowed("This photo is in no group of near-duplicates.")
        reading = reader.reading
        others = [reader.desk.reading(photo) for photo in members if photo != reading.photo]
        if near_duplicate_commands.is_blank(reading):
            return self._make_offer_onto(reading, others)
        near_duplicate_commands.check_can_be_carried(reading)
        free = [reading.photo for reading in others if near_duplicate_commands.is_blank(reading)]
        if not free:
            raise NotAllowed("Every near-duplicate of this photo has a reading already.")
        owners = load_owners(reader.desk.case, [reading.photo, *free])
        of_one = [
            photo for photo in free if not are_of_different_persons(owners[reading.photo], owners[photo])
        ]
        if not of_one:
            raise NotAllowed(_explain_other_person(owners, free))
        targets = [photo for photo in of_one if is_mirrored(reader.desk.case, reading.photo, photo) is False]
        if not targets:
            raise NotAllowed("Left and right are exchanged on the near-duplicates: read them by themselves.")
        return CarryOverOffer(
            reading.photo,
            tuple(targets),
            mirrored=len(of_one) - len(targets),
            taken=len(others) - len(free),
            apart=len(free) - len(of_one),
            whose=_describe_owners(owners, [reading.photo, *targets]),
        )

    def carry_over(self, offer: CarryOverOffer) -> None:
        """Carry over as offered, with one act for each Photo."""
        reader = self._reader
        source = reader.desk.reading(offer.source)
        owners = load_owners(reader.desk.case, [offer.source, *offer.targets])
        for photo in offer.targets:
            if are_of_different_persons(owners[offer.source], owners[photo]):
                raise NotAllowed(_explain_other_person(owners, [photo]))
            reader.submit(
                near_duplicate_commands.carry_over_reading(source, reader.desk.reading(photo), new_id)
            )

    def part_from_duplicates(self) -> None:
        """Take the Photo on screen out of its group of near-duplicates."""
        self._reader.must_see()
        members = load_group_members(self._reader.desk.case, self._reader.sha256)
        self._reader.submit(near_duplicate_commands.part_from_group(self._reader.sha256, members))

    def describe_origin(self) -> str:
        """Where the Reading on screen was carried over from; "" for a look of the reader's own."""
        source = self._reader.reading.carried_from
        return f"Carried over from {self.name_photo(source)}. Enter makes it your own look." if source else ""

    def name_photo(self, photo: str) -> str:
        """Return "photo 3" of this Individual, or "photograph 1,204" of the Worklist."""
        worklist, here = self._reader.worklist, self._reader.position
        position = worklist.position_of(photo)
        if position is None:
            return "a photograph that is not in this list"
        mates = worklist.positions_of_same_individual(here)
        if worklist.group_index(here) >= 0 and position in mates:
            return f"photo {mates.index(position) + 1}"
        return f"photograph {position + 1:,} of the list"

    def _make_offer_onto(self, reading: Reading, others: list[Reading]) -> CarryOverOffer:
        case = self._reader.desk.case
        complete = [reading for reading in others if reading.is_complete_by_own_look]
        if not complete:
            raise NotAllowed("No near-duplicate of this photo has a complete reading of yours yet.")
        read = [reading.photo for reading in complete]
        owners = load_owners(case, [reading.photo, *read])
        of_one = [
            photo for photo in read if not are_of_different_persons(owners[photo], owners[reading.photo])
        ]
        if not of_one:
            raise NotAllowed(_explain_other_person(owners, read))
        sources = [photo for photo in of_one if is_mirrored(case, photo, reading.photo) is False]
        if not sources:
            raise NotAllowed("Left and right are exchanged on the photo that was read: read this one too.")
        source = sources[0]
        return CarryOverOffer(
            source, (reading.photo,), whose=_describe_owners(owners, [source, reading.photo])
        )


def _describe_owners(owners: Mapping[str, PhotoOwner], photos: Sequence[str]) -> dict[str, str]:
    return {photo: owners[photo].in_words() for photo in photos}


def _explain_other_person(owners: Mapping[str, PhotoOwner], photos: Sequence[str]) -> str:
    """Explain that nothing is carried over because these Photos belong to another person."""
    named = ", ".join(dict.fromkeys(owners[photo].in_words() for photo in photos))
    return (
        f"The near-duplicates are another person's, by what was said of them ({named}): "
        "nothing is carried over. Look at them among the conflicts of the individuals."
    )
