"""Individuals by what is stated of them, by when they were photographed, and by how often."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.domain.figures import Figure, Table, Unit, classes
from reviewer.domain.individual import AGE_BANDS, FACT_NAMES, SEXES, Fact
from reviewer.domain.months import listed
from reviewer.domain.reading import Answer, Certainty
from reviewer.services.counting.gathered import Gathered
from reviewer.storage import summary_rows

SEX, AGE, BRANCH, MONTH, NUTRITION, PHOTOS = "sex", "age", "branch", "month", "nutrition", "photos"
_UNTOLD = "cannot tell"
_GRADE_TERM, _GRADE, _NO_GRADE = "nutr.grade", "grade_e", "EX"
_SIZES = ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 10), (11, 20), (21, 0))


def tables(gathered: Gathered) -> Iterator[Table]:
    """The tables of what is stated, of the months, of nutrition, and of photographs for each."""
    yield _stated(gathered, BRANCH, Fact.BRANCH_NUMBER, ())
    yield _stated(gathered, SEX, Fact.SEX, [each for each in SEXES if each != _UNTOLD])
    yield _stated(gathered, AGE, Fact.AGE_BAND, [each for each in AGE_BANDS if each != _UNTOLD])
    yield _months(gathered)
    yield _nutrition(gathered)
    yield _photographs(gathered)


def _stated(gathered: Gathered, key: str, fact: Fact, order: list[str] | tuple[()]) -> Table:
    """By one Fact; different values of one Individual, or a digit that cannot be read, tell nothing."""
    values: dict[str, str | None] = {}
    for id_ in gathered.people:
        individual = gathered.known.get(id_)
        said = individual.values(fact) if individual is not None else ()
        values[id_] = said[0] if len(said) == 1 and said[0] != _UNTOLD and "?" not in said[0] else None
    figures = classes(key, Unit.INDIVIDUAL, values, order, photos=gathered.people)
    name = FACT_NAMES[fact]
    notes = (f"{name} as stated; not stated, contradictory or not wholly readable is cannot tell.",)
    return Table(key, f"{name}, by individuals", Unit.INDIVIDUAL, _if_told(figures), notes)


def _months(gathered: Gathered) -> Table:
    values: dict[str, str | None] = {}
    for id_, photos in gathered.people.items():
        taken = sorted(gathered.taken[photo][:7] for photo in photos if gathered.taken.get(photo))
        values[id_] = taken[0] if taken else None
    months = listed(value for value in values.values() if value is not None)
    figures = classes(MONTH, Unit.INDIVIDUAL, values, list(months), months, gathered.people)
    counted = {photo for photos in gathered.people.values() for photo in photos}
    undated = sum(1 for photo in counted if not gathered.taken.get(photo))
    doubtful = len(counted & gathered.doubtful)
    notes = (
        "By the first photograph of each individual. The camera's clock says when, and nobody verified it.",
        f"Of {len(counted):,} photographs of these individuals, {undated:,} have no date (taken:none finds "
        f"them), and something is odd about the date of {doubtful:,} (taken:doubt finds them).",
    )
    return Table(MONTH, "Months photographed, by individuals", Unit.INDIVIDUAL, _if_told(figures), notes)


def _nutrition(gathered: Gathered) -> Table:
    """By the grade of emaciation that was given, definite or probable; different grades tell nothing."""
    with gathered.moment.store.read() as connection:
        given = summary_rows.qualified(connection, gathered.examiners, _GRADE_TERM)
    grades: dict[str, set[str]] = {}
    for photo, finding in given:
        sure = finding.certainty is not Certainty.POSSIBLE and finding.answer is Answer.PRESENT
        for grade in dict(finding.qualifiers).get(_GRADE, ()) if sure else ():
            grades.setdefault(photo, set()).add(grade)
    values: dict[str, str | None] = {}
    for id_, photos in gathered.people.items():
        found = {grade for photo in photos for grade in grades.get(photo, ())} - {_NO_GRADE}
        values[id_] = next(iter(found)) if len(found) == 1 else None
    qualifier = gathered.moment.vocabulary.qualifier(_GRADE)
    choices = qualifier.choices if qualifier is not None else ()
    names = {choice.key: choice.name for choice in choices}
    order = [choice.key for choice in choices if choice.key != _NO_GRADE]
    figures = classes(NUTRITION, Unit.INDIVIDUAL, values, order, names, gathered.people)
    notes = ("One grade, definite or probable, on all photographs graded; different ones are cannot tell.",)
    return Table(NUTRITION, "Grade of emaciation, by individuals", Unit.INDIVIDUAL, _if_told(figures), notes)


def _photographs(gathered: Gathered) -> Table:
    values: dict[str, str | None] = {
        id_: _size(len(gathered.once(photos))) for id_, photos in gathered.people.items()
    }
    order = [_named(low, high) for low, high in _SIZES]
    figures = classes(PHOTOS, Unit.INDIVIDUAL, values, order, photos=gathered.people)
    notes = ("Near-duplicates count once.",)
    return Table(PHOTOS, "Photographs of each individual", Unit.INDIVIDUAL, _if_told(figures), notes)


def _size(count: int) -> str:
    return next(_named(low, high) for low, high in _SIZES if low <= count and (not high or count <= high))


def _named(low: int, high: int) -> str:
    if not high:
        return f"{low} and more"
    return f"{low}" if low == high else f"{low} to {high}"


def _if_told(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Nothing at all where nothing is told of anybody: a table of noughts would say more than is known."""
    return figures if any(figure.present for figure in figures) else ()
