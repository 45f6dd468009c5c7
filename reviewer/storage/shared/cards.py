"""Cards for whoever works through them: which Photos a pass still has to read, and how far all are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection, select

from reviewer.domain.commands.card_commands import CardState
from reviewer.domain.grouping import group_pairs
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import name_photo, select_named
from reviewer.storage.shared.shared_rows import TRANSCRIPTION_ROWS

_PASS = t.cards.c["pass"]


def find_photos_read_in(connection: Connection, number: TranscriptionPass) -> set[str]:
    """Find the Photos (SHA-256) whose card this pass has read."""
    query = select(name_photo(t.cards.c.photo)).where(_PASS.in_([str(number)]))
    return set(connection.execute(query).scalars())


def iterate_transcriptions(connection: Connection) -> Iterator[tuple[str, Transcription]]:
    """Yield (SHA-256, Transcription) of every card, in the order of ingest; the passes of one in their
    order."""
    order = list(TranscriptionPass)
    query = select_named(t.cards).outerjoin(t.photos, t.photos.c.id == t.cards.c.photo)
    rows = connection.execute(query.order_by(t.photos.c.id, "photo")).all()
    for _photo, group in groupby(rows, key=lambda row: row.photo):
        for row in sorted(group, key=lambda row: order.index(row._mapping["pass"])):
            yield row.photo, TRANSCRIPTION_ROWS.make(row)


def find_mismatches(connection: Connection) -> list[str]:
    """Find the Photos whose two passes differ and that were not resolved yet."""
    first, second = t.cards.alias("first"), t.cards.alias("second")
    decided = select(t.cards.c.photo).where(_PASS.in_([str(TranscriptionPass.RESOLVED)]))
    same_content = (
        (first.c.detainee == second.c.detainee)
        & (first.c.branch == second.c.branch)
        & (first.c.examination == second.c.examination)
        & (first.c.date == second.c.date)
    )
    unreadable = first.c.legible.in_(["no", "no card"]) | second.c.legible.in_(["no", "no card"])
    agree = (unreadable & (first.c.legible == second.c.legible)) | (~unreadable & same_content)
    query = (
        select(name_photo(first.c.photo))
        .join(second, second.c.photo == first.c.photo)
        .where(
            first.c["pass"] == str(TranscriptionPass.FIRST), second.c["pass"] == str(TranscriptionPass.SECOND)
        )
        .where(~agree, first.c.photo.not_in(decided))
        .order_by("photo")
    )
    return list(connection.execute(query).scalars())


def count_by_state(connection: Connection) -> dict[CardState, int]:
    """Count the cards in each state; Photos without any transcription are not counted."""
    rows = connection.execute(select(name_photo(t.cards.c.photo), _PASS.label("number")))
    passes = group_pairs((row.photo, row.number) for row in rows)
    mismatches = set(find_mismatches(connection))
    found: Counter[CardState] = Counter()
    for photo, there in passes.items():
        if str(TranscriptionPass.RESOLVED) in there:
            found[CardState.RESOLVED] += 1
        elif photo in mismatches:
            found[CardState.MISMATCH] += 1
        else:
            found[CardState.AGREED if len(there) > 1 else CardState.ONCE] += 1
    return {state: found[state] for state in CardState if state is not CardState.NONE}
