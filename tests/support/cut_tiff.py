"""A TIFF that is described before its data, as cameras write it: cut, it can be shown in part."""

import struct

_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}
_STRIPS = 273


def described_first(content):
    """The same file, of little-endian order, with its folder and that folder's values at the beginning."""
    (place,) = struct.unpack_from("<L", content, 4)
    (count,) = struct.unpack_from("<H", content, place)
    entries = [struct.unpack_from("<HHLL", content, place + 2 + 12 * n) for n in range(count)]
    first = 8 + 2 + 12 * count + 4
    sizes = [_BYTES[kind] * values for _tag, kind, values, _at in entries]
    moved = first + sum(size + size % 2 for size in sizes if size > 4) - 8
    folder = behind = b""
    for (tag, kind, values, at), size in zip(entries, sizes, strict=True):
        here = at
        if size > 4:
            value = content[at : at + size]
            if tag == _STRIPS:
                value = struct.pack(
                    f"<{values}L", *(each + moved for each in struct.unpack(f"<{values}L", value))
                )
            here = first + len(behind)
            behind += value + bytes(size % 2)
        elif tag == _STRIPS:
            here = at + moved
        folder += struct.pack("<HHLL", tag, kind, values, here)
    return content[:4] + struct.pack("<LH", 8, count) + folder + bytes(4) + behind + content[8:]
