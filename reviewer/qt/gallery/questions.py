"""What the gallery asks: by what to group, and whether a whole selection is to be sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.domain.search.arranging import GalleryRow, Grouping
from reviewer.qt.widgets.type_box import Option, Question


def make_grouping_question(now: Grouping, take: Callable[[Grouping], None]) -> Question:
    """Group by what; a digit chooses at once."""
    options = [
        Option(grouping, f"{grouping.capitalize()}{'  (now)' if grouping is now else ''}", _DETAILS[grouping])
        for grouping in Grouping
    ]
    return Question(
        "Group the gallery by",
        lambda _typed: options,
        lambda key: take(Grouping(key)),
        digits=True,
        is_choice=True,
    )


_DETAILS = {
    Grouping.NOTHING: "One row after the other, in the order of the list.",
    Grouping.INDIVIDUAL: "Accepted individuals, and those that are only proposed.",
    Grouping.FOLDER: "The folder in which a photograph was first found.",
    Grouping.DATE: "The day the camera recorded; its clock may have been wrong.",
    Grouping.INGEST: "The day on which the source was added to the case.",
}


def make_sort_question(
    rows: Sequence[GalleryRow], category: Category | None, take: Callable[[], None]
) -> Question:
    """Say how many photographs get a category, and what they have now, before anything happens."""
    count = len(rows)
    what = (
        f"as {CATEGORY_NAMES[category].lower()}"
        if category is not None
        else "as nothing (clear the category)"
    )
    before = Counter(row.category for row in rows)
    said = [f"{before['']:,} not sorted yet"] if before[""] else []
    said += [
        f"{before[category]:,} now {CATEGORY_NAMES[category].lower()}"
        for category in Category
        if before[category]
    ]
    one = count == 1
    option = Option(
        "yes", f"Sort {count:,} {'photograph' if one else 'photographs'} {what}", ", ".join(said) + "."
    )
    return Question(
        f"{count:,} {'photograph is' if one else 'photographs are'} selected. Enter sorts, Esc does nothing.",
        lambda _typed: [option],
        lambda _key: take(),
        is_choice=True,
    )
