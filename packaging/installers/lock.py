"""The lock: which wheels, to the byte, the program is shipped with, for each system and Python.

`packaging/requirements.lock` is a requirements file of pip with hashes. Above each requirement a comment
names the wheel behind each hash: `# FIRST-12-DIGITS-OF-THE-HASH  BYTES  FILE`. `packaging/tools.lock` has the
same form and pins what installers are built with; a source archive may stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

PACKAGING = Path(__file__).resolve().parents[1]
LOCK = PACKAGING / "requirements.lock"
TOOLS_LOCK = PACKAGING / "tools.lock"
PYTHONS = ("3.11", "3.12", "3.13")


class LockError(Exception):
    """What is wrong with the lock, or what it does not hold, in a sentence."""


@dataclass(frozen=True)
class Platform:
    """A system the program is shipped for: what pip calls it, and what requirements ask it for."""

    name: str
    tags: tuple[str, ...]
    """The platform tags of wheels it can load, the best first."""
    sys_platform: str
    machine: str
    resolver_name: str
    """What the resolver that renews the lock calls it."""

    @property
    def marker(self) -> str:
        """The condition in a requirement that is true on this platform alone."""
        return f"sys_platform == '{self.sys_platform}' and platform_machine == '{self.machine}'"


def _manylinux(newest: int, machine: str) -> tuple[str, ...]:
    old = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
    tags = []
    for minor in range(newest, 4, -1):
        tags.append(f"manylinux_2_{minor}_{machine}")
        if minor in old:
            tags.append(f"{old[minor]}_{machine}")
    return (*tags, f"linux_{machine}")


PLATFORMS = (
    Platform("windows-x86_64", ("win_amd64",), "win32", "AMD64", "x86_64-pc-windows-msvc"),
    Platform(
        "macos-arm64", tuple(mac_platforms((13, 0), "arm64")), "darwin", "arm64", "aarch64-apple-darwin"
    ),
    Platform("linux-x86_64", _manylinux(28, "x86_64"), "linux", "x86_64", "x86_64-manylinux_2_28"),
    Platform("linux-aarch64", _manylinux(31, "aarch64"), "linux", "aarch64", "aarch64-manylinux_2_31"),
)
"""Windows 10 and later, macOS 13 and later, Linux with glibc 2.28 (x86_64) or 2.31 (aarch64) and later.

