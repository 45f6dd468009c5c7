"""Which program this is: its version, the hash of what is installed, and the system it runs on.

Two hashes, each over lines "SHA-256, two blanks, path" in the order of the paths, as sha256sum writes them.
`program` covers every file of the package `reviewer` with its resources: the same on every system for one
version. `libraries` covers the libraries that it needs, by the RECORD of each (PyPA, Recording installed
projects): the files that a wheel brought and that are there, without what an installer adds. It is the same
wherever the same wheels were installed, and differs between systems and Pythons.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path, PurePosixPath

from reviewer import __version__
from reviewer.system.installed import MARK, read_installer_mark

_PACKAGE = Path(__file__).resolve().parent.parent
_IN_CLONE = (("resources", "_resources"), ("docs/manual", "_resources/manual"))
"""Folders of a clone, and where a wheel has them below the package (pyproject.toml, force-include)."""
_ADDED_BY_INSTALLERS = frozenset({"INSTALLER", "REQUESTED", "RECORD", "direct_url.json"})
_BLOCK = 1 << 20
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
ROOT_DISTRIBUTION = "reviewer"
NOT_KNOWN = "not known"
"""In place of the hash of libraries where nothing says which ones are needed."""


@dataclass(frozen=True)
class PackageFile:
    """A file of a library that its wheel brought: where it is, its path in RECORD, SHA-256 in hex."""

    place: Path
    path: str
    sha256: str


@dataclass(frozen=True)
class InstalledPackage:
    """A library as it is installed. `missing` counts files of its RECORD that are not there."""

    name: str
    version: str
    files: tuple[PackageFile, ...]
    missing: int

    @property
    def sha256(self) -> str:
        """The hash over the lines of its files."""
        return _hash_lines((file.sha256, file.path) for file in self.files)


@dataclass(frozen=True)
class Identity:
    """Hashes are 64 hexadecimal digits; `libraries` is "" where nothing says which ones are needed. `mark` is
    what an installer left, or ""."""

    version: str
    program: str
    libraries: str
    system: str
    is_clone: bool
    mark: str

    @property
    def place(self) -> str:
        """The system, and how the program came there, in one line of ASCII."""
        return f"{self.system}; {self.way}".encode("ascii", "replace").decode("ascii")

    @property
    def way(self) -> str:
        """How it came here, in words."""
        if self.is_clone:
            return "run from a clone of the source"
        return f"installed by {self.mark}" if self.mark else "installed as a package"


@cache
def find_identity() -> Identity:
    """Find which program this is; read once, at the first call (about a tenth of a second)."""
    return Identity(
        __version__,
        hash_program(),
        hash_packages(list_packages()),
        describe_system(),
        is_clone(),
        read_installer_mark(),
    )


def peek_identity() -> Identity | None:
    """Return it if it was found already; a window does not wait for it."""
    return find_identity() if find_identity.cache_info().currsize else None


def is_clone() -> bool:
    """Whether the program runs from a clone of its source, and so with whatever was changed there."""
    return not (_PACKAGE / "_resources").is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file()


def describe_system() -> str:
    """The system, the architecture and the Python, in one line of ASCII."""
    told = (
        f"{platform.system()} {platform.release()} {platform.machine()}, Python {platform.python_version()}"
    )
    return told.encode("ascii", "replace").decode("ascii")


def hash_program() -> str:
    """Return the hash of every file of the program, `program` in the words of this module."""
    found = {path: _hash_file(place) for path, place in _walk_program()}
    return _hash_lines((found[path], path) for path in sorted(found))


def _walk_program() -> Iterator[tuple[str, Path]]:
    """Yield the files as a wheel has them, path and place; without compiled ones and the installer's mark."""
    roots = [(_PACKAGE, PurePosixPath("reviewer"))]
    if is_clone():
        roots += [(_PACKAGE.parent / there, PurePosixPath("reviewer") / here) for there, here in _IN_CLONE]
    for root, name in roots:
        for place in root.rglob("*"):
            inside = PurePosixPath(place.relative_to(root).as_posix())
            is_left_out = "__pycache__" in inside.parts or inside.suffix == ".pyc" or str(inside) == MARK
            if not is_left_out and place.is_file():
                yield str(name / inside), place


