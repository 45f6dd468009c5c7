"""Where an Examiner stands with all Photos, by their numbers: for lists of everything."""

from __future__ import annotations

from sqlalchemy import Connection, select

from reviewer.storage.engine import tables as t
from reviewer.storage.engine.indexes import keep_off_index
from reviewer.storage.engine.plain_rows import fetch_numbers_by_value


def load_states_by_number(connection: Connection, examiner: str, after: int = 0) -> dict[str, list[int]]:
    """State -> the numbers of the Photos, beyond `after`, whose Reading by one Examiner has it."""
    r = t.readings.c
    photo = r.photo if after else keep_off_index(r.photo)  # all of them stand in the index of states
    return dict(fetch_numbers_by_value(connection, r.state, r.photo, r.examiner == examiner, photo > after))


def find_carried_over_numbers(connection: Connection, examiner: str, after: int = 0) -> set[int]:
    """The numbers of the Photos, beyond `after`, whose Reading by one Examiner was only carried over from a
    near-duplicate."""
    r = t.readings.c
    query = select(r.photo).where(r.examiner == examiner, r.carried_from != "", r.photo > after)
    return set(connection.execute(query).scalars())
