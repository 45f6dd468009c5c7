"""Photos by category and by how far they are read; near-duplicates count once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reviewer.domain.figures.figures import Table, Unit, classes
from reviewer.domain.reading.category import NAMES
from reviewer.domain.worklist.worklist import Progress
from reviewer.services.counting.gathered import Gathered
from reviewer.storage import summary_rows
from reviewer.storage.evidence import case_rows

CATEGORY, PROGRESS, DAYS = "category", "progress", "days"


def tables(gathered: Gathered) -> Iterator[Table]:
    """The categories; for each Examiner how far the reading is, and the days on which it was done."""
    yield _categories(gathered)
    names = {each.id: each.name for each in gathered.moment.examiners}
    for examiner in gathered.examiners:
        yield _progress(gathered, examiner, names.get(examiner, examiner))
        yield _days(gathered, examiner, names.get(examiner, examiner))


def _categories(gathered: Gathered) -> Table:
    once = gathered.once(gathered.considered)
    values: dict[str, str | None] = {}
    for one, photos in once.items():
        said = {gathered.worklist.category(gathered.place(photo)) for photo in photos} - {"", "cannot tell"}
        values[one] = said.pop() if len(said) == 1 else None
    names = {str(category): name for category, name in NAMES.items()}
    order = [each for each in names if each != "cannot tell"]
    figures = classes(CATEGORY, Unit.PHOTO, values, order, names, once)
    notes = ("Not sorted yet, or sorted as cannot tell, is cannot tell.",)
    return Table(CATEGORY, "Categories of photographs", Unit.PHOTO, figures if once else (), notes)


def _progress(gathered: Gathered, examiner: str, name: str) -> Table:
    """A Photo counts as read as its first near-duplicate is; what was only carried over is no look."""
    with gathered.moment.store.read() as connection:
        states = case_rows.reading_states(connection, examiner)
        carried = case_rows.carried_over(connection, examiner)
    once = gathered.once(gathered.for_reading)
    values: dict[str, str | None] = {}
    for one, photos in once.items():
        told = [states.get(photo, str(Progress.UNREAD)) for photo in photos if photo not in carried]
        values[one] = next((each for each in _ORDER if each in told), str(Progress.UNREAD))
    figures = classes(f"{PROGRESS}/{examiner}", Unit.PHOTO, values, _ORDER, photos=once)
    notes = ("Of photographs that are for reading; a reading that was carried over is no look.",)
    title = f"How far the reading of {name} is"
    return Table(f"{PROGRESS}/{examiner}", title, Unit.PHOTO, figures if once else (), notes)


_ORDER = [str(each) for each in (Progress.COMPLETE, Progress.OPEN, Progress.SET_ASIDE, Progress.UNREAD)]


def _days(gathered: Gathered, examiner: str, name: str) -> Table:
    with gathered.moment.store.read() as connection:
        days = summary_rows.completed(connection, examiner)
    counted = set(gathered.for_reading)
    read: dict[str, str | None] = {photo: day for photo, day in days.items() if photo in counted}
    rates = Counter(read.values())
    figures = classes(f"{DAYS}/{examiner}", Unit.PHOTO, read, sorted(day for day in rates if day))
    mean = f"{len(read) / len(rates):,.0f} on a day with any, on average. " if rates else ""
    notes = (f"{mean}The day (UTC) is that of the last change of a reading that is complete.",)
    return Table(f"{DAYS}/{examiner}", f"Readings completed by {name}, by day", Unit.PHOTO, figures, notes)
