"""Photographs with tags that are found again wherever they turn up, and with a thumbnail of their own."""

import io
import struct

from PIL import Image

from tests.support.photos import picture

SERIAL, SOFTWARE, OWNER = "SERIALMARK77", "SoftMark 3.1", "OwnerMark"
LATITUDE, LONGITUDE = (33.0, 30.0, 45.12375), (36.0, 17.0, 28.48125)
DEGREES = "33.512534, 36.291245"
MARKS = (SERIAL, SOFTWARE, OWNER, "45.12375", "28.48125", "33.5125", "36.2912")
"""What must turn up in nothing that did not ask for it."""


def small_jpeg(image, side=160, bars=False):
    """A thumbnail as cameras write it: 4:3, a picture of 3:2 between dark bars."""
    small = image.convert("RGB").copy()
    if bars:
        inner = small.resize((side, side * 2 // 3))
        small = Image.new("RGB", (side, side * 3 // 4))
        small.paste(inner, (0, (small.height - inner.height) // 2))
    else:
        small.thumbnail((side, side))
    written = io.BytesIO()
    small.save(written, "JPEG", quality=85)
    return written.getvalue()


def tagged_jpeg(image=None, thumbnail=b"", orientation=1, quality=90):
    """A JPEG of `image` with position, serial number, software and, if given, a thumbnail."""
    image = image if image is not None else picture(320, 240, 7)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112], exif[0x0131] = "MakeMark", "ModelMark", orientation, SOFTWARE
    exif.get_ifd(0x8769).update({0xA431: SERIAL, 0xA430: OWNER, 0x9003: "2012:08:14 10:22:05"})
    exif.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "E", 4: LONGITUDE})
    content = exif.tobytes()
    if thumbnail:
        content = _with_thumbnail(content, thumbnail)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality, exif=content)
    return written.getvalue()


def _with_thumbnail(content, thumbnail):
    """A second folder behind all that is there, and the JPEG behind it (Exif 2.32, 4.6.8)."""
    head, tiff = content[:6], bytearray(content[6:])
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack_from(order + "I", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, first)
    tiff += b"\0" * (len(tiff) % 2)
    struct.pack_into(order + "I", tiff, first + 2 + 12 * count, len(tiff))
    rows = ((0x0103, 3, 6), (0x0201, 4, len(tiff) + 2 + 3 * 12 + 4), (0x0202, 4, len(thumbnail)))
    tiff += struct.pack(order + "H", len(rows))
    for tag, kind, value in rows:
        short = kind == 3
        tiff += struct.pack(order + "HHI", tag, kind, 1)
        tiff += struct.pack(order + "HH", value, 0) if short else struct.pack(order + "I", value)
    return head + bytes(tiff + struct.pack(order + "I", 0) + thumbnail)
