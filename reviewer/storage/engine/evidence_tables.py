"""The tables of evidence: what ingest and records found, written once and bound by seals."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()


def make_text_columns(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


def make_integer_columns(*names: str) -> list[Column[int]]:
    return [Column(name, Integer, nullable=False) for name in names]


photos = Table(
    "photos",
    metadata,
    Column("id", Integer, primary_key=True),
    *make_text_columns("sha256"),
    *make_integer_columns("size"),
    *make_text_columns("format"),
    *make_integer_columns("width", "height", "orientation"),
    *make_text_columns("taken_at", "make", "model", "tags", "likeness", "damage"),
    *make_text_columns("pictures", "shown_as", "taken_from", "taken_doubt"),
)

source_files = Table(
    "source_files",
    metadata,
    Column("id", Integer, primary_key=True),
    *make_text_columns("source"),
    Column("path", LargeBinary, nullable=False),
    *make_text_columns("folder", "name"),
    *make_integer_columns("size", "modified_ns"),
    Column("sha256", Text),
    *make_text_columns("outcome"),
    Column("photo", Integer, ForeignKey("photos.id")),
    *make_text_columns("problem_kind", "problem_reason", "content_kind", "media_type"),
    Column("replaces", Integer, ForeignKey("source_files.id")),
)

changed_files = Table(
    "changed_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_file", Integer, ForeignKey("source_files.id"), nullable=False),
    *make_text_columns("sha256", "found_at"),
)

record_contents = Table(
    "record_contents",
    metadata,
    Column("file", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("id", Integer, primary_key=True),
    *make_text_columns("file", "sheet"),
    *make_integer_columns("row"),
    *make_text_columns("cells"),
)

record_facts = Table(
    "record_facts",
    metadata,
    Column("record", Integer, ForeignKey("records.id"), primary_key=True),
    Column("column", Text, primary_key=True),
    *make_text_columns("fact", "value", "raw", "doubt"),
)

ADDED_LATER: dict[Table, dict[str, object]] = {
    photos: {"pictures": "", "shown_as": "", "taken_from": "", "taken_doubt": ""},
    source_files: {"content_kind": "", "media_type": "", "replaces": None},
}
"""Columns that rows of an earlier format do not have, with what stands in them then. A seal counts them only
where they say something else, so that the seals of old rows stay as they are."""
