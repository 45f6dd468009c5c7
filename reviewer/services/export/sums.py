"""Lines of lists of hashes as `sha256sum` of GNU coreutils writes and checks them."""

from __future__ import annotations

_ESCAPES = ((b"\\", b"\\\\"), (b"\n", b"\\n"), (b"\r", b"\\r"))


def format_checksum_line(sha256: str, path: bytes) -> bytes:
    """`hash  path` and a line feed. Where the path has a backslash or a line end in it, these are escaped
    and a backslash stands before the hash; every other byte stands as it is (GNU coreutils, "md5sum
    invocation").
    """
    escaped = path
    for plain, written in _ESCAPES:
        escaped = escaped.replace(plain, written)
    mark = b"\\" if escaped != path else b""
    return mark + sha256.encode("ascii") + b"  " + escaped + b"\n"
