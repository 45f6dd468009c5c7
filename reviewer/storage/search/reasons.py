"""What of one Photo a condition rests on: the Findings, statements, cards, notes, records and files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from reviewer.domain.people.individual import FACT_NAMES, FACT_OF_NUMBER_FIELD, Fact
from reviewer.domain.photos.capture_dates import describe_stored_doubt, keep_valid_date
from reviewer.domain.reading.reading import CERTAINTY_NOT_STATED
from reviewer.domain.search.fields import DESCRIPTION_FIELDS
from reviewer.domain.search.query import QueryCondition, QueryNode, QueryWords
from reviewer.domain.text_folding import fold_text
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import number_of
from reviewer.storage.photos import taken as taken_rows
from reviewer.storage.reading import descriptions
from reviewer.storage.search import finding_conditions, full_text, tag_conditions
from reviewer.storage.search.finding_conditions import ExaminerOrAll

_LONGEST_QUOTE = 120


@dataclass(frozen=True)
class FoundFinding:
    id: str
    term: str
    answer: str
    certainty: str
    regions: tuple[str, ...]


def find_findings(
    connection: Connection, node: QueryNode, examiner: ExaminerOrAll, photo: str
) -> list[FoundFinding]:
    """Find the Findings of a Photo that meet all of `node`."""
    c = t.findings.c
    query = select(c.id, c.term, c.answer, c.certainty, c.certainty_stated, c.regions).where(
        finding_conditions.match_finding(node, examiner), c.photo == number_of(photo)
    )
    rows = connection.execute(query.order_by(c.examiner, c.place))
    return [
        FoundFinding(
            row.id,
            row.term,
            row.answer,
            row.certainty if row.certainty_stated else f"certainty {CERTAINTY_NOT_STATED}",
            tuple(json.loads(row.regions)),
        )
        for row in rows
    ]


def find_reasons(
    connection: Connection, step: QueryWords | QueryCondition, examiner: ExaminerOrAll, photo: str
) -> list[str]:
    """Say in words what the Case knows of the Photo about this condition; empty if there is no more to
    say."""
    if isinstance(step, QueryWords):
        return [
            *_describe_notes(connection, step.text, step.phrase, examiner, photo),
            *_describe_records(connection, step.text, step.phrase, photo),
            *_keep_containing(step.text, _describe_facts(connection, photo, (Fact.NAME,))),
            *_keep_containing(step.text, _describe_files(connection, photo)),
        ]
    if step.field == "findings" or step.keys == ("finding",):
        return _describe_finding_count(connection, examiner, photo)
    if step.field in _DESCRIPTION_FIELD_NAMES or step.keys == ("description",):
        return _describe_description(connection, step.field, examiner, photo)
    if step.field == "note":
        return _describe_notes(connection, step.value, step.phrase, examiner, photo)
    if step.field == "record":
        return _describe_records(connection, step.value, step.phrase, photo)
    describe = _DESCRIBERS.get(step.field)
    return describe(connection, photo) if describe else []


def _keep_containing(text: str, said: list[str]) -> list[str]:
    return [sentence for sentence in said if fold_text(text) in fold_text(sentence)]


def _describe_notes(
    connection: Connection, text: str, phrase: bool, examiner: ExaminerOrAll, photo: str
) -> list[str]:
    c = t.readings.c
    query = select(c.note).where(c.photo == number_of(photo), c.note != "")
    query = query if examiner is None else query.where(c.examiner == examiner)
    owners = full_text.select_text_owners("note", text, phrase)
    query = query.where((c.examiner + f" {photo}").in_(owners))
    return [f"note: {row[:_LONGEST_QUOTE]}" for row in connection.execute(query).scalars()]


def _describe_records(connection: Connection, text: str, phrase: bool, photo: str) -> list[str]:
    links, facts, records = t.record_links.c, t.photo_facts.c, t.records.c
    mine = select(links.record).join(t.photo_facts, facts.individual == links.individual)
    names = set(
        connection.execute(mine.where(facts.photo == number_of(photo), links.individual != "")).scalars()
    )
    owners = list(
        map(int, connection.execute(full_text.select_text_owners("record", text, phrase)).scalars())
    )
    found = []
    for start in range(0, len(owners), 500):
        query = select(t.records).where(records.id.in_(owners[start : start + 500]))
        for row in connection.execute(query):
            if {f"{row.file}:{row.row}", f"{row.file}:{row.sheet}:{row.row}"} & names:
                found.append(f"record, row {row.row}: {row.cells[:_LONGEST_QUOTE]}")
    return found


def _describe_facts(connection: Connection, photo: str, facts: tuple[Fact, ...]) -> list[str]:
    said, places = t.statements.c, t.photo_facts.c
    query = (
        select(said.fact, said.value, said.kind, said.detail)
        .join(t.photo_facts, places.individual == said.individual)
        .where(
            places.photo == number_of(photo),
            said.withdrawn == "",
            said.fact.in_([str(fact) for fact in facts]),
        )
        .order_by(said.place)
    )
    return [
        f"{FACT_NAMES[Fact(row.fact)].lower()} {row.value} ({row.detail or row.kind})"
        for row in connection.execute(query)
    ]


def _describe_cards(connection: Connection, photo: str, names: tuple[str, ...]) -> list[str]:
    found = []
    for row in connection.execute(select(t.cards).where(t.cards.c.photo == number_of(photo))).mappings():
        numbers = [f"{name} {row[name]}" for name in names if row[name]]
        if numbers:
            found.append(f"card, {row['pass']} reading: {', '.join(numbers)}")
    return found


def _describe_files(connection: Connection, photo: str) -> list[str]:
    c = t.source_files.c
    query = select(c.folder, c.name).where(c.photo == number_of(photo)).order_by(c.id).limit(3)
    rows = connection.execute(query)
    return [f"file {row.folder}/{row.name}".replace(" /", " ") for row in rows]


def _make_number_describer(*names: str) -> Callable[[Connection, str], list[str]]:
    facts = tuple(FACT_OF_NUMBER_FIELD[name] for name in names)
    return lambda connection, photo: [
        *_describe_facts(connection, photo, facts),
        *_describe_cards(connection, photo, names),
    ]


def _describe_time_taken(connection: Connection, photo: str) -> list[str]:
    c = t.photos.c
    row = connection.execute(
        select(c.taken_at, c.taken_doubt, c.make, c.model).where(c.sha256 == photo)
    ).one()
    taken = keep_valid_date(row.taken_at) or "at no known time"
    camera = f"{row.make} {row.model}".strip() or "no camera"
    odd = describe_stored_doubt(row.taken_at, row.taken_doubt) or taken_rows.load_usual_dates(
        connection
    ).describe_doubt(row.taken_at)
    return [f"taken {taken}, {camera}", *([odd] if odd else [])]


def _describe_finding_count(connection: Connection, examiner: ExaminerOrAll, photo: str) -> list[str]:
    c = t.readings.c
    query = select(c.counted).where(c.photo == number_of(photo), c.counted > 0)
    query = query if examiner is None else query.where(c.examiner == examiner)
    counts = connection.execute(query).scalars()
    return ["1 finding is there" if count == 1 else f"{count} findings are there" for count in counts]


def _describe_description(
    connection: Connection, field: str, examiner: ExaminerOrAll, photo: str
) -> list[str]:
    """What is said under the key that was asked for, or under any."""
    own = None if examiner is None else (examiner,)
    rows = descriptions.iterate_descriptions(connection, own, (photo,))
    asked = (row for row in rows if field not in _DESCRIPTION_FIELD_NAMES or row.key == field)
    return [f"{row.key.replace('_', ' ')}: {', '.join(row.values)}" for row in asked]


_DESCRIPTION_FIELD_NAMES = frozenset(name for name, _says in DESCRIPTION_FIELDS)
_DESCRIBERS: dict[str, Callable[[Connection, str], list[str]]] = {
    "number": _make_number_describer("detainee", "branch", "examination"),
    "detainee": _make_number_describer("detainee"),
    "branch": _make_number_describer("branch"),
    "examination": _make_number_describer("examination"),
    "individual": lambda connection, photo: _describe_facts(
        connection, photo, (Fact.NAME, Fact.DETAINEE_NUMBER, Fact.BRANCH_NUMBER, Fact.EXAMINATION_NUMBER)
    ),
    "sex": lambda connection, photo: _describe_facts(connection, photo, (Fact.SEX,)),
    "age": lambda connection, photo: _describe_facts(connection, photo, (Fact.AGE_BAND,)),
    "taken": _describe_time_taken,
    "camera": _describe_time_taken,
    "software": lambda connection, photo: tag_conditions.describe_tags(connection, "software", photo),
    "serial": lambda connection, photo: tag_conditions.describe_tags(connection, "serial", photo),
    "position": lambda connection, photo: tag_conditions.describe_tags(connection, "position", photo),
    "file": _describe_files,
    "folder": _describe_files,
}
