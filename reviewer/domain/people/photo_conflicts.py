"""What does not fit together among the photographs of one person: days, decomposition, dress, sides, dates.

Only what one Examiner said of them and what cameras and cards say goes in; nothing is decided here. A
camera's clock may be wrong, a body may be dressed again: whoever works through the list sees the photographs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations

from reviewer.domain.people.individual import Fact, Individual
from reviewer.domain.text_folding import fold_text

LONGEST_SERIES = timedelta(days=2)
"""Photographs of one body that lie further apart are asked about."""
CLOCK_AND_DAY = timedelta(days=1)
"""A clock set to another time zone may be a day before the card; more is asked about."""
STAGES = {
    "fresh": "fresh",
    "early": "early decomposition",
    "advanced": "advanced decomposition",
    "skeletal": "skeletal",
}
"""The stages that follow each other; the others (mummified, charred ...) have no place in the order."""
MALE_REGIONS, FEMALE_REGIONS = frozenset({"penis", "scrotum"}), frozenset({"vulva"})
UNIQUE_MARKS = {"mark.tattoo": "text_or_motif", "mark.birthmark_other": "detail"}
"""Terms of marks that one knows again, with the qualifier that says which mark it is."""
MIRRORED = "art.mirror"
_RANKS = {stage: rank for rank, stage in enumerate(STAGES)}
_SIDES = {"L": "left", "R": "right"}


@dataclass(frozen=True)
class SeenMark:
    """A mark that was found on a Photo: its Term, what it shows, and on which sides of the body it lies."""

    term: str
    text: str
    sides: frozenset[str]


@dataclass(frozen=True)
class PhotoForConflicts:
    """One Photo of a person as these rules see it; what nobody said is left out.

    `taken` is the moment by the camera's clock, None where it is not known or odd. `card_date` is as
    transcribed, with `?` for a digit that cannot be read. `shown` are the Regions that can be judged.
    `regions` are those of Findings that are there, of all kinds.
    """

    photo: str
    taken: datetime | None = None
    card_date: str = ""
    description: Mapping[str, Sequence[str]] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    marks: tuple[SeenMark, ...] = ()
    regions: frozenset[str] = frozenset()
    is_mirrored: bool = False

    def says(self, key: str) -> str:
        """The one thing that is said under a key; "" if nothing or several things are."""
        said = self.description.get(key, ())
        return said[0] if len(said) == 1 else ""


@dataclass(frozen=True)
class PhotoConflict:
    """Something that does not fit: its kind, a sentence, the Photos it is about, and a key to recognise it
    by."""

    kind: str
    sentence: str
    photos: tuple[str, ...]
    key: str


DAYS_APART = "photographs far apart in time"
BACKWARDS = "decomposition that goes backwards"
DRESSED_AGAIN = "dress that comes back"
SEX_AND_REGION = "sex against a region"
OTHER_SIDE = "left against right"
CARD_AFTER_CAMERA = "card later than the camera"


def find_photo_conflicts(
    individual: Individual, label: str, looks: Sequence[PhotoForConflicts]
) -> Iterator[PhotoConflict]:
    """Find all conflicts of one person. `looks` are in the order of the Photos on the person's card."""
    yield from _find_days_apart(label, looks)
    yield from _find_decomposition_backwards(label, looks)
    yield from _find_dressed_again(label, looks)
    yield from _find_sex_against_region(individual, label, looks)
    yield from _find_mark_on_other_side(label, looks)
    yield from _find_sides_on_mirrored(label, looks)
    yield from _find_card_after_camera(label, looks)


def _find_days_apart(label: str, looks: Sequence[PhotoForConflicts]) -> Iterator[PhotoConflict]:
    timed = [
        (photo.taken, number, photo) for number, photo in enumerate(looks, start=1) if photo.taken is not None
    ]
    if not timed:
        return
    first, last = min(timed, key=_make_time_key), max(timed, key=_make_time_key)
    if last[0] - first[0] > LONGEST_SERIES:
        days = (last[0] - first[0]).days
        sentence = (
            f"The photographs of {label} lie {days} days apart by the clocks of the cameras: "
            f"photo {first[1]} on {first[0]:%Y-%m-%d}, photo {last[1]} on {last[0]:%Y-%m-%d}."
        )
        key = f"apart {first[0]:%Y-%m-%d} {last[0]:%Y-%m-%d}"
        yield PhotoConflict(DAYS_APART, sentence, (first[2].photo, last[2].photo), key)


def _make_time_key(timed: tuple[datetime, int, PhotoForConflicts]) -> tuple[datetime, int]:
    return timed[0], timed[1]


def _find_decomposition_backwards(label: str, looks: Sequence[PhotoForConflicts]) -> Iterator[PhotoConflict]:
    """A later Photo that shows all that the earlier showed, at an earlier stage."""
    for (number, before), (later_number, after) in _iterate_pairs_in_time(looks):
        stage, later = before.says("stage"), after.says("stage")
        if stage not in _RANKS or later not in _RANKS or _RANKS[later] >= _RANKS[stage]:
            continue
        if before.shown and before.shown <= after.shown:
            sentence = (
                f"The state of {label} goes backwards: {STAGES[stage]} "
                f"on photo {number} ({_format_time_taken(before)}), "
                f"{STAGES[later]} on photo {later_number} "
                f"({_format_time_taken(after)}), which shows the same regions."
            )
            key = f"stage {stage} {before.photo} {later} {after.photo}"
            yield PhotoConflict(BACKWARDS, sentence, (before.photo, after.photo), key)


