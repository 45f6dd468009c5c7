"""Cases that several tests share: whether one of them wrote into it.

Fixtures of a module or of the whole run are noted as they are made, with the ledger of every case that
they hand out. Only what is in the ledger counts: whoever opens a case writes into its folder.
"""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

_noted: dict[str, dict[Path, str]] = {}  # fixture -> database -> its ledger, as the fixture left it

_LAST_ENTRY = "SELECT position, hash FROM ledger ORDER BY position DESC LIMIT 1"


def note_cases(fixture, made):
    """Keep how the ledgers are of all cases that a fixture hands out."""
    found = {database: _read_ledger(database) for database in _find_databases(made)}
    _noted[fixture] = {database: ledger for database, ledger in found.items() if ledger}


def forget_cases(fixture):
    _noted.pop(fixture, None)


def find_changed(fixtures):
    """The databases whose ledger is not what it was; each is told once."""
    changed = []
    for fixture in fixtures:
        for database, before in _noted.get(fixture, {}).items():
            now = _read_ledger(database)
            if now != before:
                changed.append(str(database))
                _noted[fixture][database] = now
    return changed


def _find_databases(made):
    if isinstance(made, Path):
        return {made / "case.db", *made.glob("*.case/case.db")}
    if isinstance(made, (tuple, list, set)):
        return {each for one in made for each in _find_databases(one)}
    if isinstance(made, dict):
        return _find_databases(list(made.values()))
    if isinstance(made, SimpleNamespace):
        return _find_databases(list(vars(made).values()))
    folder = getattr(made, "folder", None)
    return _find_databases(folder) if isinstance(folder, Path) else set()


def _read_ledger(database):
    """Its last entry; of an encrypted case the bytes of the database; "" if there is no case."""
    if not database.is_file():
        return ""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return str(connection.execute(_LAST_ENTRY).fetchone())
    except sqlite3.DatabaseError:
        log = database.with_name("case.db-wal")
        contents = [path.read_bytes() for path in (database, log) if path.is_file()]
        return hashlib.sha256(b"".join(contents)).hexdigest()
