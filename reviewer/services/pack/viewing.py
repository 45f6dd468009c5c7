"""A court pack as whoever receives it looks at it: the verdict, what the pack says of itself, its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reviewer.domain.evidence import pack_format
from reviewer.domain.names import make_printable
from reviewer.services.jobs import JobControl
from reviewer.services.pack.check import PackVerdict, check_pack
from reviewer.system.files import read_at_most

MOST_FILES = 2000
_LONGEST_METHOD = 1 << 20
_REPORT_ENDINGS = (".pdf", ".html", ".docx")


@dataclass(frozen=True)
class PackFile:
    """A file of a pack: its path below the folder, with "/", as it is printed, and its bytes."""

    path: str
    size: int


@dataclass(frozen=True)
class PackView:
    """`method` is the text of METHOD.txt, "" if it cannot be read; `files` are the first MOST_FILES of
    `file_count`; `reports` are those that were put into the pack."""

    folder: Path
    verdict: PackVerdict
    method: str
    files: tuple[PackFile, ...]
    file_count: int
    reports: tuple[Path, ...]


def is_pack(folder: Path) -> bool:
    """Whether a folder looks like a court pack: whether it holds bag-info.txt."""
    return (folder / pack_format.BAG_INFO).is_file()


def look_into_pack(folder: Path, control: JobControl | None = None) -> PackView:
    """Check a pack and read what a person looks at. KnownError if this is no pack."""
    verdict = check_pack(folder, control)
    paths = sorted(_walk_plain_files(folder, (control or JobControl()).check))
    shown = [
        PackFile(make_printable(path.relative_to(folder).as_posix()), path.stat().st_size)
        for path in paths[:MOST_FILES]
    ]
    inside = folder / pack_format.REPORTS
    reports = [path for path in paths if path.is_relative_to(inside) and path.suffix in _REPORT_ENDINGS]
    return PackView(folder, verdict, _read_method(folder), tuple(shown), len(paths), tuple(reports))


def _walk_plain_files(folder: Path, check: Callable[[], None]) -> list[Path]:
    found = []
    for path in folder.rglob("*"):
        check()
        if path.is_file() and not path.is_symlink():
            found.append(path)
    return found


def _read_method(folder: Path) -> str:
    try:
        return read_at_most(folder / pack_format.METHOD, _LONGEST_METHOD).decode("utf-8")
    except (OSError, ValueError):
        return ""
