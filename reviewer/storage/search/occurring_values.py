"""Values that occur in a Case: for completion, for strata of samples, and the saved lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, union

from reviewer.domain.people.individual import (
    FACT_OF_NUMBER_FIELD,
    NUMBER_FACTS,
    Fact,
    SavedList,
    TranscriptionPass,
)
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import name_photo
from reviewer.storage.photos import taken
from reviewer.storage.search import tag_conditions
from reviewer.storage.search.full_text import escape_like
from reviewer.storage.shared.shared_rows import SAVED_LIST_ROWS

_MOST_VALUES = 12
_FACTS_OF_FIELD = {
    **{field: (fact,) for field, fact in FACT_OF_NUMBER_FIELD.items()},
    "number": NUMBER_FACTS,
    "individual": (Fact.NAME, *NUMBER_FACTS),
}


def load_saved_lists(connection: Connection) -> list[SavedList]:
    """Load the saved lists, by name."""
    rows = connection.execute(select(t.lists).order_by(func.lower(t.lists.c.name), t.lists.c.id))
    return list(map(SAVED_LIST_ROWS.make, rows))


def find_values_beginning(connection: Connection, field: str, typed: str) -> Sequence[str]:
    """Find some values of a field that begin so, or contain it where the field is compared that way."""
    c, s = t.source_files.c, t.sources.c
    if field in _FACTS_OF_FIELD:
        return _fetch_texts(connection, _select_facts(field, typed))
    if field in {"software", "serial"}:
        return tag_conditions.find_tag_values(connection, field, typed)
    columns: dict[str, tuple[ColumnElement[str], bool]] = {
        "folder": (c.folder, True),
        "source": (s.path, True),
        "camera": (t.photos.c.model, True),
        "list": (t.lists.c.name, True),
    }
    if field not in columns:
        return ()
    column, anywhere = columns[field]
    pattern = f"{'%' if anywhere else ''}{escape_like(typed)}%"
    query = select(column).distinct().where(column.like(pattern, "\\"), column != "")
    return _fetch_texts(connection, query.order_by(column).limit(_MOST_VALUES))


def _select_facts(field: str, typed: str) -> Select[str]:
    """Numbers and names that are stated, and numbers on cards that were read twice: whoever reads a card a
    second time is not to be offered what the first pass read."""
    said, pattern = t.statements.c, f"{escape_like(typed)}%"
    facts = [str(fact) for fact in _FACTS_OF_FIELD[field]]
    stated = select(said.value).where(
        said.fact.in_(facts), said.withdrawn == "", said.value.like(pattern, "\\")
    )
    read_again = select(t.cards.c.photo).where(t.cards.c["pass"] != str(TranscriptionPass.FIRST))
    cards = [
        select(t.cards.c[name])
        .where(t.cards.c[name].like(pattern, "\\"), t.cards.c[name] != "")
        .where(t.cards.c.photo.in_(read_again))
        for name in FACT_OF_NUMBER_FIELD
        if field in {name, "number"}
    ]
    found = union(stated, *cards).subquery()
    return select(found.c[0]).order_by(func.length(found.c[0]), found.c[0]).limit(_MOST_VALUES)


def _fetch_texts(connection: Connection, query: Select[str]) -> list[str]:
    return [str(value) for value in connection.execute(query).scalars()]


# strata


def load_strata(connection: Connection, field: str, examiner: str | None) -> dict[str, str]:
    """SHA-256 -> value of a field, of the Photos that have one. KeyError for a field without strata."""
    query = _STRATUM_QUERIES[field](examiner)
    return {row[0]: str(row[1]) for row in connection.execute(query)}


def _select_fact_of_photos(fact: Fact) -> Callable[[str | None], Select[str, str]]:
    """The smallest of the values that stand, so that a Photo lies in one stratum."""

    def query(_examiner: str | None) -> Select[str, str]:
        said, facts = t.statements.c, t.photo_facts.c
        stands = and_(said.individual == facts.individual, said.fact == str(fact), said.withdrawn == "")
        joined = select(facts.photo, func.min(said.value).label("value")).join(t.statements, stands)
        least = joined.group_by(facts.photo).subquery().c
        return select(name_photo(least.photo), least.value)

    return query


def _select_file_column(column: ColumnElement[str]) -> Callable[[str | None], Select[str, str]]:
    c = t.source_files.c
    joined = select(t.photos.c.sha256, column).join(t.source_files, c.photo == t.photos.c.id)
    return lambda _examiner: joined.where(c.outcome == "photo")


def _select_photo_column(column: ColumnElement[str]) -> Callable[[str | None], Select[str, str]]:
    return lambda _examiner: select(t.photos.c.sha256, column).where(column != "")


def _select_state(examiner: str | None) -> Select[str, str]:
    c = t.readings.c
    query = select(c.photo, func.min(c.state).label("state")).group_by(c.photo)
    least = (query if examiner is None else query.where(c.examiner == examiner)).subquery().c
    return select(name_photo(least.photo), least.state)


def _select_shared_column(column: ColumnElement[str]) -> Callable[[str | None], Select[str, str]]:
    return lambda _examiner: select(name_photo(t.photo_facts.c.photo), column).where(column != "")


_STRATUM_QUERIES: dict[str, Callable[[str | None], Select[str, str]]] = {
    "branch": _select_fact_of_photos(Fact.BRANCH_NUMBER),
    "camera": _select_photo_column(t.photos.c.model),
    "category": _select_shared_column(t.photo_facts.c.category),
    "folder": _select_file_column(t.source_files.c.folder),
    "individual": _select_shared_column(t.photo_facts.c.individual),
    "month": _select_photo_column(func.substr(taken.valid_date_column(t.photos.c.taken_at), 1, 7)),
    "sex": _select_fact_of_photos(Fact.SEX),
    "age": _select_fact_of_photos(Fact.AGE_BAND),
    "source": _select_file_column(t.source_files.c.source),
    "state": _select_state,
    "year": _select_photo_column(func.substr(taken.valid_date_column(t.photos.c.taken_at), 1, 4)),
}
STRATUM_FIELDS = tuple(sorted(_STRATUM_QUERIES))
