"""Finding near-duplicates in a Case, and recording the groups that are new or different."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.commands import near_duplicate_commands
from reviewer.domain.geometry.orientation import compute_upright_size
from reviewer.domain.ledger.entry import Draft
from reviewer.media.decoding import difference_hash
from reviewer.media.duplicates import candidates, clustering, same_image
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import JobControl
from reviewer.storage.photos import shots
from reviewer.storage.shared import duplicates, shared_rows

METHOD, VERSION = "dct-63, correlation, most different pixel", 2
PARAMETERS = {
    "unlike_bits": candidates.MAX_HAMMING_DISTANCE,
    "correlation_permille": round(candidates.MIN_CORRELATION * 1000),
    "different_grey_levels": round(same_image.MAX_DIFFERENCE),
    "different_of_cut_grey_levels": round(same_image.MAX_DIFFERENCE_OF_CROP),
}
"""Whole numbers, as in every act; with method and version they say how a group was found."""

_FINGERPRINT_BATCH, _MOST_SMALL_PICTURES = 200, 400


@dataclass(frozen=True)
class DuplicateSearchResult:
    """`groups` are all that were found, `new` those the Case does not have yet; `unseen` Photos have no
    small picture, so nothing can be said of them."""

    groups: tuple[tuple[str, ...], ...]
    new: tuple[tuple[str, ...], ...]
    photos: int
    unseen: int

    def make_draft(self) -> Draft:
        """Make the act that records the new groups. NotAllowed if there are none."""
        return near_duplicate_commands.group_duplicates(self.new, METHOD, VERSION, PARAMETERS)


def find_near_duplicates(case: OpenCase, control: JobControl) -> DuplicateSearchResult:
    """Look for near-duplicates among all Photos; for a job. Nothing is recorded."""
    with case.store.read() as connection:
        sizes = duplicates.load_sizes(connection)
        known = {photo: place[2] for photo, place in shared_rows.load_assignments(connection).items()}
        parted, developed = duplicates.load_parted_pairs(connection), shots.find_raw_pairs(connection)
    looks = _load_fingerprints(case, list(sizes), control)
    photos = [photo for photo in sizes if photo in looks]
    greys = candidates.stack_fingerprints([looks[photo] for photo in photos])
    looks.clear()
    pairs, _correlation = candidates.find_candidate_pairs(greys, control.check)
    judge = _DuplicateJudge(case, photos, sizes, greys, (parted, developed))
    places_of = {photo: place for place, photo in enumerate(photos)}
    named = [sorted(places_of[photo] for photo in pair) for pair in developed if pair <= places_of.keys()]

    def same(first: int, other: int) -> bool:
        control.advance(first, len(photos))
        return judge.is_same_image(first, other)

    compared = sorted({(int(one), int(other)) for one, other in [*pairs, *named]})
    places = clustering.cluster_pairs(compared, same)
    control.progress(len(photos), len(photos))
    groups = tuple(tuple(photos[place] for place in group) for group in places)
    new = near_duplicate_commands.find_new_groups(groups, known)
    return DuplicateSearchResult(groups, new, len(photos), len(sizes) - len(photos))


def is_mirrored(case: OpenCase, photo: str, other: str) -> bool | None:
    """Return whether left and right are exchanged between two near-duplicates; None if unknown."""
    looks = _load_fingerprints(case, [photo, other], JobControl())
    if len(looks) < 2:
        return None
    one, two = candidates.stack_fingerprints([looks[photo], looks[other]])
    transform, correlation = candidates.find_best_transform(one, two)
    return None if correlation < candidates.MIN_CORRELATION else transform in candidates.MIRRORING_TRANSFORMS


def load_groups(case: OpenCase) -> dict[str, list[str]]:
    """The recorded groups: name -> Photos, in the order of ingest."""
    with case.store.read() as connection:
        return duplicates.load_groups(connection)


def load_group_members(case: OpenCase, photo: str) -> list[str]:
    """Load all Photos of the group of a Photo, in the order of ingest; empty if it is in no group."""
    with case.store.read() as connection:
        facts = shared_rows.load_photo_facts(connection, [photo]).get(photo)
        found = (
            duplicates.load_group_members(connection, facts.duplicates) if facts and facts.duplicates else []
        )
    return found if len(found) > 1 else []


def _load_fingerprints(case: OpenCase, photos: Sequence[str], control: JobControl) -> dict[str, bytes]:
    """Load the greys of these Photos; missing ones are made again from the stored small pictures."""
    looks = case.previews.load_fingerprints(photos if len(photos) <= _FINGERPRINT_BATCH else None)
    made: list[tuple[str, bytes]] = []
    for photo in photos:
        if len(looks.get(photo, b"")) != candidates.FINGERPRINT_BYTES:
            looks.pop(photo, None)
            control.check()
            greys = difference_hash.fingerprint_from_jpeg(case.previews.get(photo) or b"")
            if greys:
                looks[photo] = greys
                made.append((photo, greys))
        if len(made) >= _FINGERPRINT_BATCH:
            case.previews.put_fingerprints(made)
            made.clear()
    if made:
        case.previews.put_fingerprints(made)
    return looks


class _DuplicateJudge:
    """Looks closely at two Photos, by their stored small pictures; keeps the latest of these open."""

    def __init__(
        self,
        case: OpenCase,
        photos: Sequence[str],
        sizes: dict[str, tuple[int, int, int]],
        greys: candidates.Fingerprints,
        pairs: tuple[set[frozenset[str]], set[frozenset[str]]],
    ) -> None:
        """`pairs`: those that a person has parted, and those of one shot by their names."""
        self._case, self._photos, self._sizes = case, photos, sizes
        self._fingerprints, (self._parted, self._shots) = greys, pairs
        self._open: OrderedDict[str, same_image.GreyImage | None] = OrderedDict()

    def is_same_image(self, first: int, other: int) -> bool:
        one, two = self._photos[first], self._photos[other]
        if frozenset((one, two)) in self._parted:
            return False
        transform, correlation = candidates.find_best_transform(
            self._fingerprints[first], self._fingerprints[other]
        )
        if correlation < candidates.MIN_CORRELATION:
            return False
        if frozenset((one, two)) in self._shots:
            return True  # the camera and the program develop one shot differently
        left, right = self._load_small_picture(one), self._load_small_picture(two)
        if left is None or right is None:
            return False
        cut = self._may_be_cropped(one, two, transform)
        return same_image.is_same_image(left, right, transform, cut)

    def _may_be_cropped(self, one: str, two: str, transform: int) -> bool:
        """Whether one may be a cut of the other: pictures of one size show one frame."""
        (width, height), other = (
            compute_upright_size(*self._sizes[one]),
            compute_upright_size(*self._sizes[two]),
        )
        return other != ((height, width) if transform & 4 else (width, height))

    def _load_small_picture(self, photo: str) -> same_image.GreyImage | None:
        if photo not in self._open:
            self._open[photo] = same_image.load_grey_image(self._case.previews.get(photo) or b"")
            if len(self._open) > _MOST_SMALL_PICTURES:
                self._open.popitem(last=False)
        return self._open[photo]
