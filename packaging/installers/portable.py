"""`reviewer-VERSION-linux-x86_64.tar.xz`: unpack it anywhere, as anybody, and start `./reviewer`."""

from __future__ import annotations

from pathlib import Path

from archives import list_entries, write_tar
from own_wheel import read_build_time, read_version


def pack_portable(tree: Path, dist: Path) -> Path:
    """Packs a folder that holds the program; the same to the byte wherever and whenever it is done."""
    stem = f"reviewer-{read_version()}-linux-x86_64"
    dist.mkdir(parents=True, exist_ok=True)
    return write_tar(dist / f"{stem}.tar.xz", list_entries(tree, f"{stem}/"), read_build_time())
