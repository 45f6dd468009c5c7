"""The part "linux": the folder of the program is made once, and packed as .deb and as portable archive."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from debian import pack_debian
from linux_tree import PLACE, build_linux_tree, measure
from portable import pack_portable


def build_linux(dist: Path) -> list[Path]:
    """Builds both into a folder, and says their sizes and what leaving out unused Qt saved."""
    with TemporaryDirectory() as name:
        os.umask(0o022)
        root = Path(name) / "root"
        tree = root / PLACE.lstrip("/")
        saved = build_linux_tree(tree)
        print(f"  Qt: {_write_size(saved.before)} in its wheels, {_write_size(saved.after)} shipped")
        print(f"  all: {_write_size(measure(tree))} unpacked")
        made = [pack_debian(root, dist), pack_portable(tree, dist)]
    for path in made:
        print(f"  {path.name}: {_write_size(path.stat().st_size)}")
    return made


def _write_size(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB"
