"""Conditions on everything but Findings, each as a test of a row of `photos`.

Every test is "in a set" or "not in a set", where the set depends on nothing outside: it is made once.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
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

from reviewer.domain.people.ages import OLDEST, UNTOLD
from reviewer.domain.people.individual import NUMBERS, Fact
from reviewer.domain.search.fields import DESCRIBED, DOUBT, NONE, UNSORTED
from reviewer.domain.search.query import Condition
from reviewer.domain.vocabulary.coverage import Level
from reviewer.domain.worklist.worklist import Progress
from reviewer.storage.engine import tables as t
from reviewer.storage.photos import taken
from reviewer.storage.reading import descriptions
from reviewer.storage.search import full_text, tag_conditions
from reviewer.storage.search.finding_conditions import THERE
from reviewer.storage.search.full_text import escaped, pattern_of, photos_of

Examiner = str | None
Test = ColumnElement[bool]
_p = t.photos.c
_FACTS = {"detainee": NUMBERS[0], "branch": NUMBERS[1], "examination": NUMBERS[2]}


def test_of(condition: Condition, examiner: Examiner) -> Test:
    """The test of one condition; KeyError for a field that is none of these."""
    return _TESTS[condition.field](condition, examiner)


def in_photos(found: Select[str]) -> Test:
    return _p.sha256.in_(found)


def _text(column: ColumnElement[str], condition: Condition) -> Test:
    if condition.relation == "=":
        return column == condition.value
    return column.like(pattern_of(condition.value, whole=False), "\\")


# numbers and other facts of an Individual


def _number(condition: Condition, _examiner: Examiner) -> Test:
    names = [condition.field] if condition.field in _FACTS else list(_FACTS)
    said = t.statements.c
    facts = [str(_FACTS[name]) for name in names]
    stated = select(said.individual).where(
        said.fact.in_(facts), said.withdrawn == "", _is_number(said.value, condition)
    )
    on_cards = union_all(
        *(select(t.cards.c.photo).where(_is_number(t.cards.c[name], condition)) for name in names)
    )
    return or_(photos_of(stated), _p.sha256.in_(on_cards))


def _is_number(column: ColumnElement[str], condition: Condition) -> Test:
    if len(condition.keys) == 2:
        low, high = condition.keys
        number = cast(column, Integer)
        ends = [number >= int(low)] if low else []
        return and_(column.op("GLOB")("[0-9]*"), *ends, *([number <= int(high)] if high else []))
    (value,) = condition.keys
    if condition.relation == "=" or not set("?*") & set(value):
        return column == value
    return column.like(pattern_of(value, whole=True), "\\")


def _fact(fact: Fact) -> Callable[[Condition, Examiner], Test]:
    def test(condition: Condition, _examiner: Examiner) -> Test:
        c = t.statements.c
        return photos_of(
            select(c.individual).where(c.fact == str(fact), c.value.in_(condition.keys), c.withdrawn == "")
        )

    return test


def _age(condition: Condition, _examiner: Examiner) -> Test:
    """Individuals of whom a range is stated that meets the one asked for. The forms are those that
    `domain/people/ages.py` keeps: "25-40", "under 12", "60 and over", "cannot tell"."""
    c = t.statements.c
    stated = select(c.individual).where(c.fact == str(Fact.AGE_BAND), c.withdrawn == "")
    if condition.keys == (UNTOLD,):
        return photos_of(stated.where(c.value == UNTOLD))
    low, high = (int(each) for each in condition.keys)
    under, over = c.value.like("under %"), c.value.like("% and over")
    first = cast(c.value, Integer)
    least = case((under, 0), else_=first)
    most = case(
        (under, cast(func.substr(c.value, len("under ") + 1), Integer) - 1),
        (over, OLDEST),
        else_=cast(func.substr(c.value, func.instr(c.value, "-") + 1), Integer),
    )
    is_range = or_(under, over, c.value.op("GLOB")("[0-9]*-[0-9]*"))
    return photos_of(stated.where(is_range, least <= high, most >= low))


def _individual(condition: Condition, _examiner: Examiner) -> Test:
    """By id or the beginning of one, by a number, or by (part of) a name."""
    facts, said = t.photo_facts.c, t.statements.c
    if condition.value.casefold() == NONE:
        return _p.sha256.not_in(select(facts.photo).where(facts.individual != ""))
    value = condition.value
    exact = condition.relation == "="
    by_id = facts.individual == value if exact else facts.individual.like(f"{escaped(value)}%", "\\")
    labels = [str(each) for each in (*NUMBERS, Fact.NAME)]
    name = said.value == value if exact else said.value.like(pattern_of(value, whole=False), "\\")
    number = and_(said.fact != str(Fact.NAME), said.value == value)
    stated = select(said.individual).where(
        said.fact.in_(labels), said.withdrawn == "", or_(number, and_(said.fact == str(Fact.NAME), name))
    )
    return or_(in_photos(select(facts.photo).where(by_id, facts.individual != "")), photos_of(stated))


def _category(condition: Condition, _examiner: Examiner) -> Test:
    c = t.photo_facts.c
    if condition.keys[0] in {NONE, UNSORTED}:
        return _p.sha256.not_in(select(c.photo).where(c.category != ""))
    return in_photos(select(c.photo).where(c.category.in_(condition.keys)))


# the Reading


def _own(column: ColumnElement[str], examiner: Examiner) -> list[Test]:
    return [] if examiner is None else [column == examiner]


def _state(condition: Condition, examiner: Examiner) -> Test:
    c = t.readings.c
    own = _own(c.examiner, examiner)
    if condition.keys[0] == Progress.UNREAD:
        return _p.sha256.not_in(select(c.photo).where(*own))
    return in_photos(select(c.photo).where(c.state.in_(condition.keys), *own))


def _conclusion(condition: Condition, examiner: Examiner) -> Test:
    c = t.readings.c
    own = _own(c.examiner, examiner)
    if condition.keys[0] == NONE:
        return _p.sha256.not_in(select(c.photo).where(c.conclusion != "", *own))
    return in_photos(select(c.photo).where(c.conclusion.like(f"{condition.keys[0]}%"), *own))


def _findings(condition: Condition, examiner: Examiner) -> Test:
    """`readings.counted` is how many confirmed Findings are there; a Photo without a Reading has none."""
    low, high = condition.keys
    c = t.readings.c
    own = _own(c.examiner, examiner)
    if low and int(low) > 0:
        ends = [c.counted >= int(low), *([c.counted <= int(high)] if high else [])]
        return in_photos(select(c.photo).where(*ends, *own))
    # none is enough: whoever has more is left out, so that Photos nobody read are in
    return _p.sha256.not_in(select(c.photo).where(c.counted > int(high), *own)) if high else true()


def _note(condition: Condition, examiner: Examiner) -> Test:
    return full_text.in_notes(condition.value, condition.phrase, examiner)


def _record(condition: Condition, _examiner: Examiner) -> Test:
    return full_text.records_with(condition.value, condition.phrase)


def _covers(condition: Condition, examiner: Examiner) -> Test:
    """Of a view: all of its Regions can be judged; of Regions: one of them can."""
    how, *regions = condition.keys
    c = t.coverage.c
    found = select(c.photo).where(
        c.region.in_(regions), c.level == str(Level.ASSESSABLE), *_own(c.examiner, examiner)
    )
    if how == "all":
        found = found.group_by(c.examiner, c.photo).having(func.count() == len(regions))
    return in_photos(found)


def _described(condition: Condition, examiner: Examiner) -> Test:
    found = descriptions.photos_saying(condition.field, condition.keys)
    return in_photos(found.where(*_own(t.readings.c.examiner, examiner)))


# the file


def _date(column: ColumnElement[str], condition: Condition) -> Test:
    low, high = condition.keys
    return and_(column != "", *([column >= low] if low else []), *([column < high] if high else []))


def _taken(condition: Condition, _examiner: Examiner) -> Test:
    photos = t.photos.alias().c
    dated = taken.is_date(photos.taken_at)
    if condition.keys == (NONE,):
        return _p.id.in_(select(photos.id).where(not_(dated)))
    if condition.keys == (DOUBT,):
        return _p.id.in_(select(photos.id).where(taken.is_doubtful(photos)))
    return _p.id.in_(select(photos.id).where(_date(photos.taken_at, condition), dated))


def _ingested(condition: Condition, _examiner: Examiner) -> Test:
    c = t.sources.c
    when = case((c.ingested_at != "", c.ingested_at), else_=c.added_at)
    if condition.keys == (NONE,):
        return _of_sources(select(c.id).where(c.ingested_at == ""))
    return _of_sources(select(c.id).where(_date(when, condition)))


def _of_sources(sources: Select[str]) -> Test:
    c = t.source_files.c
    return _p.id.in_(select(c.photo).where(c.source.in_(sources), c.photo.is_not(None)))


def _source(condition: Condition, _examiner: Examiner) -> Test:
    c = t.sources.c
    return _of_sources(select(c.id).where(or_(_text(c.path, condition), c.id == condition.value)))


def _place(name: str) -> Callable[[Condition, Examiner], Test]:
    def test(condition: Condition, _examiner: Examiner) -> Test:
        c = t.source_files.c
        return _p.id.in_(select(c.photo).where(_text(c[name], condition), c.photo.is_not(None)))

    return test


def _camera(condition: Condition, _examiner: Examiner) -> Test:
    photos = t.photos.alias().c
    both = photos.make + " " + photos.model
    found = or_(_text(both, condition), _text(photos.model, condition), _text(photos.make, condition))
    return _p.id.in_(select(photos.id).where(found))


def _photo(condition: Condition, _examiner: Examiner) -> Test:
    return and_(_p.sha256 >= condition.value, _p.sha256 < f"{condition.value}g")


def _alike(condition: Condition, _examiner: Examiner) -> Test:
    facts = t.photo_facts.c
    begins = and_(facts.photo >= condition.value, facts.photo < f"{condition.value}g")
    groups = select(facts.duplicates).where(begins, facts.duplicates != "")
    return in_photos(select(facts.photo).where(facts.duplicates.in_(groups)))


# whether there is such a thing


def _has(condition: Condition, examiner: Examiner) -> Test:
    facts, readings = t.photo_facts.c, t.readings.c
    f = t.findings.c
    own, own_findings = _own(readings.examiner, examiner), _own(f.examiner, examiner)
    damaged = t.photos.alias().c
    sets: dict[str, Callable[[], Test]] = {
        "card": lambda: in_photos(select(t.cards.c.photo)),
        "coverage": lambda: in_photos(
            select(t.coverage.c.photo).where(*_own(t.coverage.c.examiner, examiner))
        ),
        "damage": lambda: _p.id.in_(select(damaged.id).where(damaged.damage != "")),
        "description": lambda: in_photos(
            select(readings.photo).where(readings.description != descriptions.EMPTY, *own)
        ),
        "duplicates": lambda: in_photos(select(facts.photo).where(facts.duplicates != "")),
        "finding": lambda: in_photos(select(readings.photo).where(readings.counted > 0, *own)),
        "individual": lambda: in_photos(select(facts.photo).where(facts.individual != "")),
        "list": lambda: in_photos(select(readings.photo).where(readings.looked_for != "[]", *own)),
        "mark": lambda: in_photos(select(readings.photo).where(readings.marked > 0, *own)),
        "note": lambda: full_text.with_note(examiner),
        "record": lambda: full_text.photos_of_records(None),
        "unconfirmed": lambda: in_photos(
            select(f.photo).where(f.confirmed == literal_column("0"), *own_findings)
        ),
        "unstated": lambda: in_photos(
            select(f.photo).where(
                f.certainty_stated == literal_column("0"),
                f.confirmed == 1,
                f.answer.in_(THERE),
                *own_findings,
            )
        ),
    }
    return sets[condition.keys[0]]()


def _list(condition: Condition, _examiner: Examiner) -> Test:
    """A list whose Photos were kept; a list that is a query is put in its place before (services)."""
    kept = select(t.lists.c.photos).where(t.lists.c.id == condition.keys[0]).scalar_subquery()
    each = func.json_each(kept).table_valued("value")
    return _p.sha256.in_(select(each.c.value))


_TESTS: dict[str, Callable[[Condition, Examiner], Test]] = {
    "number": _number,
    "detainee": _number,
    "branch": _number,
    "examination": _number,
    "sex": _fact(Fact.SEX),
    "age": _age,
    "individual": _individual,
    "category": _category,
    "state": _state,
    "conclusion": _conclusion,
    "findings": _findings,
    "note": _note,
    "record": _record,
    "covers": _covers,
    "taken": _taken,
    "ingested": _ingested,
    "source": _source,
    "file": _place("name"),
    "folder": _place("folder"),
    "camera": _camera,
    "photo": _photo,
    "alike": _alike,
    "has": _has,
    "list": _list,
    **{name: _described for name, _says in DESCRIBED},
    **tag_conditions.TESTS,
}