def _find_dressed_again(label: str, looks: Sequence[PhotoForConflicts]) -> Iterator[PhotoConflict]:
    """Naked where chest and abdomen were shown, and clothed on a later Photo."""
    for (number, before), (later_number, after) in _iterate_pairs_in_time(looks):
        if before.says("dress") != "naked" or after.says("dress") != "clothed":
            continue
        if _shows(before, "chest") and _shows(before, "abdomen"):
            sentence = (
                f"{label} is naked on photo {number} ({_format_time_taken(before)}) "
                f"and clothed on photo {later_number} "
                f"({_format_time_taken(after)})."
            )
            key = f"dress {before.photo} {after.photo}"
            yield PhotoConflict(DRESSED_AGAIN, sentence, (before.photo, after.photo), key)


def _shows(look: PhotoForConflicts, group: str) -> bool:
    return any(region.split("/")[0].split(".")[0] == group for region in look.shown)


def _find_sex_against_region(
    individual: Individual, label: str, looks: Sequence[PhotoForConflicts]
) -> Iterator[PhotoConflict]:
    """A Finding in a Region that only the other sex has. What a view covers says nothing: it names Regions of
    both."""
    against = {"female": MALE_REGIONS, "male": FEMALE_REGIONS}
    for sex in individual.values(Fact.SEX):
        for number, photo in enumerate(looks, start=1):
            for region in sorted(photo.regions & against.get(sex, frozenset())):
                sentence = f"{label} is stated as {sex}, and a finding on photo {number} lies here: {region}."
                yield PhotoConflict(
                    SEX_AND_REGION, sentence, (photo.photo,), f"sex {sex} {region} {photo.photo}"
                )


def _find_mark_on_other_side(label: str, looks: Sequence[PhotoForConflicts]) -> Iterator[PhotoConflict]:
    """One mark, known by what it shows, left on one Photo and right on another, on none on both."""
    found: dict[tuple[str, str], dict[str, list[tuple[int, PhotoForConflicts]]]] = {}
    both: set[tuple[str, str]] = set()
    names: dict[tuple[str, str], str] = {}
    for number, photo in enumerate(looks, start=1):
        for mark in photo.marks:
            which = mark.term, " ".join(fold_text(mark.text).split())
            names.setdefault(which, mark.text.strip())
            if len(mark.sides) > 1:
                both.add(which)
            for side in mark.sides:
                found.setdefault(which, {}).setdefault(side, []).append((number, photo))
    for which, sides in found.items():
        if not which[1] or which in both or len(sides) < 2:
            continue
        (left, one), (right, other) = sides["L"][0], sides["R"][0]
        if one.photo != other.photo:
            sentence = (
                f"The mark \u201c{names[which]}\u201d of {label} lies left on photo {left} and right on "
                f"photo {right}: one of the files may be mirrored."
            )
            yield PhotoConflict(OTHER_SIDE, sentence, (one.photo, other.photo), f"side {which[0]} {which[1]}")


def _find_sides_on_mirrored(label: str, looks: Sequence[PhotoForConflicts]) -> Iterator[PhotoConflict]:
    """Findings with a side on a Photo that is said to be mirrored."""
    for number, photo in enumerate(looks, start=1):
        sides = sorted({_SIDES[side] for side in find_sides(photo.regions)})
        if photo.is_mirrored and sides:
            sentence = (
                f"Photo {number} of {label} is said to be mirrored, and findings on it lie "
                f"{' and '.join(sides)}: is that the side of the body, or of the picture?"
            )
            yield PhotoConflict(
                OTHER_SIDE, sentence, (photo.photo,), f"mirrored {photo.photo} {' '.join(sides)}"
            )


def find_sides(regions: Iterable[str]) -> frozenset[str]:
    """ "L" and "R", as far as Regions (or aspects of them) name a side."""
    ends = (region.split("/")[0].rpartition(".")[2] for region in regions)
    return frozenset(end for end in ends if end in _SIDES)


def _find_card_after_camera(label: str, looks: Sequence[PhotoForConflicts]) -> Iterator[PhotoConflict]:
    for number, photo in enumerate(looks, start=1):
        earliest = parse_earliest_day(photo.card_date)
        if earliest is None or photo.taken is None:
            continue
        if earliest - photo.taken.date() > CLOCK_AND_DAY:
            sentence = (
                f"The card on photo {number} of {label} says {photo.card_date}, and the camera recorded "
                f"{photo.taken:%Y-%m-%d}, which is before that day."
            )
            yield PhotoConflict(
                CARD_AFTER_CAMERA, sentence, (photo.photo,), f"card {photo.card_date} {photo.photo}"
            )


def parse_earliest_day(written: str) -> date | None:
    """Return the first day that a date on a card can mean ("2012-08-1?", "2012-08"); None if it is no
    date."""
    year, month, day = ([*written.split("-"), "", ""])[:3]
    if not year or not all(character.isdecimal() or character == "?" for character in year + month + day):
        return None
    parts = [part.replace("?", "0") or "0" for part in (year, month, day)]
    try:
        return date(int(parts[0]), int(parts[1]) or 1, int(parts[2]) or 1)
    except ValueError:
        return None


NumberedPhotoForConflicts = tuple[int, PhotoForConflicts]


def _iterate_pairs_in_time(
    looks: Sequence[PhotoForConflicts],
) -> Iterator[tuple[NumberedPhotoForConflicts, NumberedPhotoForConflicts]]:
    """Yield every two Photos where the first was taken before the second."""
    timed = [
        (photo.taken, number, photo) for number, photo in enumerate(looks, start=1) if photo.taken is not None
    ]
    for one, other in combinations(sorted(timed, key=_make_time_key), 2):
        if one[0] < other[0]:
            yield (one[1], one[2]), (other[1], other[2])


def _format_time_taken(look: PhotoForConflicts) -> str:
    return f"{look.taken:%Y-%m-%d %H:%M}" if look.taken is not None else ""
