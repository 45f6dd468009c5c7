"""Where found Photos lie, as a person names them: folder and file."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.services.case.open_case import OpenCase
from reviewer.storage.photos import photos


def find_paths(case: OpenCase, found: Sequence[str]) -> dict[str, str]:
    """Return `folder/name` of the file each Photo (SHA-256) was first found in."""
    wanted = set(found)
    with case.store.read() as connection:
        rows = photos.load_photo_locations(connection) if wanted else ()
    return {row.sha256: f"{row.folder}/{row.name}".lstrip("/") for row in rows if row.sha256 in wanted}