def list_packages(folder: Path | None = None) -> list[InstalledPackage]:
    """List the libraries that the program needs, with what these need, in the order of their names.

    In `folder` (site-packages, or unpacked wheels) or where Python looks. Extras are not followed. Empty
    where nothing says what the program needs.
    """
    path = [str(folder)] if folder else None
    found: dict[str, InstalledPackage] = {}
    waiting = _list_requirements(_find_distribution(ROOT_DISTRIBUTION, path))
    while waiting:
        name = waiting.pop()
        if name in found or name == ROOT_DISTRIBUTION:
            continue
        there = _find_distribution(name, path)
        if there is not None:  # what is not there is not needed on this system
            found[name] = _describe_package(name, there)
            waiting += _list_requirements(there)
    return [found[name] for name in sorted(found)]


def _find_distribution(name: str, path: list[str] | None) -> metadata.Distribution | None:
    found = (
        metadata.distributions(name=name) if path is None else metadata.distributions(name=name, path=path)
    )
    return next(iter(found), None)


def _list_requirements(of: metadata.Distribution | None) -> list[str]:
    """Return the names that it requires, in their normal form (PEP 503), without those of extras."""
    lines = (of.requires or []) if of is not None else []
    plain = [line for line in lines if "extra ==" not in line.partition(";")[2]]
    return [_normalise(found[0]) for line in plain if (found := _NAME.match(line))]


def _normalise(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _describe_package(name: str, of: metadata.Distribution) -> InstalledPackage:
    files, missing = [], 0
    for file, told in _read_record(of):
        mode, _is, value = told.partition("=")
        if mode != "sha256" or _is_added(file):
            continue
        place = Path(str(of.locate_file(file)))
        if place.is_file():
            files.append(PackageFile(place, str(file), _read_record_hash(value)))
        else:
            missing += 1
    return InstalledPackage(name, of.version, tuple(sorted(files, key=lambda f: f.path)), missing)


def _read_record(of: metadata.Distribution) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield the files of RECORD with what it says of their hash.

    `Distribution.files` of Python 3.12 and later leaves out what is not there any more.
    """
    for row in csv.reader((of.read_text("RECORD") or "").splitlines()):
        if len(row) > 1:
            yield PurePosixPath(row[0]), row[1]


def _is_added(file: PurePosixPath) -> bool:
    """Whether an installer made it and no wheel brought it: scripts, compiled files, notes of its own."""
    inside = file.parts[0] != ".." and not file.is_absolute()
    is_note = file.name in _ADDED_BY_INSTALLERS and file.parent.name.endswith(".dist-info")
    return not inside or is_note or "__pycache__" in file.parts


def _read_record_hash(value: str) -> str:
    """Base64 for addresses, without its "=", as RECORD has it."""
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).hex()


def hash_packages(packages: Sequence[InstalledPackage]) -> str:
    """Return the hash over all libraries, `libraries` in the words of this module; "" for none."""
    if not packages:
        return ""
    return _hash_lines((package.sha256, f"{package.name} {package.version}") for package in packages)


def find_altered_files(package: InstalledPackage) -> list[str]:
    """Return the paths of files that are not what the wheel brought. OSError if one cannot be read."""
    return [file.path for file in package.files if _hash_file(file.place) != file.sha256]


def _hash_file(place: Path) -> str:
    digest = hashlib.sha256()
    with place.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _hash_lines(rows: Iterator[tuple[str, str]]) -> str:
    lines = "".join(f"{sha256}  {path}\n" for sha256, path in rows)
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def describe_architecture() -> str:
    """The system without its release: "Linux x86_64, Python 3.11"."""
    return f"{platform.system()} {platform.machine()}, Python {sys.version_info[0]}.{sys.version_info[1]}"
