"""Which kind of file system a folder lies on: a write-ahead log does not work over a network."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "9p", "fuse.sshfs", "fuse.rclone"}
) | {"afpfs", "webdav"}
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_SECONDS_TO_ASK = 5.0
_LINE_OF_MOUNT = re.compile(r"(?m)^.* on (?P<point>/.*) \((?P<kind>[\w.]+)[,)]")


def find_network_file_system(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The name of the network file system `folder` lies on, or "" if it is local or not known."""
    if sys.platform == "win32":
        root = folder.absolute().anchor
        is_remote = root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOTE_DRIVE
        return "network share" if is_remote else ""
    else:
        mounted = read_mount_lines(_ask_mount()) if sys.platform == "darwin" else _read_mounts(mounts)
        return find_kind(str(folder.resolve()), mounted)


def find_kind(wanted: str, mounted: Iterator[tuple[str, str]]) -> str:
    """The kind of network file system that a folder lies on, "" for none; from folders and their kinds."""
    best, kind = "", ""
    for point, of_kind in mounted:
        inside = wanted == point or wanted.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, of_kind
    return kind if kind in _NETWORK else ""


def _read_mounts(mounts: Path) -> Iterator[tuple[str, str]]:
    with contextlib.suppress(OSError):
        for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
            fields = line.split(" ")
            yield fields[1].replace("\\040", " "), fields[2]


def read_mount_lines(told: str) -> Iterator[tuple[str, str]]:
    """The folders and kinds in what mount(8) of macOS tells: `//a@server/x on /Volumes/x (smbfs, nodev)`."""
    for line in _LINE_OF_MOUNT.finditer(told):
        yield line["point"], line["kind"]


def _ask_mount() -> str:
    try:
        asked = subprocess.run(["/sbin/mount"], capture_output=True, timeout=_SECONDS_TO_ASK, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.decode("utf-8", "replace")


def list_drive_roots(mounts: Path = Path("/proc/self/mounts")) -> list[bytes]:
    """Where removable and other drives show up on this system, so that a moved one can be looked for."""
    if os.name == "nt":
        letters = (f"{letter}:\\" for letter in "DEFGHIJKLMNOPQRSTUVWXYZAB")
        return [os.fsencode(letter) for letter in letters if os.path.exists(letter)]
    points = [*_list_folders(Path("/Volumes")), *_list_folders(Path("/mnt")), *_list_folders(Path("/media"))]
    with contextlib.suppress(OSError):
        for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
            point = line.split(" ")[1].replace("\\040", " ")
            if point.startswith(("/media/", "/run/media/", "/mnt/", "/Volumes/")):
                points.append(Path(point))
    return [os.fsencode(point) for point in dict.fromkeys(points)]


def _list_folders(folder: Path) -> list[Path]:
    try:
        return sorted(inner for inner in folder.iterdir() if inner.is_dir())
    except OSError:
        return []
