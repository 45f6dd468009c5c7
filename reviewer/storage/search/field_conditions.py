"""Conditions on everything but Findings, each as a test of a row of `photos`.

Every test is "in a set" or "not in a set", where the set depends on nothing outside: it is made once.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BinaryExpression,
    BooleanClauseList,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    SelectBase,
    and_,
    case,
    cast,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.sql import operators

from reviewer.domain.people.ages import CANNOT_TELL, OLDEST
from reviewer.domain.people.individual import FACT_OF_NUMBER_FIELD, NUMBER_FACTS, Fact
from reviewer.domain.search.fields import DESCRIPTION_FIELDS, DOUBT_VALUE, NONE_VALUE, UNSORTED_VALUE
from reviewer.domain.search.query import QueryCondition
from reviewer.domain.vocabulary.coverage import CoverageLevel
from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.photos import taken
from reviewer.storage.photos.taken import SqlCondition
from reviewer.storage.reading import descriptions
from reviewer.storage.search import full_text, tag_conditions
from reviewer.storage.search.finding_conditions import ANSWERS_THERE, ExaminerOrAll
from reviewer.storage.search.full_text import make_like_pattern, match_photos_of_individuals

_p = t.photos.c


def match_condition(condition: QueryCondition, examiner: ExaminerOrAll) -> SqlCondition:
    """The test of one condition; KeyError for a field that is none of these."""
    return _FIELD_MATCHERS[condition.field](condition, examiner)


def match_photos(found: Select[int]) -> SqlCondition:
    """Of a row of `photos`: that it is among these numbers."""
    return _p.id.in_(found)


def find_numbers(condition: SqlCondition) -> Select[int] | None:
    """Return the numbers that a condition of `match_photos`, or alternatives of such conditions, is made of;
    some may come more than once. None for any other condition."""
    if isinstance(condition, BooleanClauseList) and condition.operator is operator.or_:
        alternatives = [find_numbers(one) for one in condition.clauses]
        lists = [found for found in alternatives if found is not None]
        return _list_numbers(union_all(*lists)) if len(lists) == len(alternatives) else None
    listed = _get_listed(condition, operators.in_op)
    return _list_numbers(listed.element) if isinstance(listed, ScalarSelect) else None


def find_excluded_numbers(condition: SqlCondition) -> Select[int] | None:
    """Return the numbers that a condition leaves out, where it is nothing but `NOT IN` such a list."""
    listed = _get_listed(condition, operators.not_in_op)
    return _list_numbers(listed.element) if isinstance(listed, ScalarSelect) else None


def match_number(number: ColumnElement[int], condition: SqlCondition) -> SqlCondition:
    """Of the number of a Photo: that the condition on its row of `photos` holds."""
    found = find_numbers(condition)
    if found is not None:
        return number.in_(found)
    listed = _get_listed(condition, operators.not_in_op)
    return number.not_in(listed) if listed is not None else number.in_(select(_p.id).where(condition))


def _get_listed(condition: SqlCondition, relation: operators.OperatorType) -> ColumnElement[Any] | None:
    """Return what numbers are compared with where a condition asks nothing else of a row of `photos`."""
    is_of_number = isinstance(condition, BinaryExpression) and condition.left is _p.id
    return condition.right if is_of_number and condition.operator is relation else None


def _list_numbers(found: SelectBase) -> Select[int]:
    """The one column of a SELECT of any form, as a plain one: SQLite takes no parentheses within UNION."""
    listed = found.subquery()
    return select(*listed.c)


def _match_text(column: ColumnElement[str], condition: QueryCondition) -> SqlCondition:
    if condition.relation == "=":
        return column == condition.value
    return column.like(make_like_pattern(condition.value, whole=False), "\\")


# numbers and other facts of an Individual


def _match_number(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
    names = [condition.field] if condition.field in FACT_OF_NUMBER_FIELD else list(FACT_OF_NUMBER_FIELD)
    said = t.statements.c
    facts = [str(FACT_OF_NUMBER_FIELD[name]) for name in names]
    stated = select(said.individual).where(
        said.fact.in_(facts), said.withdrawn == "", _match_number_column(said.value, condition)
    )
    on_cards = union_all(
        *(select(t.cards.c.photo).where(_match_number_column(t.cards.c[name], condition)) for name in names)
    )
    return or_(match_photos_of_individuals(stated), _p.id.in_(on_cards))


def _match_number_column(column: ColumnElement[str], condition: QueryCondition) -> SqlCondition:
    if len(condition.keys) == 2:
        low, high = condition.keys
        number = cast(column, Integer)
        ends = [number >= int(low)] if low else []
        return and_(column.op("GLOB")("[0-9]*"), *ends, *([number <= int(high)] if high else []))
    (value,) = condition.keys
    if condition.relation == "=" or not set("?*") & set(value):
        return column == value
    return column.like(make_like_pattern(value, whole=True), "\\")


def _match_fact(fact: Fact) -> Callable[[QueryCondition, ExaminerOrAll], SqlCondition]:
    def test(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
        c = t.statements.c
        return match_photos_of_individuals(
            select(c.individual).where(c.fact == str(fact), c.value.in_(condition.keys), c.withdrawn == "")
        )

    return test


def _match_age(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
    """Match Individuals with a stated range that overlaps the one asked for. The forms are those that
    `domain/people/ages.py` keeps: "25-40", "under 12", "60 and over", "cannot tell"."""
    c = t.statements.c
    stated = select(c.individual).where(c.fact == str(Fact.AGE_BAND), c.withdrawn == "")
    if condition.keys == (CANNOT_TELL,):
        return match_photos_of_individuals(stated.where(c.value == CANNOT_TELL))
    low, high = (int(age) for age in condition.keys)
    under, over = c.value.like("under %"), c.value.like("% and over")
    first = cast(c.value, Integer)
    least = case((under, 0), else_=first)
    most = case(
        (under, cast(func.substr(c.value, len("under ") + 1), Integer) - 1),
        (over, OLDEST),
        else_=cast(func.substr(c.value, func.instr(c.value, "-") + 1), Integer),
    )
    is_range = or_(under, over, c.value.op("GLOB")("[0-9]*-[0-9]*"))
    return match_photos_of_individuals(stated.where(is_range, least <= high, most >= low))


def _match_individual(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
    """By a number, by (part of) a name, by the whole id, or by what the window calls one: its Photos are the
    keys."""
    facts, said = t.photo_facts.c, t.statements.c
    if condition.value.casefold() == NONE_VALUE:
        return _p.id.not_in(select(facts.photo).where(facts.individual != ""))
    value = condition.value
    exact = condition.relation == "="
    by_id = facts.individual == value
    labels = [str(key) for key in (*NUMBER_FACTS, Fact.NAME)]
    name = said.value == value if exact else said.value.like(make_like_pattern(value, whole=False), "\\")
    number = and_(said.fact != str(Fact.NAME), said.value == value)
    stated = select(said.individual).where(
        said.fact.in_(labels), said.withdrawn == "", or_(number, and_(said.fact == str(Fact.NAME), name))
    )
    return or_(
        match_photos(select(facts.photo).where(by_id, facts.individual != "")),
        match_photos_of_individuals(stated),
        *([_p.sha256.in_(ids_as_subquery(condition.keys))] if condition.keys else []),
    )


def _match_category(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
    c = t.photo_facts.c
    if condition.keys[0] in {NONE_VALUE, UNSORTED_VALUE}:
        return _p.id.not_in(select(c.photo).where(c.category != ""))
    return match_photos(select(c.photo).where(c.category.in_(condition.keys)))


# the Reading


def _restrict_to_examiner(column: ColumnElement[str], examiner: ExaminerOrAll) -> list[SqlCondition]:
    return [] if examiner is None else [column == examiner]


def _match_state(condition: QueryCondition, examiner: ExaminerOrAll) -> SqlCondition:
    c = t.readings.c
    own = _restrict_to_examiner(c.examiner, examiner)
    if condition.keys[0] == ReadingProgress.UNREAD:
        return _p.id.not_in(select(c.photo).where(*own))
    return match_photos(select(c.photo).where(c.state.in_(condition.keys), *own))


def _match_conclusion(condition: QueryCondition, examiner: ExaminerOrAll) -> SqlCondition:
    c = t.readings.c
    own = _restrict_to_examiner(c.examiner, examiner)
    if condition.keys[0] == NONE_VALUE:
        return _p.id.not_in(select(c.photo).where(c.conclusion != "", *own))
    return match_photos(select(c.photo).where(c.conclusion.like(f"{condition.keys[0]}%"), *own))


def _match_finding_count(condition: QueryCondition, examiner: ExaminerOrAll) -> SqlCondition:
    """`readings.counted` is how many confirmed Findings are there; a Photo without a Reading has none."""
    low, high = condition.keys
    c = t.readings.c
    own = _restrict_to_examiner(c.examiner, examiner)
    if low and int(low) > 0:
        ends = [c.counted >= int(low), *([c.counted <= int(high)] if high else [])]
        return match_photos(select(c.photo).where(*ends, *own))
    # none is enough: whoever has more is left out, so that Photos nobody read are in
    return _p.id.not_in(select(c.photo).where(c.counted > int(high), *own)) if high else true()


def _match_note(condition: QueryCondition, examiner: ExaminerOrAll) -> SqlCondition:
    return full_text.match_notes(condition.value, condition.phrase, examiner)


def _match_record(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
    return full_text.match_records(condition.value, condition.phrase)


def _match_covers(condition: QueryCondition, examiner: ExaminerOrAll) -> SqlCondition:
    """Of a view: all of its Regions can be judged; of Regions: one of them can."""
    how, *regions = condition.keys
    c = t.coverage.c
    found = select(c.photo).where(
        c.region.in_(regions),
        c.level == str(CoverageLevel.ASSESSABLE),
        *_restrict_to_examiner(c.examiner, examiner),
    )
    if how == "all":
        found = found.group_by(c.examiner, c.photo).having(func.count() == len(regions))
    return match_photos(found)


def _match_description(condition: QueryCondition, examiner: ExaminerOrAll) -> SqlCondition:
    found = descriptions.select_photos_saying(condition.field, condition.keys)
    return match_photos(found.where(*_restrict_to_examiner(t.readings.c.examiner, examiner)))


# the file


def _match_date(column: ColumnElement[str], condition: QueryCondition) -> SqlCondition:
    low, high = condition.keys
    return and_(column != "", *([column >= low] if low else []), *([column < high] if high else []))


def _match_taken(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
    photos = t.photos.alias().c
    dated = taken.is_date(photos.taken_at)
    if condition.keys == (NONE_VALUE,):
        return _p.id.in_(select(photos.id).where(not_(dated)))
    if condition.keys == (DOUBT_VALUE,):
        return _p.id.in_(select(photos.id).where(taken.is_doubtful(photos)))
    return _p.id.in_(select(photos.id).where(_match_date(photos.taken_at, condition), dated))


def _match_ingested(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
    c = t.sources.c
    when = case((c.ingested_at != "", c.ingested_at), else_=c.added_at)
    if condition.keys == (NONE_VALUE,):
        return _match_sources(select(c.id).where(c.ingested_at == ""))
    return _match_sources(select(c.id).where(_match_date(when, condition)))


def _match_sources(sources: Select[str]) -> SqlCondition:
    c = t.source_files.c
    return _p.id.in_(select(c.photo).where(c.source.in_(sources), c.photo.is_not(None)))


def _match_source(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
    c = t.sources.c
    return _match_sources(select(c.id).where(or_(_match_text(c.path, condition), c.id == condition.value)))


def _match_location(name: str) -> Callable[[QueryCondition, ExaminerOrAll], SqlCondition]:
    def test(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
        c = t.source_files.c
        return _p.id.in_(select(c.photo).where(_match_text(c[name], condition), c.photo.is_not(None)))

    return test


def _match_camera(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
    photos = t.photos.alias().c
    both = photos.make + " " + photos.model
    found = or_(
        _match_text(both, condition),
        _match_text(photos.model, condition),
        _match_text(photos.make, condition),
    )
    return _p.id.in_(select(photos.id).where(found))


def _match_hash(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
    return and_(_p.sha256 >= condition.value, _p.sha256 < f"{condition.value}g")


def _match_alike(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
    facts, n = t.photo_facts.c, t.photo_numbers.c
    named = and_(n.sha256 >= condition.value, n.sha256 < f"{condition.value}g")
    begins = facts.photo.in_(select(n.number).where(named))
    groups = select(facts.duplicates).where(begins, facts.duplicates != "")
    return match_photos(select(facts.photo).where(facts.duplicates.in_(groups)))


# whether there is such a thing


def _match_has(condition: QueryCondition, examiner: ExaminerOrAll) -> SqlCondition:
    facts, readings = t.photo_facts.c, t.readings.c
    f = t.findings.c
    own = _restrict_to_examiner(readings.examiner, examiner)
    own_findings = _restrict_to_examiner(f.examiner, examiner)
    damaged = t.photos.alias().c
    sets: dict[str, Callable[[], SqlCondition]] = {
        "card": lambda: match_photos(select(t.cards.c.photo)),
        "coverage": lambda: match_photos(
            select(t.coverage.c.photo).where(*_restrict_to_examiner(t.coverage.c.examiner, examiner))
        ),
        "damage": lambda: _p.id.in_(select(damaged.id).where(damaged.damage != "")),
        "description": lambda: match_photos(
            select(readings.photo).where(readings.description != descriptions.EMPTY_DESCRIPTION, *own)
        ),
        "duplicates": lambda: match_photos(select(facts.photo).where(facts.duplicates != "")),
        "finding": lambda: match_photos(select(readings.photo).where(readings.counted > 0, *own)),
        "individual": lambda: match_photos(select(facts.photo).where(facts.individual != "")),
        "list": lambda: match_photos(select(readings.photo).where(readings.looked_for != "[]", *own)),
        "mark": lambda: match_photos(select(readings.photo).where(readings.marked > 0, *own)),
        "note": lambda: full_text.match_any_note(examiner),
        "record": lambda: full_text.match_photos_of_records(None),
        "unconfirmed": lambda: match_photos(
            select(f.photo).where(f.confirmed == literal_column("0"), *own_findings)
        ),
        "unstated": lambda: match_photos(
            select(f.photo).where(
                f.certainty_stated == literal_column("0"),
                f.confirmed == 1,
                f.answer.in_(ANSWERS_THERE),
                *own_findings,
            )
        ),
    }
    return sets[condition.keys[0]]()


def _match_list(condition: QueryCondition, _examiner: ExaminerOrAll) -> SqlCondition:
    """A list whose Photos were kept; a list that is a query is put in its place before (services)."""
    kept = select(t.lists.c.photos).where(t.lists.c.id == condition.keys[0]).scalar_subquery()
    listed = func.json_each(kept).table_valued("value")
    return _p.sha256.in_(select(listed.c.value))


_FIELD_MATCHERS: dict[str, Callable[[QueryCondition, ExaminerOrAll], SqlCondition]] = {
    "number": _match_number,
    "detainee": _match_number,
    "branch": _match_number,
    "examination": _match_number,
    "sex": _match_fact(Fact.SEX),
    "age": _match_age,
    "individual": _match_individual,
    "category": _match_category,
    "state": _match_state,
    "conclusion": _match_conclusion,
    "findings": _match_finding_count,
    "note": _match_note,
    "record": _match_record,
    "covers": _match_covers,
    "taken": _match_taken,
    "ingested": _match_ingested,
    "source": _match_source,
    "file": _match_location("name"),
    "folder": _match_location("folder"),
    "camera": _match_camera,
    "photo": _match_hash,
    "alike": _match_alike,
    "has": _match_has,
    "list": _match_list,
    **{name: _match_description for name, _says in DESCRIPTION_FIELDS},
    **tag_conditions.TAG_MATCHERS,
}
