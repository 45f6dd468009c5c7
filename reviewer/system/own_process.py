"""Starting another process of this program: with this Python, from wherever the program lies."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
WITHOUT_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Creation flags: on Windows no console comes up."""


def make_environment(more: Mapping[str, str] | None = None, *, without: str = "") -> dict[str, str]:
    """The environment of this process, in which the program is found and what it prints is UTF-8.

    `without` leaves out what begins so, `more` is added.
    """
    path = [str(_ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    kept = {name: value for name, value in os.environ.items() if not (without and name.startswith(without))}
    found = os.pathsep.join(filter(None, dict.fromkeys(path)))
    return {**kept, "PYTHONPATH": found, "PYTHONIOENCODING": "utf-8", **(more or {})}
