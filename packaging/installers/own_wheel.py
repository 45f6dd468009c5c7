"""The program's own wheel, the same to the byte whenever and wherever one commit is built.

It is made by the hatchling of `packaging/tools.lock`, with the time of the last commit, and packed anew
without compression: what a compressor makes depends on its version.
"""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from archives import ArchiveEntry, write_zip
from lock import PACKAGING
from wheelhouse import make_build_environment

ROOT = PACKAGING.parent
EARLIEST = 315532800
"""1980-01-01, the first day a zip archive can name."""


def read_build_time(root: Path = ROOT) -> int:
    """The time that stands in everything that is built, in seconds since 1970.

    SOURCE_DATE_EPOCH if it is set, else the time of the last commit, else 1980-01-01 (no clone, no git).
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        answer = ""
    return int(answer) if answer.isdigit() else EARLIEST


def read_version(root: Path = ROOT) -> str:
    """The version of the program, from `reviewer/__init__.py`."""
    text = (root / "reviewer" / "__init__.py").read_text("utf-8")
    return text.split('__version__ = "', 1)[1].split('"', 1)[0]


def build_own_wheel(into: Path, root: Path = ROOT, python: str | None = None) -> Path:
    """Builds the wheel of the program into a folder.

    `python` has hatchling; without it, an environment is made with the hatchling of the lock.
    """
    into.mkdir(parents=True, exist_ok=True)
    when = read_build_time(root)
    with TemporaryDirectory() as name:
        folder = Path(name)
        if python is None:
            python = make_build_environment(folder)
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(when), "PYTHONPATH": ""}
        command = [python, "-m", "hatchling", "build", "--target", "wheel"]
        command += ["--directory", str(folder / "wheel")]
        subprocess.run(command, check=True, cwd=root, env=environment, capture_output=True)
        made = next((folder / "wheel").glob("*.whl"))
        return repack_stored(made, into / made.name, when)


def repack_stored(wheel: Path, to: Path, when: int) -> Path:
    """The same members in the same order, not compressed, with one time and plain modes."""
    with zipfile.ZipFile(wheel) as archive:
        entries = [ArchiveEntry(name, archive.read(name)) for name in archive.namelist()]
    return write_zip(to, entries, when, compressed=False)
