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
        yield from (library for library, _ in PeFile(content).list_imports())
    elif start == b"\x7fELF":
        yield from _list_elf(content)
    elif start == _THIN:
        yield from _list_macho(content, 0)
    elif start == _FAT:
        for number in range(struct.unpack_from(">I", content, 4)[0]):
            yield from _list_macho(content, struct.unpack_from(">I", content, 8 + 20 * number + 8)[0])


def _read_text(content: _Bytes, at: int) -> str:
    return bytes(content[at : content.find(b"\0", at)]).decode("utf-8", "replace")


class PeFile:
    """The tables of a program file of Windows; raises `ValueError` for what is none."""

    def __init__(self, content: _Bytes) -> None:
        self._content = content
        (header,) = struct.unpack_from("<I", content, 60)
        if content[header : header + 4] != b"PE\0\0":
            raise ValueError("no program file of Windows")
        sections, optional_size = struct.unpack_from("<6xH12xH", content, header)
        optional = header + 24
        (kind,) = struct.unpack_from("<H", content, optional)
        self._is_wide = kind == 0x20B
        self._directories = optional + (112 if self._is_wide else 96)
        self._sections = [
            struct.unpack_from("<8xIIII", content, optional + optional_size + 40 * number)
            for number in range(sections)
        ]

    def list_imports(self) -> list[tuple[str, list[str]]]:
        """Each library with the names that are asked of it; what is asked for by number has none."""
        found = []
        # Directory 1 are the imports (library at 12 of 20 bytes), 13 the delayed ones (library at 4 of 32).
        for directory, size, library_at, names_at in ((1, 20, 12, 0), (13, 32, 4, 16)):
            at = self._find_directory(directory)
            while at:
                (library,) = struct.unpack_from("<I", self._content, at + library_at)
                if not library:
                    break
                (names,) = struct.unpack_from("<I", self._content, at + names_at)
                if not names and directory == 1:
                    (names,) = struct.unpack_from("<I", self._content, at + 16)
                found.append((_read_text(self._content, self._find_offset(library)), self._read_names(names)))
                at += size
        return found

    def list_exports(self) -> list[str]:
        """The names that it has for others."""
        at = self._find_directory(0)
        if not at:
            return []
        count, names = struct.unpack_from("<24xI4xI", self._content, at)
        table = struct.unpack_from(f"<{count}I", self._content, self._find_offset(names)) if count else ()
        return [_read_text(self._content, self._find_offset(name)) for name in table]

    def _read_names(self, address: int) -> list[str]:
        form, size = ("<Q", 8) if self._is_wide else ("<I", 4)
        names, at = [], self._find_offset(address)
        while entry := struct.unpack_from(form, self._content, at)[0]:
            if not entry >> (8 * size - 1):
                names.append(_read_text(self._content, self._find_offset(entry) + 2))
            at += size
        return names

    def _find_directory(self, number: int) -> int:
        (address,) = struct.unpack_from("<I", self._content, self._directories + 8 * number)
        return self._find_offset(address) if address else 0

    def _find_offset(self, address: int) -> int:
        for virtual_size, virtual, raw_size, raw in self._sections:
            if virtual <= address < virtual + max(virtual_size, raw_size):
                return int(raw + address - virtual)
        raise ValueError(f"no section holds the address {address:#x}")


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
