"""What the Individuals screen and the proposals read: many rows at once, never one query for each person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, Select, func, select

from reviewer.domain.ledger.entry import Entry
from reviewer.domain.people.individual import (
    Fact,
    Individual,
    PhotoFacts,
    Statement,
    Transcription,
    TranscriptionPass,
)
from reviewer.domain.people.proposals import PhotoForProposal, find_sure_card
from reviewer.storage import ledger
from reviewer.storage.engine import tables as t
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
    """The Individual that stands for `id_` and all those merged into it; nothing if there is none."""
    c = t.individuals.c
    root, above = id_, shared_rows.load_mergers(connection)
    while root in above:
        root = above[root]
    ids, new = [root], [root]
    while new:
        query = select(c.id).where(c.merged_into.in_(new)).order_by(c.at, c.id)
        new = list(connection.execute(query).scalars())
        ids += new
    return shared_rows.load_individuals_by_id(connection, ids)


def find_individuals_with_number(
    connection: Connection, facts: Sequence[str], begins: str, most: int
) -> list[str]:
    """Individuals of which a number is stated that begins so; `?` stands for any one character."""
    c = t.statements.c
    escaped = begins.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = c.value.like(escaped.replace("?", "_") + "%", escape="\\")
    query = select(c.individual).where(c.fact.in_(facts), c.withdrawn == "", like)
    query = query.order_by(func.length(c.value), c.value).limit(most)
    return list(dict.fromkeys(connection.execute(query).scalars()))


def find_individuals_linked_to(
    connection: Connection, ids: Sequence[str]
) -> list[tuple[Individual, Statement]]:
    """Other Individuals of which it is stated that they may be one of `ids`, with the statement."""
    if not ids:
        return []
    c = t.statements.c
    query = select(c.individual).where(
        c.fact == str(Fact.SAME_PERSON), c.value.in_(ids), c.withdrawn == "", c.individual.not_in(ids)
    )
    holders = list(dict.fromkeys(connection.execute(query.order_by(c.at, c.individual)).scalars()))
    return [
        (each, said)
        for each in shared_rows.load_individuals_by_id(connection, holders).values()
        for said in each.statements
        if said.fact is Fact.SAME_PERSON and said.value in ids and not said.withdrawn
    ]


def load_photos_of(connection: Connection, individuals: Sequence[str]) -> list[str]:
    """The Photos of one Individual and of those merged into it, in the order of ingest."""
    query = (
        select(t.photo_facts.c.photo)
        .outerjoin(t.photos, t.photos.c.sha256 == t.photo_facts.c.photo)
        .where(t.photo_facts.c.individual.in_(individuals))
        .order_by(t.photos.c.id, t.photo_facts.c.photo)
    )
    return list(connection.execute(query).scalars())


def load_individual_by_photo(connection: Connection, photos: Sequence[str]) -> dict[str, str]:
    """SHA-256 -> id of the Individual, for those of these Photos that have one."""
    c = t.photo_facts.c
    found: dict[str, str] = {}
    for start in range(0, len(photos), _AT_ONCE):
        some = photos[start : start + _AT_ONCE]
        rows = connection.execute(select(c.photo, c.individual).where(c.photo.in_(some), c.individual != ""))
        found.update({row.photo: row.individual for row in rows})
    return found


def load_sure_cards(connection: Connection) -> dict[str, Transcription]:
    """What is sure of the cards: SHA-256 -> the Transcription that stands."""
    cards: dict[str, list[Transcription]] = defaultdict(list)
    for row in connection.execute(select(t.cards)):
        cards[row.photo].append(shared_rows.TRANSCRIPTION_ROWS.make(row))
    order = list(TranscriptionPass)
    found = {}
    for photo, passes in cards.items():
        facts = PhotoFacts(photo, cards=tuple(sorted(passes, key=lambda each: order.index(each.number))))
        sure = find_sure_card(facts)
        if sure is not None:
            found[photo] = sure
    return found


def load_photos_for_proposals(connection: Connection) -> list[PhotoForProposal]:
    """Every Photo as proposals see it, in the order of ingest."""
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
    query = select(f.photo, func.count()).where(f.examiner == examiner, f.confirmed == 1).group_by(f.photo)
    return Counter({photo: count for photo, count in connection.execute(query)})


def load_photo_times(
    connection: Connection, photos: Sequence[str], examiner: str
) -> list[tuple[str, str, str, str]]:
    """(SHA-256, name, taken at, read at) of these Photos; "" where it is not known."""
    c, p, r = t.source_files.c, t.photos.c, t.readings.c
    found: dict[str, tuple[str, str, str, str]] = {}
    for start in range(0, len(photos), _AT_ONCE):
        query = (
            select(p.sha256, c.name, taken.valid_date_column(p.taken_at), r.changed_at)
            .join(t.source_files, (c.photo == p.id) & (c.outcome == "photo"))
            .outerjoin(t.readings, (r.photo == p.sha256) & (r.examiner == examiner))
            .where(p.sha256.in_(photos[start : start + _AT_ONCE]))
        )
        for sha256, name, taken_at, read_at in connection.execute(query):
            found[sha256] = (sha256, name, taken_at, read_at or "")
    return [found[each] for each in photos if each in found]


def load_ingest_times(connection: Connection, photos: Sequence[str]) -> list[tuple[str, str]]:
    """(when the ingest of a Source was sealed, its path) for the Sources these Photos came from."""
    c, s = t.source_files.c, t.sources.c
    query: Select[tuple[str, str]] = (
        select(s.ingested_at, s.path)
        .join(t.source_files, c.source == s.id)
        .where(c.sha256.in_(photos[:_AT_ONCE]))
        .distinct()
    )
    return sorted((row.ingested_at, row.path) for row in connection.execute(query))


def load_acts_about(
    connection: Connection, individuals: Sequence[str], photos: Sequence[str], most: int
) -> list[tuple[Entry, bool]]:
    """The latest acts that touched any of these, newest first, and whether each was taken back."""
    s, a = t.act_subjects.c, t.acts.c
    positions: set[int] = set()
    for kind, ids in (("individual", individuals), ("evaluation", individuals), ("photo", photos)):
        for start in range(0, len(ids), _AT_ONCE):
            query = select(s.position).where(s.kind == kind, s.subject.in_(ids[start : start + _AT_ONCE]))
            positions.update(connection.execute(query).scalars())
    latest = sorted(positions, reverse=True)[:most]
    rows = connection.execute(select(a.position, a.taken_back).where(a.position.in_(latest)))
    taken_back = {row.position: bool(row.taken_back) for row in rows}
    return [(ledger.load_at_position(connection, each), taken_back.get(each, False)) for each in latest]
