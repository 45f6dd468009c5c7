"""Finding what is not code: the same way in a checkout, in an installed wheel and in a frozen build."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def find_resource(*parts: str) -> Path:
    """The path of a resource; FileNotFoundError names the one that is missing."""
    for folder in _list_resource_folders():
        path = folder.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"the program is incomplete: resource {'/'.join(parts)} is missing")


def _list_resource_folders() -> list[Path]:
    frozen = getattr(sys, "_MEIPASS", None)
    bundled = [Path(frozen) / "reviewer" / "_resources"] if frozen else []
    return [*bundled, _PACKAGE / "_resources", _PACKAGE.parent / "resources", _PACKAGE.parent / "docs"]
