"""Individuals by what is stated of them, by when they were photographed, and by how often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.domain.figures.figures import CountedUnit, Figure, Table, make_class_figures
from reviewer.domain.figures.months import list_month_lines
from reviewer.domain.people.ages import OLDEST, parse_age_range
from reviewer.domain.people.individual import FACT_NAMES, SEXES, Fact
from reviewer.services.counting.cohort import Cohort

SEX, AGE, BRANCH, MONTH, PHOTOS = "sex", "age", "branch", "month", "photos"
_CANNOT_TELL = "cannot tell"
_PHOTO_COUNT_CLASSES = ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 10), (11, 20), (21, 0))


def make_tables(gathered: Cohort) -> Iterator[Table]:
    """Yield the tables of facts stated, of months, and of photographs per Individual."""
    yield _make_fact_table(gathered, BRANCH, Fact.BRANCH_NUMBER, ())
    yield _make_fact_table(gathered, SEX, Fact.SEX, [sex for sex in SEXES if sex != _CANNOT_TELL])
    yield _make_age_table(gathered)
    yield _make_month_table(gathered)
    yield _make_photo_count_table(gathered)


def _make_fact_table(gathered: Cohort, key: str, fact: Fact, order: list[str] | tuple[()]) -> Table:
    """By one Fact; different values of one Individual, or a digit that cannot be read, tell nothing."""
    values: dict[str, str | None] = {}
    for id_ in gathered.people:
        individual = gathered.known.get(id_)
        said = individual.values(fact) if individual is not None else ()
        values[id_] = said[0] if len(said) == 1 and said[0] != _CANNOT_TELL and "?" not in said[0] else None
    figures = make_class_figures(key, CountedUnit.INDIVIDUAL, values, order, photos=gathered.people)
    name = FACT_NAMES[fact]
    notes = (f"{name} as stated; not stated, contradictory or not wholly readable is cannot tell.",)
    return Table(
        key, f"{name}, by individuals", CountedUnit.INDIVIDUAL, _drop_if_all_inconclusive(figures), notes
    )


AGE_CLASSES = (("under 12", 0, 11), ("12 to 29", 12, 29), ("30 to 44", 30, 44), ("45 to 59", 45, 59))
_OLDEST_CLASS = ("60 and over", 60, OLDEST)


def _make_age_table(gathered: Cohort) -> Table:
    """By the one class that an apparent age lies in. No class ends at 18: an estimate from a photograph is no
    legal age, and no share of children follows from it."""
    known = {id_: gathered.known.get(id_) for id_ in gathered.people}
    values = {
        id_: _find_age_class(facts.values(Fact.AGE_BAND)) if facts is not None else None
        for id_, facts in known.items()
    }
    order = [name for name, _least, _most in (*AGE_CLASSES, _OLDEST_CLASS)]
    figures = make_class_figures(AGE, CountedUnit.INDIVIDUAL, values, order, photos=gathered.people)
    notes = (
        "Apparent age, as it looks on photographs: no legal age, and no share of children follows from it.",
        "Ranges that lie in no single class or do not meet, and what is not stated, are cannot tell.",
    )
    return Table(
        AGE, "Apparent age, by individuals", CountedUnit.INDIVIDUAL, _drop_if_all_inconclusive(figures), notes
    )


def _find_age_class(stated: Sequence[str]) -> str | None:
    """The class in which all ranges that were stated meet; None if they lie in no single one."""
    ranges = [years for years in map(parse_age_range, stated) if years is not None]
    if not ranges:
        return None
    least, most = max(low for low, _high in ranges), min(high for _low, high in ranges)
    found = [name for name, low, high in (*AGE_CLASSES, _OLDEST_CLASS) if low <= least <= most <= high]
    return found[0] if found else None


def _make_month_table(gathered: Cohort) -> Table:
    values: dict[str, str | None] = {}
    for id_, photos in gathered.people.items():
        taken = sorted(gathered.taken[photo][:7] for photo in photos if gathered.taken.get(photo))
        values[id_] = taken[0] if taken else None
    months = list_month_lines(value for value in values.values() if value is not None)
    figures = make_class_figures(MONTH, CountedUnit.INDIVIDUAL, values, list(months), months, gathered.people)
    counted = {photo for photos in gathered.people.values() for photo in photos}
    undated = sum(1 for photo in counted if not gathered.taken.get(photo))
    doubtful = len(counted & gathered.doubtful)
    notes = (
        "By the first photograph of each individual. The camera's clock says when, and nobody verified it.",
        f"Of {len(counted):,} photographs of these individuals, {undated:,} have no date (taken:none finds "
        f"them), and something is odd about the date of {doubtful:,} (taken:doubt finds them).",
    )
    return Table(
        MONTH,
        "Months photographed, by individuals",
        CountedUnit.INDIVIDUAL,
        _drop_if_all_inconclusive(figures),
        notes,
    )


def _make_photo_count_table(gathered: Cohort) -> Table:
    values: dict[str, str | None] = {
        id_: _find_photo_count_class(len(gathered.group_duplicates(photos)))
        for id_, photos in gathered.people.items()
    }
    order = [_format_range(low, high) for low, high in _PHOTO_COUNT_CLASSES]
    figures = make_class_figures(PHOTOS, CountedUnit.INDIVIDUAL, values, order, photos=gathered.people)
    notes = ("Near-duplicates count once.",)
    return Table(
        PHOTOS,
        "Photographs of each individual",
        CountedUnit.INDIVIDUAL,
        _drop_if_all_inconclusive(figures),
        notes,
    )


def _find_photo_count_class(count: int) -> str:
    return next(
        _format_range(low, high)
        for low, high in _PHOTO_COUNT_CLASSES
        if low <= count and (not high or count <= high)
    )


def _format_range(low: int, high: int) -> str:
    if not high:
        return f"{low} and more"
    return f"{low}" if low == high else f"{low} to {high}"


def _drop_if_all_inconclusive(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Return no figures if every one is inconclusive: a table of zeros would say more than is known."""
    return figures if any(figure.present for figure in figures) else ()
