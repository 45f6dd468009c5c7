"""What several tests share: whether one of them wrote into it.

Fixtures of a module or of the whole run are noted as they are made, with the ledger of every case that they
hand out and with the files beside it. In a case only the ledger counts: whoever opens one writes into its
folder. Files that are new count for nothing.
"""

from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

from sqlcipher3 import dbapi2 as engine

from reviewer.storage.engine.head_journal import JOURNAL_NAME

_LAST_ENTRY = "SELECT position, hash FROM ledger ORDER BY position DESC LIMIT 1"
_END_OF_JOURNAL = 1024
_noted: dict[str, dict[Path, object]] = {}  # fixture -> ledger or file -> how it was left


def note_shared(fixture, made):
    """Keep how all is that a fixture hands out: the ledgers of cases, and files."""
    _noted[fixture] = {
        path: state
        for folder in _find_folders(made)
        for path in _list(folder)
        if (state := _read_state(path))
    }


def forget_shared(fixture):
    _noted.pop(fixture, None)


def find_changed(fixtures):
    """The ledgers and files that are not what they were; each is told once."""
    changed = []
    for noted in (_noted.get(fixture, {}) for fixture in fixtures):
        for path, before in noted.items():
            now = _read_state(path)
            if now != before:
                changed.append(str(path))
                noted[path] = now
    return changed


def _find_folders(made):
    """The folders that a value names; with a case the one that it lies in."""
    if isinstance(made, Path):
        return {made.parent if (made / "case.db").is_file() else made} if made.is_dir() else set()
    if isinstance(made, (tuple, list, set)):
        return {each for one in made for each in _find_folders(one)}
    if isinstance(made, dict):
        return _find_folders(list(made.values()))
    if isinstance(made, SimpleNamespace):
        return _find_folders(list(vars(made).values()))
    folder = getattr(made, "folder", None)
    return _find_folders(folder) if isinstance(folder, Path) else set()


def _list(folder):
    """Every file of a tree, of a case only its database."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            yield from [path / "case.db"] if (path / "case.db").is_file() else _list(path)
        elif path.is_file():
            yield path


def _read_state(path):
    """Of a ledger its last entry, of an encrypted one the end of its journal, of a file its size and time;
    else None.

    A test may have the case open. So its database is looked at through the engine of the program only: to
    open it with another copy of SQLite, or to close its file here, would let go of the locks that the engine
    holds (fcntl(2)), and the other copy would cut the index off that this one has mapped.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    if path.name != "case.db":
        return status.st_size, status.st_mtime_ns
    try:
        with closing(engine.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return connection.execute(_LAST_ENTRY).fetchone()
    except engine.DatabaseError:
        journal = path.with_name(JOURNAL_NAME)
        return journal.read_bytes()[-_END_OF_JOURNAL:] if journal.is_file() else status.st_size
