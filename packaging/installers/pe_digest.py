"""The Authenticode digest of a Windows program or library, by which application control knows a file.

"Windows Authenticode Portable Executable Signature Format" (Microsoft, 2008) says what is left out of it: the
checksum of the header, the entry that points at the signature, and the signature, so that a file has the same
digest before and after it is signed.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass

_PE32, _PE32_PLUS = 0x10B, 0x20B
_CHECKSUM = 64
_DIRECTORIES = {_PE32: 96, _PE32_PLUS: 112}
_SECURITY = 4
_OID_PAGE_HASHES = bytes.fromhex("060a2b060104018237020302")


class NotPortableExecutable(ValueError):
    """The bytes are no program or library of Windows, or are damaged."""


@dataclass(frozen=True)
class PeDigest:
    """`sha256`: 64 hexadecimal digits. `is_signed`: a signature is in the file. `is_confirmed`: the signature
    states this digest, so that whoever signed came to it too. `has_page_hashes`: Windows may ask for the hash
    of its first page instead, which is not computed here."""

    sha256: str
    is_signed: bool
    is_confirmed: bool
    has_page_hashes: bool


def is_portable_executable(content: bytes) -> bool:
    """Whether the bytes begin as a program or library of Windows, whatever the file is called."""
    if content[:2] != b"MZ" or len(content) < 64:
        return False
    (header,) = struct.unpack_from("<I", content, 60)
    return content[header : header + 4] == b"PE\0\0"


def measure_digest(content: bytes) -> PeDigest:
    """Compute the Authenticode SHA-256 of a whole file. Raises NotPortableExecutable."""
    checksum, entry = _find_left_out(content)
    at, length = struct.unpack_from("<II", content, entry)
    if at and at + length > len(content):
        raise NotPortableExecutable("Its signature reaches beyond its end.")
    hashed_to = at or len(content)
    digest = hashlib.sha256(content[:checksum])
    digest.update(content[checksum + 4 : entry])
    digest.update(content[entry + 8 : hashed_to])
    # Whoever signs fills the file up to a multiple of 8 first, and the filling is hashed.
    digest.update(bytes(-hashed_to % 8))
    signature = content[at : at + length] if at else b""
    return PeDigest(digest.hexdigest(), bool(at), digest.digest() in signature, _OID_PAGE_HASHES in signature)


def _find_left_out(content: bytes) -> tuple[int, int]:
    """Where the checksum stands, 4 bytes, and the entry of the signature, 8 bytes."""
    if not is_portable_executable(content):
        raise NotPortableExecutable("It does not begin as a program of Windows does.")
    (header,) = struct.unpack_from("<I", content, 60)
    optional = header + 24
    try:
        (magic,) = struct.unpack_from("<H", content, optional)
        entry = optional + _DIRECTORIES[magic] + 8 * _SECURITY
        (count,) = struct.unpack_from("<I", content, optional + _DIRECTORIES[magic] - 4)
        struct.unpack_from("<II", content, entry)
    except (struct.error, KeyError):
        raise NotPortableExecutable("Its header is cut off or of an unknown kind.") from None
    if count <= _SECURITY:
        raise NotPortableExecutable("Its header has no place for a signature.")
    return optional + _CHECKSUM, entry
