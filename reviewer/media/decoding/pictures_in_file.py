"""Which pictures one file holds, and how each is opened: pages, frames, pictures of a burst or a stereo pair.

What is only a smaller one of another (thumbnails, overviews), its mask, or a map of brightness is no picture
of its own. Runs in the worker process only.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass

from PIL import Image, MpoImagePlugin

from reviewer.domain.photos.photo import FRAME_WORDS
from reviewer.media.decoding import formats, tiff_folders
from reviewer.media.decoding.embedded_jpegs import find_jpeg_end, find_jpegs
from reviewer.media.decoding.raw import LEAST_PREVIEW
from reviewer.media.decoding.trouble import make_only_a_thumbnail_error

MOST_PICTURES = 500
REDUCED = "reduced picture; the whole one is not in the file"
_ORIENTATION = 0x0112
_THUMBNAILS = frozenset({"Large Thumbnail (VGA Equivalent)", "Large Thumbnail (Full HD Equivalent)"})
_GAIN_MAPS = (b"hdrgainmap", b"hdrgm:")
_HEADERS = 1 << 16
_BRANDS = frozenset(
    {b"isom", b"iso2", b"mp41", b"mp42", b"qt  ", b"avc1", b"3gp4", b"3gp5", b"MSNV", b"M4V "}
)
_BROKEN = (
    SyntaxError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    OverflowError,
    struct.error,
)


@dataclass(frozen=True)
class ContainedPicture:
    """One picture of a file. Sizes in pixels of its recorded grid; `words` are what is noted about it.

    `place` and `end` are where it lies in a TIFF or MPO (bytes), or `place` the number of the frame.
    """

    width: int
    height: int
    orientation: int
    words: str = ""
    place: int = 0
    end: int = 0


def list_pictures(
    data: memoryview, name: str, picture: Image.Image, orientation: int
) -> tuple[ContainedPicture, ...]:
    """List the pictures in their order; empty for a file with one picture and nothing to note about it.

    Raises Unusable for a file that holds nothing but a thumbnail.
    """
    found = _find_pictures(data, name, picture, orientation)
    if len(found) > MOST_PICTURES:
        said = f"only the first {MOST_PICTURES} of {len(found):,} pictures can be shown"
        found = (_add_words(found[0], said), *found[1:MOST_PICTURES])
    video = _measure_video(data, name)
    if video:
        first = (
            found[0]
            if found
            else ContainedPicture(*picture.size, orientation, place=_get_frame_number(picture))
        )
        found = (_add_words(first, f"holds a video of {video:,} bytes"), *found[1:])
    return found


def open_picture(
    data: memoryview, name: str, allowed: list[str], inside: ContainedPicture | None
) -> Image.Image:
    """The picture opened by Pillow, not yet decoded. Raises whatever Pillow raises."""
    if inside is None:
        return Image.open(io.BytesIO(data), formats=allowed)
    if name == formats.TIFF:
        return Image.open(tiff_folders.move_directory_to_front(data, inside.place), formats=allowed)
    if name == formats.JPEG:
        return Image.open(io.BytesIO(extract_part(data, name, inside)), formats=allowed)
    picture = Image.open(io.BytesIO(data), formats=allowed)
    if picture.tell() != inside.place:
        picture.seek(inside.place)
    return picture


def move_to_front(data: memoryview, name: str, inside: ContainedPicture | None) -> memoryview:
    """The file as any reader shows this picture of it, by being its first."""
    if inside is not None and name == formats.TIFF:
        return tiff_folders.move_directory_to_front(data, inside.place).getbuffer()
    return data


def extract_part(data: memoryview, name: str, inside: ContainedPicture | None) -> memoryview:
    """The bytes that hold a picture: all of them, but for a JPEG among several."""
    return data[inside.place : inside.end] if name == formats.JPEG and inside and inside.end else data


def _find_pictures(
    data: memoryview, name: str, picture: Image.Image, orientation: int
) -> tuple[ContainedPicture, ...]:
    if name == formats.TIFF:
        return _list_tiff_pictures(data)
    if name == formats.JPEG:
        return _list_mpo_pictures(data, picture) if isinstance(picture, MpoImagePlugin.MpoImageFile) else ()
    return _list_frames(data, name, picture, orientation)


def _list_tiff_pictures(data: memoryview) -> tuple[ContainedPicture, ...]:
    folders = tiff_folders.read_directories(data)
    whole = [
        directory for directory in folders if directory.is_picture and directory.width and directory.height
    ]
    if not whole and folders:
        largest = max(folders, key=lambda directory: directory.width * directory.height)
        if max(largest.width, largest.height) < LEAST_PREVIEW:
            raise make_only_a_thumbnail_error(largest.width, largest.height)
        whole = [largest]
    if len(whole) == 1 and whole[0] is folders[0] and not whole[0].is_reduced:
        return ()
    return tuple(
        ContainedPicture(
            directory.width,
            directory.height,
            directory.orientation if 1 <= directory.orientation <= 8 else 1,
            REDUCED if directory.is_reduced else "",
            directory.place,
        )
        for directory in whole
    )


def _list_mpo_pictures(
    data: memoryview, picture: MpoImagePlugin.MpoImageFile
) -> tuple[ContainedPicture, ...]:
    jpegs = tuple(find_jpegs(data))
    try:
        kinds = [entry["Attribute"]["MPType"] for entry in (picture.mpinfo or {})[0xB002]]
    except _BROKEN:
        kinds = []
    kinds += [""] * len(jpegs)
    found = tuple(
        ContainedPicture(
            jpeg.width, jpeg.height, _read_orientation(data[jpeg.start : jpeg.end]), "", jpeg.start, jpeg.end
        )
        for jpeg, kind in zip(jpegs, kinds, strict=False)
        if jpeg.start == 0 or _is_independent(kind, data[jpeg.start : jpeg.end])
    )
    return found if len(found) > 1 and found[0].place == 0 else ()


def _is_independent(kind: str, content: memoryview) -> bool:
    head = bytes(content[:_HEADERS]).lower()
    return kind not in _THUMBNAILS and not any(namespace in head for namespace in _GAIN_MAPS)


def _read_orientation(content: memoryview) -> int:
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "MPO"]) as picture:
            found = int(picture.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        return 1
    return found if 1 <= found <= 8 else 1


def _list_frames(
    data: memoryview, name: str, picture: Image.Image, orientation: int
) -> tuple[ContainedPicture, ...]:
    """Frames of an animation, or the pictures of a HEIC file with its first one at the beginning."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            apart = Image.open(io.BytesIO(data), formats=[name]) if name == formats.GIF else picture
            count = int(getattr(apart, "n_frames", 1))
    except _BROKEN:
        return ()
    if count < 2:
        return ()
    if name in _ANIMATED:
        return tuple(
            ContainedPicture(*picture.size, orientation, FRAME_WORDS, number) for number in range(count)
        )
    first = picture.tell()
    numbers = [first, *(other for other in range(count) if other != first)]
    found = []
    for number in numbers:
        picture.seek(number)
        found.append(ContainedPicture(*picture.size, 1, "", number))
    picture.seek(first)
    return tuple(found)


