"""The head journal: beside the database, what the last entry was after each commit.

One rotten bit in SQLite's write-ahead log makes the commits behind it disappear without a word; an older
copy of the database put back looks sound as well. This file remembers: one line for each commit, position
and hash of the last entry, appended and synchronised after the commit. It may be behind by what a crash
cut off; it is never ahead of a sound database.

It lies in the folder that was opened, wherever that is moved meanwhile (`system/held_folder.py`, which also
says how it is on Windows): a copy that is put at the old path gets no line that is not its own. What could
not be written is said (`trouble`) until it was caught up.
"""

from __future__ import annotations

import errno
import logging
import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from sqlalchemy import Connection, select

from reviewer.domain.errors import LedgerDamaged
from reviewer.domain.ledger.entry import LedgerFault
from reviewer.storage.engine import tables as t
from reviewer.system.files import flush_to_drive
from reviewer.system.held_folder import HeldFolder

JOURNAL_NAME = "heads.journal"
_LINE = re.compile(rb"(\d{1,18}) ([0-9a-f]{64})\n")
_LAST_HEAD_QUERY = "SELECT position, hash FROM ledger ORDER BY position DESC LIMIT 1"
LONGEST_LINE = 18 + 1 + 64 + 1
_HALF_LINE = re.compile(rb"\d*( [0-9a-f]*)?")
_BLOCK_SIZE, _HEADS_AT_ONCE = 1 << 16, 10_000
"""Anybody may have written the file: it is read in pieces, however long it or a line of it is."""
_MOST_ENTRIES_BEHIND = 2
"""One commit adds one act, and at most one entry about the clock."""
JournalHead = tuple[int, str]
logger = logging.getLogger(__name__)


def is_beginning_of_journal(first: bytes) -> bool:
    """Whether these first bytes of a file, LONGEST_LINE of them if it has so many, are those of a journal."""
    return _LINE.match(first) is not None


def load_head(connection: Connection) -> JournalHead | None:
    """Load position and hash of the last entry, None of an empty ledger."""
    row = connection.exec_driver_sql(_LAST_HEAD_QUERY).first()  # as text: it is asked for in every commit
    return (row[0], row[1]) if row else None


