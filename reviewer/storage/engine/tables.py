"""The tables as the queries know them. The truth about their shape is in `migrations`; a test compares."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from reviewer.storage.engine.evidence_tables import changed_files as changed_files
from reviewer.storage.engine.evidence_tables import make_integer_columns as _whole
from reviewer.storage.engine.evidence_tables import make_text_columns as _text
from reviewer.storage.engine.evidence_tables import metadata as metadata
from reviewer.storage.engine.evidence_tables import photos as photos
from reviewer.storage.engine.evidence_tables import record_contents as record_contents
from reviewer.storage.engine.evidence_tables import record_facts as record_facts
from reviewer.storage.engine.evidence_tables import records as records
from reviewer.storage.engine.evidence_tables import source_files as source_files

ledger = Table(
    "ledger",
    metadata,
    Column("position", Integer, primary_key=True),
    *_text("author", "station"),
    *_whole("seq"),
    *_text("prev"),
    *_whole("tick"),
    *_text("at", "act", "subject", "body", "takes_back", "hash", "signature", "seen"),
)

chains = Table(
    "chains",
    metadata,
    Column("author", Text, primary_key=True),
    Column("station", Text, primary_key=True),
    *_whole("seq"),
    *_text("hash"),
)

acts = Table(
    "acts",
    metadata,
    Column("position", Integer, ForeignKey("ledger.position"), primary_key=True),
    *_text("author", "kind"),
    *_whole("taken_back"),
)

case_facts = Table("case_facts", metadata, Column("name", Text, primary_key=True), *_text("value"))

examiners = Table(
    "examiners", metadata, Column("id", Text, primary_key=True), *_text("name", "enrolled_at", "key")
)

sources = Table(
    "sources",
    metadata,
    Column("id", Text, primary_key=True),
    *_text("path", "path_hex", "added_at", "ingested_at", "manifest", "records"),
    *_whole("files", "through"),
)

photo_numbers = Table(
    "photo_numbers", metadata, Column("number", Integer, primary_key=True), *_text("sha256")
)
"""The number that stands for a Photo in the other tables: of its row in `photos`, below zero while acts speak
of a Photo that was not ingested here. No truth of its own: it follows from no entry of the ledger."""

readings = Table(
    "readings",
    metadata,
    Column("examiner", Text, primary_key=True),
    Column("photo", Integer, primary_key=True),
    Column("round", Integer, primary_key=True),
    *_text("state", "conclusion", "reason", "note", "changed_at", "carried_from"),
    *_whole("counted", "marked", "surest"),
    *_text("looked_for", "description", "context_seen"),
)

coverage = Table(
    "coverage",
    metadata,
    Column("examiner", Text, primary_key=True),
    Column("photo", Integer, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("region", Text, primary_key=True),
    *_text("level"),
)

findings = Table(
    "findings",
    metadata,
    Column("id", Text, primary_key=True),
    *_text("examiner"),
    *_whole("photo", "round", "place"),
    *_text("term", "vocabulary", "answer", "reason", "certainty"),
    *_whole("certainty_stated"),
    *_text("regions", "qualifiers", "degree", "mechanism", "copied_from"),
    *_whole("confirmed"),
    *_text("recipe"),
    *_whole("seen_as_is"),
    *_text("alleged_by"),
    *_whole("in_context"),
)

finding_regions = Table(
    "finding_regions",
    metadata,
    Column("finding", Text, ForeignKey("findings.id"), primary_key=True),
    Column("region", Text, primary_key=True),
    *_text("examiner"),
    *_whole("photo", "round"),
    *_text("term", "certainty", "answer"),
    *_whole("confirmed"),
)
"""What is asked of a Finding stands beside each of its Regions, so that both are searched in one index."""

marks = Table(
    "marks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("finding", Text, ForeignKey("findings.id"), nullable=False),
    *_whole("place"),
    *_text("shape", "points"),
    *_whole("page"),
)

scales = Table(
    "scales",
    metadata,
    Column("id", Text, primary_key=True),
    *_text("examiner"),
    *_whole("photo", "round", "place"),
    *_text("points", "micrometres", "source"),
    *_whole("tilt", "curved", "hand", "page"),
    *_text("known_by"),
    *_whole("off_plane"),
)

measurements = Table(
    "measurements",
    metadata,
    Column("id", Text, primary_key=True),
    *_text("examiner"),
    *_whole("photo", "round", "place"),
    *_text("quantity", "takes", "scale", "finding"),
    *_whole("page"),
)

act_subjects = Table(
    "act_subjects",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("position", Integer, ForeignKey("ledger.position"), primary_key=True),
)

photo_facts = Table(
    "photo_facts",
    metadata,
    Column("photo", Integer, primary_key=True),
    *_text("category", "individual", "duplicates"),
)

cards = Table(
    "cards",
    metadata,
    Column("photo", Integer, primary_key=True),
    Column("pass", Text, primary_key=True),
    *_text("detainee", "branch", "examination", "date", "legible", "note", "box", "author", "at"),
)

individuals = Table(
    "individuals",
    metadata,
    Column("id", Text, primary_key=True),
    *_text("reason", "author", "at", "merged_into"),
)

statements = Table(
    "statements",
    metadata,
    Column("individual", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    *_whole("place"),
    *_text("fact", "value", "certainty", "kind", "source", "detail", "author", "at", "withdrawn"),
)

record_files = Table(
    "record_files",
    metadata,
    Column("id", Text, primary_key=True),
    *_text("name", "sha256", "mapping"),
    *_whole("rows"),
    *_text("seal", "author", "at"),
)


record_links = Table(
    "record_links",
    metadata,
    Column("record", Text, primary_key=True),
    *_text("individual", "how", "note", "author", "at"),
)

lists = Table(
    "lists",
    metadata,
    Column("id", Text, primary_key=True),
    *_text("name", "query", "sorting", "details", "photos", "author", "at"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("examiner", Text, primary_key=True),
    *_text("individual", "term", "result", "why", "photos", "at", "better"),
)

evaluations = Table(
    "evaluations",
    metadata,
    Column("individual", Text, primary_key=True),
    Column("examiner", Text, primary_key=True),
    *_text("degree", "alleged_by", "text", "at"),
)

redactions = Table(
    "redactions",
    metadata,
    Column("id", Text, primary_key=True),
    *_whole("photo"),
    *_text("shape", "points", "purpose", "author", "at"),
    *_whole("page"),
)

seen_elsewhere = Table(
    "seen_elsewhere",
    metadata,
    Column("file", Text, primary_key=True),
    *_text("reason", "author", "at"),
)

texts = Table(
    "texts",
    metadata,
    Column("id", Integer, primary_key=True),
    *_text("kind", "owner", "text"),
)
"""Notes and records in the folded form of full text; `texts_index` (FTS5) follows by triggers."""

STATE_TABLES = (
    case_facts,
    examiners,
    sources,
    acts,
    chains,
    readings,
    findings,
    finding_regions,
    marks,
    scales,
    measurements,
    coverage,
    act_subjects,
    photo_facts,
    cards,
    individuals,
    statements,
    record_files,
    record_links,
    lists,
    decisions,
    evaluations,
    redactions,
    seen_elsewhere,
)
"""What follows from the ledger, and from nothing else."""
