"""Where found Photos lie, as a person names them: folder and file."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.services.case.open_case import OpenCase
from reviewer.storage.photos import photos


def find_paths(case: OpenCase, found: Sequence[str]) -> dict[str, str]:
    """Return `folder/name` of the file each Photo (SHA-256) was first found in."""
    wanted = set(found)
    if not wanted:
        return {}
    with case.store.read() as connection:
        hashes = photos.load_photo_hashes(connection)
        rows = photos.load_photo_locations(
            connection, {id_: photo for id_, photo in hashes.items() if photo in wanted}
        )
    return {row.sha256: f"{row.folder}/{row.name}".lstrip("/") for row in rows}
