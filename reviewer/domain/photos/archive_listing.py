"""What an archive says of itself: names and sizes, as somebody wrote them. Nothing of it is unpacked."""

from __future__ import annotations

from dataclasses import dataclass

MOST_NAMES = 2_000
"""So many names are shown; all of them are counted."""
MOST_ENTRIES = 500_000
LONGEST_NAME = 400
_ENDINGS = """jpg jpeg jpe jfif png tif tiff bmp dib gif webp heic heif avif jp2 j2k jxl
    nef nrw dng cr2 cr3 crw orf rw2 raf arw srf sr2 pef srw x3f raw"""
_PHOTOGRAPHS = frozenset(_ENDINGS.split())


@dataclass(frozen=True)
class ArchiveListing:
    """`files` and `photographs` (by their names) are counts, `size` is the bytes stated for all files;
    `names` are the first of them with their sizes. `is_whole` is False if the list ends early."""

    files: int = 0
    photographs: int = 0
    size: int = 0
    names: tuple[tuple[str, int], ...] = ()
    is_whole: bool = True

    @property
    def sentence(self) -> str:
        if not self.is_whole:
            return (
                f"At least {self.files:,} files, {self.photographs:,} of them named like photographs; "
                "the list ends early."
            )
        return (
            f"{self.files:,} files, {self.photographs:,} of them named like photographs; {self.size:,} bytes."
        )


def is_named_like_photograph(name: str) -> bool:
    """Whether a name ends as those of photographs do; `._` files of a Mac are none."""
    last = name.replace("\\", "/").rpartition("/")[2].lower()
    stem, _dot, ending = last.rpartition(".")
    return bool(stem) and not last.startswith("._") and ending in _PHOTOGRAPHS
