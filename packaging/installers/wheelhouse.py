"""Files of the lock, fetched from the registry once and kept in a cache; only their SHA-256 is believed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from lock import (
    PLATFORMS,
    PYTHONS,
    TOOLS_LOCK,
    LockedFile,
    LockError,
    find_platform,
    list_wheels,
    read_lock,
)
from packaging.utils import parse_wheel_filename


def find_cache() -> Path:
    """The folder of fetched files: REVIEWER_PACKAGING_CACHE, or a folder in the account's cache."""
    if chosen := os.environ.get("REVIEWER_PACKAGING_CACHE"):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reviewer-packaging"


def fetch_wheels(platform_name: str, python_version: str, into: Path) -> list[Path]:
    """Lays the wheels of that platform ("windows-x86_64") and Python ("3.13") into a folder, by name.

    Asks the registry, with pip, for what the cache does not have. Raises `LockError` for what the lock does
    not hold, and for a file that is not the one the lock names.
    """
    return fetch_files(list_wheels(find_platform(platform_name), python_version), into)


def fetch_all_wheels() -> None:
    """Fetches the wheels of every platform and Python into the cache."""
    for platform in PLATFORMS:
        for python_version in PYTHONS:
            with TemporaryDirectory() as folder:
                fetch_wheels(platform.name, python_version, Path(folder))


def fetch_tool(distribution: str, into: Path) -> Path:
    """Lays the file that `packaging/tools.lock` names for that distribution into a folder."""
    for requirement in read_lock(TOOLS_LOCK):
        if requirement.name == distribution:
            return fetch_files(requirement.files, into)[0]
    raise LockError(f'{TOOLS_LOCK.name} does not name "{distribution}".')


def fetch_files(files: Iterable[LockedFile], into: Path) -> list[Path]:
    """Lays these files into a folder, from the cache or the registry; the paths are sorted by name."""
    wanted = sorted(files, key=lambda file: file.filename)
    missing = [file for file in wanted if not _is_cached(file)]
    for together in group_for_download(missing):
        _download(together)
    into.mkdir(parents=True, exist_ok=True)
    for file in wanted:
        shutil.copyfile(_find_place(file), into / file.filename)
    return [into / file.filename for file in wanted]


def make_build_environment(folder: Path) -> str:
    """Makes an environment with the wheels of `packaging/tools.lock` in a folder; returns its Python."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    files = [file for requirement in read_lock(TOOLS_LOCK) for file in requirement.files]
    wheels = fetch_files((file for file in files if file.filename.endswith(".whl")), folder / "tools")
    command = [python, "-m", "pip", "install", "--quiet", "--upgrade", "--no-index", "--no-deps", *wheels]
    subprocess.run(list(map(str, command)), check=True)
    return str(python)


def compute_sha256(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def group_for_download(files: Iterable[LockedFile]) -> list[list[LockedFile]]:
    """Files that one `pip download` can fetch: of one Python and one system, since it takes one wheel of each
    distribution and the best that fits."""
    groups: dict[tuple[str, ...], list[LockedFile]] = {}
    for file in files:
        tags = parse_wheel_filename(file.filename)[3] if file.filename.endswith(".whl") else ()
        pythons = {tag.interpreter for tag in tags if tag.abi == tag.interpreter}
        kind = "wheel" if tags else "source"
        key = (kind, *sorted(pythons), *sorted({tag.platform for tag in tags}))
        groups.setdefault(key, []).append(file)
    return list(groups.values())


def make_download_options(files: Sequence[LockedFile]) -> list[str]:
    """The options of `pip download` that fetch exactly these wheels, or source archives, wherever it runs."""
    wheels = [file.filename for file in files if file.filename.endswith(".whl")]
    if not wheels:
        return ["--no-binary=:all:", "--no-build-isolation"]
    tags = [tag for wheel in wheels for tag in parse_wheel_filename(wheel)[3]]
    pythons = {tag.interpreter.removeprefix("cp") for tag in tags if tag.abi == tag.interpreter}
    options = ["--only-binary=:all:", "--implementation", "cp"]
    options += ["--python-version", max(pythons, default="311")]
    for abi in sorted({tag.abi for tag in tags} | {"none"}):
        options += ["--abi", abi]
    for name in sorted({tag.platform for tag in tags} - {"any"}):
        options += ["--platform", name]
    return options


def _find_place(file: LockedFile) -> Path:
    return find_cache() / "files" / file.sha256 / file.filename


def _is_cached(file: LockedFile) -> bool:
    place = _find_place(file)
    return place.is_file() and compute_sha256(place) == file.sha256


def _download(files: Sequence[LockedFile]) -> None:
    find_cache().mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=find_cache()) as name:
        folder = Path(name)
        requirements = folder / "requirements.txt"
        lines = [f"{file.distribution}=={file.version} --hash=sha256:{file.sha256}" for file in files]
        requirements.write_text("\n".join(lines) + "\n", "utf-8")
        source = any(not file.filename.endswith(".whl") for file in files)
        # pip asks a source archive for its metadata, which runs the setuptools of the environment.
        python = make_build_environment(folder) if source else sys.executable
        command = [
            *(python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"),
            *("--require-hashes", "--requirement", requirements, "--dest", folder / "files"),
            *make_download_options(files),
        ]
        subprocess.run(list(map(str, command)), check=True)
        for file in files:
            keep_file(folder / "files" / file.filename, file)


def keep_file(path: Path, file: LockedFile) -> None:
    """Moves a fetched file into the cache; raises `LockError` if it is not the one the lock names."""
    if not path.is_file():
        raise LockError(f"The registry did not give {file.filename}.")
    found = compute_sha256(path)
    if found != file.sha256:
        raise LockError(f"{file.filename} is not the file of the lock: its SHA-256 is {found}.")
    place = _find_place(file)
    place.parent.mkdir(parents=True, exist_ok=True)
    path.replace(place)
