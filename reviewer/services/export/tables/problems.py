"""Files that could not be used, one row for each: a table of findings is of what could be opened only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.services.evidence.problems import ProblemFile, load_problem_files_from
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import ExportColumn, format_yes_or_no


@dataclass(frozen=True)
class ProblemRow:
    """One file with the folder of its Source, and the examiner who saw it elsewhere."""

    problem_file: ProblemFile
    source: str
    seen_by: str


def make_problem_rows(found: Contents) -> Iterator[ProblemRow]:
    """Yield them in the order of ingest, then those that changed since."""
    for problem in load_problem_files_from(found.connection):
        source = found.sources.get(problem.file.source)
        seen_by = found.examiner_name(problem.seen.author) if problem.seen else ""
        yield ProblemRow(problem, source.path if source else "", seen_by)


PROBLEM_COLUMNS: tuple[ExportColumn[ProblemRow], ...] = (
    ExportColumn("source", "folder the file was met in", lambda p: p.source, free=True),
    ExportColumn("path", "its path below the source", lambda p: p.problem_file.file.path, free=True),
    ExportColumn("bytes", "its size", lambda p: str(p.problem_file.file.size), whole=True),
    ExportColumn(
        "sha256",
        "SHA-256 of its content; empty if it could not be read",
        lambda p: p.problem_file.file.sha256,
    ),
    ExportColumn(
        "content",
        "what it is, told by its content: video, archive, document, ...; not told if nobody could look at it",
        lambda p: p.problem_file.kind_name,
    ),
    ExportColumn(
        "media_type", "the same as a media type, if it is known", lambda p: p.problem_file.file.media_type
    ),
    ExportColumn(
        "problem",
        "why it could not be used, as a key; changed: it was a photograph, and has another content now",
        lambda p: str(p.problem_file.file.problem.kind) if p.problem_file.file.problem else "",
    ),
    ExportColumn("reason", "the same in a sentence", lambda p: p.problem_file.reason, free=True),
    ExportColumn(
        "may_hold_photographs",
        "yes if photographs may lie in it that are in no other table",
        lambda p: format_yes_or_no(p.problem_file.may_hold),
    ),
    ExportColumn(
        "open",
        "yes if it may hold photographs and nobody said to have seen it elsewhere",
        lambda p: format_yes_or_no(p.problem_file.is_open),
    ),
    ExportColumn(
        "seen_elsewhere",
        "how and where somebody saw it elsewhere; empty if nobody said so",
        lambda p: p.problem_file.seen.reason if p.problem_file.seen else "",
        free=True,
    ),
    ExportColumn("seen_by", "name of the examiner who said so", lambda p: p.seen_by, free=True),
    ExportColumn(
        "seen_at",
        "UTC time at which it was said",
        lambda p: p.problem_file.seen.at if p.problem_file.seen else "",
    ),
)
