"""Camera raw files: told by their content, developed by LibRaw in one fixed way, or shown by a preview.

What a camera raw file shows first is a thumbnail of 160 x 120; that is never taken for the photograph.
Runs in the worker process only.
"""

from __future__ import annotations

import io
import os
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from reviewer.media.decoding import tiff_folders
from reviewer.media.decoding.embedded_jpegs import EmbeddedJpeg, find_jpegs
from reviewer.media.decoding.trouble import make_damaged_error, make_no_picture_of_raw_error

os.environ.setdefault("OMP_NUM_THREADS", "1")  # there are as many workers as cores; read when rawpy loads
import rawpy

LEAST_PREVIEW = 500
"""Pixels of the longer side. Cameras write previews of 570 x 375 and more, thumbnails of up to 320 x 240."""
_EXIF_OF_FLIP = {0: 1, 3: 3, 5: 8, 6: 6}
_LIBRAW_RAISES = (rawpy.LibRawError, rawpy.NotSupportedError, ValueError)


class RawPicture(Image.Image):
    """Stands for the picture of a raw file until it is developed: what a decoder says of it before."""

    def __init__(self, exif: Image.Exif) -> None:
        super().__init__()
        self._tags = exif

    def getexif(self) -> Image.Exif:
        return self._tags


@dataclass(frozen=True)
class DevelopableRaw:
    """Raw data that can be developed: size of the recorded grid in pixels, EXIF orientation."""

    width: int
    height: int
    orientation: int
    halves: bool
    """Whether it can be developed at half its size."""


@dataclass(frozen=True)
class RawPreview:
    """The largest picture in a file whose raw data cannot be developed; `orientation` is the file's."""

    lies: EmbeddedJpeg
    orientation: int


def inspect_raw(data: memoryview, kind: str) -> DevelopableRaw | RawPreview:
    """What can be shown of a raw file; Unusable, with the reason, if that is nothing but a thumbnail."""
    try:
        with rawpy.RawPy() as raw:
            raw.open_buffer(io.BytesIO(data))
            return _read_developable(raw)
    except MemoryError as error:
        raise make_damaged_error("there is not enough memory for it") from error
    except _LIBRAW_RAISES as refused:
        return _find_preview(data, kind, refused)


def develop(data: memoryview, wanted: DevelopableRaw, at_least: tuple[int, int] | None) -> NDArray[np.uint8]:
    """Red, green, blue of the recorded grid; at half its size if that is not smaller than `at_least`.

    White balance as the camera set it, no brightening, sRGB with its own curve, 8 bits: the same file gives
    the same pixels. Raises Unusable.
    """
    half = bool(
        at_least and wanted.halves and at_least[0] <= wanted.width // 2 and at_least[1] <= wanted.height // 2
    )
    try:
        with rawpy.RawPy() as raw:
            raw.open_buffer(io.BytesIO(data))
            pixels: NDArray[np.uint8] = raw.postprocess(_make_parameters(half))
    except MemoryError as error:
        raise make_damaged_error("there is not enough memory for it") from error
    except _LIBRAW_RAISES as refused:
        raise make_damaged_error(
            f"its raw data cannot be developed ({_describe_refusal(refused)})"
        ) from refused
    scale = 2 if half else 1
    if (
        abs(pixels.shape[1] * scale - wanted.width) > scale
        or abs(pixels.shape[0] * scale - wanted.height) > scale
    ):
        raise make_damaged_error("its raw data are of another size than it says")
    return pixels


def _make_parameters(half: bool) -> rawpy.Params:
    return rawpy.Params(
        demosaic_algorithm=rawpy.DemosaicAlgorithm.PPG,
        half_size=half,
        use_camera_wb=True,
        no_auto_bright=True,
        output_color=rawpy.ColorSpace.sRGB,
        gamma=(2.4, 12.92),
        output_bps=8,
        user_flip=0,
    )


def _read_developable(raw: rawpy.RawPy) -> DevelopableRaw:
    raw.unpack()
    sizes = raw.sizes
    if sizes.pixel_aspect != 1.0:
        raise ValueError("its pixels are not square")
    pattern = raw.raw_pattern
    halves = pattern is not None and pattern.shape == (2, 2)
    return DevelopableRaw(sizes.width, sizes.height, _EXIF_OF_FLIP.get(sizes.flip, 1), halves)


def _find_preview(data: memoryview, kind: str, refused: Exception) -> RawPreview:
    whole = max(find_jpegs(data), key=lambda jpeg: jpeg.width * jpeg.height, default=None)
    if whole is not None and max(whole.width, whole.height) >= LEAST_PREVIEW:
        return RawPreview(whole, _read_orientation(data))
    raise make_no_picture_of_raw_error(
        kind, _describe_refusal(refused), _find_thumbnail_size(data, whole)
    ) from refused


def _find_thumbnail_size(data: memoryview, jpeg: EmbeddedJpeg | None) -> tuple[int, int] | None:
    """The size of the largest small picture, if there is one."""
    found = [(jpeg.width, jpeg.height)] if jpeg else []
    folders = _read_directories(data)
    found += [
        (directory.width, directory.height)
        for directory in folders
        if directory.is_reduced and directory.width and directory.height
    ]
    return max(found, default=None)


def _read_orientation(data: memoryview) -> int:
    folders = _read_directories(data)
    found = folders[0].orientation if folders else 1
    return found if 1 <= found <= 8 else 1


def _read_directories(data: memoryview) -> tuple[tiff_folders.ImageDirectory, ...]:
    return tiff_folders.read_directories(data, most=20) if bytes(data[:2]) in {b"II", b"MM"} else ()


def _describe_refusal(refused: Exception) -> str:
    said = refused.args[0] if refused.args else ""
    words = said.decode("ascii", "replace") if isinstance(said, bytes) else str(said)
    return words.strip().rstrip(".")[:120] or refused.__class__.__name__


def read_tags(data: memoryview) -> Image.Exif:
    """What a raw file says of its making; empty where it cannot be read."""
    exif = Image.Exif()
    content = io.BytesIO(_extract_tiff_part(data))
    try:
        exif.load_from_fp(content)
    except (SyntaxError, OSError, ValueError, KeyError, IndexError, TypeError, OverflowError, struct.error):
        return Image.Exif()
    return exif


def _extract_tiff_part(data: memoryview) -> bytes:
    """The part of a raw file that is built like a TIFF, with the mark of one."""
    if bytes(data[4:12]) == b"ftypcrx ":
        begin = bytes(data[: 1 << 20]).find(b"CMT1")
        return bytes(data[begin + 4 : begin + (1 << 16)]) if begin > 0 else b""
    if bytes(data[:2]) not in {b"II", b"MM"}:
        return b""
    mark = b"*\0" if data[0] == 0x49 else b"\0*"
    return bytes(data[:2]) + mark + bytes(data[4:])
