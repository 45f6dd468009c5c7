"""Which kind of file system a folder lies on: a write-ahead log does not work over a network."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "9p", "fuse.sshfs", "fuse.rclone"}
)


def find_network_file_system(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The name of the network file system `folder` lies on, or "" if it is local or not known."""
    if os.name == "nt":
        return "network share" if str(folder.absolute()).startswith("\\\\") else ""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    wanted = str(folder.resolve())
    for line in lines:
        fields = line.split(" ")
        point = fields[1].replace("\\040", " ")
        inside = wanted == point or wanted.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind if kind in _NETWORK else ""


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
