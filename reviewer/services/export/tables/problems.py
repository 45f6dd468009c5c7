"""Files that could not be used, one row for each: a table of findings is of what could be opened only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.services.evidence.problems import ProblemFile, problem_files_of
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import Column, yes


@dataclass(frozen=True)
class ProblemRow:
    """One file with the folder of its Source, and who said to have seen it elsewhere."""

    of: ProblemFile
    source: str
    seen_by: str


def problem_rows(found: Contents) -> Iterator[ProblemRow]:
    """In the order of ingest, then those that changed since."""
    for each in problem_files_of(found.connection):
        source = found.sources.get(each.file.source)
        seen_by = found.examiner_name(each.seen.author) if each.seen else ""
        yield ProblemRow(each, source.path if source else "", seen_by)


PROBLEM_COLUMNS: tuple[Column[ProblemRow], ...] = (
    Column("source", "folder the file was met in", lambda p: p.source, free=True),
    Column("path", "its path below the source", lambda p: p.of.file.path, free=True),
    Column("bytes", "its size", lambda p: str(p.of.file.size), whole=True),
    Column("sha256", "SHA-256 of its content; empty if it could not be read", lambda p: p.of.file.sha256),
    Column(
        "content",
        "what it is, told by its content: video, archive, document, ...; not told if nobody could look at it",
        lambda p: p.of.kind_name,
    ),
    Column("media_type", "the same as a media type, if it is known", lambda p: p.of.file.media_type),
    Column(
        "problem",
        "why it could not be used, as a key; changed: it was a photograph, and has another content now",
        lambda p: str(p.of.file.problem.kind) if p.of.file.problem else "",
    ),
    Column("reason", "the same in a sentence", lambda p: p.of.reason, free=True),
    Column(
        "may_hold_photographs",
        "yes if photographs may lie in it that are in no other table",
        lambda p: yes(p.of.may_hold),
    ),
    Column(
        "open",
        "yes if it may hold photographs and nobody said to have seen it elsewhere",
        lambda p: yes(p.of.is_open),
    ),
    Column(
        "seen_elsewhere",
        "how and where somebody saw it elsewhere; empty if nobody said so",
        lambda p: p.of.seen.reason if p.of.seen else "",
        free=True,
    ),
    Column("seen_by", "name of the examiner who said so", lambda p: p.seen_by, free=True),
    Column("seen_at", "UTC time at which it was said", lambda p: p.of.seen.at if p.of.seen else ""),
)