Not Windows on arm64: pi-heif has no wheel. Not macOS on Intel processors: cryptography has none since 49,
rawpy none since 0.26.
"""


@dataclass(frozen=True)
class LockedFile:
    """A file of the registry, known by its SHA-256: a wheel, or a source archive among the tools."""

    distribution: str
    version: str
    filename: str
    sha256: str
    size: int


@dataclass(frozen=True)
class LockedRequirement:
    """One version of a distribution, where it is wanted (a marker, "" for everywhere), and its files."""

    name: str
    version: str
    marker: str
    files: tuple[LockedFile, ...]


def find_platform(name: str) -> Platform:
    """The platform of that name; raises `LockError` for another name."""
    for platform in PLATFORMS:
        if platform.name == name:
            return platform
    names = ", ".join(platform.name for platform in PLATFORMS)
    raise LockError(f'There is no platform "{name}"; there are {names}.')


_COMMENT = re.compile(r"# ([0-9a-f]{12})  (\d+)  (\S+)")
_REQUIREMENT = re.compile(r"([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\")
_HASH = re.compile(r"    --hash=sha256:([0-9a-f]{64})( \\)?")


def read_lock(path: Path = LOCK) -> list[LockedRequirement]:
    """All requirements of a lock in its order; raises `LockError` where a line is none of its form."""
    requirements: list[LockedRequirement] = []
    files: list[tuple[str, int, str]] = []
    name, version, marker, hashes = "", "", "", list[str]()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if found := _COMMENT.fullmatch(line):
            files.append((found[1], int(found[2]), found[3]))
        elif found := _REQUIREMENT.fullmatch(line):
            name, version, marker, hashes = found[1], found[2], found[3] or "", []
        elif found := _HASH.fullmatch(line):
            hashes.append(found[1])
            if not found[2]:
                locked = tuple(_join_hashes(name, version, files, hashes))
                requirements.append(LockedRequirement(name, version, marker, locked))
                files = []
        elif line and not line.startswith("#"):
            raise LockError(f"Line {number} of {path.name} is no line of a lock: {line}")
    return requirements


def _join_hashes(
    name: str, version: str, files: list[tuple[str, int, str]], hashes: list[str]
) -> Iterator[LockedFile]:
    if [start for start, _, _ in files] != [digest[:12] for digest in hashes]:
        raise LockError(f"The comments above {name} {version} name other files than its hashes.")
    for (_, size, filename), digest in zip(files, hashes, strict=True):
        yield LockedFile(name, version, filename, digest, size)


def write_lock(path: Path, title: str, requirements: Iterable[LockedRequirement]) -> None:
    """Writes a lock; `read_lock` reads it back as it was."""
    lines = [f"# {line}".rstrip() for line in title.splitlines()]
    for requirement in requirements:
        lines.append("")
        lines += [f"# {file.sha256[:12]}  {file.size}  {file.filename}" for file in requirement.files]
        marker = f" ; {requirement.marker}" if requirement.marker else ""
        lines.append(f"{requirement.name}=={requirement.version}{marker} \\")
        lines.append(" \\\n".join(f"    --hash=sha256:{file.sha256}" for file in requirement.files))
    path.write_text("\n".join(lines) + "\n", "utf-8")


def list_supported_tags(platform: Platform, python_version: str) -> list[Tag]:
    """The tags of wheels that a Python of that version ("3.13") loads on that platform, the best first."""
    major, minor = map(int, python_version.split("."))
    interpreter = f"cp{major}{minor}"
    own = cpython_tags((major, minor), abis=[interpreter], platforms=platform.tags)
    return [*own, *compatible_tags((major, minor), interpreter, platforms=platform.tags)]


def choose_file(files: Iterable[LockedFile], platform: Platform, python_version: str) -> LockedFile | None:
    """The wheel that pip would choose among files of one version, None where no wheel fits."""
    ranks = {tag: rank for rank, tag in enumerate(list_supported_tags(platform, python_version))}
    fitting = []
    for file in files:
        if file.filename.endswith(".whl"):
            best = min(ranks.get(tag, len(ranks)) for tag in parse_wheel_filename(file.filename)[3])
            if best < len(ranks):
                fitting.append((best, file.filename, file))
    return min(fitting)[2] if fitting else None


def list_wheels(platform: Platform, python_version: str, lock: Path = LOCK) -> list[LockedFile]:
    """What is installed on that platform with that Python, by name of the distribution.

    Raises `LockError` where the lock has no wheel for something that is wanted there.
    """
    wheels = []
    for requirement in read_lock(lock):
        if not is_wanted(requirement.marker, platform, python_version):
            continue
        wheel = choose_file(requirement.files, platform, python_version)
        if wheel is None:
            raise LockError(
                f"{lock.name} has no wheel of {requirement.name} {requirement.version} for {platform.name} "
                f"and Python {python_version}."
            )
        wheels.append(wheel)
    return sorted(wheels, key=lambda wheel: wheel.distribution)


def is_wanted(marker: str, platform: Platform, python_version: str) -> bool:
    """Whether a requirement with that marker is wanted on that platform with that Python."""
    if not marker:
        return True
    environment = {
        "sys_platform": platform.sys_platform,
        "platform_machine": platform.machine,
        "platform_system": {"win32": "Windows", "darwin": "Darwin", "linux": "Linux"}[platform.sys_platform],
        "os_name": "nt" if platform.sys_platform == "win32" else "posix",
        "python_version": python_version,
        "python_full_version": f"{python_version}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    return Marker(marker).evaluate(environment)
