"""Whether every pixel of a picture with a palette has a colour that the file gives.

Decoders show the others black, or in whatever colour stands behind the palette, and say nothing.
"""

from __future__ import annotations

from PIL import Image

UNDEFINED_COLOURS = (
    "Some pixels of this picture have colours that its file does not give; parts of it may be wrong."
)


def describe_damage(picture: Image.Image) -> str:
    """The sentence if a pixel of a decoded picture has a number behind the end of its palette, else ""."""
    palette = picture.palette
    if picture.mode != "P" or palette is None:
        return ""
    given = len(palette.palette) // len(palette.mode)
    behind = picture.histogram()[given:]
    clear = picture.info.get("transparency")
    if isinstance(clear, int) and given <= clear < given + len(behind):
        behind[clear - given] = 0  # it is not shown, so that it needs no colour
    return UNDEFINED_COLOURS if any(behind) else ""
