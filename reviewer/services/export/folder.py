"""The folder an export is written into: file by file and piece by piece, under a name that says it is not
finished; it gets its own name when every file is there, synchronised and hashed."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from reviewer.domain.errors import KnownError
from reviewer.domain.names import TakenPaths, make_printable
from reviewer.system.files import finish_folder, flush_to_drive, name_unfinished, sync_folder

_MOST_SYNCED_SINGLY = 500


class ExportFolder:
    """Of each file that is complete, by its name ("/" between folders): `hashes` has the SHA-256, `sizes` the
    bytes. `renamed` counts those that bear another name than the photograph they are made after."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.renamed = 0
        self._taken = TakenPaths()
        self.hashes: dict[str, str] = {}
        self.sizes: dict[str, int] = {}

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """A new file to write and seek in; hashed when the block ends without a fault. ValueError if not
        every system could keep it under this name beside those before it."""
        if name not in self.hashes:  # a second file of one name the system refuses itself
            self._taken.add(name)
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x+b") as file:
            yield file
            file.seek(0)
            self.hashes[name] = hashlib.file_digest(file, "sha256").hexdigest()
            self.sizes[name] = file.tell()

    @contextmanager
    def scratch(self) -> Iterator[BinaryIO]:
        """Open a nameless file for data that is assembled later, removed with the block. It lies beside the
        export: nothing of a Case goes into folders for temporary files."""
        with TemporaryFile(dir=self.place) as file:
            yield cast(BinaryIO, file)  # a wrapper of one on Windows

    def put(self, name: str, content: bytes) -> None:
        with self.file(name) as file:
            file.write(content)

    def synchronise(self) -> None:
        """Flush everything to disk. Where the system can do it for all files at once, thousands are not
        flushed one by one. On Linux it waits for the drives (sync(2)), elsewhere it need not."""
        if sys.platform == "linux" and len(self.hashes) > _MOST_SYNCED_SINGLY:
            os.sync()
            return
        for name in self.hashes:
            with (self.place / name).open("r+b") as file:
                flush_to_drive(file.fileno())
        for folder in {self.place, *((self.place / name).parent for name in self.hashes)}:
            sync_folder(folder)


@contextmanager
def new_folder(out: Path) -> Iterator[ExportFolder]:
    """The folder that becomes `out` when the block ends; gone if it ends with a fault or is cancelled.

    KnownError if it cannot be written, or if one that was cut off is in the way.
    """
    unfinished = name_unfinished(out)
    try:
        unfinished.mkdir(parents=True)
    except FileExistsError:
        raise KnownError(
            f"{make_printable(str(unfinished))} is left over from an export that was stopped.",
            "Delete it, or name another folder.",
            code="out-exists",
        ) from None
    except OSError as error:
        raise _make_write_error(out, error) from error
    with finish_folder(out, partial(_make_write_error, out)):
        folder = ExportFolder(unfinished)
        yield folder
        folder.synchronise()


def _make_write_error(out: Path, error: OSError) -> KnownError:
    return KnownError(f"The export could not be written to {make_printable(str(out))}: {error.strerror}.")
