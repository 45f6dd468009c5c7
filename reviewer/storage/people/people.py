"""What the Individuals screen and the proposals read: many rows at once, never one query for each person."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, null, select, union

from reviewer.domain.grouping import group_pairs
from reviewer.domain.ledger.entry import Entry
from reviewer.domain.people.individual import (
    Fact,
    Individual,
    PhotoFacts,
    Statement,
    Transcription,
)
from reviewer.domain.people.proposals import PhotoForProposal, find_sure_card
from reviewer.storage import ledger
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.engine.numbers import (
    name_photo,
    numbers_as_subquery,
    select_named,
    subjects_as_subquery,
)
from reviewer.storage.photos import taken
from reviewer.storage.shared import shared_rows

_AT_ONCE = 500


def load_individuals(connection: Connection) -> dict[str, Individual]:
    """Every Individual that was ever accepted, the merged ones too, by id, in the order of their making."""
    c = t.individuals.c
    ids = connection.execute(select(c.id).order_by(c.at, c.id)).scalars().all()
    found = shared_rows.load_individuals_by_id(connection, ids)
    return {id_: found[id_] for id_ in ids}


def load_merged_family(connection: Connection, id_: str) -> dict[str, Individual]:
    """Load the Individual that stands for `id_` and all those merged into it; empty if it is not known."""
    root, above = id_, shared_rows.load_mergers(connection)
    while root in above:
        root = above[root]
    ids, new = [root], [root]
    while new:
        new = [merged for merged, into in above.items() if into in new]
        ids += new
    return shared_rows.load_individuals_by_id(connection, ids)


def find_individuals_with_number(
    connection: Connection, facts: Sequence[str], begins: str, most: int
) -> list[str]:
    """Find Individuals with a stated number that begins so; `?` stands for any one character."""
    c = t.statements.c
    escaped = begins.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = c.value.like(escaped.replace("?", "_") + "%", escape="\\")
    query = select(c.individual).where(c.fact.in_(facts), c.withdrawn == "", like)
    query = query.order_by(func.length(c.value), c.value).limit(most)
    return list(dict.fromkeys(connection.execute(query).scalars()))


def load_stated_numbers(
    connection: Connection, facts: Sequence[str], individuals: Sequence[str] | None = None
) -> list[tuple[str, str, str]]:
    """Load (individual, fact, value) of what stands of these facts, in the order in which it was stated."""
    c = t.statements.c
    query = select(c.individual, c.fact, c.value).where(c.fact.in_(facts), c.withdrawn == "")
    if individuals is not None:
        query = query.where(c.individual.in_(ids_as_subquery(individuals)))
    rows = connection.execute(query.order_by(c.individual, c.place))
    return [(row.individual, row.fact, row.value) for row in rows]


def find_individuals_linked_to(
    connection: Connection, ids: Sequence[str]
) -> list[tuple[Individual, Statement]]:
    """Find the other Individuals that a statement says may be one of `ids`, with the statement."""
    if not ids:
        return []
    c = t.statements.c
    query = select(c.individual).where(
        c.fact == str(Fact.SAME_PERSON), c.value.in_(ids), c.withdrawn == "", c.individual.not_in(ids)
    )
    holders = list(dict.fromkeys(connection.execute(query.order_by(c.at, c.individual)).scalars()))
    return [
        (individual, said)
        for individual in shared_rows.load_individuals_by_id(connection, holders).values()
        for said in individual.statements
        if said.fact is Fact.SAME_PERSON and said.value in ids and not said.withdrawn
    ]


def load_photos_of(connection: Connection, individuals: Sequence[str]) -> list[str]:
    """The Photos of one Individual and of those merged into it, in the order of ingest."""
    query = (
        select(name_photo(t.photo_facts.c.photo))
        .outerjoin(t.photos, t.photos.c.id == t.photo_facts.c.photo)
        .where(t.photo_facts.c.individual.in_(individuals))
        .order_by(t.photos.c.id, "photo")
    )
    return list(connection.execute(query).scalars())


def load_individual_by_photo(connection: Connection, photos: Sequence[str]) -> dict[str, str]:
    """SHA-256 -> id of the Individual, for those of these Photos that have one."""
    c, n = t.photo_facts.c, t.photo_numbers.c
    query = select(n.sha256, c.individual).join(t.photo_facts, c.photo == n.number)
    query = query.where(n.sha256.in_(ids_as_subquery(photos)), c.individual != "")
    return {row.sha256: row.individual for row in connection.execute(query)}


def load_sure_cards(connection: Connection) -> dict[str, Transcription]:
    """Load what is sure of the cards: SHA-256 -> the Transcription that stands."""
    rows = connection.execute(select_named(t.cards))
    cards = group_pairs((row.photo, shared_rows.TRANSCRIPTION_ROWS.make(row)) for row in rows)
    sure = {photo: find_sure_card(PhotoFacts(photo, cards=tuple(passes))) for photo, passes in cards.items()}
    return {photo: card for photo, card in sure.items() if card is not None}


def load_photos_for_proposals(connection: Connection) -> list[PhotoForProposal]:
    """Load every Photo as proposals see it, in the order of ingest."""
    c, p = t.source_files.c, t.photos.c
    cards = load_sure_cards(connection)
    query = (
        select(
            p.sha256,
            c.source,
            c.folder,
            c.name,
            taken.valid_date_column(p.taken_at),
            p.likeness,
            p.make,
            p.model,
        )
        .join(t.source_files, (c.photo == p.id) & (c.outcome == "photo"))
        .order_by(p.id)
    )
    rows = connection.execute(query).all()
    return [
        PhotoForProposal(
            sha256, source, folder, name, taken_at, likeness, f"{make} {model}".strip(), cards.get(sha256)
        )
        for sha256, source, folder, name, taken_at, likeness, make, model in rows
    ]


def count_findings_by_photo(connection: Connection, examiner: str) -> Counter[str]:
    """SHA-256 -> how many confirmed Findings of one Examiner stand on a Photo."""
    f = t.findings.c
    query = select(f.photo, func.count().label("findings")).group_by(f.photo)
    counted = query.where(f.examiner == examiner, f.confirmed == 1).subquery().c
    rows = connection.execute(select(name_photo(counted.photo), counted.findings))
    return Counter({photo: count for photo, count in rows})


@dataclass(frozen=True)
class PhotoOfPerson:
    """A Photo on the card of a person. `name` is None for one of which no file is there; `taken_at` and
    `read_at` (by one Examiner, last) are "" where they are not known."""

    sha256: str
    category: str
    duplicates: str
    name: str | None
    taken_at: str
    read_at: str


def load_photos_for_card(
    connection: Connection, individuals: Sequence[str], photos: Sequence[str], examiner: str
) -> list[PhotoOfPerson]:
    """The Photos of these Individuals in the order of ingest; without Individuals these Photos, as given."""
    c, p, r, facts = t.source_files.c, t.photos.c, t.readings.c, t.photo_facts.c
    given = func.json_each(json.dumps(list(photos))).table_valued("key", "value")
    n = t.photo_numbers.c
    named = select(given.c.value.label("photo"), n.number, given.c.key.label("place")).outerjoin(
        t.photo_numbers, n.sha256 == given.c.value
    )
    owned = select(name_photo(facts.photo), facts.photo.label("number"), null().label("place")).where(
        facts.individual.in_(individuals)
    )
    of = (owned if individuals else named).subquery()
    query = (
        select(of.c.photo, facts.category, facts.duplicates, c.name)
        .add_columns(taken.valid_date_column(p.taken_at), r.changed_at)
        .outerjoin(t.photo_facts, facts.photo == of.c.number)
        .outerjoin(t.photos, p.id == of.c.number)
        .outerjoin(t.source_files, (c.photo == p.id) & (c.outcome == "photo"))
        .outerjoin(t.readings, (r.photo == of.c.number) & (r.examiner == examiner))
        .order_by(of.c.place, p.id, of.c.photo)
    )
    return [
        PhotoOfPerson(photo, category or "", duplicates or "", name, taken_at or "", read_at or "")
        for photo, category, duplicates, name, taken_at, read_at in connection.execute(query)
    ]


def load_ingest_times(connection: Connection, photos: Sequence[str]) -> list[tuple[str, str]]:
    """(when the ingest of a Source was sealed, its path) for the Sources these Photos came from."""
    c, s = t.source_files.c, t.sources.c
    query: Select[tuple[str, str]] = (
        select(s.ingested_at, s.path)
        .join(t.source_files, c.source == s.id)
        .where(c.photo.in_(numbers_as_subquery(photos[:_AT_ONCE])))
        .distinct()
    )
    return sorted((row.ingested_at, row.path) for row in connection.execute(query))


@dataclass(frozen=True)
class ActAbout:
    """An act that touched somebody; `who` is the name of its author."""

    entry: Entry
    who: str
    taken_back: bool


def load_acts_about(
    connection: Connection, individuals: Sequence[str], photos: Sequence[str], most: int
) -> list[ActAbout]:
    """The latest acts that touched any of these, newest first, each once."""
    s, a, e = t.act_subjects.c, t.acts.c, t.examiners.c
    touching = union(
        select(s.position).where(
            s.kind.in_(("individual", "evaluation")), s.subject.in_(ids_as_subquery(individuals))
        ),
        select(s.position).where(s.kind == "photo", s.subject.in_(subjects_as_subquery(photos))),
    )
    query = (
        select(t.ledger, e.name.label("who"), a.taken_back)
        .outerjoin(t.acts, a.position == t.ledger.c.position)
        .outerjoin(t.examiners, e.id == t.ledger.c.author)
        .where(t.ledger.c.position.in_(touching))
        .order_by(t.ledger.c.position.desc())
        .limit(most)
    )
    return [
        ActAbout(ledger.ENTRY_ROWS.make(row), row.who or row.author, bool(row.taken_back))
        for row in connection.execute(query)
    ]
