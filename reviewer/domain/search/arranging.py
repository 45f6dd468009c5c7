"""How a gallery puts Photos in order: what is known of each in one row, and sections by what they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from reviewer.domain.grouping import group_pairs
from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.domain.worklist.worklist import ReadingProgress

ShareBox = tuple[float, float, float, float]


class GalleryRow(NamedTuple):
    """One Photo as a gallery shows it. Days and moments are as recorded ("" if they are not).

    `ingest_day` is the day its Source was added; `group` the group of near-duplicates, `alike` how many
    Photos of the Case are in it; `findings` those of one Examiner, whose Reading was `carried` over or not,
    and who has `seen` these of the things that can be masked. `cards` is where cards were framed: left, top,
    width and height as shares of the sides of the upright Photo.
    """

    sha256: str
    folder: str
    name: str
    taken_at: str
    ingest_day: str
    category: str
    group: str
    individual: str
    progress: str
    findings: int
    damaged: bool
    alike: int = 0
    carried: bool = False
    seen: tuple[str, ...] = ()
    cards: tuple[ShareBox, ...] = ()

    def is_masked(self, what: str) -> bool:
        """Whether this is masked in a Case that masks: until the Reading is complete, or it was looked at."""
        is_read = self.progress == ReadingProgress.COMPLETE and not self.carried
        return not is_read and what not in self.seen


class Grouping(StrEnum):
    """By what a gallery is divided into sections."""

    NOTHING = "nothing"
    INDIVIDUAL = "individual"
    FOLDER = "folder"
    DATE = "day taken"
    INGEST = "day of ingest"


@dataclass(frozen=True)
class GallerySection:
    """Photos that belong together: a heading, and their places in the list, in order."""

    title: str
    places: tuple[int, ...]


def arrange_in_sections(
    rows: Sequence[GalleryRow],
    grouping: Grouping,
    individual_of: Callable[[int], int] = lambda _place: -1,
    labels: Sequence[str] = (),
) -> list[GallerySection]:
    """Arrange a list in sections. `individual_of` gives the number of the Individual at a place, -1 for none;
    `labels` what each goes by, if not by that number.

    Individuals and folders keep the order in which the list has them; days go from the first to the last,
    and what has none comes at the end. Within a day taken the moments count.
    """
    if grouping is Grouping.NOTHING:
        return [GallerySection("", tuple(range(len(rows))))] if rows else []
    if grouping is Grouping.INDIVIDUAL:
        numbers = map(individual_of, range(len(rows)))
        return _group_by_key(numbers, lambda number: _format_individual_title(number, labels))
    if grouping is Grouping.FOLDER:
        return _group_by_key((row.folder for row in rows), _format_folder_title)
    if grouping is Grouping.INGEST:
        found = _group_by_key((row.ingest_day for row in rows), lambda day: f"Ingested {day}")
        return sorted(found, key=lambda section: section.title)
    order = sorted(range(len(rows)), key=lambda place: (not rows[place].taken_at, rows[place].taken_at))
    found = _group_by_key((row.taken_at[:10] for row in rows), _format_day_title)
    rank = {place: number for number, place in enumerate(order)}
    days = [
        GallerySection(of_day.title, tuple(sorted(of_day.places, key=rank.__getitem__))) for of_day in found
    ]
    return sorted(days, key=lambda section: rank[section.places[0]])


def _group_by_key(keys: Iterable[object], title: Callable[[object], str]) -> list[GallerySection]:
    """Make a section for each key; `keys` are those of the places, in order."""
    members = group_pairs((key, place) for place, key in enumerate(keys))
    return [GallerySection(title(group), tuple(places)) for group, places in members.items()]


def _format_individual_title(number: object, labels: Sequence[str]) -> str:
    if isinstance(number, int) and 0 <= number < len(labels):
        return labels[number]
    return f"Individual {number + 1:,}" if isinstance(number, int) and number >= 0 else "No individual"


def _format_folder_title(folder: object) -> str:
    source, _slash, inside = str(folder).partition("/")
    return inside or f"Top folder of source {source[:8]}"


def _format_day_title(day: object) -> str:
    return str(day).replace(":", "-") or "No date recorded"


def describe_badges(row: GalleryRow) -> str:
    """What is said of a small picture, in words and signs, the most urgent first."""
    remarks = _list_remarks(row)
    urgent = [remarks.pop(0)] if row.damaged else []
    return " · ".join(part for part in (*urgent, describe_progress(row), *remarks) if part)


def describe_remarks(row: GalleryRow) -> str:
    """The same without where the reading stands."""
    return " · ".join(_list_remarks(row))


def describe_progress(row: GalleryRow) -> str:
    """Where the reading of a Photo stands, as a word; "" for one that is unread."""
    return _STATES.get(ReadingProgress(row.progress), "")


def _list_remarks(row: GalleryRow) -> list[str]:
    said = ["damaged"] if row.damaged else []
    said += [_format_findings(row.findings)] if row.findings else []
    said += [CATEGORY_NAMES[Category(row.category)].lower()] if row.category else []
    said += [f"×{row.alike}"] if row.alike > 1 else []
    return said


def _format_findings(count: int) -> str:
    return "1 finding" if count == 1 else f"{count} findings"


_STATES = {
    ReadingProgress.COMPLETE: "done",
    ReadingProgress.OPEN: "begun",
    ReadingProgress.SET_ASIDE: "set aside",
}


def describe_section(rows: Sequence[GalleryRow]) -> str:
    """How many Photos a section has, and how many of them are done."""
    count = len(rows)
    said = "1 photograph" if count == 1 else f"{count:,} photographs"
    done = sum(row.progress == ReadingProgress.COMPLETE for row in rows)
    if not done:
        return said
    return f"{said}, complete" if done == count else f"{said}, {done:,} done"
