"""What programs and libraries of Linux ask of the system: libraries, and versions of glibc and libstdc++.

Read with objdump (binutils), which runs nothing of what it reads.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LIBSTDCXX = (3, 4, 25)
"""What manylinux_2_28 allows of libstdc++ (gcc 8)."""


@dataclass(frozen=True)
class ElfFile:
    """A program or library: its own name, the libraries it asks for, the versions it asks of them."""

    path: Path
    soname: str
    needed: frozenset[str]
    versions: frozenset[str]


def list_elf_files(folder: Path) -> list[ElfFile]:
    """Every ELF file below a folder, sorted by path."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    return read_elf_files([path for path in paths if _begins_as_elf(path)])


def _begins_as_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def read_elf_files(paths: Iterable[Path]) -> list[ElfFile]:
    """What objdump says of these files; raises CalledProcessError for one that it cannot read."""
    names = list(map(str, paths))
    if not names:
        return []
    answer = subprocess.run(["objdump", "-p", *names], check=True, capture_output=True, text=True).stdout
    return list(parse_objdump(answer))


def parse_objdump(answer: str) -> Iterator[ElfFile]:
    """The files of an answer of `objdump -p`, in its order."""
    for part in re.split(r"\n(?=\S.*:\s+file format )", "\n" + answer):
        heading = re.match(r"(.+?):\s+file format elf64", part.lstrip("\n"))
        if heading is None:
            continue
        needed = re.findall(r"^  NEEDED +(\S+)$", part, re.MULTILINE)
        soname = re.findall(r"^  SONAME +(\S+)$", part, re.MULTILINE)
        references = part.partition("Version References:")[2]
        versions = re.findall(r"^    0x\S+ 0x\S+ \d+ (\S+)$", references, re.MULTILINE)
        path = Path(heading[1])
        yield ElfFile(path, soname[0] if soname else path.name, frozenset(needed), frozenset(versions))


def list_system_libraries(files: Iterable[ElfFile]) -> dict[str, list[Path]]:
    """The libraries that these files ask for and do not bring, each with the files that ask for it."""
    files = list(files)
    own = {file.soname for file in files} | {file.path.name for file in files}
    asked: dict[str, list[Path]] = {}
    for file in files:
        for name in sorted(file.needed - own):
            asked.setdefault(name, []).append(file.path)
    return asked


def check_versions(files: Iterable[ElfFile], glibc: tuple[int, int]) -> list[str]:
    """A sentence for each file that asks for a newer glibc than that, or a libstdc++ newer than gcc 8's.

    Versions of libstdc++ count only if no file brings it along.
    """
    files = list(files)
    brings_own = any(file.soname == "libstdc++.so.6" for file in files)
    problems = []
    for file in files:
        for family, limit in (("GLIBC", glibc), ("GLIBCXX", LIBSTDCXX)):
            newest = find_newest(file.versions, family)
            if newest is not None and newest > limit and not (family == "GLIBCXX" and brings_own):
                problems.append(
                    f"{file.path} asks for {family} {_write(newest)}, which is newer than {_write(limit)}."
                )
    return problems


def find_newest(versions: Iterable[str], family: str) -> tuple[int, ...] | None:
    """The newest version of a family ("GLIBC"), as numbers; None if there is none."""
    found = [
        tuple(map(int, version.removeprefix(f"{family}_").split(".")))
        for version in versions
        if re.fullmatch(rf"{family}_\d+(\.\d+)*", version)
    ]
    return max(found, default=None)


def _write(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
