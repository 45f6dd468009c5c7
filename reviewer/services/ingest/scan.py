"""Walk a folder: every name in it is met exactly once, links are not followed, nothing is opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reviewer.domain.names import make_natural_sort_key, path_to_text
from reviewer.domain.photos.case import FoundFile
from reviewer.domain.photos.photo import Problem, ProblemKind
from reviewer.media.workers.evidence_file import locate_original


@dataclass(frozen=True)
class ScanEntry:
    """One name under the root: a file to examine, or with a Problem that says why it is not looked into.

    `left_out` is a folder that is not looked into on purpose.
    """

    file: FoundFile
    problem: Problem | None = None
    left_out: bool = False


_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT
FolderFilter = Callable[[bytes], Problem | None]


def scan_folder(root: bytes, leave_out: FolderFilter, check: Callable[[], None]) -> Iterator[ScanEntry]:
    """Everything below `root`, folder by folder, in natural order; paths are relative, with "/" between.

    `leave_out` is asked for each folder (absolute path) and says why it is not walked, None if it is; `check`
    is called for each folder and may raise.
    """
    waiting = [b""]
    while waiting:
        check()
        relative = waiting.pop()
        names, failure = _list_folder(locate_original(root, relative))
        if failure:
            yield ScanEntry(FoundFile(relative, 0, 0), Problem(ProblemKind.FOLDER, failure))
        folders = []
        for entry in names:
            path = relative + b"/" + entry.name if relative else entry.name
            if not _is_folder(entry):
                yield _make_entry(entry, path)
            elif (why := leave_out(locate_original(root, path))) is not None:
                yield ScanEntry(FoundFile(path, 0, 0), why, left_out=True)
            else:
                folders.append(path)
        waiting.extend(reversed(folders))


def _is_folder(entry: os.DirEntry[bytes]) -> bool:
    """Return whether it is a folder and no link to one; if the system cannot say, it is met as a file."""
    try:
        return entry.is_dir(follow_symlinks=False) and not _is_junction(entry)
    except OSError:
        return False


def _is_junction(entry: os.DirEntry[bytes]) -> bool:
    """Whether a folder is a junction of Windows. A path too long to be asked about is a folder all the same:
    that it cannot be listed is said of it."""
    try:
        return _is_link(entry.stat(follow_symlinks=False))
    except OSError:
        return False


def _is_link(facts: os.stat_result) -> bool:
    """Whether it leads elsewhere: a symbolic link, or a junction of Windows, which is a folder too."""
    is_junction = getattr(facts, "st_reparse_tag", 0) == _JUNCTION
    return is_junction or stat.S_ISLNK(facts.st_mode)


def _list_folder(folder: bytes) -> tuple[list[os.DirEntry[bytes]], str]:
    """What the folder holds, and why it could not be listed to the end ("" if it could)."""
    found: list[os.DirEntry[bytes]] = []
    failure = ""
    try:
        with os.scandir(folder) as entries:
            found.extend(entries)
    except OSError as error:
        failure = f"This folder could not be read: {error.strerror}."
    return sorted(
        found, key=lambda entry: (make_natural_sort_key(path_to_text(entry.name)), entry.name)
    ), failure


def _make_entry(entry: os.DirEntry[bytes], path: bytes) -> ScanEntry:
    try:
        facts = entry.stat(follow_symlinks=False)
    except OSError as error:
        problem = Problem(ProblemKind.UNREADABLE, f"The file could not be looked at: {error.strerror}.")
        return ScanEntry(FoundFile(path, 0, 0), problem)
    file = FoundFile(path, facts.st_size, facts.st_mtime_ns)
    if stat.S_ISREG(facts.st_mode):
        return ScanEntry(file)
    what = "a link; links are not followed" if _is_link(facts) else "not a regular file"
    return ScanEntry(file, Problem(ProblemKind.NOT_A_FILE, f"This is {what}."))
