"""Listing an archive as the program sees it: bytes in, names out, one process for each archive."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from reviewer.domain.errors import KnownError
from reviewer.domain.names import make_printable
from reviewer.domain.photos.archive_listing import LONGEST_NAME, MOST_ENTRIES, MOST_NAMES, ArchiveListing
from reviewer.media.workers import answers, evidence_file
from reviewer.media.workers.watched import ask_interruptibly
from reviewer.media.workers.worker_process import WorkerLost, WorkerProcess

LARGEST_FILE = 512 << 20
SECONDS = 20.0
COMMAND = (sys.executable, "-m", "reviewer.media.archives.archive_worker")
_MOST_ANSWER = 8 << 20
_LARGEST_NUMBER = 1 << 53


def list_archive(
    path: bytes,
    sha256: str,
    *,
    check: Callable[[], None] = lambda: None,
    seconds: float = SECONDS,
    command: Sequence[str] = COMMAND,
) -> ArchiveListing:
    """The list of the archive at `path`, whose content must be that of `sha256`; KnownError says why not."""
    worker = WorkerProcess(command)
    try:
        size = _load_archive(worker, path, sha256)
        untrusted, untrusted_content = ask_interruptibly(worker, {"size": size}, seconds, _MOST_ANSWER, check)
    except WorkerLost as lost:
        what = "took too long and was stopped" if lost.overran else "brought the listing process down"
        raise KnownError(f"Listing the archive {what}; the case is untouched.", code="archive") from None
    except OSError as error:
        raise KnownError(f"The file cannot be read: {error.strerror}.", code="archive") from None
    finally:
        worker.close()
    try:
        return _listing_from_answer(untrusted, untrusted_content)
    except (answers.ProtocolViolation, ValueError):
        raise KnownError(
            "Listing the archive brought the listing process down; the case is untouched.", code="archive"
        ) from None


def _load_archive(worker: WorkerProcess, path: bytes, sha256: str) -> int:
    """Bring the content into the buffer; its size in bytes."""
    handle = evidence_file.open_original(path)
    try:
        size = evidence_file.measure_file(handle)
        if size > LARGEST_FILE:
            raise KnownError(
                f"The archive has {size // 1_000_000:,} MB; the program lists up to 536 MB.",
                "List it with another program, and mark it as seen elsewhere.",
                code="archive",
            )
        read = evidence_file.read_and_hash(handle, worker.provide_room(size))
    finally:
        os.close(handle)
    if read.sha256 != sha256:
        raise KnownError("The file is no longer the one that was ingested.", code="archive")
    return read.size


def _listing_from_answer(untrusted: dict[str, Any], untrusted_content: bytes) -> ArchiveListing:
    fields = answers.UntrustedFields(untrusted)
    if fields.has("refused"):
        raise KnownError(make_printable(fields.text("refused")), code="archive")
    fields = answers.UntrustedFields(answers.parse_content(untrusted_content))
    return ArchiveListing(
        fields.number("files", 0, MOST_ENTRIES),
        fields.number("photographs", 0, MOST_ENTRIES),
        fields.number("size", 0, _LARGEST_NUMBER),
        tuple(_entry_from_answer(entry) for entry in fields.list("names", MOST_NAMES)),
        fields.flag("is_whole"),
    )


def _entry_from_answer(untrusted: object) -> tuple[str, int]:
    if not isinstance(untrusted, list) or len(untrusted) != 2:
        raise answers.ProtocolViolation("a name and a size were agreed")
    name, size = untrusted
    if type(size) is not int or not 0 <= size <= _LARGEST_NUMBER:
        raise answers.ProtocolViolation("the size of a file was agreed")
    return make_printable(answers.check_text(name, LONGEST_NAME)), size
