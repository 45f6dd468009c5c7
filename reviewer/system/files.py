"""Writing small files and whole folders or nothing of them, and folders only their owner can read."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from reviewer.domain.errors import KnownError

if sys.platform == "darwin":
    import fcntl

_SECONDS_BETWEEN_ATTEMPTS = (0.01, 0.03, 0.1, 0.3, 1.0)


def make_private_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it; where the system knows owners, for the owner only."""
    if not folder.is_dir():
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)


def read_at_most(path: Path, most: int) -> bytes:
    """All of a file; ValueError if it has more than `most` bytes, or is none (a pipe would never end)."""
    if path.exists() and not path.is_file():
        raise ValueError(f"{path.name} is no file")
    with open(path, "rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ValueError(f"{path.name} is too large")
    return content


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path` so that after a crash the old or the new content is there, whole."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            flush_to_drive(file.fileno())
        replace_file(Path(temporary), path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    sync_folder(path.parent)


def read_end(path: Path, most: int) -> bytes:
    """The last `most` bytes of a file; ValueError if it is none (a pipe would never end)."""
    if path.exists() and not path.is_file():
        raise ValueError(f"{path.name} is no file")
    with open(path, "rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - most))
        return file.read(most)


def append_lines(path: Path, lines: bytes) -> None:
    """Append whole lines and make them durable, or nothing of them. OSError if that fails.

    What a kill left of a line gets an end first, so that nothing is joined to it.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size:
            os.lseek(handle, size - 1, os.SEEK_SET)
            if os.read(handle, 1) != b"\n":
                lines = b"\n" + lines
        try:
            if os.write(handle, lines) != len(lines):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            flush_to_drive(handle)
        except OSError:
            os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)
    if not size:
        sync_folder(path.parent)


def name_unfinished(out: Path) -> Path:
    """What the folder `out` is called until everything is in it."""
    return out.with_name(f"{out.name}.unfinished")


@contextlib.contextmanager
def finish_folder(out: Path, make_fault: Callable[[OSError], KnownError]) -> Iterator[Path]:
    """The folder to fill, which becomes `out` when the block ends; gone if it ends with a fault.

    Whoever fills it makes it and synchronises what is in it. An empty folder `out` is replaced. An OSError
    becomes the KnownError that `make_fault` gives.
    """
    unfinished = name_unfinished(out)
    try:
        yield unfinished
        if out.exists():
            out.rmdir()
        _try_again(lambda: unfinished.rename(out))
        sync_folder(out.parent)
    except BaseException as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        if isinstance(error, OSError):
            raise make_fault(error) from error
        raise


def flush_to_drive(handle: int, *, only_content: bool = False) -> None:
    """Wait until what was written to an open file is on the drive; OSError if it cannot be.

    fsync(2) of macOS waits for the drive to have it and not to have written it: that takes F_FULLFSYNC, which
    network drives there do not know. `only_content` leaves the times of the file for later where it can.
    """
    if sys.platform == "darwin":
        try:
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        except OSError:
            os.fsync(handle)
    elif only_content:
        getattr(os, "fdatasync", os.fsync)(handle)
    else:
        os.fsync(handle)


def replace_file(source: Path, target: Path) -> None:
    """Give a file the name of another, whose place it takes; OSError if that cannot be done.

    On Windows it is tried for a second and a half: a scanner or an indexer may have the file open just then.
    """
    _try_again(lambda: os.replace(source, target))


def _try_again(act: Callable[[], object]) -> None:
    for seconds in _SECONDS_BETWEEN_ATTEMPTS if os.name == "nt" else ():
        try:
            act()
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    act()


def sync_folder(folder: Path) -> None:
    """Make new names in `folder` durable, where folders can be synchronised."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            flush_to_drive(handle)
    finally:
        os.close(handle)
