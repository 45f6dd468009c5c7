"""Writing small files and whole folders or nothing of them, and folders only their owner can read."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from reviewer.domain.errors import KnownError


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
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
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
        unfinished.rename(out)
        sync_folder(out.parent)
    except BaseException as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        if isinstance(error, OSError):
            raise make_fault(error) from error
        raise


def sync_folder(folder: Path) -> None:
    """Make new names in `folder` durable, where folders can be synchronised."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
