"""The decoders of Pillow that the program uses, and no other: all of them cost each decoding process a
tenth of a second, and a decoder that nobody chose is one more that a hostile file can reach."""

from __future__ import annotations

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

LOADED_PLUGINS = (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
"""Each registers its format when it is imported."""


def can_open(name: str) -> bool:
    """Whether a format, by Pillow's name, can be opened: Pillow can be built without some."""
    return name in Image.OPEN
