"""The second place where receipts of this account are kept, if chosen: a folder on a stick or share."""

from __future__ import annotations

import os
from pathlib import Path

from reviewer.domain.errors import KnownError
from reviewer.domain.names import make_printable
from reviewer.services.account.account_file import AccountFile

_FILE = AccountFile("second_place.json", "the second place of receipts")


def load_second_place() -> Path | None:
    """Return the folder that was chosen, whether it can be reached now or not; None if none was."""
    found = _FILE.read_values().get("folder")
    return Path(found) if isinstance(found, str) and os.path.isabs(found) and "\0" not in found else None


def choose_second_place(folder: Path | None) -> None:
    """Choose a folder that is there, or none any more; what lies in the one before stays.

    KnownError if there is no such folder, or the choice cannot be kept.
    """
    if folder is not None and not folder.is_dir():
        raise KnownError(
            f"There is no folder {make_printable(str(folder))}.", "Connect it, or make it.", code="no-folder"
        )
    try:
        _FILE.write({"folder": str(folder.absolute()) if folder is not None else ""})
    except OSError as error:
        raise KnownError(f"The second place cannot be kept: {error.strerror}.") from error
