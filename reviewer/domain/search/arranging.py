"""How a gallery puts Photos in order: what is known of each in one row, and sections by what they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from reviewer.domain.grouping import group_pairs
from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.domain.worklist.worklist import ReadingProgress


class GalleryRow(NamedTuple):
    """One Photo as a gallery shows it. Days and moments are as recorded ("" if they are not).

    `ingest_day` is the day its Source was added; `group` the group of near-duplicates, `alike` how many
    Photos of the Case are in it; `findings` those of one Examiner.
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
    """What is said below a small picture, in words and signs, the most urgent first."""
    said = ["damaged"] if row.damaged else []
    said += [_STATES[ReadingProgress(row.progress)]] if row.progress in _STATES else []
    if row.category and row.category != Category.DETAINEE:
        said.append(CATEGORY_NAMES[Category(row.category)].lower())
    elif row.category:
        said.append("detainee")
    said += [f"{row.findings} f."] if row.findings else []
    said += [f"×{row.alike}"] if row.alike > 1 else []
    return " · ".join(said)


_STATES = {
    ReadingProgress.COMPLETE: "done",
    ReadingProgress.OPEN: "begun",
    ReadingProgress.SET_ASIDE: "set aside",
}
