"""Source archives of Debian, fetched with apt from wherever this machine takes its packages; only their
SHA-256 is believed."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lock import LockError
from wheelhouse import compute_sha256, find_cache

RELEASE = "trixie"
"""The release of Debian (13) whose sources are taken; its support ends in 2030."""


@dataclass(frozen=True)
class SourceArchive:
    """What the authors of a program published, as Debian keeps it beside its own changes."""

    package: str
    """The source package of Debian."""
    version: str
    """The version of the authors."""
    filename: str
    sha256: str


def fetch_source(source: SourceArchive) -> Path:
    """The archive in the cache, asked of the mirror if it is not there.

    Raises `LockError` where the mirror has it no more, or gives another file under its name.
    """
    place = find_cache() / "files" / source.sha256 / source.filename
    if not place.is_file() or compute_sha256(place) != source.sha256:
        place.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=find_cache()) as folder:
            shutil.move(_ask_mirror(source, Path(folder)), place)
    return place


def _ask_mirror(source: SourceArchive, folder: Path) -> Path:
    apt = _prepare_apt(folder)
    subprocess.run(["apt-get", *apt, "update", "--quiet"], check=True, capture_output=True)
    wanted = find_source_version(_read_index(apt, source.package), source.sha256)
    if wanted is None:
        raise LockError(
            f"The mirror of Debian has no {source.filename} with the SHA-256 {source.sha256} any more. "
            f"Debian's archive of snapshots keeps it; lay it into {find_cache() / 'files' / source.sha256}."
        )
    command = ["apt-get", *apt, "source", "--quiet", "--only-source", "--tar-only"]
    subprocess.run([*command, f"{source.package}={wanted}"], check=True, cwd=folder, capture_output=True)
    found = compute_sha256(folder / source.filename)
    if found != source.sha256:
        raise LockError(f"{source.filename} is not the file of the lock: its SHA-256 is {found}.")
    return folder / source.filename


def _read_index(apt: list[str], package: str) -> str:
    command = ["apt-cache", *apt, "showsrc", "--only-source", package]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def find_source_version(index: str, sha256: str) -> str | None:
    """The version of Debian, among stanzas of a Sources file, to which the file with that hash belongs."""
    for stanza in index.split("\n\n"):
        lines = stanza.splitlines()
        versions = [line.removeprefix("Version: ") for line in lines if line.startswith("Version: ")]
        if versions and any(line.split()[:1] == [sha256] for line in lines):
            return versions[0]
    return None


def _prepare_apt(folder: Path) -> list[str]:
    """Options of apt with which it keeps its lists in a folder and knows only sources of the release."""
    for name in ("lists/partial", "archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "sources.list").write_text(write_source_list(list_mirrors()), "utf-8")
    options = {
        "Dir::Etc::SourceList": folder / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": folder / "lists",
        "Dir::State::Status": "/dev/null",
        "Dir::Cache": folder,
        "APT::Sandbox::User": "root",
    }
    return [part for key, value in options.items() for part in ("-o", f"{key}={value}")]


def list_mirrors() -> dict[str, str]:
    """Where this machine takes packages from, by the label of the archive ("Debian", "Debian-Security")."""
    command = ["apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)", "Created-By: Packages"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return {label: address for label, address in (line.split(maxsplit=1) for line in lines)}


def write_source_list(mirrors: dict[str, str]) -> str:
    """The lines of a list of sources for the release; raises `LockError` without a mirror of Debian."""
    if "Debian" not in mirrors:
        raise LockError("apt knows no mirror of Debian; sources of the private Python come from there.")
    suites = {"Debian": RELEASE, "Debian-Security": f"{RELEASE}-security"}
    key = "signed-by=/usr/share/keyrings/debian-archive-keyring.gpg"
    return "".join(
        f"deb-src [{key}] {mirrors[label]} {suite} main\n"
        for label, suite in suites.items()
        if label in mirrors
    )