class HeadJournal:
    """The journal of the Case whose database lies in `folder`. Only the one writer appends."""

    def __init__(self, folder: HeldFolder) -> None:
        self._folder = folder
        self._behind: JournalHead | None = None
        self.trouble = ""
        """Why the last head could not be kept, in the words of the system; "" while all are."""

    @property
    def is_behind(self) -> bool:
        """Whether a head waits that could not be kept yet."""
        return self._behind is not None

    def append(self, head: JournalHead) -> None:
        """Keep a head. If that fails it is tried again with the next one: the commit itself stands."""
        try:
            handle = self._folder.open_file(JOURNAL_NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND)
            try:
                if head != self._behind or head != self._read_last_head():
                    _append_or_restore(handle, f"{head[0]} {head[1]}\n".encode("ascii"))
                _synchronise(handle)
            finally:
                os.close(handle)
            self._behind, self.trouble = None, ""
        except OSError as error:
            self._note_trouble(head, error)

    def write_pending(self) -> None:
        """Write what could not be written before; a line that was written but not synchronised, only once."""
        if self._behind is not None:
            self.append(self._behind)

    def _note_trouble(self, head: JournalHead | None, error: OSError) -> None:
        """It is logged once for as long as it lasts: it is tried again and again."""
        self._behind, before = head, self.trouble
        self.trouble = error.strerror or error.__class__.__name__
        if not before:
            logger.info("the head journal could not be written: %s", self.trouble)

    def check(self, connection: Connection) -> None:
        """Compare the last line with the ledger; LedgerDamaged if a committed entry is gone or changed."""
        last = self._read_last_head()
        if last is None:
            return
        for fault in _find_contradictions(connection, [last]):
            raise LedgerDamaged(
                f"{fault.where} {fault.what}: the database is damaged, or an older copy of it was put back.",
                "Open it for reading only and verify it; restore "
                f"the whole case folder from a copy. {JOURNAL_NAME} "
                "lies beside the database and says what was committed.",
            )

    def repair_end(self, connection: Connection) -> str:
        """After a crash: cut off half a line, and keep the head that was committed and not noted.

        A sentence if more was missing or too much than a crash can account for, "" if not.
        """
        said = "; ".join(f"{fault.where} {fault.what}" for fault in self._find_end_faults(connection))
        whole, tail = self._find_half_line()
        head = load_head(connection)
        try:
            if tail:
                self._cut_off(whole)
        except OSError as error:
            self._note_trouble(head, error)
            return said
        if head is not None and head != self._read_last_head():
            self.append(head)
        return said

    def _cut_off(self, size: int) -> None:
        handle = self._folder.open_file(JOURNAL_NAME, os.O_RDWR)
        try:
            os.ftruncate(handle, size)
        finally:
            os.close(handle)

    def _find_end_faults(self, connection: Connection) -> Iterator[LedgerFault]:
        """What no crash does to the end: more than half a line, or more missing than one commit adds."""
        _whole, tail = self._find_half_line()
        if len(tail) > LONGEST_LINE or not _HALF_LINE.fullmatch(tail):
            yield LedgerFault(JOURNAL_NAME, "ends with what was not written")
        head, last = load_head(connection), self._read_last_head()
        behind = (head[0] if head else 0) - (last[0] if last else 0)
        if behind > _MOST_ENTRIES_BEHIND:
            yield LedgerFault(
                JOURNAL_NAME,
                f"is {behind:,} entries behind the database: it was cut, or could not be written",
            )

    def _find_half_line(self) -> tuple[int, bytes]:
        """How many bytes whole lines have, and what comes after: of that one byte more than a line has."""
        if not self._folder.has_file(JOURNAL_NAME):
            return 0, b""
        with self._open() as file:
            whole = file.seek(0, os.SEEK_END)
            while whole > 0:
                start = max(0, whole - _BLOCK_SIZE)
                file.seek(start)
                feed = file.read(whole - start).rfind(b"\n")
                whole = start + feed + 1
                if feed >= 0:
                    break
            file.seek(whole)
            return whole, file.read(LONGEST_LINE + 1)

    def faults(self, connection: Connection) -> Iterator[LedgerFault]:
        """Everything in which the journal and the ledger contradict each other, and lines that are none."""
        if self._folder.has_file(JOURNAL_NAME):
            try:
                os.close(self._folder.open_file(JOURNAL_NAME, os.O_RDONLY))
            except OSError as error:
                yield LedgerFault(JOURNAL_NAME, f"cannot be read: {error.strerror}")
                return
        heads: list[JournalHead] = []
        before = 0
        for number, line in enumerate(self._iterate_lines(), start=1):
            found = _LINE.fullmatch(line)
            if found is None or int(found[1]) <= before:
                yield LedgerFault(f"line {number} of {JOURNAL_NAME}", "is not what was written")
                continue
            before = int(found[1])
            heads.append((before, found[2].decode("ascii")))
            if len(heads) >= _HEADS_AT_ONCE:
                yield from _find_contradictions(connection, heads)
                heads.clear()
        yield from _find_contradictions(connection, heads)
        yield from self._find_end_faults(connection)

    def _iterate_lines(self) -> Iterator[bytes]:
        """Every line with its end; of one that is too long only its beginning."""
        if not self._folder.has_file(JOURNAL_NAME):
            return
        with self._open() as file:
            while line := file.readline(LONGEST_LINE + 1):
                rest = line
                while rest and not rest.endswith(b"\n"):
                    rest = file.readline(_BLOCK_SIZE)
                if rest:
                    yield line

    def _open(self) -> BinaryIO:
        """For reading; FileNotFoundError if there is none, LedgerDamaged if it cannot be read."""
        try:
            return os.fdopen(self._folder.open_file(JOURNAL_NAME, os.O_RDONLY), "rb")
        except FileNotFoundError:
            raise
        except OSError as error:
            raise LedgerDamaged(
                f"{JOURNAL_NAME} of this case cannot be read ({error.strerror}), so that nobody can say what "
                "was committed last.",
                "Open it for reading only and verify it; restore the whole case folder from a copy.",
            ) from error

    def _read_last_head(self) -> JournalHead | None:
        """Read the last whole line; None if no line is whole."""
        try:
            with self._open() as file:
                file.seek(0, os.SEEK_END)
                file.seek(max(0, file.tell() - 3 * LONGEST_LINE))
                found = _LINE.findall(file.read())
        except FileNotFoundError:
            return None
        return (int(found[-1][0]), found[-1][1].decode("ascii")) if found else None


def _find_contradictions(connection: Connection, heads: list[JournalHead]) -> Iterator[LedgerFault]:
    """Heads that are not in the ledger as they were committed; one statement for few, one pass for many."""
    if not heads:
        return
    c = t.ledger.c
    query = select(c.position, c.hash).where(c.position.between(heads[0][0], heads[-1][0]))
    there = {row.position: row.hash for row in connection.execute(query)}
    for position, hash_ in heads:
        if position not in there:
            yield LedgerFault(f"entry {position}", "was committed and is gone")
        elif there[position] != hash_:
            yield LedgerFault(f"entry {position}", "is not the one that was committed")


def _append_or_restore(handle: int, line: bytes) -> None:
    """A line or nothing of it: a disk that fills up takes the beginning of a line without an error."""
    size = os.fstat(handle).st_size
    try:
        if os.write(handle, line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError:
        os.ftruncate(handle, size)
        raise


def _synchronise(handle: int) -> None:
    """To disk; the length is part of what has to arrive."""
    flush_to_drive(handle, only_content=True)
