"""Photos as the conflicts of a person see them: what one Examiner said, the camera's clock, the card's date.

Few columns of few rows: everybody is looked through at once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from reviewer.domain.people.individual import Transcription
from reviewer.domain.people.photo_conflicts import (
    FEMALE_REGIONS,
    MALE_REGIONS,
    MIRRORED,
    UNIQUE_MARKS,
    PhotoForConflicts,
    SeenMark,
    find_sides,
)
from reviewer.domain.photos.capture_dates import parse_exact_moment
from reviewer.domain.vocabulary.coverage import CoverageLevel
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import name_photo, numbers_as_subquery
from reviewer.storage.photos import taken
from reviewer.storage.reading.descriptions import iterate_descriptions

_AT_ONCE = 500
_ANSWERS_THERE = (str(FindingAnswer.PRESENT), str(FindingAnswer.NON_SPECIFIC))


@dataclass
class _PhotoBuilder:
    """What is gathered of one Photo before it becomes a Look."""

    description: dict[str, Sequence[str]] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    marks: list[SeenMark] = field(default_factory=list)
    regions: set[str] = field(default_factory=set)
    is_mirrored: bool = False


def load_photos_for_conflicts(
    connection: Connection, examiner: str, cards: Mapping[str, Transcription]
) -> dict[str, PhotoForConflicts]:
    """SHA-256 -> PhotoForConflicts of every Photo with a plausible date, or about which anything was said.

    `cards` is what is sure of the cards. Of Readings only those of `examiner` count, and no other's.
    """
    known: dict[str, _PhotoBuilder] = defaultdict(_PhotoBuilder)
    for row in iterate_descriptions(connection, (examiner,)):
        known[row.photo].description[row.key] = row.values
    _add_shown(connection, examiner, sorted(known), known)
    _add_findings(connection, examiner, known)
    times, odd = taken.load_times_taken(connection), taken.find_doubtful_photos(connection)
    found = {}
    for photo in {*known, *cards, *(photo for photo, at in times.items() if at)}:
        said = known.get(photo) or _PhotoBuilder()
        found[photo] = PhotoForConflicts(
            photo,
            parse_exact_moment(times.get(photo, "")) if photo not in odd else None,
            cards[photo].date if photo in cards else "",
            said.description,
            frozenset(said.shown),
            tuple(said.marks),
            frozenset(said.regions),
            said.is_mirrored,
        )
    return found


def _add_shown(
    connection: Connection, examiner: str, photos: Sequence[str], known: dict[str, _PhotoBuilder]
) -> None:
    """The Regions that can be judged, of Photos that are described."""
    c = t.coverage.c
    query = select(name_photo(c.photo), c.region)
    query = query.where(c.examiner == examiner, c.level == str(CoverageLevel.ASSESSABLE))
    for start in range(0, len(photos), _AT_ONCE):
        some = numbers_as_subquery(photos[start : start + _AT_ONCE])
        for row in connection.execute(query.where(c.photo.in_(some))):
            known[row.photo].shown.add(row.region)


def _add_findings(connection: Connection, examiner: str, known: dict[str, _PhotoBuilder]) -> None:
    """Marks one knows again, Findings in Regions of one sex, and all Regions of Photos that are mirrored."""
    f, r = t.findings.c, t.finding_regions.c
    there = (f.examiner == examiner, f.confirmed == 1, f.answer.in_(_ANSWERS_THERE))
    marks = select(name_photo(f.photo), f.term, f.regions, f.qualifiers).where(
        *there, f.term.in_((*UNIQUE_MARKS, MIRRORED))
    )
    for row in connection.execute(marks.order_by("photo", f.place)):
        if row.term == MIRRORED:
            known[row.photo].is_mirrored = True
            continue
        text = " ".join(json.loads(row.qualifiers).get(UNIQUE_MARKS[row.term], ()))
        mark = SeenMark(row.term, text, find_sides(json.loads(row.regions)))
        known[row.photo].marks.append(mark)
    mirrored = [photo for photo, said in known.items() if said.is_mirrored]
    of_one_sex = r.region.in_((*MALE_REGIONS, *FEMALE_REGIONS))
    placed = select(name_photo(r.photo), r.region).where(
        r.examiner == examiner, r.confirmed == 1, r.answer.in_(_ANSWERS_THERE)
    )
    on_mirrored = (r.photo.in_(numbers_as_subquery([photo])) for photo in mirrored)
    for condition in (of_one_sex, *on_mirrored):
        for photo, region in connection.execute(placed.where(condition)):
            known[photo].regions.add(region)