_ANIMATED = frozenset({formats.GIF, formats.WEBP, formats.PNG})


def _measure_video(data: memoryview, name: str) -> int:
    """Measure the video that follows or lies in a photograph (motion photo), in bytes; 0 without one."""
    if name == formats.JPEG and bytes(data[-2:]) != b"\xff\xd9":
        content = bytes(data)
        place = content.rfind(b"ftyp") - 4
        if place > 0 and content[place + 8 : place + 12] in _BRANDS and find_jpeg_end(data) <= place:
            return len(content) - place
    if name == formats.HEIC:
        content = bytes(data)
        place = content.find(b"mpvd") - 4
        if place > 0:
            stated = int.from_bytes(content[place : place + 4], "big")
            return min(stated - 8, len(content) - place - 8) if stated > 8 else 0
    return 0


def _get_frame_number(picture: Image.Image) -> int:
    """The number of the frame that was opened; of a JPEG always the first."""
    return 0 if isinstance(picture, MpoImagePlugin.MpoImageFile) else picture.tell()


def _add_words(inside: ContainedPicture, words: str) -> ContainedPicture:
    said = f"{inside.words}; {words}" if inside.words and inside.words != FRAME_WORDS else words
    return ContainedPicture(inside.width, inside.height, inside.orientation, said, inside.place, inside.end)
