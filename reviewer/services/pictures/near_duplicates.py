"""Finding near-duplicates in a Case, and recording the groups that are new or different."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.commands import near_duplicate_commands
from reviewer.domain.geometry.orientation import upright_size
from reviewer.domain.ledger.entry import Draft
from reviewer.media.decoding import difference_hash
from reviewer.media.duplicates import candidates, clustering, same_image
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import JobControl
from reviewer.storage.photos import shots
from reviewer.storage.shared import duplicates, shared_rows

METHOD, VERSION = "dct-63, correlation, most different pixel", 2
PARAMETERS = {
    "unlike_bits": candidates.MOST_UNLIKE,
    "correlation_permille": round(candidates.LEAST_CORRELATED * 1000),
    "different_grey_levels": round(same_image.MOST_DIFFERENT),
    "different_of_cut_grey_levels": round(same_image.MOST_DIFFERENT_OF_CUT),
}
"""Whole numbers, as in every act; with method and version they say how a group was found."""

_MADE_AT_ONCE, _KEPT_SMALL = 200, 400


@dataclass(frozen=True)
class Found:
    """`groups` are all that were found, `new` those the Case does not have yet; `unseen` Photos have no
    small picture, so nothing can be said of them."""

    groups: tuple[tuple[str, ...], ...]
    new: tuple[tuple[str, ...], ...]
    photos: int
    unseen: int

    def draft(self) -> Draft:
        """The act that records what is new; NotAllowed if nothing is."""
        return near_duplicate_commands.group(self.new, METHOD, VERSION, PARAMETERS)


def find(case: OpenCase, control: JobControl) -> Found:
    """Look for near-duplicates among all Photos; for a job. Nothing is recorded."""
    with case.store.read() as connection:
        sizes = duplicates.sizes(connection)
        known = {photo: place[2] for photo, place in shared_rows.places(connection).items()}
        parted, developed = duplicates.parted(connection), shots.raw_and_developed(connection)
    looks = _looks(case, list(sizes), control)
    photos = [photo for photo in sizes if photo in looks]
    greys = candidates.stacked([looks[photo] for photo in photos])
    looks.clear()
    pairs, _correlation = candidates.neighbours(greys, control.check)
    judge = _Judge(case, photos, sizes, greys, (parted, developed))
    places_of = {photo: place for place, photo in enumerate(photos)}
    named = [sorted(places_of[photo] for photo in pair) for pair in developed if pair <= places_of.keys()]

    def same(first: int, other: int) -> bool:
        control.check()
        control.progress(first, len(photos))
        return judge.same(first, other)

    compared = sorted({(int(one), int(other)) for one, other in [*pairs, *named]})
    places = clustering.grouped(compared, same)
    control.progress(len(photos), len(photos))
    groups = tuple(tuple(photos[place] for place in group) for group in places)
    new = near_duplicate_commands.new_or_different(groups, known)
    return Found(groups, new, len(photos), len(sizes) - len(photos))


def is_mirrored(case: OpenCase, photo: str, other: str) -> bool | None:
    """Whether left and right are exchanged between two near-duplicates; None if that cannot be told."""
    looks = _looks(case, [photo, other], JobControl())
    if len(looks) < 2:
        return None
    one, two = candidates.stacked([looks[photo], looks[other]])
    transform, correlation = candidates.best_transform(one, two)
    return None if correlation < candidates.LEAST_CORRELATED else transform in candidates.MIRRORED


def groups_of(case: OpenCase) -> dict[str, list[str]]:
    """The recorded groups: name -> Photos, in the order of ingest."""
    with case.store.read() as connection:
        return duplicates.groups(connection)


def members_of(case: OpenCase, photo: str) -> list[str]:
    """All Photos of the group of a Photo, in the order of ingest; none if it is in no group."""
    with case.store.read() as connection:
        facts = shared_rows.photo_facts(connection, [photo]).get(photo)
        found = duplicates.members(connection, facts.duplicates) if facts and facts.duplicates else []
    return found if len(found) > 1 else []


def _looks(case: OpenCase, photos: Sequence[str], control: JobControl) -> dict[str, bytes]:
    """The greys of these Photos; those that are missing are made anew from the stored small pictures."""
    looks = case.previews.looks(photos if len(photos) <= _MADE_AT_ONCE else None)
    made: list[tuple[str, bytes]] = []
    for photo in photos:
        if len(looks.get(photo, b"")) != candidates.LENGTH:
            looks.pop(photo, None)
            control.check()
            greys = difference_hash.greys_of_jpeg(case.previews.get(photo) or b"")
            if greys:
                looks[photo] = greys
                made.append((photo, greys))
        if len(made) >= _MADE_AT_ONCE:
            case.previews.put_looks(made)
            made.clear()
    if made:
        case.previews.put_looks(made)
    return looks


class _Judge:
    """Looks closely at two Photos, by their stored small pictures; keeps the latest of these open."""

    def __init__(
        self,
        case: OpenCase,
        photos: Sequence[str],
        sizes: dict[str, tuple[int, int, int]],
        greys: candidates.Greys,
        pairs: tuple[set[frozenset[str]], set[frozenset[str]]],
    ) -> None:
        """`pairs`: those that a person has parted, and those of one shot by their names."""
        self._case, self._photos, self._sizes = case, photos, sizes
        self._greys, (self._parted, self._shots) = greys, pairs
        self._open: OrderedDict[str, same_image.Small | None] = OrderedDict()

    def same(self, first: int, other: int) -> bool:
        one, two = self._photos[first], self._photos[other]
        if frozenset((one, two)) in self._parted:
            return False
        transform, correlation = candidates.best_transform(self._greys[first], self._greys[other])
        if correlation < candidates.LEAST_CORRELATED:
            return False
        if frozenset((one, two)) in self._shots:
            return True  # the camera and the program develop one shot differently
        left, right = self._small(one), self._small(two)
        if left is None or right is None:
            return False
        cut = self._cut_differently(one, two, transform)
        return same_image.is_one(left, right, transform, cut)

    def _cut_differently(self, one: str, two: str, transform: int) -> bool:
        """Whether one may be a cut of the other: pictures of one size show one frame."""
        (width, height), other = upright_size(*self._sizes[one]), upright_size(*self._sizes[two])
        return other != ((height, width) if transform & 4 else (width, height))

    def _small(self, photo: str) -> same_image.Small | None:
        if photo not in self._open:
            self._open[photo] = same_image.opened(self._case.previews.get(photo) or b"")
            if len(self._open) > _KEPT_SMALL:
                self._open.popitem(last=False)
        return self._open[photo]
