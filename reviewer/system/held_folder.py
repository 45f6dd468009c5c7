"""A folder that is held open: whoever works in it stays in it, wherever it is moved meanwhile.

By its path alone a program would go on in whatever lies there next: a copy that somebody put in its place.
On POSIX systems the folder is opened once, and files in it are reached by that descriptor. Windows does not
rename or move a folder in which a file is open (ERROR_SHARING_VIOLATION), and the database of an open Case
is; there the path stays right for as long as that holds.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

if sys.platform == "darwin":
    import fcntl

_LONGEST_PATH = 1024  # MAXPATHLEN of macOS, which F_GETPATH needs room for
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class HeldFolder:
    """Holds the folder at `path` from the beginning until `close`. OSError if there is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None
        if sys.platform != "win32":
            self._handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)

    def locate(self) -> Path:
        """Where it is now: the path as given while it is there; the last one known once it is gone."""
        if self._handle is not None and not self._is_at(self._path):
            found = _ask_system(self._handle)
            if found is not None and self._is_at(found):
                self._path = found
        return self._path

    def stat_file(self, name: str) -> os.stat_result:
        """What the system says of the file `name` in it; FileNotFoundError if there is none."""
        if self._handle is None:
            return os.stat(self._path / name)
        return os.stat(name, dir_fd=self._handle)

    def has_file(self, name: str) -> bool:
        """Whether anything of that name is in it."""
        try:
            self.stat_file(name)
        except FileNotFoundError:
            return False
        return True

    def open_file(self, name: str, flags: int) -> int:
        """A descriptor of the file `name` in it, made for its owner only; OSError for what is no file."""
        if self._handle is None:
            handle = os.open(self._path / name, flags | _WITHOUT_WAITING, 0o600)
        else:
            handle = os.open(name, flags | _WITHOUT_WAITING, 0o600, dir_fd=self._handle)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise OSError(errno.EINVAL, "it is no file")
        return handle

    def close(self) -> None:
        """Let it go; it is found by its last path from now on."""
        if self._handle is not None:
            self.locate()
            os.close(self._handle)
            self._handle = None

    def _is_at(self, path: Path) -> bool:
        try:
            return self._handle is not None and os.path.samestat(os.stat(path), os.fstat(self._handle))
        except OSError:
            return False


def _ask_system(handle: int) -> Path | None:
    """macOS is asked by a call, Linux says it in /proc; None where that is not mounted, and elsewhere."""
    try:
        if sys.platform == "darwin":
            told = fcntl.fcntl(handle, fcntl.F_GETPATH, bytes(_LONGEST_PATH))
            return Path(os.fsdecode(told.split(b"\0", 1)[0]))
        elif sys.platform == "linux":
            return Path(os.readlink(f"/proc/self/fd/{handle}"))
    except OSError:
        pass
    return None
