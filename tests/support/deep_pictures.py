"""TIFF files of several pages and of more than 8 bits, drawn here because Pillow does not write them."""

import struct

import numpy as np

_TYPES = {1: "B", 3: "H", 4: "I", 16: "Q"}


def tiff(folders, order="<", big=False):
    """A TIFF of `folders`: (tags, strip, SubIFDs), where tags are {number: (type, values)}."""
    mark = b"II" if order == "<" else b"MM"
    content = bytearray(
        mark + struct.pack(order + ("HHHQ" if big else "HI"), *((43, 8, 0, 0) if big else (42, 0)))
    )
    pointer = 8 if big else 4
    for folder in folders:
        place = _put(content, folder, order, big)
        struct.pack_into(order + ("Q" if big else "I"), content, pointer, place)
        pointer = len(content) - (8 if big else 4)
    return bytes(content)


def _put(content, folder, order, big):
    tags, strip, inner = folder
    tags = dict(tags)
    if inner:
        tags[330] = (4, [_put(content, each, order, big) for each in inner])
    tags[273], tags[279] = (4, [len(content)]), (4, [len(strip)])
    content += strip
    room = 8 if big else 4
    entries = b""
    for number, (kind, values) in sorted(tags.items()):
        value = struct.pack(order + _TYPES[kind] * len(values), *values)
        if len(value) > room:
            place = len(content)
            content += value
            value = struct.pack(order + ("Q" if big else "I"), place)
        entries += struct.pack(order + ("HHQ" if big else "HHI"), number, kind, len(values)) + value.ljust(
            room, b"\0"
        )
    place = len(content)
    content += struct.pack(order + ("Q" if big else "H"), len(tags)) + entries + bytes(room)
    return place


def page(values, order="<", white_is_zero=False, subfile=0, inner=(), **more):
    """One folder of a TIFF: `values` are greys (height, width) or colours (height, width, 3)."""
    height, width = values.shape[:2]
    count = 1 if values.ndim == 2 else values.shape[2]
    bits = values.dtype.itemsize * 8
    kind = {"u": 1, "i": 2, "f": 3}[values.dtype.kind]
    tags = {
        254: (4, [subfile]),
        256: (4, [width]),
        257: (4, [height]),
        258: (3, [bits] * count),
        259: (3, [1]),
        262: (3, [2 if count == 3 else 0 if white_is_zero else 1]),
        277: (3, [count]),
        278: (4, [height]),
        339: (3, [kind] * count),
        **{int(number): value for number, value in more.items()},
    }
    return tags, values.astype(values.dtype.newbyteorder(order)).tobytes(), inner


def ramp(width=64, height=48, top=65535):
    """Greys from 0 at the left to `top` at the right."""
    return np.repeat(np.rint(np.linspace(0, top, width)).astype(np.uint16)[None], height, axis=0)
