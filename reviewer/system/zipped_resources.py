"""Resources as one zip archive, the same bytes on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from reviewer.system.resources import find_resource

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest a zip archive can say


def zip_resources(*parts: str, changed: Mapping[str, bytes] | None = None) -> bytes:
    """Zip the files below a folder of resources, some with other content (`changed`, by path in it): stored,
    of no time, so that the same files give the same bytes everywhere."""
    folder, written = find_resource(*parts), io.BytesIO()
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    with zipfile.ZipFile(written, "w") as archive:
        for name, path in sorted(there.items()):
            content = (changed or {}).get(name)
            archive.writestr(make_timeless_entry(name), path.read_bytes() if content is None else content)
    return written.getvalue()


def make_timeless_entry(name: str) -> zipfile.ZipInfo:
    """Describe a file of an archive that is not compressed and names neither a time nor a system."""
    entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
    entry.compress_type, entry.create_system = zipfile.ZIP_STORED, 0
    return entry
