"""Which libraries a program file asks for: PE (Windows), ELF (Linux) and Mach-O (macOS), from its own tables.

Only the tables are read, nothing is run: Microsoft's "PE Format", the System V gABI chapter 5, Apple's
mach-o/loader.h.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_Bytes = Any
"""What can be sliced into bytes: `bytes`, or a file mapped into memory."""
_THIN, _FAT = b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"


def list_linked(path: Path) -> list[str]:
    """The names of the libraries that a file asks for, as it writes them, sorted; [] for any other file.

    Delayed imports of PE files are among them.
    """
    if path.stat().st_size < 64:
        return []
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return sorted(set(_list_names(content)))


def list_linked_in(content: _Bytes) -> list[str]:
    """The same for the content of a file."""
    return sorted(set(_list_names(content)))


def _list_names(content: _Bytes) -> Iterator[str]:
    start = content[:4]
    if start[:2] == b"MZ":
        yield from _list_pe(content)
    elif start == b"\x7fELF":
        yield from _list_elf(content)
    elif start == _THIN:
        yield from _list_macho(content, 0)
    elif start == _FAT:
        for number in range(struct.unpack_from(">I", content, 4)[0]):
            yield from _list_macho(content, struct.unpack_from(">I", content, 8 + 20 * number + 8)[0])


def _read_text(content: _Bytes, at: int) -> str:
    return bytes(content[at : content.find(b"\0", at)]).decode("utf-8", "replace")


def _list_pe(content: _Bytes) -> Iterator[str]:
    (header,) = struct.unpack_from("<I", content, 60)
    if content[header : header + 4] != b"PE\0\0":
        return
    sections, optional_size = struct.unpack_from("<6xH12xH", content, header)
    optional = header + 24
    (kind,) = struct.unpack_from("<H", content, optional)
    directories = optional + (112 if kind == 0x20B else 96)
    table = [
        struct.unpack_from("<8xIIII", content, optional + optional_size + 40 * number)
        for number in range(sections)
    ]

    def find_offset(address: int) -> int:
        for virtual_size, virtual, raw_size, raw in table:
            if virtual <= address < virtual + max(virtual_size, raw_size):
                return int(raw + address - virtual)
        raise ValueError(f"no section holds the address {address:#x}")

    # Directory 1 are the imports (names at 12 of 20 bytes), 13 the delayed ones (names at 4 of 32 bytes).
    for directory, size, name_at in ((1, 20, 12), (13, 32, 4)):
        (address,) = struct.unpack_from("<I", content, directories + 8 * directory)
        if not address:
            continue
        at = find_offset(address)
        while True:
            (name,) = struct.unpack_from("<I", content, at + name_at)
            if not name:
                break
            yield _read_text(content, find_offset(name))
            at += size


def _list_elf(content: _Bytes) -> Iterator[str]:
    if content[4] != 2 or content[5] != 1:
        return
    offset, size, count = struct.unpack_from("<32xQ14xHH", content)
    headers = [struct.unpack_from("<I4xQQ8xQ", content, offset + size * number) for number in range(count)]
    loaded = [(address, at, length) for kind, at, address, length in headers if kind == 1]
    for kind, at, _, length in headers:
        if kind != 2:
            continue
        tags = [struct.unpack_from("<qQ", content, at + 16 * number) for number in range(length // 16)]
        strings = next(value for tag, value in tags if tag == 5)
        base = next(at + strings - begin for begin, at, held in loaded if begin <= strings < begin + held)
        for tag, value in tags:
            if tag == 0:
                break
            if tag == 1:
                yield _read_text(content, base + value)


def _list_macho(content: _Bytes, begin: int) -> Iterator[str]:
    if content[begin : begin + 4] != _THIN:
        return
    (count,) = struct.unpack_from("<16xI", content, begin)
    at = begin + 32
    for _ in range(count):
        command, size = struct.unpack_from("<II", content, at)
        # LC_LOAD_DYLIB, LC_LOAD_WEAK_DYLIB, LC_REEXPORT_DYLIB
        if command in (0x0C, 0x80000018, 0x8000001F):
            yield _read_text(content, at + struct.unpack_from("<I", content, at + 8)[0])
        at += size
