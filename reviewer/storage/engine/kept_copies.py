"""Copies of the database from before its format changed, which lie beside it: carried to another key with it.

Left under the key of before, a copy would be readable with the secrets of then, and with none of those that
the people of the case have now. Until the database itself has the new key each copy lies there twice, the new
one under a name of its own: whichever way the change ends, one of the two can be read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reviewer.storage.engine import cipher
from reviewer.system.files import replace_file, sync_folder

_COPIES = "case-before-*.db"
_BEING_WRITTEN, _WHOLE = ".changing", ".changed"


def list_kept_copies(folder: Path) -> list[Path]:
    """The copies that lie beside the database of the Case in `folder`, by their names."""
    return _list_files(folder)


def _list_files(folder: Path, ending: str = "") -> list[Path]:
    return sorted(path for path in folder.glob(_COPIES + ending) if path.is_file())


def copy_kept_copies(folder: Path, key: bytes, following: bytes, go_on: Callable[[int], None]) -> None:
    """Write each copy that `key` opens a second time, under the key `following`; what no key here opens stays
    as it is. `go_on` is told the bytes that are written, between steps, and ends it by raising.

    OSError or DatabaseError where that cannot be done. Nothing is exchanged before `settle_kept_copies`.
    """
    settle_kept_copies(folder, key)
    before = 0
    for path in list_kept_copies(folder):
        size = path.stat().st_size
        if is_opened_by(path, key):
            _copy(path, key, following, lambda share, at=before, of=size: go_on(at + round(share * of)))  # type: ignore[misc]
        before += size


def _copy(path: Path, key: bytes, following: bytes, go_on: Callable[[float], None]) -> None:
    beside = path.with_name(path.name + _BEING_WRITTEN)
    cipher.remove_database(beside)
    source = cipher.connect(path, "rw", key)
    try:
        (pages,) = source.execute("PRAGMA page_count").fetchone()
        cipher.copy_under_key(
            source, beside, following, lambda left, _header: go_on(1 - left / max(left, int(pages)))
        )
    finally:
        source.close()
    written = cipher.connect(beside, "rw", following)
    try:
        if written.execute("PRAGMA page_count").fetchone() != (pages,):
            raise cipher.DatabaseError(f"{path.name} was not copied whole")
    finally:
        written.close()
    replace_file(beside, path.with_name(path.name + _WHOLE))
    sync_folder(path.parent)


def settle_kept_copies(folder: Path, key: bytes) -> None:
    """Let those copies be there that `key`, the key of the database, opens; never takes the last one away.

    For the one writer, after a change of the key and when a Case is opened: whatever cut a change off.
    OSError where the drive does not let it.
    """
    for beside in _list_files(folder, _BEING_WRITTEN):
        cipher.remove_database(beside)
    for whole in _list_files(folder, _WHOLE):
        path = whole.with_name(whole.name.removesuffix(_WHOLE))
        if is_opened_by(whole, key):
            cipher.remove_log(path)  # nothing of the copy before may be taken for a part of the new one
            replace_file(whole, path)
            sync_folder(folder)
        elif path.exists():
            cipher.remove_database(whole)


def is_opened_by(path: Path, key: bytes) -> bool:
    """Whether this key opens the database at `path`."""
    try:
        connection = cipher.connect(path, "rw", key)
    except (OSError, cipher.DatabaseError):
        return False
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except cipher.DatabaseError:
        return False
    finally:
        connection.close()
    return True
