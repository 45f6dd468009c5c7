"""Whether the engine of the database encrypts, and refuses a wrong key."""

from __future__ import annotations

from pathlib import Path

from reviewer.domain.errors import CaseUnusable, LedgerDamaged
from reviewer.services.self_test.part import REINSTALL, PartFailed, PartResult
from reviewer.storage.engine import cipher, database

_KEY, _OTHER_KEY = bytes(range(32)), bytes(range(1, 33))


def check_engine(folder: Path) -> PartResult:
    """Make a database with a key; it must open by that key alone and show nothing of itself."""
    path = folder / "engine.db"
    database.create_database(path, _KEY)
    if cipher.is_unencrypted(path):
        raise PartFailed("a database that was made with a key is not encrypted.", REINSTALL)
    version = database.check_database(path, _KEY)
    if version != database.LATEST_VERSION:
        raise PartFailed(f"a new database has the format {version}.", REINSTALL)
    for key in (_OTHER_KEY, None):
        try:
            database.check_database(path, key)
        except (LedgerDamaged, CaseUnusable):
            continue
        raise PartFailed("an encrypted database opens by a wrong key.", REINSTALL)
    shown = database.format_version(version)
    return PartResult(
        f"SQLCipher {cipher.find_version()}, case format {shown}; a wrong key is refused", "encrypts"
    )
