"""Files of an export that lie as the photographs lie in their sources, to be put beside copies of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from reviewer.domain.names import (
    TakenPaths,
    make_portable_name,
    make_portable_path,
    measure_name,
    path_to_text,
)
from reviewer.services.export.contents import Contents
from reviewer.storage.whole_photos import FileLocation

_LONGEST_NAME = 240
"""Of a photograph, as `measure_name` has it, so that there is room for an ending."""


class PlaceBesideCopies(NamedTuple):
    """Where a file of an export lies, and whether it is called otherwise than its photograph."""

    path: str
    is_renamed: bool


class SourcePathAllocator:
    """Hands out each place once. The sources are `source-1`, `source-2` ... in the order they were added."""

    def __init__(self, found: Contents) -> None:
        self._numbers = {source: number for number, source in enumerate(found.sources, start=1)}
        self._taken = TakenPaths()

    def split(self, file: FileLocation) -> tuple[str, str]:
        """The folder of a file, as "source-1/its/folders", and its name."""
        folders, _slash, name = path_to_text(file.path).rpartition("/")
        return f"source-{self._numbers.get(file.source, 0)}/{folders}".rstrip("/"), name

    def take(self, folders: str, wished: Sequence[str], sha256: str, ending: str) -> PlaceBesideCopies:
        """The place of a new file: the first of the names wished, each with `ending`, that every system can
        keep beside those before it; else the hash, with a number where that is taken too."""
        asked = {f"{folders}/{name}{ending}" for name in wished}
        kept = self._find_folder(folders)
        for name in _list_candidate_names(wished, sha256):
            path = f"{kept}/{make_portable_name(name, ending)}"
            if measure_name(name) <= _LONGEST_NAME and self._taken.has_room_for(path):
                break
        self._taken.add(path)
        return PlaceBesideCopies(path, path not in asked)

    def _find_folder(self, folders: str) -> str:
        """The folder as every system can keep it, with `_` behind what a file is called already."""
        kept: list[str] = []
        for part in make_portable_path(folders).split("/"):
            while self._taken.has_file("/".join((*kept, part))):
                part += "_"
            kept.append(part)
        return "/".join(kept)


def _list_candidate_names(wished: Sequence[str], sha256: str) -> Iterator[str]:
    yield from wished
    yield sha256
    yield from (f"{sha256}-{number}" for number in count(2))
