"""Individuals by what was said of their photographs as a whole: state of the body, place, card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from reviewer.domain.figures.figures import CountedUnit, Figure, FigureKind, Table
from reviewer.domain.vocabulary.vocabulary import DescriptionQuestion
from reviewer.services.counting.cohort import Cohort
from reviewer.services.summary.photo_descriptions import list_answers

_NOTE = (
    "An individual has each answer that was given of one of the photographs, so that the lines do not add up "
    "to all. Cannot tell: nobody was asked, or no reading is complete."
)


def make_tables(gathered: Cohort) -> Iterator[Table]:
    """Yield a table for each question that has an answer, in the order of the vocabulary."""
    of = {photo: id_ for id_, photos in gathered.people.items() for photo in photos}
    given: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for photo, key, values in list_answers(gathered.moment, gathered.examiners, tuple(of)):
        for value in values:
            given[key][of[photo]][value].append(photo)
    for described in gathered.moment.vocabulary.described:
        if described.key in given:
            yield _make_answer_table(gathered, described, given[described.key])


def _make_answer_table(
    gathered: Cohort, described: DescriptionQuestion, answers: Mapping[str, Mapping[str, list[str]]]
) -> Table:
    """`answers`: Individual -> answer -> Photos."""
    asked = [id_ for id_ in gathered.people if id_ in answers]
    silent = tuple(id_ for id_ in gathered.people if id_ not in answers)
    known = [choice.key for choice in described.choices]
    others = sorted({value for found in answers.values() for value in found} - set(known))
    figures = []
    for value in (*known, *others):
        has = tuple(id_ for id_ in asked if value in answers[id_])
        without = tuple(id_ for id_ in asked if value not in answers[id_])
        behind = tuple(dict.fromkeys(photo for id_ in has for photo in answers[id_][value]))
        key = f"described/{described.key}/{value}"
        label = described.value_name(value)
        made = Figure(
            key, label, CountedUnit.INDIVIDUAL, has, without, silent, kind=FigureKind.CLASS, behind=behind
        )
        figures.append(made)
    title = f"{described.name[:1].upper()}{described.name[1:]}, by individuals"
    return Table(f"described/{described.key}", title, CountedUnit.INDIVIDUAL, tuple(figures), (_NOTE,))
