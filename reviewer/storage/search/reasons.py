"""What of one Photo a condition rests on: the Findings, statements, cards, notes, records and files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from reviewer.domain.people.individual import FACT_NAMES, Fact
from reviewer.domain.photos.capture_dates import kept_doubt, on_calendar
from reviewer.domain.reading.reading import NOT_STATED
from reviewer.domain.search.fields import DESCRIBED
from reviewer.domain.search.query import Condition, Node, Words
from reviewer.domain.text_folding import folded
from reviewer.storage.engine import tables as t
from reviewer.storage.photos import taken as taken_rows
from reviewer.storage.reading import descriptions
from reviewer.storage.search import finding_conditions, full_text, tag_conditions

Examiner = str | None
_LONGEST = 120


@dataclass(frozen=True)
class FoundFinding:
    id: str
    term: str
    answer: str
    certainty: str
    regions: tuple[str, ...]


def findings(connection: Connection, node: Node, examiner: Examiner, photo: str) -> list[FoundFinding]:
    """The Findings of a Photo that meet all of `node`."""
    c = t.findings.c
    query = select(c.id, c.term, c.answer, c.certainty, c.certainty_stated, c.regions).where(
        finding_conditions.matches(node, examiner), c.photo == photo
    )
    rows = connection.execute(query.order_by(c.examiner, c.place))
    return [
        FoundFinding(
            row.id,
            row.term,
            row.answer,
            row.certainty if row.certainty_stated else f"certainty {NOT_STATED}",
            tuple(json.loads(row.regions)),
        )
        for row in rows
    ]


def reasons(connection: Connection, step: Words | Condition, examiner: Examiner, photo: str) -> list[str]:
    """What the Case says of the Photo about this condition, in words; nothing if there is no more to say."""
    if isinstance(step, Words):
        return [
            *_notes(connection, step.text, step.phrase, examiner, photo),
            *_records(connection, step.text, step.phrase, photo),
            *_holding(step.text, _facts(connection, photo, (Fact.NAME,))),
            *_holding(step.text, _files(connection, photo)),
        ]
    if step.field == "findings" or step.keys == ("finding",):
        return _findings(connection, examiner, photo)
    if step.field in _DESCRIBED or step.keys == ("description",):
        return _described(connection, step.field, examiner, photo)
    said = _ABOUT.get(step.field)
    if step.field == "note":
        return _notes(connection, step.value, step.phrase, examiner, photo)
    if step.field == "record":
        return _records(connection, step.value, step.phrase, photo)
    return said(connection, photo) if said else []


def _holding(text: str, said: list[str]) -> list[str]:
    return [each for each in said if folded(text) in folded(each)]


def _notes(connection: Connection, text: str, phrase: bool, examiner: Examiner, photo: str) -> list[str]:
    c = t.readings.c
    query = select(c.note).where(c.photo == photo, c.note != "")
    query = query if examiner is None else query.where(c.examiner == examiner)
    owners = full_text.owners("note", text, phrase)
    query = query.where((c.examiner + " " + c.photo).in_(owners))
    return [f"note: {row[:_LONGEST]}" for row in connection.execute(query).scalars()]


def _records(connection: Connection, text: str, phrase: bool, photo: str) -> list[str]:
    links, facts, records = t.record_links.c, t.photo_facts.c, t.records.c
    mine = select(links.record).join(t.photo_facts, facts.individual == links.individual)
    names = set(connection.execute(mine.where(facts.photo == photo, links.individual != "")).scalars())
    owners = [int(each) for each in connection.execute(full_text.owners("record", text, phrase)).scalars()]
    found = []
    for start in range(0, len(owners), 500):
        query = select(t.records).where(records.id.in_(owners[start : start + 500]))
        for row in connection.execute(query):
            if {f"{row.file}:{row.row}", f"{row.file}:{row.sheet}:{row.row}"} & names:
                found.append(f"record, row {row.row}: {row.cells[:_LONGEST]}")
    return found


def _facts(connection: Connection, photo: str, facts: tuple[Fact, ...]) -> list[str]:
    said, places = t.statements.c, t.photo_facts.c
    query = (
        select(said.fact, said.value, said.kind, said.detail)
        .join(t.photo_facts, places.individual == said.individual)
        .where(places.photo == photo, said.withdrawn == "", said.fact.in_([str(each) for each in facts]))
        .order_by(said.place)
    )
    return [
        f"{FACT_NAMES[Fact(row.fact)].lower()} {row.value} ({row.detail or row.kind})"
        for row in connection.execute(query)
    ]


def _cards(connection: Connection, photo: str, names: tuple[str, ...]) -> list[str]:
    rows = connection.execute(select(t.cards).where(t.cards.c.photo == photo))
    found = []
    for row in rows:
        numbers = [f"{name} {row._mapping[name]}" for name in names if row._mapping[name]]
        if numbers:
            found.append(f"card, {row._mapping['pass']} reading: {', '.join(numbers)}")
    return found


def _files(connection: Connection, photo: str) -> list[str]:
    c = t.source_files.c
    query = select(c.folder, c.name).where(c.sha256 == photo).order_by(c.id).limit(3)
    rows = connection.execute(
        query.where(c.photo.in_(select(t.photos.c.id).where(t.photos.c.sha256 == photo)))
    )
    return [f"file {row.folder}/{row.name}".replace(" /", " ") for row in rows]


def _numbers(*names: str) -> Callable[[Connection, str], list[str]]:
    facts = {
        "detainee": Fact.DETAINEE_NUMBER,
        "branch": Fact.BRANCH_NUMBER,
        "examination": Fact.EXAMINATION_NUMBER,
    }

    def about(connection: Connection, photo: str) -> list[str]:
        stated = _facts(connection, photo, tuple(facts[name] for name in names))
        return [*stated, *_cards(connection, photo, names)]

    return about


def _of_fact(fact: Fact) -> Callable[[Connection, str], list[str]]:
    return lambda connection, photo: _facts(connection, photo, (fact,))


def _taken(connection: Connection, photo: str) -> list[str]:
    c = t.photos.c
    row = connection.execute(
        select(c.taken_at, c.taken_doubt, c.make, c.model).where(c.sha256 == photo)
    ).one()
    taken = on_calendar(row.taken_at) or "at no known time"
    camera = f"{row.make} {row.model}".strip() or "no camera"
    odd = kept_doubt(row.taken_at, row.taken_doubt) or taken_rows.span(connection).doubt(row.taken_at)
    return [f"taken {taken}, {camera}", *([odd] if odd else [])]


def _findings(connection: Connection, examiner: Examiner, photo: str) -> list[str]:
    c = t.readings.c
    query = select(c.counted).where(c.photo == photo, c.counted > 0)
    query = query if examiner is None else query.where(c.examiner == examiner)
    counts = connection.execute(query).scalars()
    return ["1 finding is there" if count == 1 else f"{count} findings are there" for count in counts]


def _described(connection: Connection, field: str, examiner: Examiner, photo: str) -> list[str]:
    """What is said under the key that was asked for, or under any."""
    own = None if examiner is None else (examiner,)
    rows = descriptions.descriptions(connection, own, (photo,))
    asked = (row for row in rows if field not in _DESCRIBED or row.key == field)
    return [f"{row.key.replace('_', ' ')}: {', '.join(row.values)}" for row in asked]


_DESCRIBED = frozenset(name for name, _says in DESCRIBED)
_ABOUT: dict[str, Callable[[Connection, str], list[str]]] = {
    "number": _numbers("detainee", "branch", "examination"),
    "detainee": _numbers("detainee"),
    "branch": _numbers("branch"),
    "examination": _numbers("examination"),
    "individual": lambda connection, photo: _facts(
        connection, photo, (Fact.NAME, Fact.DETAINEE_NUMBER, Fact.BRANCH_NUMBER, Fact.EXAMINATION_NUMBER)
    ),
    "sex": _of_fact(Fact.SEX),
    "age": _of_fact(Fact.AGE_BAND),
    "taken": _taken,
    "camera": _taken,
    "software": lambda connection, photo: tag_conditions.about(connection, "software", photo),
    "serial": lambda connection, photo: tag_conditions.about(connection, "serial", photo),
    "position": lambda connection, photo: tag_conditions.about(connection, "position", photo),
    "file": _files,
    "folder": _files,
}
