"""Files of an export that lie as the photographs lie in their sources, to be put beside copies of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import count

from reviewer.domain.names import path_to_text
from reviewer.services.export.contents import Contents
from reviewer.storage.whole_photos import FileLocation

_LONGEST_NAME = 240  # bytes; file systems take 255
_UNSAFE = str.maketrans(dict.fromkeys('<>:"|?*\\', "_"))


class SourcePathAllocator:
    """Hands out each place once. The sources are `source-1`, `source-2` ... in the order they were added."""

    def __init__(self, found: Contents) -> None:
        self._numbers = {source: number for number, source in enumerate(found.sources, start=1)}
        self._taken: set[str] = set()

    def split(self, file: FileLocation) -> tuple[str, str]:
        """The folder of a file, as "source-1/its/folders", and its name."""
        folders, _slash, name = path_to_text(file.path).rpartition("/")
        return f"source-{self._numbers.get(file.source, 0)}/{folders}".rstrip("/"), name

    def take(self, folders: str, wished: Sequence[str], sha256: str, ending: str) -> str:
        """The place of a new file: the first of the names wished, each with `ending`, that is free (capitals
        not told apart) and not too long; else the hash, with a number where that is taken too."""
        for name in _list_candidate_names(wished, sha256):
            place = f"{folders}/{name}{ending}".translate(_UNSAFE)
            key = unicodedata.normalize("NFC", place).casefold()
            if key not in self._taken and len(name.encode("utf-8")) <= _LONGEST_NAME:
                break
        self._taken.add(key)
        return place


def _list_candidate_names(wished: Sequence[str], sha256: str) -> Iterator[str]:
    yield from wished
    yield sha256
    yield from (f"{sha256}-{number}" for number in count(2))
