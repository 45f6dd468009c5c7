"""What a face asks of a Photo's picture, and what it is told: the picture, or why there is none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.media.workers.pool import DecoderPool, Picture

FitSize = tuple[int, int]


@dataclass(frozen=True)
class PictureRequest:
    """A Photo (by SHA-256) fitted into a box of device pixels, or whole if `box` is None.

    `page` is which picture of its file, counted from 1.
    """

    sha256: str
    box: FitSize | None
    page: int = 1


@dataclass(frozen=True)
class MissingPicture:
    """Why a Photo cannot be shown: `kind` is "missing", "changed", "unreadable" or "doubted"."""

    kind: str
    reason: str

    @property
    def is_doubted(self) -> bool:
        """Whether it was shown before, and must not have been."""
        return self.kind == "doubted"


PictureOrMissing = Picture | MissingPicture
DOUBTED_PICTURE = MissingPicture(
    "doubted",
    "This picture was taken off the screen: a process that has seen no other file decodes it otherwise. "
    "Another file may have been made to falsify it. Judge nothing by what was shown.",
)


def decode_picture(
    pool: DecoderPool, paths: Sequence[bytes], want: PictureRequest, expected: int = 0
) -> PictureOrMissing:
    """Decode the picture from the first of these files with the content wanted, or return why that failed.

    `expected`: how many bytes its pixels will take, if that is known; it comes sooner then.
    """
    changed = False
    for path in paths:
        if not os.path.isfile(path):
            continue
        rendered = pool.render_file(path, want.box, want.page, expected)
        if rendered.sha256 and rendered.sha256 != want.sha256:
            changed = True
            continue
        if rendered.picture is not None:
            return rendered.picture
        reason = rendered.problem.reason if rendered.problem else "It could not be decoded."
        return MissingPicture("unreadable", reason)
    if changed:
        return MissingPicture("changed", "The file is no longer what was ingested, so it is not shown.")
    return MissingPicture(
        "missing", "The original is not where it was ingested from. Is the drive connected?"
    )
