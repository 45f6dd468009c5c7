"""Files that cameras write for one press of the button: raw and JPEG, photograph and video, sidecars.

They have one folder and one name up to the ending. Nothing is kept of it: it follows from the names.
"""

from __future__ import annotations

from reviewer.services.case.open_case import OpenCase
from reviewer.storage.photos import shots


def find_same_shot(case: OpenCase, sha256: str) -> tuple[str, ...]:
    """Return the names of the other files of the same shot; their content is not compared."""
    with case.store.read() as connection:
        found = shots.find_files_beside(connection, sha256)
    return tuple(sorted(found))


def describe_same_shot(names: tuple[str, ...]) -> str:
    """ "Same shot: DSC_0100.NEF", "" if there is no other file."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"Same shot: {', '.join(names[:3])}{more}" if names else ""
