"""Why a content is no photograph, raised inside the worker and told as a Problem."""

from __future__ import annotations

import struct
import zlib

from reviewer.domain.photos.photo import Problem, ProblemKind

DECODERS_RAISE = (
    OSError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    EOFError,
    SyntaxError,
    RuntimeError,
    AssertionError,
    struct.error,
    zlib.error,
)
"""What decoders raise on damaged files. Each place that catches it says that the file is damaged, or asks
another decoder; anything else is a fault of the program."""


class Unusable(Exception):
    """The content cannot be used; `problem` says why in plain words."""

    def __init__(self, kind: ProblemKind, reason: str) -> None:
        super().__init__(reason)
        self.problem = Problem(kind, reason)


def make_not_a_photograph_error() -> Unusable:
    return Unusable(
        ProblemKind.NOT_A_PHOTOGRAPH, "The content is not that of a photograph in a format the program opens."
    )


def make_truncated_error() -> Unusable:
    return Unusable(ProblemKind.TRUNCATED, "The file ends before the picture does.")


def make_damaged_error(detail: str = "") -> Unusable:
    return Unusable(ProblemKind.DAMAGED, f"The picture cannot be decoded{': ' + detail if detail else ''}.")


def make_only_a_thumbnail_error(width: int, height: int) -> Unusable:
    return Unusable(
        ProblemKind.NOT_A_PHOTOGRAPH,
        f"The file holds only a thumbnail of {width} x {height} pixels, which is no photograph to be judged.",
    )


def make_no_picture_of_raw_error(kind: str, why: str, thumbnail: tuple[int, int] | None) -> Unusable:
    """For a camera raw file that cannot be developed and has no preview that is large enough."""
    holds = f"only a thumbnail of {thumbnail[0]} x {thumbnail[1]} pixels" if thumbnail else "no preview"
    return Unusable(
        ProblemKind.NOT_A_PHOTOGRAPH,
        f"This is a camera raw file ({kind}). Its raw data cannot be developed ({why}); it holds {holds}.",
    )


def make_no_such_picture_error(page: int) -> Unusable:
    return Unusable(ProblemKind.DAMAGED, f"The file holds no picture number {page}.")


def make_too_large_picture_error(width: int, height: int, most: int) -> Unusable:
    megapixels = width * height / 1e6
    return Unusable(
        ProblemKind.TOO_LARGE,
        f"The picture has {width:,} x {height:,} pixels ({megapixels:,.0f} million); "
        f"the program opens up to {most // 1_000_000} million.",
    )


def make_too_many_pixels_error(most: int) -> Unusable:
    """For a decoder that refuses by the header and does not say how large the picture claims to be."""
    return Unusable(
        ProblemKind.TOO_LARGE,
        f"The picture has more pixels than the program opens ({most // 1_000_000} million).",
    )
