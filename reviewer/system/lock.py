"""One writer per Case: a lock the operating system drops by itself when its holder dies."""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from pathlib import Path

from reviewer.domain import plain_json
from reviewer.system.files import read_at_most
from reviewer.system.held_folder import HeldFolder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LARGEST_LOCK_FILE = 1 << 16
_LOCKED_BYTE = 1 << 20  # beyond the text, so that others can read who holds the lock on Windows too


class LockHeld(Exception):
    """The lock is held by a different process; `by` says who, as far as the file says."""

    def __init__(self, by: str) -> None:
        super().__init__(by)
        self.by = by


class WriterLock:
    """Holds the lock file of a Case from `take` until `release` or the end of the process.

    It stays with the folder that it was taken in: a copy that is put in its place is another Case's.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder: HeldFolder | None = None
        self._handle: int | None = None

    def take(self, since: str) -> None:
        """Take the lock or raise Held; OSError if the folder cannot be written."""
        before = self._folder
        folder = before or HeldFolder(self._path.parent)
        try:
            handle = folder.open_file(self._path.name, os.O_RDWR | os.O_CREAT)
            try:
                _lock(handle)
            except OSError:
                os.close(handle)
                raise LockHeld(_describe_holder(folder.locate() / self._path.name)) from None
        except BaseException:
            if before is None:
                folder.close()
            raise
        self._folder = folder
        self._handle = handle
        holder = {
            "user": _find_user_name(),
            "machine": _find_machine_name(),
            "process": os.getpid(),
            "since": since,
        }
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps(holder).encode("utf-8"))

    def hold(self, since: str) -> bool:
        """Make sure that it is this lock that lies in the folder; whether it had to be taken again.

        Somebody may have deleted the file, and then anybody else could take a new one. LockHeld if somebody
        did; OSError if the folder cannot be written.
        """
        if self._handle is None or self._folder is None or self._is_in_place(self._folder, self._handle):
            return False
        gone = self._handle
        self.take(since)
        os.close(gone)
        return True

    def _is_in_place(self, folder: HeldFolder, handle: int) -> bool:
        """Whether the file of that name is the one that is locked."""
        try:
            there = folder.stat_file(self._path.name)
        except FileNotFoundError:
            return False
        return os.path.samestat(there, os.fstat(handle))

    def release(self) -> None:
        if self._handle is not None:
            _unlock(self._handle)
            os.close(self._handle)
            self._handle = None
        if self._folder is not None:
            self._folder.close()
            self._folder = None


def _describe_holder(path: Path) -> str:
    try:
        holder = plain_json.parse_untrusted_json(read_at_most(path, _LARGEST_LOCK_FILE))
        return f"{holder['user']} on {holder['machine']} since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another program"


def _find_machine_name() -> str:
    """On Windows `platform` would ask a service of the system for much more, which can take seconds."""
    return os.environ.get("COMPUTERNAME", "") if os.name == "nt" else platform.node()


def _find_user_name() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # Windows has no module of accounts to ask
        return "somebody"


if sys.platform == "win32":

    def _lock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

    def _unlock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
