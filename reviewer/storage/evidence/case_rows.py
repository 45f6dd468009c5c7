"""The facts of a Case, its Examiners and Sources, and how large it is."""

from __future__ import annotations

from sys import intern

from sqlalchemy import Connection, func, select

from reviewer.domain.photos.case import CaseCounts, Examiner, Source
from reviewer.domain.photos.photo import IngestOutcome
from reviewer.storage import ledger
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import name_photo
from reviewer.storage.engine.plain_rows import fetch_plain_rows
from reviewer.storage.engine.row_mapper import RowMapper
from reviewer.storage.photos import photos, standing

_SOURCE_ROWS = RowMapper(Source, t.sources.columns)
_EXAMINER_ROWS = RowMapper(Examiner, t.examiners.columns)


def load_fact(connection: Connection, name: str) -> str:
    """A fact of the Case by name ("id", "name", "created_at"); "" if the ledger never stated it."""
    return connection.execute(select(t.case_facts.c.value).where(t.case_facts.c.name == name)).scalar() or ""


def load_facts(connection: Connection) -> dict[str, str]:
    """Every fact and rule of the Case by name."""
    return {row.name: row.value for row in connection.execute(select(t.case_facts))}


def load_examiners(connection: Connection) -> list[Examiner]:
    query = select(t.examiners).order_by(t.examiners.c.enrolled_at, t.examiners.c.name)
    return list(map(_EXAMINER_ROWS.make, connection.execute(query)))


def load_sources(connection: Connection) -> list[Source]:
    query = select(t.sources).order_by(t.sources.c.added_at)
    return list(map(_SOURCE_ROWS.make, connection.execute(query)))


def load_source_roots(connection: Connection) -> dict[str, bytes]:
    """Source id -> the path of its root as bytes, as it was given."""
    rows = connection.execute(select(t.sources.c.id, t.sources.c.path_hex))
    return {row.id: bytes.fromhex(row.path_hex) for row in rows}


def count_case(connection: Connection) -> CaseCounts:
    found, earlier = photos.count_outcomes(connection), standing.count_earlier_photos(connection)
    states = {
        state: count
        for state, count in connection.execute(
            select(t.readings.c.state, func.count()).group_by(t.readings.c.state)
        )
    }
    entries, head = ledger.load_size_and_head(connection)
    return CaseCounts(
        photos=found[IngestOutcome.PHOTO] + earlier,
        earlier=earlier,
        names=sum(found.values()),
        files=standing.count_files(connection, sum(found.values()), load_source_roots(connection)),
        duplicates=found[IngestOutcome.DUPLICATE],
        problems=found[IngestOutcome.PROBLEM],
        left_out=found[IngestOutcome.LEFT_OUT],
        changed=_count_rows(connection, t.changed_files),
        examiners=_count_rows(connection, t.examiners),
        complete=states.get("complete", 0),
        open=states.get("open", 0),
        set_aside=states.get("set aside", 0),
        findings=_count_rows(connection, t.findings),
        entries=entries,
        head=head,
    )


def load_reading_states(connection: Connection, examiner: str) -> dict[str, str]:
    """SHA-256 -> state of each Reading of one Examiner."""
    r = t.readings.c
    query = select(name_photo(r.photo), r.state).where(r.examiner == examiner)
    return {photo: intern(state) for photo, state in fetch_plain_rows(connection, query)}


def find_carried_over(connection: Connection, examiner: str) -> set[str]:
    """The Photos (SHA-256) whose Reading by one Examiner was only carried over from a near-duplicate."""
    r = t.readings.c
    query = select(name_photo(r.photo)).where(r.examiner == examiner, r.carried_from != "")
    return set(connection.execute(query).scalars())


def _count_rows(connection: Connection, table: object) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]
