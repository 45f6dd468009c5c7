"""Cases that lie among evidence: they are no evidence themselves, and are told by what is in them, not by
name."""

from __future__ import annotations

import os
from collections.abc import Callable

from reviewer.domain.photos.photo import Problem, ProblemKind
from reviewer.keys import key_file
from reviewer.media.workers import evidence_file
from reviewer.services.case.open_case import CASE_SUFFIX, DATABASE_NAME
from reviewer.storage.engine import database, head_journal

LARGEST_KEY_FILE = 1 << 20
_CASE_PROBLEM = Problem(
    ProblemKind.CASE,
    "This folder is a case of this program. Nothing in it was looked into: it is no evidence.",
)


def make_case_detector(own: bytes) -> Callable[[bytes], Problem | None]:
    """Make a function that says why a folder (absolute path) is left out, None if it is not; `own` is the
    Case's own folder."""
    own = evidence_file.locate_original(own, b"")
    return lambda folder: _CASE_PROBLEM if folder == own or is_case(folder) else None


def is_case(folder: bytes) -> bool:
    """Whether a folder with the name of a case holds a database of this program, encrypted or not.

    What an encrypted database is cannot be seen in it: there the key file and the journal beside it decide.
    """
    if not folder.lower().endswith(CASE_SUFFIX.encode("ascii")):
        return False
    head = _read_beginning(folder, DATABASE_NAME, database.HEADER_BYTES)
    if head is None:
        return False
    if database.is_readable_header(head):
        return database.is_own_header(head)
    return _has_key_file(folder) and _has_journal(folder)


def _has_key_file(folder: bytes) -> bool:
    for name in key_file.KEY_FILE_NAMES:
        content = _read_beginning(folder, name, LARGEST_KEY_FILE)
        try:
            if content is not None and key_file.decode_key_file(content).cipher:
                return True
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    return False


def _has_journal(folder: bytes) -> bool:
    first = _read_beginning(folder, head_journal.JOURNAL_NAME, head_journal.LONGEST_LINE)
    return first is not None and head_journal.is_beginning_of_journal(first)


def _read_beginning(folder: bytes, name: str, length: int) -> bytes | None:
    """The first bytes of a file in the folder, None if it cannot be read."""
    try:
        handle = evidence_file.open_original(os.path.join(folder, name.encode("ascii")))
        try:
            return os.read(handle, length)
        finally:
            os.close(handle)
    except OSError:
        return None
