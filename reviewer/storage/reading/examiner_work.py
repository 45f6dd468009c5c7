"""What each Examiner has begun, completed and seen, counted from their Readings and the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from reviewer.domain.reading.reading import ReadingState
from reviewer.storage.engine import tables as t


@dataclass(frozen=True)
class ExaminerWork:
    """Photographs that one Examiner (by id) has begun, of these complete, and of these with context seen
    before; `last_at` is the time of the last act of any kind, "" for none."""

    examiner: str
    begun: int = 0
    complete: int = 0
    context_seen: int = 0
    last_at: str = ""


def load_examiner_work(connection: Connection) -> dict[str, ExaminerWork]:
    """By the id of the Examiner; whoever did nothing is not in it."""
    r = t.readings.c
    query = select(
        r.examiner,
        func.count(),
        func.sum(case((r.state == str(ReadingState.COMPLETE), 1), else_=0)),
        func.sum(case((r.context_seen.not_in(("", "[]")), 1), else_=0)),
    ).group_by(r.examiner)
    counts = {examiner: (begun, done, seen) for examiner, begun, done, seen in connection.execute(query)}
    last = select(t.ledger.c.author, func.max(t.ledger.c.at)).group_by(t.ledger.c.author)
    found = {}
    for author, at in connection.execute(last):
        begun, complete, seen = counts.get(author, (0, 0, 0))
        found[author] = ExaminerWork(author, begun, complete, seen, at)
    return found
