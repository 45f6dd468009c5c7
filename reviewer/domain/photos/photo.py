"""Photos (contents), the files they were found in, and the Problems of files that are no Photo."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from reviewer.domain.geometry import orientation

FINGERPRINT_SIDE = 32
"""Near-duplicates are found by so many greys across and down of the upright small picture."""


@dataclass(frozen=True)
class Capture:
    """What the file says of its own making; recorded, not verified.

    `taken_at` is the camera's clock, "2012-08-14 10:22:05" or less exact, no zone, "" if there is none.
    `tags` are all EXIF tags by name, values as printable text. `taken_from` names the tag that `taken_at` is
    from, `taken_doubt` is "" or one sentence: why what was recorded is no date, or is doubted.
    """

    taken_at: str = ""
    make: str = ""
    model: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    taken_from: str = ""
    taken_doubt: str = ""


SHOWN_AS_DEVELOPED, SHOWN_AS_PREVIEW = "developed from a raw file", "preview of a raw file"
"""How the picture of a camera raw file was made (Photo.shown_as)."""
FRAME_WORDS = "frame"
"""The words of a picture that is one of an animation."""


class PictureInFile(NamedTuple):
    """One of several pictures in a file: pixels of its recorded grid, EXIF orientation, what it is."""

    width: int
    height: int
    orientation: int
    words: str

    @property
    def upright_size(self) -> tuple[int, int]:
        return orientation.compute_upright_size(self.width, self.height, self.orientation)


@dataclass(frozen=True)
class Photo:
    """One content. `width` and `height` are pixels of the recorded grid; `size` is in bytes.

    `likeness` is a 64-bit difference hash of the upright picture as 16 hex digits.
    `damage` is "" or one sentence: the decoder complained, yet a picture came out.
    `pictures` are all pictures in the file, () if there is one only. `shown_as` is "" or says what stands for
    the content: "preview of a raw file".
    """

    sha256: str
    size: int
    format: str
    width: int
    height: int
    orientation: int
    capture: Capture
    likeness: str
    damage: str = ""
    pictures: tuple[PictureInFile, ...] = ()
    shown_as: str = ""

    @property
    def upright_size(self) -> tuple[int, int]:
        return orientation.compute_upright_size(self.width, self.height, self.orientation)

    @property
    def picture_count(self) -> int:
        return max(1, len(self.pictures))

    @property
    def is_animation(self) -> bool:
        return len(self.pictures) > 1 and all(picture.words == FRAME_WORDS for picture in self.pictures[1:])

    def picture(self, page: int) -> PictureInFile:
        """Return one picture of the file, counted from 1; ValueError if the file has fewer."""
        if page == 1:
            words = self.pictures[0].words if self.pictures else ""
            return PictureInFile(self.width, self.height, self.orientation, words)
        if not 1 < page <= len(self.pictures):
            raise ValueError(f"there is no picture {page} in this file")
        return self.pictures[page - 1]


class IngestOutcome(StrEnum):
    """What became of one name that was met in a Source; each has exactly one that stands."""

    PHOTO = "photo"
    DUPLICATE = "duplicate"
    PROBLEM = "problem"
    LEFT_OUT = "left out"


class ProblemKind(StrEnum):
    EMPTY = "empty"
    NOT_A_PHOTOGRAPH = "not a photograph"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"
    TIMED_OUT = "timed out"
    NOT_A_FILE = "not a regular file"
    CHANGED = "changed since it was ingested"
    FOLDER = "a folder that cannot be read"
    CASE = "a case of this program"
    FOLDER_READ = "a folder that could be read later"


KINDS_WITHOUT_FILE = frozenset(
    {ProblemKind.NOT_A_FILE, ProblemKind.FOLDER, ProblemKind.CASE, ProblemKind.FOLDER_READ}
)
"""What is said of names that are no regular file."""


@dataclass(frozen=True)
class Problem:
    """Something wrong with one file, in a plain sentence, kept for people to see."""

    kind: ProblemKind
    reason: str
