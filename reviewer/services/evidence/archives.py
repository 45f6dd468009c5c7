"""Looking into an archive that was met by ingest: its names and sizes, without unpacking any of it."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.errors import KnownError
from reviewer.domain.photos.archive_listing import ArchiveListing
from reviewer.domain.photos.content_kind import ContentKind
from reviewer.media.archives.archive_reader import list_archive
from reviewer.media.workers.evidence_file import locate_original
from reviewer.services.case.open_case import OpenCase
from reviewer.services.evidence.problems import ProblemFile
from reviewer.storage.evidence import case_rows


def can_be_listed(file: ProblemFile) -> bool:
    """Return whether a file is an archive, or a document that is one inside."""
    media_type = file.file.media_type
    is_packed = "openxmlformats" in media_type or "opendocument" in media_type or media_type.endswith("+zip")
    return file.kind is ContentKind.ARCHIVE or (file.kind is ContentKind.DOCUMENT and is_packed)


def list_archive_file(
    case: OpenCase, file: ProblemFile, check: Callable[[], None] = lambda: None
) -> ArchiveListing:
    """List the names in an archive. KnownError if the file is no archive, is gone, has changed or cannot be
    listed."""
    if not can_be_listed(file):
        raise KnownError("This file is no archive whose names could be listed.", code="archive")
    with case.store.read() as connection:
        root = case_rows.load_source_roots(connection).get(file.file.source)
    if root is None:
        raise KnownError("The source of this file is not known.", code="archive")
    return list_archive(locate_original(root, file.file.path_bytes), file.file.sha256, check=check)
