"""Photos by category and by how far they are read; near-duplicates count once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reviewer.domain.figures.figures import CountedUnit, Table, make_class_figures
from reviewer.domain.reading.category import CATEGORY_NAMES
from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.services.counting.cohort import Cohort
from reviewer.storage import summary_rows
from reviewer.storage.evidence import case_rows

CATEGORY, PROGRESS, DAYS = "category", "progress", "days"


def make_tables(gathered: Cohort) -> Iterator[Table]:
    """Yield the table of categories and, for each Examiner, progress of reading and readings by day."""
    yield _make_category_table(gathered)
    names = {person.id: person.name for person in gathered.moment.examiners}
    for examiner in gathered.examiners:
        yield _make_progress_table(gathered, examiner, names.get(examiner, examiner))
        yield _make_day_table(gathered, examiner, names.get(examiner, examiner))


def _make_category_table(gathered: Cohort) -> Table:
    once = gathered.group_duplicates(gathered.considered)
    values: dict[str, str | None] = {}
    for first, photos in once.items():
        said = {gathered.worklist.category(gathered.position_of(photo)) for photo in photos} - {
            "",
            "cannot tell",
        }
        values[first] = said.pop() if len(said) == 1 else None
    names = {str(category): name for category, name in CATEGORY_NAMES.items()}
    order = [name for name in names if name != "cannot tell"]
    figures = make_class_figures(CATEGORY, CountedUnit.PHOTO, values, order, names, once)
    notes = ("Not sorted yet, or sorted as cannot tell, is cannot tell.",)
    return Table(CATEGORY, "Categories of photographs", CountedUnit.PHOTO, figures if once else (), notes)


def _make_progress_table(gathered: Cohort, examiner: str, name: str) -> Table:
    """A Photo counts as read as its first near-duplicate is; what was only carried over is no look."""
    with gathered.moment.store.read() as connection:
        states = case_rows.load_reading_states(connection, examiner)
        carried = case_rows.find_carried_over(connection, examiner)
    once = gathered.group_duplicates(gathered.for_reading)
    values: dict[str, str | None] = {}
    for first, photos in once.items():
        told = [states.get(photo, str(ReadingProgress.UNREAD)) for photo in photos if photo not in carried]
        values[first] = next(
            (progress for progress in _PROGRESS_ORDER if progress in told), str(ReadingProgress.UNREAD)
        )
    figures = make_class_figures(
        f"{PROGRESS}/{examiner}", CountedUnit.PHOTO, values, _PROGRESS_ORDER, photos=once
    )
    notes = ("Of photographs that are for reading; a reading that was carried over is no look.",)
    title = f"How far the reading of {name} is"
    return Table(f"{PROGRESS}/{examiner}", title, CountedUnit.PHOTO, figures if once else (), notes)


_PROGRESS_ORDER = [
    str(progress)
    for progress in (
        ReadingProgress.COMPLETE,
        ReadingProgress.OPEN,
        ReadingProgress.SET_ASIDE,
        ReadingProgress.UNREAD,
    )
]


def _make_day_table(gathered: Cohort, examiner: str, name: str) -> Table:
    with gathered.moment.store.read() as connection:
        days = summary_rows.load_completion_days(connection, examiner)
    counted = set(gathered.for_reading)
    read: dict[str, str | None] = {photo: day for photo, day in days.items() if photo in counted}
    rates = Counter(read.values())
    figures = make_class_figures(
        f"{DAYS}/{examiner}", CountedUnit.PHOTO, read, sorted(day for day in rates if day)
    )
    mean = f"{len(read) / len(rates):,.0f} on a day with any, on average. " if rates else ""
    notes = (f"{mean}The day (UTC) is that of the last change of a reading that is complete.",)
    return Table(
        f"{DAYS}/{examiner}", f"Readings completed by {name}, by day", CountedUnit.PHOTO, figures, notes
    )
