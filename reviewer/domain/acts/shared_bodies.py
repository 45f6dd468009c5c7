"""How a Statement and a Transcription stand in the body of an act, and are read from it again."""

from __future__ import annotations

from reviewer.domain.ledger.entry import Entry, EntryBody
from reviewer.domain.people.individual import (
    Fact,
    Statement,
    StatementSourceKind,
    Transcription,
    TranscriptionPass,
)


def statement_from_body(body: EntryBody, entry: Entry) -> Statement:
    return Statement(
        id=body["id"],
        fact=Fact(body["fact"]),
        value=body["value"],
        certainty=body["certainty"],
        kind=StatementSourceKind(body["kind"]),
        source=body["source"],
        detail=body["detail"],
        author=entry.author,
        at=entry.at,
    )


def statement_to_body(statement: Statement) -> dict[str, str]:
    """A Statement as it stands in the body of an act; author and time are the entry's."""
    return {
        "id": statement.id,
        "fact": str(statement.fact),
        "value": statement.value,
        "certainty": statement.certainty,
        "kind": str(statement.kind),
        "source": statement.source,
        "detail": statement.detail,
    }


def transcription_from_body(body: EntryBody, entry: Entry) -> Transcription:
    box = body["box"]
    return Transcription(
        number=TranscriptionPass(body["pass"]),
        detainee=body["detainee"],
        branch=body["branch"],
        examination=body["examination"],
        date=body["date"],
        legible=body["legible"],
        note=body["note"],
        box=(box[0], box[1], box[2], box[3]) if box else None,
        author=entry.author,
        at=entry.at,
    )


def transcription_to_body(made: Transcription) -> dict[str, object]:
    return {
        "pass": str(made.number),
        "detainee": made.detainee,
        "branch": made.branch,
        "examination": made.examination,
        "date": made.date,
        "legible": made.legible,
        "note": made.note,
        "box": list(made.box) if made.box else [],
    }
