"""The name this workstation signs its entries with: random, made once, kept in the data folder."""

from __future__ import annotations

import re
import secrets

from reviewer.system.files import make_private_folder, write_atomically
from reviewer.system.paths import data_folder


def load_station_id() -> str:
    """Eight hex digits that stay the same for this account on this machine."""
    file = data_folder() / "station"
    try:
        found = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        found = ""
    if re.fullmatch(r"[0-9a-f]{8}", found):
        return found
    made = secrets.token_hex(4)
    make_private_folder(file.parent)
    write_atomically(file, made.encode("ascii"))
    return made
