"""Cases that lie among evidence: they are no evidence themselves, and are told by what is in them, not by
name."""

from __future__ import annotations

import os
from collections.abc import Callable

from reviewer.domain.photos.photo import Problem, ProblemKind
from reviewer.keys import key_file
from reviewer.media.workers import evidence_file
from reviewer.services.case.open_case import DATABASE, SUFFIX
from reviewer.storage.engine import database, head_journal

LARGEST_KEY_FILE = 1 << 20
_CASE = Problem(
    ProblemKind.CASE,
    "This folder is a case of this program. Nothing in it was looked into: it is no evidence.",
)


def case_met(own: bytes) -> Callable[[bytes], Problem | None]:
    """Says of a folder (absolute path) why it is left out, None if it is not; `own` is the Case's own
    folder."""
    return lambda folder: _CASE if folder == own or is_case(folder) else None


def is_case(folder: bytes) -> bool:
    """Whether a folder with the name of a case holds a database of this program, encrypted or not.

    What an encrypted database is cannot be seen in it: there the key file and the journal beside it decide.
    """
    if not folder.lower().endswith(SUFFIX.encode("ascii")):
        return False
    head = _beginning(folder, DATABASE, database.HEADER_BYTES)
    if head is None:
        return False
    if database.is_readable_header(head):
        return database.is_header_of_ours(head)
    return _has_key_file(folder) and _has_journal(folder)


def _has_key_file(folder: bytes) -> bool:
    for name in key_file.NAMES:
        content = _beginning(folder, name, LARGEST_KEY_FILE)
        try:
            if content is not None and key_file.decoded(content).cipher:
                return True
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    return False


def _has_journal(folder: bytes) -> bool:
    first = _beginning(folder, head_journal.NAME, head_journal.LONGEST_LINE)
    return first is not None and head_journal.begins_a_journal(first)


def _beginning(folder: bytes, name: str, length: int) -> bytes | None:
    """The first bytes of a file in the folder, None if it cannot be read."""
    try:
        handle = evidence_file.opened(os.path.join(folder, name.encode("ascii")))
        try:
            return os.read(handle, length)
        finally:
            os.close(handle)
    except OSError:
        return None
